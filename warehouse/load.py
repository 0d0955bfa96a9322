"""Brings the warehouse up to the lake: missing batches are applied to a copy in one transaction, then published.

A batch replaces what the warehouse holds of its documents. A newer good version of a source supersedes the older
one; a rejected version supersedes nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.arrow import arrow_table
from warehouse.connection import open_for_writing
from warehouse.ddl import schema_sql
from warehouse.errors import EnvironmentProblem
from warehouse.lake import BatchManifest, DataFolder, batches
from warehouse.schema import DIVISIONS, PAGE_TABLES, SCHEMA_VERSION, UNITS, Table, table_named
from warehouse.views import create_views

Rows = Iterable[Mapping[str, object]]


class NewerWarehouseError(EnvironmentProblem):
    """The warehouse file was written by a newer version of Broadsheet."""


def bring_up_to_date(folder: DataFolder, reference: Mapping[str, Rows], *, anew: bool = False) -> int:
    """Loads every batch that the lake has and the warehouse has not, and publishes the result at once.

    The caller holds the writer's lock.

    Args:
        folder: The data directory.
        reference: Rows of the reference tables, `units` and `divisions`.
        anew: Start from an empty warehouse.

    Returns:
        How many batches were loaded.

    Raises:
        NewerWarehouseError: The published file has a newer schema than this code.
    """
    for left_over in folder.root.glob(".warehouse-*"):
        left_over.unlink()
    version = published_schema_version(folder.warehouse)
    if version is not None and version > SCHEMA_VERSION:
        raise NewerWarehouseError(
            f"{folder.warehouse} has schema version {version}, this Broadsheet knows {SCHEMA_VERSION}: "
            "upgrade Broadsheet, or move the file away and run `broadsheet rebuild`."
        )
    fresh = anew or version is None or version < SCHEMA_VERSION
    copy = folder.root / f".warehouse-{os.getpid()}.duckdb"
    if not fresh:
        shutil.copyfile(folder.warehouse, copy)
    con = open_for_writing(copy)
    try:
        loaded = _apply_missing(con, folder, reference)
        con.execute("checkpoint w")
    finally:
        con.close()
    if loaded or fresh:
        _publish(copy, folder.warehouse)
    else:
        copy.unlink()
    return loaded


def published_schema_version(path: Path) -> int | None:
    """Reads the schema version of a warehouse file; None where there is no file or it is no warehouse.

    Args:
        path: The warehouse file.
    """
    if not path.is_file():
        return None
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            row = con.execute("select value from warehouse_info where name = 'schema_version'").fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None


def pending_batches(folder: DataFolder) -> list[BatchManifest]:
    """Lists the batches that the lake has and the published warehouse has not.

    Args:
        folder: The data directory.
    """
    known: set[str] = set()
    if published_schema_version(folder.warehouse) == SCHEMA_VERSION:
        with duckdb.connect(str(folder.warehouse), read_only=True) as con:
            known = {row[0] for row in con.execute("select batch_id from lake_batches").fetchall()}
    return [manifest for manifest in batches(folder) if manifest.batch_id not in known]


def _apply_missing(con: duckdb.DuckDBPyConnection, folder: DataFolder, reference: Mapping[str, Rows]) -> int:
    con.execute("begin transaction")
    for statement in schema_sql():
        con.execute(statement)
    known = {row[0] for row in con.execute("select batch_id from lake_batches").fetchall()}
    missing = [manifest for manifest in batches(folder) if manifest.batch_id not in known]
    for table in (UNITS, DIVISIONS):
        _replace_rows(con, table, arrow_table(table, reference.get(table.name, ())))
    con.execute("create or replace temp table touched_entities (entity_id varchar)")
    for manifest in missing:
        _apply_batch(con, folder, manifest)
    _supersede(con)
    _add_up_entities(con)
    create_views(con)
    con.execute("delete from warehouse_info")
    con.execute("insert into warehouse_info values ('schema_version', ?)", [str(SCHEMA_VERSION)])
    con.execute("commit")
    return len(missing)


def _apply_batch(con: duckdb.DuckDBPyConnection, folder: DataFolder, manifest: BatchManifest) -> None:
    if paths := _paths(folder, manifest, "documents"):
        con.execute("create or replace temp table incoming as select * from read_parquet(?)", [paths])
        for table in PAGE_TABLES:
            _forget_rows(con, table, "select document_id from incoming")
        con.execute("delete from documents where document_id in (select document_id from incoming)")
        con.execute("insert into documents by name select * from incoming")
    if paths := _paths(folder, manifest, "document_sources"):
        _note_sources(con, paths)
    for name in ("runs", "checks", "quarantine"):
        if paths := _paths(folder, manifest, name):
            _upsert(con, table_named(name), paths)
    for table in PAGE_TABLES:
        if paths := _paths(folder, manifest, table.name):
            _insert_page_rows(con, table, paths)
    digest = hashlib.sha256(manifest.to_json().encode()).hexdigest()
    con.execute("insert into lake_batches values (?, ?, ?)", [manifest.batch_id, manifest.run_id, digest])


def _insert_page_rows(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    columns = ", ".join(f"r.{name}" for name in table.column_names)
    held_back = (
        f"and r.{table.key[0]} not in (select row_id from quarantine where table_name = '{table.name}' "
        "and decision <> 'released')"
        if len(table.key) == 1
        else ""
    )
    con.execute(
        f"insert into {table.name} select {columns} from read_parquet(?) r semi join "
        f"(select document_id from incoming where status = 'loaded') using (document_id) where true {held_back}",
        [list(paths)],
    )
    if table.name == "document_entities":
        con.execute("insert into touched_entities select entity_id from read_parquet(?)", [list(paths)])


def _note_sources(con: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> None:
    con.execute("create or replace temp table seen as select * from read_parquet(?)", [list(paths)])
    con.execute(
        "update document_sources set is_current = false where source_key in "
        "(select source_key from seen where is_current)"
    )
    con.execute(
        "update document_sources s set is_current = n.is_current from seen n "
        "where s.document_id = n.document_id and s.source_key = n.source_key"
    )
    con.execute(
        "insert into document_sources by name select * from seen n where not exists (select 1 from document_sources s "
        "where s.document_id = n.document_id and s.source_key = n.source_key)"
    )


def _supersede(con: duckdb.DuckDBPyConnection) -> None:
    """Takes out documents whose every source holds a newer good version."""
    con.execute(
        "create or replace temp table stale as select document_id from documents d where status = 'loaded' "
        "and not exists (select 1 from document_sources s where s.document_id = d.document_id and s.is_current)"
    )
    for table in PAGE_TABLES:
        _forget_rows(con, table, "select document_id from stale")
    con.execute(
        "update documents set status = 'superseded', reason = 'A newer version of this source was loaded.' "
        "where document_id in (select document_id from stale)"
    )


def _forget_rows(con: duckdb.DuckDBPyConnection, table: Table, which: str) -> None:
    if table.name == "document_entities":
        con.execute(
            f"insert into touched_entities select entity_id from document_entities where document_id in ({which})"
        )
    con.execute(f"delete from {table.name} where document_id in ({which})")


def _add_up_entities(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from entities where entity_id in (select entity_id from touched_entities)")
    con.execute(
        """
        insert into entities
        select
            e.entity_id,
            min(e.type) as type,
            arg_max(e.name, (length(e.name), e.name)) as name,
            min(e.adcode) as adcode,
            min(e.scope) as scope,
            sum(e.mention_count)::bigint as mention_count,
            min(d.issue_date) as first_seen,
            max(d.issue_date) as last_seen
        from document_entities e
        join documents d using (document_id)
        where e.entity_id in (select entity_id from touched_entities)
        group by e.entity_id
        """
    )


def _upsert(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    con.execute("create or replace temp table newer as select * from read_parquet(?)", [list(paths)])
    match = " and ".join(f"t.{key} is not distinct from n.{key}" for key in table.key)
    con.execute(f"delete from {table.name} t where exists (select 1 from newer n where {match})")
    con.execute(f"insert into {table.name} by name select * from newer")


def _replace_rows(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    con.execute(f"delete from {table.name}")
    con.register("reference_rows", rows)
    con.execute(f"insert into {table.name} by name select * from reference_rows")
    con.unregister("reference_rows")


def _paths(folder: DataFolder, manifest: BatchManifest, table: str) -> list[str]:
    return [str(folder.lake / f.path) for f in manifest.files_of(table) if f.rows]


def _publish(copy: Path, target: Path) -> None:
    with copy.open("rb") as handle:
        os.fsync(handle.fileno())
    copy.replace(target)
