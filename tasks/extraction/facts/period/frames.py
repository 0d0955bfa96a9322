"""Phrases around a time expression that keep it from governing figures: bases, records, trends, foundings, names.

What belongs here: whether an expression may govern at all; the phrases are data (`period_frames.csv`).
What does not: how far a governing one reaches.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.page import Period

_AROUND = 16
"""Code points around a time expression in which its frame is looked for."""

_GOVERNS = ("calendar", "since", "until", "vague", "duration")
_OF_A_GOAL = pattern("period.of_a_goal")
_NO_TIME = pattern("period.no_time_here")
_GOALS = words("goal_noun")
_BY = words("up_to")


@cache
def _frames() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str]], ...]:
    """Gives the kind of each frame, what stands before the time in it (None: anything), and what after it."""
    return tuple(
        (r["kind"], re.compile(f"(?:{r['before']})$") if r["before"] else None, re.compile(r["after"]))
        for r in read_table("period_frames")
    )


@cache
def _before_any() -> re.Pattern[str]:
    """Gives what stands before the time in one frame or another; before most times nothing of the kind does."""
    befores = [f"(?:{row['before']})" for row in read_table("period_frames") if row["before"]]
    return re.compile(f"(?:{'|'.join(befores)})$")


def frame_of(text: str, period: Period) -> str | None:
    """Tells why a time expression governs no figures: the kind of phrase it is part of; None where it may govern.

    Args:
        text: The text it stands in.
        period: The expression, with offsets in the text.
    """
    if period.text.startswith(_BY):
        return None
    before = text[max(0, period.start_char - _AROUND) : period.start_char]
    after = text[period.end_char : period.end_char + _AROUND]
    framed = _before_any().search(before) is not None
    return next((kind for kind, left, right in _frames() if _leads(left, before, framed) and right.match(after)), None)


def _leads(left: re.Pattern[str] | None, before: str, framed: bool) -> bool:
    return left is None or (framed and left.search(before) is not None)


def may_govern(text: str, period: Period) -> bool:
    """Tells whether a time expression may govern figures.

    Args:
        text: The text it stands in.
        period: The expression, with offsets in the text.
    """
    if period.kind not in _GOVERNS:
        return False
    at = period.start_char
    if _NO_TIME.search(text, max(0, at - 2), period.end_char):
        return False
    if text.startswith(_GOALS, period.end_char) and _OF_A_GOAL.search(text, max(0, at - 8), at):
        return False
    return frame_of(text, period) is None
