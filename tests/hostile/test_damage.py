"""Damaged, empty and deleted files of the data directory: said with a command that heals them, nothing lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from flows.ingest.lake_care import forget, heal, rebuild
from flows.settings import settings
from tests.loads.driver import run, settings_of
from tests.loads.pages import digests, page, rows, rubbish, write_pages
from warehouse.connection import UnreadableWarehouseError
from warehouse.lake.batch import DamagedLakeError, batches
from warehouse.lake.inspection import look_over
from warehouse.storage.folder import DataFolder


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A data directory of three runs, one page superseded and one rejected; its inbox."""
    place = tmp_path_factory.mktemp("lived")
    data, inbox = place / "data", place / "in"
    first, *_ = write_pages(inbox, range(3))
    run(data, first, gate=False)
    (inbox / "broken.txt").write_bytes(b"\x00\x01" * 99)
    run(data, inbox, gate=False)
    first.write_text(page(11), "utf-8")
    run(data, inbox, gate=False)
    return data, inbox


@pytest.fixture
def copied(lived_in, tmp_path):
    data, inbox = lived_in
    return shutil.copytree(data, tmp_path / "data"), inbox


def healed(data: Path) -> list[str]:
    with settings_of(data):
        return heal(DataFolder(data), settings(), print)


def flip(path: Path, part: float = 0.5) -> None:
    """Turns one bit over."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * part)] ^= 4
    path.write_bytes(data)


def manifest(data: Path) -> Path:
    """The manifest of the batch that holds most."""
    largest = max(batches(DataFolder(data)), key=lambda batch: batch.rows)
    return data / "lake" / "batches" / f"{largest.batch_id}.json"


def a_loaded_page(data: Path) -> str:
    ((document_id,),) = rows(data, "select min(document_id) from documents where status = 'loaded'")
    return str(document_id)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zeroed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def altered(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    content["files"] = content["files"][1:]
    path.write_text(json.dumps(content), "utf-8")


def of_another(path: Path) -> None:
    other = next(each for each in sorted(path.parent.iterdir()) if each != path)
    shutil.copy(other, path)


@pytest.mark.parametrize("damage", [empty, zeroed, flip, altered, of_another])
def test_every_kind_of_damage_to_a_manifest_is_seen(copied, damage):
    data, _ = copied
    victim = manifest(data)
    damage(victim)
    with pytest.raises(DamagedLakeError, match=rf"{victim.name}.*broadsheet doctor --heal"):
        batches(DataFolder(data))


@pytest.mark.parametrize("damage", [empty, Path.unlink])
def test_a_damaged_manifest_stops_run_and_rebuild_with_a_sentence_and_is_put_back(copied, damage):
    data, inbox = copied
    before, victim = digests(data), manifest(data)
    damage(victim)
    files = {path: path.read_bytes() for path in (data / "lake").rglob("*.parquet")}
    with pytest.raises(DamagedLakeError, match=rf"{victim.name}.*broadsheet doctor --heal") as problem:
        run(data, inbox, gate=False)
    assert problem.value.exit_code == 4
    with settings_of(data), pytest.raises(DamagedLakeError, match="doctor --heal"):
        rebuild(DataFolder(data), settings(), print)
    assert {path: path.read_bytes() for path in files} == files
    assert [each.place for each in look_over(DataFolder(data))] == [victim]
    healed(data)
    assert look_over(DataFolder(data)) == []
    assert run(data, inbox, gate=False).new == 0
    with settings_of(data):
        rebuild(DataFolder(data), settings(), print)
    assert digests(data) == before


@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_a_damaged_lake_file_is_found_and_written_anew_from_the_warehouse(copied, damage):
    data, inbox = copied
    before = digests(data)
    victim = next((data / "lake" / "metrics").rglob("*.parquet"))
    damage(victim)
    assert [each.place for each in look_over(DataFolder(data))] == [victim]
    if damage is not flip:
        with pytest.raises(DamagedLakeError, match=victim.name):
            run(data, inbox, gate=False)
    assert any("anew from the warehouse" in sentence for sentence in healed(data))
    assert look_over(DataFolder(data)) == []
    assert digests(data) == before
    assert run(data, inbox, gate=False).new == 0
    with settings_of(data):
        rebuild(DataFolder(data), settings(), print)
    assert digests(data) == before


def test_a_flipped_bit_in_the_warehouse_is_a_sentence_with_the_command(copied):
    data, inbox = copied
    before, file = digests(data), data / "warehouse.duckdb"
    whole = file.read_bytes()
    seen = 0
    for part in (n / 12 for n in range(12)):
        file.write_bytes(whole)
        flip(file, part)
        problems = look_over(DataFolder(data))
        if not problems:
            continue  # a block that holds nothing
        seen += 1
        assert [(each.place, each.heal) for each in problems] == [(file, "broadsheet rebuild")]
        said = ""
        try:
            run(data, inbox, gate=False)
        except UnreadableWarehouseError as problem:
            said = str(problem)
        assert "broadsheet rebuild" in said or look_over(DataFolder(data)) == problems or digests(data) == before
    assert seen >= 3
    with settings_of(data):
        rebuild(DataFolder(data), settings(), print)
    assert digests(data) == before


def test_lake_and_warehouse_damaged_together_lose_only_what_can_not_be_read(copied):
    data, inbox = copied
    before = digests(data)
    victim = next((data / "lake" / "metrics").rglob("*.parquet"))
    damaged_bytes = victim.read_bytes()[:-9]
    victim.write_bytes(damaged_bytes)
    (data / "warehouse.duckdb").write_bytes(b"no database" * 999)
    said = healed(data)
    assert any("run its pages again" in sentence for sentence in said)
    assert look_over(DataFolder(data)) == []
    assert damaged_bytes in {path.read_bytes() for path in (data / "set-aside").rglob("*.parquet")}
    run(data, inbox, gate=False)
    current = "select file_name, status from documents where status <> 'superseded' order by all"
    assert len(rows(data, current)) == 4
    assert digests(data)["metrics"] == before["metrics"]


def test_a_lost_manifest_without_a_warehouse_is_known_by_its_number(copied):
    data, _ = copied
    first = data / "lake" / "batches" / f"{batches(DataFolder(data))[0].batch_id}.json"
    first.unlink()
    (data / "warehouse.duckdb").unlink()
    with settings_of(data), pytest.raises(DamagedLakeError, match="batches 1 to 1"):
        rebuild(DataFolder(data), settings(), print)
    assert any("lost" in sentence for sentence in healed(data))
    assert look_over(DataFolder(data)) == []
    assert list((data / "set-aside").rglob("*.parquet"))


def test_a_damaged_raw_page_is_named_with_its_source_and_kept_anew(copied):
    data, _ = copied
    victim = DataFolder(data).raw_of(a_loaded_page(data))
    assert victim is not None
    flip(victim)
    (damage,) = look_over(DataFolder(data))
    assert damage.place == victim
    source = damage.heal.removeprefix("broadsheet run --force ")
    run(data, source, gate=False, force=True)
    assert look_over(DataFolder(data)) == []


def test_what_was_set_aside_of_a_forgotten_page_goes_too(copied):
    data, _ = copied
    document_id = a_loaded_page(data)
    for path in (data / "lake").rglob("*.parquet"):
        target = data / "set-aside" / path.relative_to(data)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    with settings_of(data):
        forget(DataFolder(data), [document_id], settings(), print)
    import duckdb

    for path in (data / "set-aside").rglob("*.parquet"):
        assert document_id not in str(duckdb.sql(f"from '{path}'").fetchall())


def test_a_manifest_that_names_a_file_outside_the_lake_is_refused(copied):
    data, _ = copied
    victim = manifest(data)
    content = json.loads(victim.read_text("utf-8"))
    del content["checksum"]
    content["files"][0]["path"] = "../../outside.parquet"
    victim.write_text(json.dumps(content), "utf-8")
    with pytest.raises(DamagedLakeError, match="outside the lake"):
        batches(DataFolder(data))


def test_a_lake_from_before_numbers_and_checksums_is_read_and_goes_on(copied, tmp_path):
    data, _ = copied
    before = digests(data)
    for path in (data / "lake" / "batches").glob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        for key in ("checksum", "sequence", "since"):
            del content[key]
        for file in content["files"]:
            del file["size"]
        path.write_text(json.dumps(content), "utf-8")
    with settings_of(data):
        rebuild(DataFolder(data), settings(), print)
    assert digests(data) == before
    assert look_over(DataFolder(data)) == []
    run(data, *write_pages(tmp_path / "more", range(20, 21)), gate=False)
    assert max(batch.sequence for batch in batches(DataFolder(data))) >= 1
    assert rubbish(data) == set()
