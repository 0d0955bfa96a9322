"""Brings the warehouse up to the lake: missing batches are applied to a copy, which is then published.

Nobody but the load sees the copy, so the batches come in by several transactions: DuckDB keeps notes of each in memory.
What belongs here: the copy, its transactions, and how it takes the place of the published file. What does not:
what a batch does to the tables (`warehouse.load.apply`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.connection import UnreadableWarehouseError, open_for_writing, reading, refused
from warehouse.errors import EnvironmentProblem
from warehouse.lake.batch import batches
from warehouse.lake.manifest import BatchManifest
from warehouse.load.apply import add_up_entities, apply_batch, finish_applying, note_batch, start_applying
from warehouse.load.confidence import confidence_differs, tell_confidence
from warehouse.load.continuations import JumpReader, tie_articles
from warehouse.load.corrections import (
    apply_corrections,
    corrections_differ,
    take_back_corrections,
    withdraw_corrections,
)
from warehouse.load.second_readings import Told, apply_readings, readings_differ, take_back_readings
from warehouse.schema import DIVISIONS, INDICATORS, SCHEMA_VERSION, UNITS, Table
from warehouse.schema.arrow import arrow_table
from warehouse.schema.ddl import schema_sql
from warehouse.schema.views import create_views
from warehouse.search.index import index_documents
from warehouse.storage.durable import sync_folder
from warehouse.storage.folder import DataFolder
from warehouse.storage.reflink import copy_file

_ROWS_AT_ONCE = 500_000
"""Rows of batches that one transaction brings in."""

Rows = Iterable[Mapping[str, object]]
Judge = Callable[[duckdb.DuckDBPyConnection], Mapping[str, str]]


class NewerWarehouseError(EnvironmentProblem):
    """The warehouse file was written by a newer version of Broadsheet."""


class OlderWarehouseError(EnvironmentProblem):
    """The warehouse file was written by an older version of Broadsheet, and lacks what this one shows."""


class ForeignFileError(EnvironmentProblem):
    """What lies where the warehouse should be is somebody else's database."""


def bring_up_to_date(
    folder: DataFolder,
    reference: Mapping[str, Rows],
    *,
    anew: bool = False,
    judge: Judge | None = None,
    jumps: JumpReader | None = None,
    told: Told | None = None,
) -> int:
    """Loads every batch that the lake has and the warehouse has not, and publishes the result at once.

    The caller holds the writer's lock.

    Args:
        folder: The data directory.
        reference: Rows of the reference tables, `units` and `divisions`, the user's `corrections`, and what was
            `learned` from them about confidence.
        anew: Start from an empty warehouse.
        judge: Says of rows that were corrected which do not hold, and why; their corrections are taken back.
        jumps: Tells which article goes on with which on another page; without it articles stay untied.
        told: What second readers said of figures.

    Returns:
        How many batches were loaded.

    Raises:
        NewerWarehouseError: The published file has a newer schema than this code.
        ForeignFileError: The published file is a database, but no warehouse of ours.
        EnvironmentProblem: The disk is full, or may not be written.
    """
    version = published_schema_version(folder)
    fresh = anew or version is None or version < SCHEMA_VERSION
    with environment_problems(folder), writable_copy(folder, empty=fresh) as (copy, con):
        loaded, corrected = _load_into(con, folder, reference, judge, jumps, told or Told())
        con.close()
        if loaded or corrected or fresh:
            publish_copy(copy, folder.warehouse)
    return loaded


def published_schema_version(folder: DataFolder) -> int | None:
    """Reads the schema version of the published warehouse; None where there is none or its file is damaged.

    Args:
        folder: The data directory.

    Raises:
        NewerWarehouseError: It is newer than this code.
        ForeignFileError: The file is a database, but no warehouse of ours.
    """
    try:
        with reading(folder) as con:
            if con is None:
                return None
            try:
                row = con.execute("select value from warehouse_info where name = 'schema_version'").fetchone()
            except duckdb.CatalogException:
                if con.execute("select 1 from duckdb_tables() limit 1").fetchone():
                    raise ForeignFileError(
                        f"{folder.warehouse} is a database, but no warehouse of Broadsheet: move it away, or choose "
                        "another data directory."
                    ) from None
                row = None
    except (duckdb.Error, UnreadableWarehouseError):
        return None
    version = int(row[0]) if row else None
    if version is not None and version > SCHEMA_VERSION:
        raise NewerWarehouseError(
            f"{folder.warehouse} has schema version {version}, this Broadsheet knows {SCHEMA_VERSION}: "
            "upgrade Broadsheet, or move the file away and run `broadsheet rebuild`."
        )
    return version


def refuse_older(folder: DataFolder) -> None:
    """Refuses a warehouse that was published before its tables got the columns that are shown today.

    Args:
        folder: The data directory.

    Raises:
        OlderWarehouseError: It is older than this code; the first run or a rebuild makes it anew.
    """
    version = published_schema_version(folder)
    if version is not None and version < SCHEMA_VERSION:
        raise OlderWarehouseError(
            f"{folder.warehouse} has schema version {version}, this Broadsheet shows {SCHEMA_VERSION}: "
            "`broadsheet rebuild` makes it anew from the lake."
        )


def pending_batches(folder: DataFolder) -> list[BatchManifest]:
    """Lists the batches that the lake has and the published warehouse has not.

    Args:
        folder: The data directory.
    """
    known: set[str] = set()
    if published_schema_version(folder) == SCHEMA_VERSION:
        with reading(folder) as con:
            if con is not None:
                known = _known_batches(con)
    return _missing(folder, known)


