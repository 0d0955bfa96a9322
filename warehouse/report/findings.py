"""Asks the warehouse what the stages noticed about its pages, for the status and the report."""

from __future__ import annotations

import duckdb

from warehouse.report.rows import Row, rows_of


def findings_by_code(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the findings by code, those that matter most first; none in a warehouse from before there were any.

    Args:
        con: A connection to a warehouse, read-only will do.

    Returns:
        Rows with code, level, findings, pages, message and what_to_do.
    """
    if not con.execute("select 1 from duckdb_tables() where table_name = 'findings'").fetchone():
        return []
    return rows_of(con, "findings_by_code")
