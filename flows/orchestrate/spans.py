"""Spans of time as people write them: 30s, 5m, 2h, 1d."""

from __future__ import annotations

import re
from datetime import timedelta

from warehouse.errors import UserError

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_SECONDS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}


def parse_span(text: str) -> timedelta:
    """Reads a span of time as people write it.

    Args:
        text: A number and s, m, h or d.

    Raises:
        UserError: It is no such span, or no time at all.

    >>> parse_span("5m").total_seconds()
    300.0
    """
    found = _SPAN.fullmatch(text.strip())
    if not found or float(found[1]) <= 0:
        raise UserError(f"--every {text!r} is no span of time: write 30s, 5m, 2h or 1d.")
    return timedelta(seconds=float(found[1]) * _SECONDS[found[2]])


def written_span(seconds: float) -> str:
    """Writes a span of time in the largest unit that it is a whole number of.

    Args:
        seconds: Its length.

    >>> written_span(300), written_span(90), written_span(0.5)
    ('5m', '90s', '0.5s')
    """
    unit = next((name for name, length in _SECONDS.items() if seconds >= length and seconds % length == 0), "s")
    return f"{seconds / _SECONDS[unit]:g}{unit}"
