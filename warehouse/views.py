"""Reads the SQL files of the views and of the saved queries, which lie one a file under `sql/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class SavedSql:
    """A view or a saved query: its name, what it says of itself and its text.

    Attributes:
        name: File name without `.sql`.
        header: The comment lines at its top, in Chinese and English.
        sql: The whole text.
    """

    name: str
    header: str
    sql: str


@cache
def views() -> tuple[SavedSql, ...]:
    """Lists the views in the order in which they are created (by the number before their name)."""
    return tuple(_read(path) for path in sorted((_SQL / "views").glob("*.sql")))


@cache
def saved_queries() -> tuple[SavedSql, ...]:
    """Lists the saved queries by name."""
    return tuple(_read(path) for path in sorted((_SQL / "queries").glob("*.sql")))


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Creates all views anew.

    Args:
        con: A writable connection to the working copy.
    """
    for view in views():
        con.execute(f"create or replace view {view.name} as {view.sql}")


def _read(path: Path) -> SavedSql:
    text = path.read_text("utf-8")
    header = [line[2:].strip() for line in text.splitlines() if line.startswith("--")]
    return SavedSql(path.stem.split("_", 1)[1] if path.stem[0].isdigit() else path.stem, "\n".join(header), text)
