"""Reads and tries the user's own rules, and tells in a sentence what is wrong with one, before a page is worked on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from expectations.check import row_key
from expectations.rules import Rule, RuleError, read_rule, suite_rules
from warehouse.gate.candidate import Connection, DatabaseError, tables_read
from warehouse.schema import table_named


@cache
def own_rules(folder: Path | None) -> tuple[Rule, ...]:
    """Reads and tries the rules of a folder; none where there is no folder.

    Args:
        folder: Holds one `*.sql` a rule; None where the user gave none.

    Raises:
        RuleError: There is no such folder, or a file is wrong; names the file and what to do.
    """
    if folder is None:
        return ()
    if not folder.is_dir():
        raise RuleError(f"There is no folder of rules at {folder}: make it, or leave the setting out.")
    from expectations.facts import empty_candidate

    taken = {rule.name: "Broadsheet's own suites" for rule in suite_rules()}
    rules = []
    con = empty_candidate()
    try:
        for path in sorted(folder.glob("*.sql")):
            rule = read_rule(path)
            if rule.name in taken:
                raise RuleError(f"{path}: the name {rule.name} is taken by {taken[rule.name]}; choose another.")
            _try(con, path, rule)
            taken[rule.name] = str(path)
            rules.append(rule)
    finally:
        con.close()
    return tuple(rules)


def _try(con: Connection, path: Path, rule: Rule) -> None:
    """Runs a rule on empty tables, so that a mistake in it shows before any page is worked on."""
    try:
        statements = con.extract_statements(rule.sql)
        if len(statements) != 1 or statements[0].type.name != "SELECT":
            raise RuleError(f"{path}: a rule is one select; this is something else or more than one.")
        if rule.table not in tables_read(con, rule.sql):
            raise RuleError(f"{path}: the statement must select `from {rule.table}`, the table the header names.")
        columns = {row[0] for row in con.execute(f"describe {rule.sql}").fetchall()}
    except (DatabaseError, ValueError) as error:
        said = str(error).splitlines()[0]
        raise RuleError(f"{path}: DuckDB does not understand the statement ({said}); correct it.") from None
    key = row_key(table_named(rule.table))
    if rule.scope == "row" and key is None:
        raise RuleError(f"{path}: rows of {rule.table} can't be kept back singly; use the scope document or batch.")
    needed = {"row": (key, "document_id"), "document": ("document_id",), "batch": ()}[rule.scope]
    if missing := [str(name) for name in needed if name not in columns]:
        raise RuleError(f"{path}: a rule of scope {rule.scope} must select {' and '.join(missing)} too; add it.")
