"""Reads what documents held at an earlier moment from the batches of the lake, and what they hold now.

What belongs here: documents, articles and figures as rows. What does not: comparing them (`changes.py`). Where batches
were merged meanwhile, an older reading of a page is no longer there, and the page counts as new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from warehouse.connection import memory_database
from warehouse.lake.batch import batches
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]


def early_documents(con: duckdb.DuckDBPyConnection, folder: DataFolder, moment: datetime) -> dict[str, str]:
    """Tells which documents were there at a moment, with their status then.

    Args:
        con: A connection to the warehouse.
        folder: The data directory.
        moment: Runs that began later do not count.
    """
    late = _late_runs(con, moment)
    early: dict[str, str] = {}
    for manifest in batches(folder):
        paths = [str(folder.lake / file.path) for file in manifest.files_of("documents")]
        if paths:
            with memory_database() as lake:
                rows = lake.execute("select document_id, status, run_id from read_parquet(?)", [paths]).fetchall()
            early |= {document_id: status for document_id, status, run_id in rows if run_id not in late}
    return early


def rows_then(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, table: str, moment: datetime, ids: Sequence[str]
) -> dict[str, list[Row]]:
    """Reads the rows that documents had at a moment: those of the last batch before it that brought them.

    Args:
        con: A connection to the warehouse.
        folder: The data directory.
        table: Of which table, articles or metrics.
        moment: Runs that began later do not count.
        ids: The documents.

    Returns:
        Rows by document.
    """
    late = _late_runs(con, moment)
    found: dict[str, list[Row]] = {}
    for manifest in batches(folder) if ids else ():
        files = {
            name: [str(folder.lake / file.path) for file in manifest.files_of(name)] for name in ("documents", table)
        }
        if not files["documents"]:
            continue
        with memory_database() as lake:
            brought = lake.execute("select document_id, run_id from read_parquet(?)", [files["documents"]]).fetchall()
            wanted = [document_id for document_id, run_id in brought if run_id not in late and document_id in ids]
            found |= {document_id: [] for document_id in wanted}
            if files[table] and wanted:
                sql = (
                    "select * from read_parquet($paths, union_by_name = true) "
                    f"where document_id in (select unnest($ids)) order by {table[:-1]}_id"
                )
                for row in rows_of(lake, sql, {"paths": files[table], "ids": wanted}):
                    found[row["document_id"]].append(row)
    return found


def rows_now(con: duckdb.DuckDBPyConnection, table: str, ids: Sequence[str]) -> dict[str, list[Row]]:
    """Reads the rows that documents have now.

    Args:
        con: A connection to the warehouse.
        table: Of which table, articles or metrics.
        ids: The documents.

    Returns:
        Rows by document.
    """
    grouped: dict[str, list[Row]] = defaultdict(list)
    sql = f"from {table} where document_id in (select unnest($ids)) order by {table[:-1]}_id"
    for row in rows_of(con, sql, {"ids": list(ids)}):
        grouped[row["document_id"]].append(row)
    return grouped


def _late_runs(con: duckdb.DuckDBPyConnection, moment: datetime) -> set[str]:
    return {row[0] for row in con.execute("select run_id from runs where started_at > ?", [moment]).fetchall()}


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[Row]:
    """Runs a query and gives its rows by the names of its columns.

    Args:
        con: A connection.
        sql: The query.
        values: Its parameters.
    """
    found = con.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
