"""Writes the warehouse for other tools: one SQLite file with full-text search, or one plain DuckDB file.

What belongs here: what goes into such a file, and its links. What does not: who reads it, and Datasette's own settings
(`flows/cli/export.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import connect
from warehouse.schema import CHECKED, METRICS, TABLES, Table
from warehouse.schema.views import column_meaning, views

_LEFT_OUT = frozenset({"terms", "term_paragraphs", "term_postings", "lake_batches"})
"""Tables that only the warehouse itself needs."""
_AS_TABLES = ("metric_facts", "quotes", "does_not_add_up", "conflicts", "indicator_series")
"""Views whose rows are written, since SQLite can't reckon them."""
_PIECE = 5_000
_SEARCHED = (
    ("articles_text", "headline, text"),
    ("metric_facts", "subject, indicator_name, sentence, headline"),
)
_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


def exported_tables() -> list[Table]:
    """Lists the tables that are exported."""
    return [table for table in TABLES if table.name not in _LEFT_OUT]


def write_sqlite(warehouse: Path, target: Path, checked: bool = False) -> int:
    """Writes tables, with keys and references, and the figures with all that belongs to them.

    Full text is FTS5 over triples of characters: three or more are found anywhere, two by a filter `contains`.

    Args:
        warehouse: The published warehouse.
        target: A new file.
        checked: Only the figures that a person checked.

    Returns:
        How many rows were written.
    """
    written = 0
    with connect(warehouse, checked=checked) as con:
        out = sqlite3.connect(target)
        try:
            out.execute("pragma journal_mode = off")
            for table in exported_tables():
                written += _copy(con, out, table.name, _table_sql(table))
            written += _copy(con, out, "articles_text", _ARTICLES_SQL, _ARTICLES)
            for name in _AS_TABLES:
                columns = con.execute(f"describe {name}").fetchall()
                written += _copy(con, out, name, _view_sql(name, columns))
            for name, searched in _SEARCHED:
                _index(out, name, searched)
            out.commit()
        finally:
            out.close()
    return written


def write_duckdb(warehouse: Path, target: Path, checked: bool = False) -> int:
    """Writes a copy that any DuckDB opens: tables, comments, and the views with their macros.

    Args:
        warehouse: The published warehouse.
        target: A new file.
        checked: Only the figures that a person checked.

    Returns:
        How many rows were written.
    """
    from warehouse.connection import open_for_writing
    from warehouse.schema.ddl import schema_sql
    from warehouse.schema.views import create_views

    con = open_for_writing(target)
    try:
        con.execute(f"attach '{str(warehouse).replace(chr(39), chr(39) * 2)}' as source (read_only)")
        for statement in schema_sql():
            con.execute(statement)
        written = 0
        for table in TABLES:
            only = f" where status in {CHECKED}" if checked and table is METRICS else ""
            con.execute(f"insert into {table.name} by name from source.{table.name}{only}")
            [(count,)] = con.execute(f"select count(*) from {table.name}").fetchall()
            written += 0 if table.name in _LEFT_OUT else int(count)
        create_views(con)
        con.execute("detach source")
        con.execute("checkpoint")
    finally:
        con.close()
    return written


def descriptions() -> dict[str, dict[str, Any]]:
    """Says of each exported table what a row is and what its columns mean, in Chinese and English."""
    told: dict[str, dict[str, Any]] = {
        table.name: {
            "description": f"{table.zh} {table.en}",
            "columns": {column.name: f"{column.zh} {column.en}" for column in table.columns},
        }
        for table in exported_tables()
    }
    for view in views():
        if view.name in _AS_TABLES:
            told[view.name] = {
                "description": f"{view.zh} {view.en}",
                "columns": {name: " ".join(column_meaning(view, name)) for name in view.columns},
            }
    return told


def _copy(con: duckdb.DuckDBPyConnection, out: sqlite3.Connection, name: str, create: str, sql: str = "") -> int:
    out.execute(create)
    found = con.execute(sql or f"from {name}")
    width = len(found.description or ())
    insert = f"insert or replace into {name} values ({', '.join('?' * width)})"
    count = 0
    while rows := found.fetchmany(_PIECE):
        out.executemany(insert, _plain_rows(rows))
        count += len(rows)
    return count


def _plain_rows(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield tuple(_plain(value) for value in row)


def _plain(value: Any) -> Any:
    import json

    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value if value is None or isinstance(value, str | int | float | bytes) else str(value)


def _table_sql(table: Table) -> str:
    parts = []
    for column in table.columns:
        refers = ""
        if column.references and column.references.split(".")[0] not in _LEFT_OUT:
            other, key = column.references.split(".")
            refers = f" references {other}({key})"
        parts.append(f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{refers}')
    parts.append(f"primary key ({', '.join(table.key)})")
    return f"create table {table.name} ({', '.join(parts)})"


def _view_sql(name: str, columns: Sequence[Sequence[Any]]) -> str:
    refers = {
        "metric_id": "metrics(metric_id)",
        "article_id": "articles(article_id)",
        "document_id": "documents(document_id)",
        "paragraph_id": "paragraphs(paragraph_id)",
        "entity_id": "entities(entity_id)",
    }
    parts = []
    for column, kind, *_ in columns:
        key = " primary key" if (name, column) == ("metric_facts", "metric_id") else ""
        refer = f" references {refers[column]}" if column in refers and not key else ""
        parts.append(f'"{column}" {_TYPES.get(kind, "TEXT")}{key}{refer}')
    return f"create table {name} ({', '.join(parts)})"


def _index(out: sqlite3.Connection, name: str, columns: str) -> None:
    """Adds full text to a table, as Datasette looks for it: an FTS table whose content the table is."""
    out.execute(f"create virtual table {name}_fts using fts5({columns}, content=\"{name}\", tokenize='trigram')")
    out.execute(f"insert into {name}_fts({name}_fts) values ('rebuild')")


_ARTICLES_SQL = (
    "create table articles_text (article_id TEXT primary key references articles(article_id), "
    "document_id TEXT references documents(document_id), headline TEXT, publisher TEXT, issue_date TEXT, "
    "page_label TEXT, citation TEXT, source_uri TEXT, text TEXT)"
)
_ARTICLES = """
select
    a.article_id,
    a.document_id,
    a.headline,
    d.publisher,
    d.issue_date,
    d.page_label,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as citation,
    d.source_uri,
    string_agg(p.text, chr(10) order by p.seq) as text
from articles a
join documents d using (document_id)
join paragraphs p using (article_id)
group by all
"""