def is_due(folder: DataFolder, every_minutes: float) -> bool:
    """Says whether the warehouse may be published again.

    Args:
        folder: The data directory.
        every_minutes: At most once in so many minutes; 0 means at any time.
    """
    if every_minutes <= 0:
        return True
    try:
        age = time.time() - folder.warehouse.stat().st_mtime
    except FileNotFoundError:
        return True
    return not 0 <= age < every_minutes * 60  # a time that is still to come says that a clock was put back


def drop_copies(folder: DataFolder) -> None:
    """Deletes working copies that a killed load left behind.

    Args:
        folder: The data directory; the caller holds the writer's lock.
    """
    for left_over in folder.root.glob(".warehouse-*"):
        left_over.unlink(missing_ok=True)


@contextmanager
def writable_copy(folder: DataFolder, *, empty: bool = False) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """Opens a copy of the published warehouse for writing; it goes when the block ends, unless it was published.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        empty: Begin with nothing in the place of a copy.

    Yields:
        The copy, and the connection to it.
    """
    drop_copies(folder)
    copy = folder.root / f".warehouse-{os.getpid()}.duckdb"
    try:
        if not empty:
            copy_file(folder.warehouse, copy)
        con = open_for_writing(copy, memory_limit=f"{folder.load_mb}MB", spill=folder.work / "spill")
        try:
            yield copy, con
        finally:
            con.close()
    finally:
        drop_copies(folder)


def _load_into(
    con: duckdb.DuckDBPyConnection,
    folder: DataFolder,
    reference: Mapping[str, Rows],
    judge: Judge | None,
    jumps: JumpReader | None,
    told: Told,
) -> tuple[int, bool]:
    con.execute("begin transaction")
    for statement in schema_sql():
        con.execute(statement)
    missing = _missing(folder, _known_batches(con))
    corrected = corrections_differ(con, reference.get("corrections", ()))
    learned = list(reference.get("learned", ()))
    corrected = confidence_differs(con, learned) or readings_differ(con, told) or corrected
    for table in (UNITS, INDICATORS, DIVISIONS):
        _replace_rows(con, table, arrow_table(table, reference.get(table.name, ())))
    start_applying(con)
    take_back_corrections(con)
    take_back_readings(con)
    _apply(con, folder, missing)
    note_merged(con, folder)
    finish_applying(con)
    if jumps:
        tie_articles(con, jumps)
    tell_confidence(con, learned)
    apply_readings(con, told)
    apply_corrections(con, reference.get("corrections", ()))
    if judge:
        withdraw_corrections(con, judge(con))
    add_up_entities(con)
    create_views(con)
    if len(missing) > 1:
        _go_on(con)
    index_documents(con)
    con.execute("delete from warehouse_info where name = 'schema_version'")
    con.execute("insert into warehouse_info values ('schema_version', ?)", [str(SCHEMA_VERSION)])
    con.execute("commit")
    con.execute("checkpoint w")
    return len(missing), corrected


def _apply(con: duckdb.DuckDBPyConnection, folder: DataFolder, missing: Iterable[BatchManifest]) -> None:
    """Brings batches in, a few by each transaction; the last stays open."""
    rows = 0
    for manifest in missing:
        coming = sum(file.rows for file in manifest.files)
        if rows and rows + coming > _ROWS_AT_ONCE:
            _go_on(con)
            rows = 0
        apply_batch(con, folder, manifest)
        rows += coming


def _go_on(con: duckdb.DuckDBPyConnection) -> None:
    """Puts what was done so far into the copy's file, and begins the next transaction."""
    con.execute("commit")
    con.execute("checkpoint w")
    con.execute("begin transaction")


def _known_batches(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in con.execute("select batch_id from lake_batches").fetchall()}


def _missing(folder: DataFolder, known: set[str]) -> list[BatchManifest]:
    """Lists what is to be applied; a batch that only stands for known ones brings nothing new."""

    def is_known(manifest: BatchManifest) -> bool:
        return manifest.batch_id in known or bool(manifest.replaces and known.issuperset(manifest.replaces))

    return [manifest for manifest in batches(folder) if not is_known(manifest)]


def note_merged(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    """Notes a merged batch in the place of those that it stands for; unnoted, it would be unknown once merged again.

    Args:
        con: A writable connection to a warehouse that holds every batch of the lake.
        folder: The data directory.
    """
    known = _known_batches(con)
    for manifest in batches(folder):
        if manifest.replaces and manifest.batch_id not in known:
            note_batch(con, manifest)
        if known.intersection(manifest.replaces):
            con.execute("delete from lake_batches where batch_id in (select unnest(?))", [list(manifest.replaces)])


def _replace_rows(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    con.execute(f"delete from {table.name}")
    con.register("reference_rows", rows)
    con.execute(f"insert into {table.name} by name select * from reference_rows")
    con.unregister("reference_rows")


def publish_copy(copy: Path, target: Path) -> None:
    """Puts a finished copy in the place of the published file, at once and for good.

    Args:
        copy: The copy, closed.
        target: The published file.
    """
    with copy.open("rb") as handle:
        os.fsync(handle.fileno())
    copy.replace(target)
    # A log left by somebody who opened the old file to write belongs to that file, not to this one.
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    sync_folder(target.parent)


@contextmanager
def environment_problems(folder: DataFolder) -> Iterator[None]:
    """Turns what DuckDB raises where the machine or the file is to blame into a sentence.

    Args:
        folder: The data directory.

    Raises:
        EnvironmentProblem: The disk is full, memory is short, or the file is damaged.
    """
    try:
        yield
    except duckdb.Error as error:
        if problem := refused(error, folder):
            raise problem from error
        raise
