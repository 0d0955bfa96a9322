"""Reads what a sidecar (`page.txt.meta.json`) says about its page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tasks.page import IssueDate
from warehouse.errors import UserError

SIDECAR_KEYS = ("publisher", "issue_date", "page_label", "page_title", "source_url")


class SidecarError(UserError):
    """A sidecar can't be used; the message says where and why."""


def read_sidecar(path: Path) -> dict[str, str]:
    """Reads a sidecar file; a page without one gives an empty dict.

    Args:
        path: The sidecar, there or not.

    Raises:
        SidecarError: It is no JSON object, has an unknown key or a value that is no text.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise SidecarError(f"{path}, line {line}: this is no JSON; write an object such as {{}}.") from None
    return checked_metadata(content, str(path))


def checked_metadata(content: object, where: str) -> dict[str, str]:
    """Checks what is said about a page and drops what is empty.

    Args:
        content: Parsed JSON.
        where: The place to name in an error.

    Raises:
        SidecarError: It is no object, has an unknown key, a value that is no text, or a date that is none.
    """
    if not isinstance(content, dict):
        raise SidecarError(f"{where}: a JSON object is expected, with any of {', '.join(SIDECAR_KEYS)}.")
    for key, value in content.items():
        if key not in SIDECAR_KEYS:
            raise SidecarError(f"{where}: unknown key {key!r}; the keys are {', '.join(SIDECAR_KEYS)}.")
        if value is not None and not isinstance(value, str):
            raise SidecarError(f"{where}: the value of {key!r} must be text in quotes.")
    known = {key: value.strip() for key, value in content.items() if value and value.strip()}
    if "issue_date" in known:
        parse_issue_date(known["issue_date"], where)
    return known


def parse_issue_date(text: str, where: str, source: str = "sidecar") -> IssueDate:
    """Reads a date as people give it to us: 2023-04-24, 2023-04 or 2023.

    Args:
        text: The date.
        where: The place to name in an error.
        source: What the date rests on, `option` or `sidecar`.

    Raises:
        SidecarError: It is no such date.

    >>> parse_issue_date("2021-12", "x").precision
    'month'
    """
    parts = text.strip().split("-")
    try:
        numbers = [int(part) for part in parts]
        if not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
            raise ValueError(text)
        return IssueDate(date(*[*numbers, 1, 1][:3]), ("year", "month", "day")[len(parts) - 1], source)
    except ValueError:
        raise SidecarError(f"{where}: {text!r} is no date; write it as 2023-04-24, 2023-04 or 2023.") from None
