"""After a power cut at any moment the next run makes good what was lost, and says what it set aside."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from flows.ingest.lake_care import forget, rebuild
from flows.ingest.planning import known_ids
from flows.settings import settings
from tasks.runs import sweep
from tests.hostile.power import losing_disk
from tests.loads.driver import run, settings_of
from tests.loads.pages import digests, rows, rubbish, write_pages
from warehouse.lake.inspection import look_over
from warehouse.storage.folder import DataFolder

IN_TWO = {"gate": False, "BATCH_MB": "0.0016"}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    place = tmp_path_factory.mktemp("expected")
    write_pages(place / "in", range(2))
    run(place / "data", place / "in", **IN_TWO)
    return place / "data", place / "in"


@pytest.mark.parametrize(("kind", "every"), [("strict", 31), ("empty", 23)])
def test_a_run_that_lost_its_power_is_made_good_by_the_next(expected, tmp_path, kind, every):
    """A few moments; all of them by `python -m tests.bench.power_cuts`."""
    undisturbed, inbox = expected
    with losing_disk(tmp_path / "data", tmp_path / "cuts", kind, every) as disk:
        run(tmp_path / "data", inbox, **IN_TWO)
    assert len(disk.states) >= 3
    assert digests(disk.states[-1]) == digests(undisturbed), "what a run said it loaded is durable"
    for state in disk.states[:-1]:
        assert all(path.stat().st_size for path in state.rglob("*.json")), f"{state} has an empty journal"
        run(state, inbox, **IN_TWO)
        assert digests(state) == digests(undisturbed)
        assert look_over(DataFolder(state)) == []
        assert rubbish(state) == set()


@pytest.mark.parametrize("name", ["started.json", "jobs.json", "files.json"])
@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b'{"a": 1}', b'[{"a": 1}]', b"[1]", b"\xff\xfe"])
def test_an_unreadable_journal_is_set_aside_and_said(tmp_path, name, content):
    data = tmp_path / "data"
    place = data / "work" / "20231124T000000-1" / "batch-0001"
    place.mkdir(parents=True)
    (place.parent / "started.json").write_text('"2023-11-24T00:00:00+00:00"')
    (place.parent if name == "started.json" else place).joinpath(name).write_bytes(content)
    folder = DataFolder(data)
    with settings_of(data):
        said = sweep(folder, partial(known_ids, folder))
    assert any("had been cut short" in sentence for sentence in said)
    kept = [] if name == "started.json" else [content]
    assert [path.read_bytes() for path in (data / "set-aside").rglob(f"{name}*")] == kept
    assert sum(name in sentence for sentence in said) == len(kept)
    assert not folder.work.exists()


def test_the_work_of_an_unreadable_journal_is_done_again(expected, tmp_path):
    undisturbed, inbox = expected
    data = tmp_path / "data"
    place = data / "work" / "20231124T000000-1" / "batch-0001"
    place.mkdir(parents=True)
    for path in (place.parent / "started.json", place / "jobs.json", place / "files.json"):
        path.write_bytes(b"")
    run(data, inbox, **IN_TWO)
    assert digests(data) == digests(undisturbed)
    assert rows(data, "select state, count(*) from runs group by 1 order by 1") == [("completed", 1), ("crashed", 1)]


def test_what_was_forgotten_stays_forgotten_after_a_cut(expected, tmp_path):
    undisturbed, _ = expected
    data = Path(shutil.copytree(undisturbed, tmp_path / "data"))
    ((document_id,),) = rows(data, "select min(document_id) from documents")
    with losing_disk(data, tmp_path / "cuts", "strict", 10_000) as disk, settings_of(data):
        disk.take_for_synced()
        forget(DataFolder(data), [str(document_id)], settings(), print)
    last = DataFolder(disk.states[-1])
    assert last.raw_of(str(document_id)) is None
    with settings_of(last.root):
        rebuild(last, settings(), print)
    assert rows(last.root, f"select status from documents where document_id = '{document_id}'") == [("forgotten",)]
