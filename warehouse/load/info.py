"""What a warehouse notes of itself, a value by a name: its schema, what is declared, whose answers it shows."""

from __future__ import annotations

import duckdb


def noted(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Gives what is noted under a name; empty where nothing is.

    Args:
        con: A connection to the warehouse.
        name: The name.
    """
    row = con.execute("select value from warehouse_info where name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def note(con: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Notes a value under a name in the place of what was there; an empty one takes it away.

    Args:
        con: A writable connection.
        name: The name.
        value: What to note.
    """
    con.execute("delete from warehouse_info where name = ?", [name])
    if value:
        con.execute("insert into warehouse_info values (?, ?)", [name, value])
