"""Writes the SQL that creates the declared tables, with their comments in Chinese and English."""

from __future__ import annotations

from warehouse.schema import TABLES, Table


def create_table_sql(table: Table) -> str:
    """Writes CREATE TABLE for one table; keys are checked by the quality gate, since an index slows MERGE 40 times.

    Args:
        table: A declared table.
    """
    columns = ",\n    ".join(f"{c.name} {c.type}{'' if c.null else ' not null'}" for c in table.columns)
    return f"create table if not exists {table.name} (\n    {columns}\n)"


def comment_sql(table: Table) -> list[str]:
    """Writes one COMMENT statement for the table and one for each column.

    Args:
        table: A declared table.
    """
    statements = [f"comment on table {table.name} is {_quoted(f'{table.zh} {table.en}')}"]
    for c in table.columns:
        statements.append(f"comment on column {table.name}.{c.name} is {_quoted(f'{c.zh} | {c.en}')}")
    return statements


def schema_sql() -> list[str]:
    """Writes all statements that make an empty warehouse, in order."""
    statements: list[str] = []
    for table in TABLES:
        statements.append(create_table_sql(table))
        statements.extend(comment_sql(table))
    return statements


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
