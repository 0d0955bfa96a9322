"""Digests what the tables say, so that two warehouses can be compared whatever the order in which they were made.

What belongs here: which tables and columns tell of pages, and which only of the work done on them. The work is left
out: runs, checks, numbers that differ between warehouses, and the columns in `WORK_COLUMNS`.
"""

from __future__ import annotations

import duckdb

from warehouse.schema import (
    DIVISIONS,
    DOCUMENT_SOURCES,
    DOCUMENTS,
    ENTITIES,
    PAGE_TABLES,
    QUARANTINE,
    UNITS,
    Table,
)

CONTENT_TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    DOCUMENT_SOURCES,
    *PAGE_TABLES,
    ENTITIES,
    QUARANTINE,
    UNITS,
    DIVISIONS,
)
"""Tables that say something of pages, or of the reference data that they were read with."""

WORK_COLUMNS = frozenset({"run_id", "loaded_at", "first_seen"})
"""Columns that say when and by which run a row was written; `first_seen` only in `document_sources`."""


def content_digests(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Digests each table that tells of pages; equal digests mean equal rows, in whatever order.

    Args:
        con: A connection to a warehouse.

    Returns:
        Table name to number of rows and digest.
    """
    return {table.name: _digest(con, table) for table in CONTENT_TABLES}


def _digest(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    work = WORK_COLUMNS if table is DOCUMENT_SOURCES else WORK_COLUMNS - {"first_seen"}
    columns = ", ".join(name for name in table.column_names if name not in work)
    row = con.execute(
        f"select count(*), coalesce(sum(hash(row_text)), 0) from (select [{_texts(columns)}] as row_text "
        f"from {table.name})"
    ).fetchone()
    return f"{row[0]} rows {row[1]:x}" if row else ""


def _texts(columns: str) -> str:
    return ", ".join(f"{name}::varchar" for name in columns.split(", "))
