"""Brings the warehouse up to the lake: missing batches are applied to a copy, which is then published.

Nobody but the load sees the copy, so the batches come in by several transactions: DuckDB keeps notes of each in memory.
What belongs here: the copy, its transactions, and how it takes the place of the published file. What does not:
what a batch does to the tables (`warehouse.load.apply`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import duckdb
import pyarrow as pa

from warehouse.lake.manifest import BatchManifest
from warehouse.load.apply import add_up_entities, apply_batch, finish_applying, note_merged, start_applying
from warehouse.load.confidence import confidence_differs, tell_confidence
from warehouse.load.continuations import JumpReader, tie_articles
from warehouse.load.corrections import (
    apply_corrections,
    corrections_differ,
    take_back_corrections,
    withdraw_corrections,
)
from warehouse.load.info import note, noted
from warehouse.load.published import known_batches, missing_batches, published_schema_version
from warehouse.load.second_readings import apply_readings, readings_differ, take_back_readings
from warehouse.load.told import Told
from warehouse.load.working_copy import environment_problems, publish_copy, writable_copy
from warehouse.schema import DIVISIONS, INDICATORS, SCHEMA_VERSION, UNITS, Table
from warehouse.schema.arrow import arrow_table
from warehouse.schema.ddl import schema_sql
from warehouse.schema.views import create_views, declared_digest
from warehouse.search.index import index_documents
from warehouse.storage.folder import DataFolder

_ROWS_AT_ONCE = 500_000
"""Rows of batches that one transaction brings in."""

Rows = Iterable[Mapping[str, object]]
Judge = Callable[[duckdb.DuckDBPyConnection], Mapping[str, str]]


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
        loaded, corrected = _load_into(con, folder, reference, judge, jumps, told or Told(), fresh=fresh)
        con.close()
        if loaded or corrected or fresh:
            publish_copy(copy, folder.warehouse)
    return loaded


def _load_into(
    con: duckdb.DuckDBPyConnection,
    folder: DataFolder,
    reference: Mapping[str, Rows],
    judge: Judge | None,
    jumps: JumpReader | None,
    told: Told,
    *,
    fresh: bool,
) -> tuple[int, bool]:
    con.execute("begin transaction")
    stands = not fresh and noted(con, "declared") == declared_digest()
    for statement in () if stands else schema_sql():
        con.execute(statement)
    missing = missing_batches(folder, known_batches(con))
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
    if not stands:  # declaring everything anew takes longer than loading a few pages
        create_views(con)
        note(con, "declared", declared_digest())
    if len(missing) > 1:
        _go_on(con)
    index_documents(con, partial(_go_on, con))
    note(con, "schema_version", str(SCHEMA_VERSION))
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


def _replace_rows(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    con.execute(f"delete from {table.name}")
    con.register("reference_rows", rows)
    con.execute(f"insert into {table.name} by name select * from reference_rows")
    con.unregister("reference_rows")
