"""Reads the SQL files of macros, views and saved queries, which lie one a file under `sql/`, and creates the first two.

Each file opens with comment lines that say what it is; the command line, the comments in the warehouse and the
dictionary are made from them:

    -- zh: 一行一个……            what a row is, in Chinese
    -- en: One row per …         the same in English
    -- 例: ……？                  a question it answers, in Chinese
    -- e.g.: …?                  the same in English
    -- param limit: 20 = 最多几行 | Rows at most    a parameter with its default (saved queries)
    -- example: region=济南市                      values that the documents show it with (saved queries)
    -- column yoy_pct: 同比增长 | Yearly growth     a column that no table declares (views)
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse.schema import TABLES
from warehouse.schema.ddl import schema_sql

_SQL = Path(__file__).parents[1] / "sql"
_HEADER = re.compile(r"--\s*(zh|en|例|e\.g\.|example|param \w+|column \w+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a saved query asks for.

    Attributes:
        name: As in `$name`.
        default: Taken where none is given.
        zh: What it means, in Chinese.
        en: The same in English.
    """

    name: str
    default: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class SavedSql:
    """A macro, view or saved query: its name, what it says of itself and its text.

    Attributes:
        name: File name without `.sql` and without the number that orders it.
        zh: What a row is, in Chinese.
        en: The same in English.
        question_zh: A question it answers, in Chinese.
        question_en: The same in English.
        parameters: What a saved query asks for.
        example: Values of parameters that the documents show it with.
        columns: Meaning of the columns that no table declares, in Chinese and English.
        sql: The text below the header.
    """

    name: str
    zh: str
    en: str
    question_zh: str
    question_en: str
    parameters: tuple[Parameter, ...]
    example: dict[str, str]
    columns: dict[str, tuple[str, str]]
    sql: str


def parse_saved_sql(name: str, text: str) -> SavedSql:
    r"""Reads the text of one SQL file.

    Args:
        name: What it is called.
        text: Header and SQL.

    >>> parse_saved_sql("ones", "-- zh: 一行一个一。\n-- en: One row.\nselect 1").en
    'One row.'
    """
    lines = text.splitlines()
    body = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("--")), len(lines))
    found = (match for line in lines[:body] if (match := _HEADER.match(line)))
    said: dict[str, str] = {match[1]: match[2] for match in found}
    parameters = []
    for key in said:
        if key.startswith("param "):
            default, _, meaning = said[key].partition("=")
            zh, _, en = meaning.partition("|")
            parameters.append(Parameter(key.removeprefix("param "), default.strip(), zh.strip(), en.strip()))
    columns = {
        key.removeprefix("column "): (meaning.partition("|")[0].strip(), meaning.partition("|")[2].strip())
        for key, meaning in said.items()
        if key.startswith("column ")
    }
    return SavedSql(
        name,
        said.get("zh", ""),
        said.get("en", ""),
        said.get("例", ""),
        said.get("e.g.", ""),
        tuple(parameters),
        dict(pair.split("=", 1) for pair in said.get("example", "").split()),
        columns,
        "\n".join(lines[body:]).strip(),
    )


@cache
def macros() -> tuple[SavedSql, ...]:
    """Lists the macros in the order in which they are created (by the number before their name)."""
    return _read("macros")


@cache
def views() -> tuple[SavedSql, ...]:
    """Lists the views in the order in which they are created (by the number before their name)."""
    return _read("views")


@cache
def saved_queries() -> tuple[SavedSql, ...]:
    """Lists the saved queries by name."""
    return _read("queries")


@cache
def declared_digest() -> str:
    """Digests all that is declared of a warehouse: tables, macros, views, and what they mean."""
    return hashlib.sha256(repr((schema_sql(), macros(), views())).encode()).hexdigest()


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Creates all macros and views anew, with their comments in Chinese and English.

    Args:
        con: A writable connection to the working copy.
    """
    for macro in macros():
        con.execute(macro.sql)
    for view in views():
        con.execute(f"create or replace view {view.name} as {view.sql}")
        con.execute(f"comment on view {view.name} is {_quoted(f'{view.zh} {view.en}')}")
        for column in view_columns(con, view):
            if column[2]:
                con.execute(f"comment on column {view.name}.{column[0]} is {_quoted(f'{column[2]} | {column[3]}')}")


def view_columns(con: duckdb.DuckDBPyConnection, view: SavedSql) -> list[tuple[str, str, str, str]]:
    """Lists name, type and meaning (Chinese, English) of a view's columns; the meaning is empty where nobody wrote it.

    Args:
        con: A connection in which the view stands.
        view: The view.
    """
    rows = con.execute(f"describe {view.name}").fetchall()
    return [(row[0], row[1], *column_meaning(view, row[0])) for row in rows]


def column_meaning(view: SavedSql, column: str) -> tuple[str, str]:
    """Says what a view's column means: as its header says, or else as the table does that declares such a column.

    Args:
        view: The view.
        column: Name of the column.

    Returns:
        Chinese and English; empty where nobody says.
    """
    if column in view.columns:
        return view.columns[column]
    for table in TABLES:
        if column in table.column_names and f"from {table.name}" in view.sql.replace("join ", "from "):
            return table.column(column).zh, table.column(column).en
    for other in views():
        if column in other.columns and other is not view:
            return other.columns[column]
    for table in TABLES:
        if column in table.column_names:
            return table.column(column).zh, table.column(column).en
    return "", ""


def _read(folder: str) -> tuple[SavedSql, ...]:
    return tuple(
        parse_saved_sql(re.sub(r"^\d+_", "", path.stem), path.read_text("utf-8"))
        for path in sorted((_SQL / folder).glob("*.sql"))
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
