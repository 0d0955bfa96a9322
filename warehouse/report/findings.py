"""Asks the warehouse what the stages noticed about its pages, for the status and the report."""

from __future__ import annotations

from typing import Any

import duckdb

Row = dict[str, Any]


def findings_by_code(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the findings by code, those that matter most first; none in a warehouse from before there were any.

    Args:
        con: A connection to a warehouse, read-only will do.

    Returns:
        Rows with code, level, findings, pages, message and what_to_do.
    """
    if not con.execute("select 1 from duckdb_tables() where table_name = 'findings'").fetchone():
        return []
    found = con.execute(
        """
        select
            f.code,
            min(f.level) as level,
            count(*) as findings,
            count(distinct f.document_id) as pages,
            min(f.message) as message,
            min(f.what_to_do) as what_to_do
        from findings f
        group by f.code
        order by list_position(['error', 'warning', 'info'], min(f.level)), pages, f.code
        """
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
