"""A load with nothing to load looks at nothing; whatever a load goes by makes the next one whole."""

from __future__ import annotations

import importlib
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tasks.check.corrected
from expectations import later_imports
from tasks.load import standing
from tasks.load.standing import load_what_is_new
from tasks.runs import record_run
from tasks.staging import digests
from tests.conftest import PROJECT
from warehouse import connect
from warehouse.lake.merge import merge_small_batches
from warehouse.load.published import pending_batches
from warehouse.storage.folder import DataFolder

_STARTED = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def whole_loads(monkeypatch) -> list[Path]:
    """Notes the loads that look at everything."""
    noted: list[Path] = []
    load = tasks.check.corrected.load_batches

    def noting(folder, *given, **options):
        noted.append(folder.root)
        return load(folder, *given, **options)

    monkeypatch.setattr(tasks.check.corrected, "load_batches", noting)
    return noted


def _run_noted(data: DataFolder, run_id: str) -> None:
    record_run(data, run_id, _STARTED, "completed", {})


def _runs(data: DataFolder) -> list[str]:
    with connect(data.warehouse) as con:
        return [run_id for (run_id,) in con.execute("select run_id from runs order by run_id").fetchall()]


def test_the_row_of_a_run_is_loaded_alone_where_nothing_else_is_new(tmp_path, whole_loads):
    data = DataFolder(tmp_path / "data")
    _run_noted(data, "first")
    assert load_what_is_new(data, None) == 1
    _run_noted(data, "second")

    assert load_what_is_new(data, None) == 1
    published = data.warehouse.stat().st_mtime_ns
    assert load_what_is_new(data, None) == 0

    assert (_runs(data), len(whole_loads)) == (["first", "second"], 1)
    assert data.warehouse.stat().st_mtime_ns == published


def test_batches_that_were_merged_twice_are_not_loaded_again(tmp_path, whole_loads):
    data = DataFolder(tmp_path / "data")
    for number in range(6):
        _run_noted(data, f"run-{number}")
        assert [manifest.run_id for manifest in pending_batches(data)] == [f"run-{number}"]
        load_what_is_new(data, None)
        merge_small_batches(data, at_least=2)

    assert (len(_runs(data)), len(whole_loads)) == (6, 1)


def test_a_load_is_whole_where_something_that_it_goes_by_changed(tmp_path, whole_loads):
    data = DataFolder(tmp_path / "data")
    corrections, rules = tmp_path / "corrections.csv", tmp_path / "rules"
    _run_noted(data, "first")
    load_what_is_new(data, None)

    corrections.write_text("page,span,column,value,who,why\n", "utf-8")
    load_what_is_new(data, corrections)
    (data.root / "learned.json").write_text('{"curves": {}, "learned_at": ""}', "utf-8")
    load_what_is_new(data, corrections)
    rules.mkdir()
    (rules / "own.sql").write_text("-- table: metrics\nselect 1", "utf-8")
    with pytest.raises(Exception, match=r"own\.sql"):
        load_what_is_new(data, corrections, rules)
    load_what_is_new(data, corrections)
    (data.state / "loaded").unlink()
    load_what_is_new(data, corrections)

    assert len(whole_loads) == 5


@pytest.mark.parametrize("place", ["tasks/reference.py", "warehouse/search/stopwords.txt", "warehouse/sql"])
def test_code_and_data_of_a_load_make_the_next_one_whole(place, tmp_path, monkeypatch):
    for room in standing._OF_A_LOAD:
        source = PROJECT / room
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        (tmp_path / room).parent.mkdir(parents=True, exist_ok=True)
        copy(source, tmp_path / room)
    monkeypatch.setattr(standing, "_CODE", tmp_path)
    before = standing._code_digest.__wrapped__()
    changed = tmp_path / place
    changed = changed if changed.is_file() else next(path for path in sorted(changed.rglob("*")) if path.is_file())
    changed.write_bytes(changed.read_bytes() + b"\n")

    assert standing._code_digest.__wrapped__() != before


def test_files_that_were_read_as_they_are_count_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(digests, "_SETTLED_NS", -1)
    data = DataFolder(tmp_path / "data")
    known, new = tmp_path / "known.txt", tmp_path / "new.txt"
    for path in (known, new):
        path.write_text("济南日报", "utf-8")
    with digests.remembered_digests(data) as digest_of:
        digest_of(known)

    assert digests.bytes_not_seen([known, tmp_path / "gone.txt"], data, most=1_000) == 0
    assert digests.bytes_not_seen([known, new, known, new], data, most=10) == new.stat().st_size


def test_what_is_put_off_is_imported_when_something_of_it_is_used(monkeypatch):
    monkeypatch.setattr(later_imports, "WHEN_USED", ("colorsys",))
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)

    with later_imports.imported_when_used():
        module = importlib.import_module("colorsys")

    assert type(module).__name__ == "_LazyModule"
    assert module.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
