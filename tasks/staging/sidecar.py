"""Reads what a sidecar (`page.txt.meta.json`) says about its page."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from tasks.page import IssueDate
from warehouse.errors import UserError
from warehouse.storage.given import MOST_SIDECAR_BYTES, UnusableFileError, read_given

SIDECAR_KEYS = ("publisher", "issue_date", "page_label", "page_title", "source_url")

_LONGEST_VALUE = 2_000
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class SidecarError(UserError):
    """A sidecar can't be used; the message says where and why."""


SIDECAR_ENDING = ".meta.json"


def sidecar_path(path: Path) -> Path:
    """Tells where the sidecar of a page lies: `page.txt.meta.json` beside `page.txt`.

    Args:
        path: The page.
    """
    return path.with_name(path.name + SIDECAR_ENDING)


def read_sidecar(path: Path) -> dict[str, str]:
    """Reads a sidecar file; a page without one gives an empty dict.

    Args:
        path: The sidecar, there or not.

    Raises:
        SidecarError: It is no file, no JSON object, has an unknown key or a value that is no text.
    """
    try:
        raw = read_given(path, MOST_SIDECAR_BYTES)
    except FileNotFoundError:
        return {}
    except UnusableFileError as error:
        raise SidecarError(str(error)) from None
    return checked_metadata(parsed_json(raw, str(path)), str(path))


def parsed_json(raw: bytes, where: str) -> object:
    """Parses JSON that somebody else wrote.

    Args:
        raw: Its bytes, UTF-8 with or without a mark.
        where: The place to name in an error.

    Raises:
        SidecarError: It is none, or nested too deeply, or holds a number of thousands of digits.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SidecarError(f"{where}: byte {error.start} is no UTF-8; write the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f", line {error.lineno}" if error.lineno > 1 else ""
        raise SidecarError(f"{where}{place}: this is no JSON ({error.msg}); write an object such as {{}}.") from None
    except RecursionError:
        raise SidecarError(f"{where}: this is no JSON (nested too deeply); write an object such as {{}}.") from None
    except ValueError:
        raise SidecarError(f"{where}: a number has thousands of digits; write values as text in quotes.") from None


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
            raise SidecarError(f"{where}: unknown key {shortened(key)}; the keys are {', '.join(SIDECAR_KEYS)}.")
        if value is not None and not isinstance(value, str):
            raise SidecarError(f"{where}: the value of {key!r} must be text in quotes.")
        if value and len(value) > _LONGEST_VALUE:
            raise SidecarError(f"{where}: the value of {key!r} is longer than {_LONGEST_VALUE:,} characters; cut it.")
        if value and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            raise SidecarError(f"{where}: the value of {key!r} holds half of a pair of characters; export it again.")
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
    found = _DATE.fullmatch(text.strip())
    parts = [int(part) for part in found.groups() if part] if found else [0]
    try:
        return IssueDate(date(*[*parts, 1, 1][:3]), ("", "year", "month", "day")[len(parts)], source)
    except ValueError:
        raise SidecarError(f"{where}: {shortened(text)} is no date; write it as 2023-04-24, 2023-04 or 2023.") from None


def shortened(text: str) -> str:
    """Quotes what somebody wrote in an error, cut where it is long.

    Args:
        text: Anything.

    >>> shortened("x" * 100)[:8], len(shortened("x" * 100))
    ("'xxxxxxx", 43)
    """
    return repr(text[:40] + "…" if len(text) > 41 else text)
