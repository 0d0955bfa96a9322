"""What one expectation is, before Great Expectations runs it: plain values, made from the schema or from a SQL rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from expectations.rules import Rule
from warehouse.schema import Table


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation of a suite.

    Attributes:
        name: Its stable name.
        table: The table it is about.
        column: The column; None where it is about the table.
        severity: `critical` or `warning`.
        scope: `batch`, `document` or `row`.
        expectation: Class of Great Expectations that runs it.
        arguments: What the class is given.
        zh: What is expected, in Chinese.
        en: The same in English.
        view: The view that is to be empty; None where the expectation looks at the table itself.
        sql: What the view gives: the rows that break the expectation.
    """

    name: str
    table: str
    column: str | None
    severity: str
    scope: str
    expectation: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    zh: str = ""
    en: str = ""
    view: str | None = None
    sql: str = ""


NO_ROWS = ("ExpectTableRowCountToEqual", {"value": 0})
"""What is expected of the view that a rule becomes."""


def check_from_rule(rule: Rule) -> Check:
    """Makes an expectation from a SQL rule.

    Args:
        rule: A rule of ours or of the user.
    """
    view = f"{rule.table}__{rule.name}"
    return Check(
        rule.name, rule.table, rule.column, rule.severity, rule.scope, *NO_ROWS, rule.zh, rule.en, view, rule.sql
    )


def row_key(table: Table) -> str | None:
    """Names the column that tells a table's rows apart; None where it takes several.

    Args:
        table: Declaration of the table.
    """
    return table.key[0] if len(table.key) == 1 else None
