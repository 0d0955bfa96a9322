"""Puts together the suite of each table: what its declaration promises, the rules by hand, the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from expectations.check import Check, check_from_rule
from expectations.rules import Rule, suite_rules
from expectations.structure import structural_checks
from warehouse.schema import TABLES, table_named

BATCH_TABLES = ("documents", "articles", "paragraphs", "mentions", "document_entities", "metrics", "findings")
"""Tables that a batch brings; their suites decide what is loaded."""

WAREHOUSE_TABLES = tuple(table.name for table in TABLES)
"""Tables that are checked when the warehouse as it stands is checked."""


def suite(table_name: str, own_rules: Iterable[Rule] = ()) -> tuple[Check, ...]:
    """Gives all expectations of a table.

    Args:
        table_name: A declared table.
        own_rules: The user's rules; those about other tables are left out.
    """
    rules = [rule for rule in (*suite_rules(), *own_rules) if rule.table == table_name]
    return (*structural_checks(table_named(table_name)), *map(check_from_rule, rules))


def suites(table_names: Sequence[str], own_rules: Iterable[Rule] = ()) -> dict[str, tuple[Check, ...]]:
    """Gives the suites of several tables.

    Args:
        table_names: Declared tables.
        own_rules: The user's rules.
    """
    own_rules = tuple(own_rules)
    return {name: suite(name, own_rules) for name in table_names}
