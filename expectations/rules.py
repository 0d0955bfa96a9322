"""Reads SQL rules: one file a rule, a header that says what it means, a select that gives the rows that break it.

The suites in this folder and the user's own rules are written in the same form:

    -- zh: 数值与原文一致。
    -- en: The value is what the printed text says.
    -- name: value_agrees_with_text
    -- table: metrics
    -- severity: critical
    -- scope: row
    -- column: value
    select metric_id, document_id, text as seen from metrics where …

A rule of scope `row` gives the table's key and `document_id`, one of scope `document` gives `document_id`; a column
`seen` says in words what was found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.errors import UserError
from warehouse.schema import SCOPES, SEVERITIES, TABLES
from warehouse.storage.given import UnusableFileError, read_given

_SUITES = Path(__file__).parent / "suites"
_HEADER = re.compile(r"--\s*(zh|en|name|table|severity|scope|column):\s*(.*?)\s*$")
_NEEDED = ("name", "table", "severity", "scope")


class RuleError(UserError):
    """A rule file is wrong; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An expectation in SQL.

    Attributes:
        name: Its stable name.
        table: The table it is about.
        severity: `critical` or `warning`.
        scope: `batch`, `document` or `row`.
        column: The column it is about; None where it is about the table.
        zh: What is expected, in Chinese.
        en: The same in English.
        sql: Gives the rows that break it.
    """

    name: str
    table: str
    severity: str
    scope: str
    column: str | None
    zh: str
    en: str
    sql: str


@cache
def suite_rules() -> tuple[Rule, ...]:
    """Reads the rules of the suites that come with Broadsheet."""
    return tuple(read_rule(path) for path in sorted(_SUITES.glob("*/*.sql")))


def read_rule(path: Path) -> Rule:
    """Reads one rule file.

    Args:
        path: The file.

    Raises:
        RuleError: Something in the header is missing or wrong; names the file and the line.
    """
    try:
        text = read_given(path).decode("utf-8")
    except UnusableFileError as error:
        raise RuleError(str(error)) from None
    except UnicodeDecodeError:
        raise RuleError(f"{path}: the file is not UTF-8; save it as UTF-8.") from None
    header: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := _HEADER.match(line):
            header[found[1]] = (number, found[2])
        elif line.strip() and not line.startswith("--"):
            break
    _validate(path, header)
    value = {key: given for key, (_, given) in header.items()}
    sql = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--")).strip().rstrip(";")
    zh, en = value.get("zh") or value["name"], value.get("en") or value.get("zh") or value["name"]
    column = value.get("column") or None
    return Rule(value["name"], value["table"], value["severity"], value["scope"], column, zh, en, sql)


def _validate(path: Path, header: dict[str, tuple[int, str]]) -> None:
    for key in _NEEDED:
        if not header.get(key, (0, ""))[1]:
            raise RuleError(f"{path}: the header lacks `-- {key}: …`; add it above the statement.")
    allowed = {"severity": SEVERITIES, "scope": SCOPES, "table": tuple(table.name for table in TABLES)}
    for key, values in allowed.items():
        number, given = header[key]
        if given not in values:
            raise RuleError(f"{path}, line {number}: {key} is {given!r}; use one of {', '.join(values)}.")
    number, name = header["name"]
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise RuleError(f"{path}, line {number}: the name {name!r} may hold only a-z, 0-9 and _.")
