"""The data dictionary: what each table, view, query and macro is, in two languages, made from their declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import duckdb

from warehouse.connection import memory_database
from warehouse.errors import UserError
from warehouse.schema import TABLES, Table
from warehouse.schema.ddl import schema_sql
from warehouse.schema.views import SavedSql, create_views, macros, saved_queries, view_columns, views


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """A column of a table or view.

    Attributes:
        name: Its name.
        type: Its DuckDB type.
        zh: What it means, in Chinese.
        en: The same in English.
        null: Whether it may be empty.
        values: The only values it may take; empty where any will do.
    """

    name: str
    type: str
    zh: str
    en: str
    null: bool = True
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or view.

    Attributes:
        kind: `table` or `view`.
        name: Its name.
        zh: What a row is, in Chinese.
        en: The same in English.
        columns: In order.
    """

    kind: str
    name: str
    zh: str
    en: str
    columns: tuple[EntryColumn, ...] = ()


def entries() -> list[Entry]:
    """Lists tables and views, without their columns."""
    tables = [Entry("table", table.name, table.zh, table.en) for table in TABLES]
    return tables + [Entry("view", view.name, view.zh, view.en) for view in views()]


def described(name: str) -> Entry:
    """Describes a table or view with its columns.

    Args:
        name: Its name.

    Raises:
        UserError: There is none of this name.
    """
    for table in TABLES:
        if table.name == name:
            return _of_table(table)
    for view in views():
        if view.name == name:
            return Entry("view", view.name, view.zh, view.en, _columns_of_views()[view.name])
    names = [entry.name for entry in entries()]
    nearest = get_close_matches(name, names, 1, 0.7)
    hint = f"did you mean {nearest[0]}?" if nearest else f"there are {', '.join(names)}."
    raise UserError(f"There is no table or view named {name}; {hint}")


def dictionary_page() -> str:
    """Writes the dictionary as Markdown: tables, views, saved queries, macros."""
    return "\n".join(_page_lines()) + "\n"


def _page_lines() -> Iterator[str]:
    yield "# Data dictionary 数据字典"
    yield ""
    yield "Generated from the declarations in `warehouse/`; do not edit. `make docs` writes it anew, a test compares."
    yield "由 `warehouse/` 中的声明生成，请勿手工修改；`make docs` 重新生成，并有测试核对。"
    for title, kind in (("Tables 数据表", "table"), ("Views 视图", "view")):
        yield from ("", f"## {title}")
        for entry in entries():
            if entry.kind == kind:
                yield from _entry_lines(described(entry.name))
    yield from ("", "## Saved queries 预存查询", "")
    yield "`broadsheet query NAME --param name=value`; [their answers on the seed pages](saved-queries.md)."
    yield from ("", "| name 名称 | what it gives 内容 | parameters 参数 |", "|---|---|---|")
    for query in saved_queries():
        takes = "<br>".join(f"`{p.name}` = {p.default or '(空)'}：{p.zh} {p.en}" for p in query.parameters)
        yield f"| `{query.name}` | {query.zh}<br>{query.en} | {takes} |"
    yield from ("", "## Macros 宏", "", "| name 名称 | what it gives 内容 | example 用例 |", "|---|---|---|")
    for macro in macros():
        yield f"| `{macro.name}` | {macro.zh}<br>{macro.en} | `{macro.question_en}` |"


def _entry_lines(entry: Entry) -> Iterator[str]:
    yield from ("", f"### {entry.name}", "", f"{entry.zh} {entry.en}", "")
    if question := next((v.question_zh + " " + v.question_en for v in views() if v.name == entry.name), ""):
        yield from (f"例问 Example: {question}", "")
    yield "| column 列 | type 类型 | meaning 含义 |"
    yield "|---|---|---|"
    for column in entry.columns:
        null = ", null" if column.null and entry.kind == "table" else ""
        values = f" ({', '.join(column.values)})" if column.values else ""
        yield f"| {column.name} | {column.type}{null} | {column.zh}<br>{column.en}{values} |"


def _of_table(table: Table) -> Entry:
    columns = (EntryColumn(c.name, c.type, c.zh, c.en, c.null, c.values) for c in table.columns)
    return Entry("table", table.name, table.zh, table.en, tuple(columns))


@cache
def _columns_of_views() -> dict[str, tuple[EntryColumn, ...]]:
    """Asks an empty warehouse for the columns of all views."""
    with memory_database() as con:
        for statement in schema_sql():
            con.execute(statement)
        create_views(con)
        return {view.name: _of_view(con, view) for view in views()}


def _of_view(con: duckdb.DuckDBPyConnection, view: SavedSql) -> tuple[EntryColumn, ...]:
    return tuple(EntryColumn(*column) for column in view_columns(con, view))
