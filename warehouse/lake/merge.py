"""Rewrites batches of the lake: many small ones become one, and a forgotten document is taken out of all.

What belongs here: making new batches that stand for old ones. What does not: deleting those
(`warehouse.lake.batch.drop_replaced`), which may happen later, since they no longer count.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from warehouse.connection import memory_database
from warehouse.lake.batch import JOURNAL, batches, commit_batch, drop_replaced, parquet_of, store
from warehouse.lake.manifest import BatchManifest, LakeFile
from warehouse.load.apply import apply_batch, start_applying
from warehouse.load.published import pending_batches
from warehouse.schema import TABLES, Table
from warehouse.schema.arrow import arrow_schema
from warehouse.schema.ddl import schema_sql
from warehouse.storage.folder import DataFolder

SMALL_ROWS = 100_000
"""A batch with fewer rows is small; several become one of at most ten times as many."""


def merge_small_batches(folder: DataFolder, at_least: int) -> int:
    """Merges neighbouring small batches, in their order, once enough of them have piled up.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        at_least: How many there must be; 0 means never.

    Returns:
        How many batches were merged into others.
    """
    waiting = {manifest.batch_id for manifest in pending_batches(folder)} if at_least else set()
    merged = 0
    for group in _neighbours(batches(folder), waiting) if at_least else ():
        if len(group) >= at_least:
            _rewrite(folder, group)
            merged += len(group)
    if merged:
        drop_replaced(folder)
    return merged


def redact(folder: DataFolder, document_id: str) -> int:
    """Takes all rows of a document, but its last `documents` row, out of the lake.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        document_id: The document, which a later batch says is forgotten.

    Returns:
        How many batches were written anew.
    """
    holding = [manifest for manifest in batches(folder) if _holds(folder, manifest, document_id)]
    for manifest in holding[:-1]:
        _rewrite(folder, [manifest], without=document_id)
    drop_replaced(folder)
    return len(holding[:-1])


def _neighbours(manifests: Sequence[BatchManifest], waiting: set[str]) -> list[list[BatchManifest]]:
    groups: list[list[BatchManifest]] = [[]]
    rows = 0
    for manifest in manifests:
        if manifest.rows >= SMALL_ROWS or manifest.batch_id in waiting:
            groups.append([])
            rows = 0
        elif rows + manifest.rows > 10 * SMALL_ROWS:
            groups.append([manifest])
            rows = manifest.rows
        else:
            groups[-1].append(manifest)
            rows += manifest.rows
    return groups


def _rewrite(folder: DataFolder, group: Sequence[BatchManifest], without: str | None = None) -> None:
    """Writes one batch that stands for a group: what they come to when they are applied one after the other."""
    last = group[-1]
    batch_id = _next_id(last.batch_id)
    with memory_database({"memory_limit": "1GB"}) as con:
        for statement in schema_sql():
            con.execute(statement)
        start_applying(con)
        for manifest in group:
            apply_batch(con, folder, manifest, hold_back=False)
        tables = [table for table in TABLES if table.home == "lake"]
        if without:
            _delete_document(con, tables, without)
        made = [parquet_of(table, rows) for table in tables if (rows := _rows(con, table)).num_rows]
    files: list[LakeFile] = store(folder.lake, made, folder.work / batch_id / JOURNAL)
    replaces = [manifest.batch_id for manifest in group]
    commit_batch(folder, BatchManifest(batch_id, last.run_id, last.created_at, tuple(files), tuple(replaces)))
    (folder.work / batch_id / JOURNAL).unlink()
    (folder.work / batch_id).rmdir()


def _next_id(batch_id: str) -> str:
    """Names a batch that comes after one and before all that follow it."""
    stem, _, number = batch_id.partition("~")
    return f"{stem}~{int(number or 0) + 1:06d}"


def _delete_document(con: duckdb.DuckDBPyConnection, tables: Sequence[Table], document_id: str) -> None:
    """Deletes rows of the document, and the examples that checks of its batch quote, which may be its words."""
    for table in tables:
        if "document_id" in table.column_names:
            con.execute(f"delete from {table.name} where document_id = ?", [document_id])
    con.execute("update checks set observed = null where not success")


def _rows(con: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    columns = ", ".join(table.column_names)
    rows = con.sql(f"select {columns} from {table.name} order by {', '.join(table.key)}").to_arrow_table()
    return rows.cast(arrow_schema(table))


def _holds(folder: DataFolder, manifest: BatchManifest, document_id: str) -> bool:
    named = {table.name for table in TABLES if "document_id" in table.column_names}
    paths = [str(folder.lake / file.path) for file in manifest.files if file.table in named]
    with memory_database() as con:
        return any(
            con.execute("select 1 from read_parquet(?) where document_id = ? limit 1", [path, document_id]).fetchone()
            for path in paths
        )
