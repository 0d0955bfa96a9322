"""Runs the report's queries, which lie one a file under `sql/report/`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]

_SQL = Path(__file__).parents[1] / "sql" / "report"


@cache
def report_sql(name: str) -> str:
    """Reads one of the report's queries, without the line above it that says what it gives.

    Args:
        name: Of its file, without `.sql`.
    """
    return (_SQL / f"{name}.sql").read_text("utf-8").partition("\n")[2]


def note(con: duckdb.DuckDBPyConnection, name: str, parameters: Sequence[object] = ()) -> None:
    """Keeps what a query gives in a temporary table of its name; a read-only connection will do.

    Args:
        con: The warehouse.
        name: Of the query and of the table.
        parameters: What the query asks for.
    """
    con.execute(f"create or replace temp table {name} as {report_sql(name)}", list(parameters))


def rows_of(con: duckdb.DuckDBPyConnection, name: str, parameters: Sequence[object] = ()) -> list[Row]:
    """Runs a query and gives its rows as dicts.

    Args:
        con: The warehouse.
        name: Of the query.
        parameters: What the query asks for.
    """
    cursor = con.execute(report_sql(name), list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
