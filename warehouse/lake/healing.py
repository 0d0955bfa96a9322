"""Puts a damaged lake back together: from the manifests and rows that the warehouse holds, or without what is lost.

What belongs here: the lake's own files. What does not: looking for damage (`warehouse.lake.inspection`), and making the
warehouse anew, which comes afterwards. Nothing is deleted: what is damaged, or belongs to nobody, is set aside.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.lake.batch import (
    JOURNAL,
    batches,
    commit_batch,
    drop_replaced,
    manifests,
    parquet_of,
    read_manifest,
    store,
    write_manifest,
)
from warehouse.lake.inspection import (
    clear_strays,
    damaged_files,
    gaps,
    known_manifests,
    missing_manifests,
    warehouse_problem,
)
from warehouse.lake.manifest import BatchManifest, LakeFile
from warehouse.lake.second_answers import damaged_records
from warehouse.load.confidence import put_shipped_confidence_back
from warehouse.load.corrections import take_back_corrections
from warehouse.load.second_readings import take_back_readings
from warehouse.load.working_copy import writable_copy
from warehouse.schema import TABLES, Table
from warehouse.schema.arrow import arrow_schema
from warehouse.storage.folder import DataFolder, set_aside

_ROWS_A_FILE = 200_000
_ABOUT_RUNS = ("runs", "checks", "check_failures")


def heal_lake(folder: DataFolder, run_id: str) -> list[str]:
    """Mends the lake as far as anything can be read, and says what was done.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        run_id: Names the batches that are written.

    Returns:
        Sentences; none where the lake is whole.
    """
    said = [*_put_manifests_back(folder)]
    if damaged := damaged_files(folder):
        if _warehouse_holds_all(folder):
            said += _write_anew(folder, run_id)
        else:
            said += _leave_out(folder, {path.relative_to(folder.lake).as_posix() for path in damaged})
    said += _close_gaps(folder, run_id)
    for path in damaged_records(folder):
        said.append(f"{path.name}, of a second reader, was damaged and set aside as {set_aside(folder, path)}.")
    if said:
        drop_replaced(folder)
        kept, _ = clear_strays(folder)
        if kept:
            said.append(f"{kept} files that no batch names were set aside in {folder.set_aside}.")
    return said


def _put_manifests_back(folder: DataFolder) -> Iterator[str]:
    for path in sorted(folder.manifests.glob("*.json")):
        if read_manifest(path)[0] is None:
            yield f"{path.name} was damaged and set aside as {set_aside(folder, path)}."
    for manifest in missing_manifests(folder, manifests(folder)):
        write_manifest(folder, manifest)
        yield f"The manifest of batch {manifest.batch_id} was put back from the warehouse."


def _warehouse_holds_all(folder: DataFolder) -> bool:
    """Whether the warehouse is whole and holds every batch of the lake, so that its rows can stand for them."""
    if not folder.warehouse.is_file() or warehouse_problem(folder):
        return False
    held = {manifest.batch_id for manifest in known_manifests(folder)}
    return all(m.batch_id in held or (m.replaces and held.issuperset(m.replaces)) for m in batches(folder))


def _write_anew(folder: DataFolder, run_id: str) -> Iterator[str]:
    """Writes one batch that stands for all others, from the rows of the warehouse."""
    batch_id = f"{run_id}-0001"
    files: list[LakeFile] = []
    with writable_copy(folder) as (_, con):
        take_back_corrections(con)
        take_back_readings(con)
        put_shipped_confidence_back(con)
        for number, (table, condition) in enumerate(_portions(con)):
            rows = con.sql(
                f"select {', '.join(table.column_names)} from {table.name} where {condition} order by "
                f"{', '.join(table.key)}"
            ).to_arrow_table()
            made = [parquet_of(table, rows.cast(arrow_schema(table)))] if rows.num_rows else []
            files += store(folder.lake, made, folder.work / run_id / str(number) / JOURNAL)
    replaced = tuple(manifest.batch_id for manifest in batches(folder))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    commit_batch(folder, BatchManifest(batch_id, run_id, now, tuple(files), replaced))
    shutil.rmtree(folder.work / run_id, ignore_errors=True)
    yield f"The lake was written anew from the warehouse: one batch of {sum(f.rows for f in files):,} rows for all."


def _portions(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Table, str]]:
    """Parts the tables of the lake so that no part is too large for the memory."""
    for table in (table for table in TABLES if table.home == "lake"):
        ((count,),) = con.execute(f"select count(*) from {table.name}").fetchall()
        parts = count // _ROWS_A_FILE + 1
        key = f"hash({table.key[0]})"
        yield from ((table, f"{key} % {parts} = {part}" if parts > 1 else "true") for part in range(parts))


def _leave_out(folder: DataFolder, damaged: set[str]) -> Iterator[str]:
    """Has batches with damaged files stand without their pages, which are read again when they are run again."""
    for manifest in batches(folder):
        if damaged.isdisjoint(file.path for file in manifest.files):
            continue
        kept = tuple(f for f in manifest.files if f.path not in damaged and f.table in _ABOUT_RUNS)
        without = replace(manifest, batch_id=f"{manifest.batch_id}-without", files=kept, replaces=(manifest.batch_id,))
        for path in sorted(damaged.intersection(file.path for file in manifest.files)):
            if (folder.lake / path).is_file():
                set_aside(folder, folder.lake / path)
        write_manifest(folder, without)
        place = set_aside(folder, folder.manifests / f"{manifest.batch_id}.json")
        yield (
            f"Batch {manifest.batch_id} is lost and was set aside as {place}: restore it from a backup, or run its "
            "pages again with `broadsheet run`."
        )


def _close_gaps(folder: DataFolder, run_id: str) -> Iterator[str]:
    for number, (first, last) in enumerate(list(gaps(manifests(folder)))):
        now = datetime.now(UTC).isoformat(timespec="seconds")
        write_manifest(folder, BatchManifest(f"{run_id}-lost{number}", run_id, now, sequence=last, since=first))
        yield (
            f"Batches {first} to {last} are lost: restore the lake from a backup, or run their pages again with "
            "`broadsheet run`; what could be read of them is in set-aside/."
        )


def forget_set_aside(folder: DataFolder, document_id: str) -> int:
    """Deletes what was set aside and holds a document that is to be forgotten, or can't be read to tell.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        document_id: The document.

    Returns:
        How many files were deleted.
    """
    gone = [path for path in folder.set_aside.rglob("*") if path.is_file() and _may_hold(path, document_id)]
    for path in gone:
        path.unlink()
    return len(gone)


def _may_hold(path: Path, document_id: str) -> bool:
    if path.suffix != ".parquet":
        return path.name.startswith(document_id.removeprefix("d")) or document_id.encode() in path.read_bytes()
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException):
        return True
    return "document_id" in table.column_names and document_id in table["document_id"].to_pylist()
