"""Runs the report's queries, which lie one a file under `sql/report/`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

Row = dict[str, Any]

_SQL = Path(__file__).parents[1] / "sql" / "report"


@cache
def report_sql(name: str) -> str:
    """Reads one of the report's queries, without the line above it that says what it gives.

    Args:
        name: Of its file, without `.sql`.
    """
    return (_SQL / f"{name}.sql").read_text("utf-8").partition("\n")[2]


def note(con: duckdb.DuckDBPyConnection, name: str, parameters: Sequence[object] = (), kind: str = "table") -> None:
    """Keeps what a query gives in a temporary table of its name; a read-only connection will do.

    Args:
        con: The warehouse.
        name: Of the query and of the table.
        parameters: What the query asks for.
        kind: `view` for a query that is cheaper asked again than kept.
    """
    con.execute(f"create or replace temp {kind} {name} as {report_sql(name)}", list(parameters))


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


def parcel(con: duckdb.DuckDBPyConnection, name: str, parameters: Sequence[object]) -> pa.Table:
    """Runs a query of many rows, to be unpacked where they are needed, perhaps in another process.

    Args:
        con: The warehouse.
        name: Of the query.
        parameters: What the query asks for.
    """
    return con.sql(report_sql(name), params=list(parameters)).to_arrow_table()


def unpacked(table: pa.Table) -> list[Row]:
    """Gives the rows of a parcel.

    Args:
        table: What `parcel` gave.
    """
    names = table.column_names
    return [dict(zip(names, row, strict=True)) for row in zip(*(c.to_pylist() for c in table.columns), strict=True)]


def grouped(rows: Sequence[Row], column: str) -> dict[Any, list[Row]]:
    """Groups rows by a column, in their order.

    Args:
        rows: Any rows.
        column: Which.
    """
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
