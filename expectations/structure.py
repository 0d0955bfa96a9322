"""Makes the structural suite of a table from its declaration: filled columns, keys, value sets, references.

What belongs here: what follows from `warehouse/schema`. What takes knowledge of newspapers is written by hand, one
SQL file a rule, under `suites/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from expectations.check import NO_ROWS, Check, row_key
from warehouse.schema import Column, Table

_ROW_TABLES = ("mentions", "metrics", "findings")
"""Tables of which a single row can be kept back; a page without one of its other rows would be wrong as a whole."""


def structural_checks(table: Table) -> tuple[Check, ...]:
    """Lists what the declaration of a table promises.

    Args:
        table: A declared table.
    """
    return tuple(_checks(table))


def scope_of(table: Table) -> str:
    """Tells what is kept back when a row of this table is broken: the row, its page or the batch.

    Args:
        table: A declared table.
    """
    if table.name in _ROW_TABLES:
        return "row"
    return "document" if table.per_document or table.name == "documents" else "batch"


def _checks(table: Table) -> Iterator[Check]:
    for column in table.columns:
        if not column.null:
            yield _filled(table, column)
        if column.values:
            yield _in_set(table, column)
        if column.references:
            yield _reference(table, column)
    yield _unique(table)


def _filled(table: Table, column: Column) -> Check:
    names_the_row = column.name in (*table.key, "document_id")
    return Check(
        "column_is_filled",
        table.name,
        column.name,
        "critical",
        "batch" if names_the_row else scope_of(table),
        "ExpectColumnValuesToNotBeNull",
        {"column": column.name},
        f"{column.zh}：不可为空。",
        f"{column.name} is never empty.",
    )


def _in_set(table: Table, column: Column) -> Check:
    return Check(
        "value_is_in_set",
        table.name,
        column.name,
        "critical",
        scope_of(table),
        "ExpectColumnValuesToBeInSet",
        {"column": column.name, "value_set": list(column.values)},
        f"{column.zh}：只能取 {'、'.join(column.values)}。",
        f"{column.name} is one of {', '.join(column.values)}.",
    )


def _unique(table: Table) -> Check:
    key = row_key(table)
    scope = "batch" if table.name == "documents" else scope_of(table)
    zh, en = "键值不重复。", f"No two rows have the same {' and '.join(table.key)}."
    kind = "ExpectColumnValuesToBeUnique" if key else "ExpectCompoundColumnsToBeUnique"
    arguments: dict[str, object] = {"column": key} if key else {"column_list": list(table.key)}
    return Check("key_is_unique", table.name, key, "critical", scope, kind, arguments, zh, en)


def _reference(table: Table, column: Column) -> Check:
    target, key = str(column.references).split(".")
    chosen = ", ".join(f"t.{name}" for name in dict.fromkeys((*table.key, *_document_column(table))))
    sql = (
        f"select {chosen}, t.{column.name} as seen from {table.name} t "
        f"where t.{column.name} is not null and t.{column.name} not in "
        f"(select {key} from {target} where {key} is not null)"
    )
    zh, en = f"{column.zh}：在 {target} 中存在。", f"{column.name} is a row of {target}."
    name = "reference_exists"
    view = f"{table.name}__{name}__{column.name}"
    return Check(name, table.name, column.name, "critical", scope_of(table), *NO_ROWS, zh, en, view, sql)


def _document_column(table: Table) -> tuple[str, ...]:
    return ("document_id",) if "document_id" in table.column_names else ()
