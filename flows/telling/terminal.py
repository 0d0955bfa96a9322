"""Shows text of pages, files and people on a terminal, so that nothing in it can speak to the terminal.

What belongs here: the one way to a person's screen, and JSON that is safe there. What does not: files for programs,
which get every character as it is.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flows.telling.language import in_language

_SPEAKING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Controls (not tab and line feed), and what turns the direction of writing or is not to be seen."""
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def shown(text: str) -> str:
    r"""Puts a sign that can be seen in the place of each character that would speak to a terminal.

    Args:
        text: Anything; its length stays.

    >>> shown("济南\x1b[31m\x07日报\u202e")
    '济南␛[31m␇日报�'
    """
    return _SPEAKING.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def json_text(value: Any, indent: int | None = None) -> str:
    r"""Writes JSON in which what a terminal or a reader of lines would take for more than text is escaped.

    Args:
        value: Anything JSON holds; days and times are written as ISO 8601.
        indent: Blanks a level; all on one line without.

    >>> json_text({"a": "甲\u2028乙"})
    '{"a": "甲\\u2028乙"}'
    """
    return _IN_JSON.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def counted(count: int, name: str) -> str:
    """Counts something: 1 page, 2 pages.

    Args:
        count: How many.
        name: What one of them is called.

    >>> counted(1, "article"), counted(1200, "metric"), counted(0, "quarantine")
    ('1 article', '1,200 metrics', '0 quarantine')
    """
    return f"{count:,} {name}{'' if count == 1 or name == 'quarantine' else 's'}"


def echo(text: object = "", *, err: bool = False) -> None:
    """Writes a line for a person to standard output or standard error.

    Args:
        text: What to say.
        err: To standard error.
    """
    import typer

    typer.echo(shown(in_language(str(text))), err=err)
