"""What stands before a number and belongs to it: a minus, 负, 零下, a currency.

What belongs here: signs and currencies before a figure. What does not: words of degree (`qualifiers`) and of direction.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tasks.extraction.quantities.units import Unit, units
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words

if TYPE_CHECKING:
    from tasks.extraction.quantities.ranges_and_lists import Draft

_NEGATIVE = pattern("quantities.negative")
_SIGNS = words("minus_signs")
_YUAN = "元"
_LONGEST = 6


def draw_in(text: str, draft: Draft) -> Draft:
    """Takes the currency and the minus sign before a number in.

    Args:
        text: Folded text.
        draft: A figure.
    """
    if draft.start:
        _take_currency(text, draft)
        _take_sign(text, draft)
    return draft


def _take_sign(text: str, draft: Draft) -> None:
    if text[draft.start - 1 : draft.start] not in _SIGNS or draft.low < 0:
        return
    if not _NEGATIVE.search(text, max(0, draft.start - 3), draft.start):
        return
    draft.start -= 1
    draft.low = -draft.low
    if draft.high is not None and draft.high < draft.low:
        draft.low, draft.high = draft.high, draft.low


def _take_currency(text: str, draft: Draft) -> None:
    """Reads 港币100万元, US$30万: the currency is named before the number."""
    if draft.unit.canonical not in (_YUAN, "") or (draft.number.chinese and not draft.unit.canonical):
        return
    found = _currencies().search(text, max(0, draft.start - _LONGEST), draft.start)
    if found is None:
        return
    known = units()[_names()[found["name"]]]
    draft.unit = Unit(draft.unit.surface or known.surface, known.canonical, "money", known.base, known.factor)
    if known.canonical != _YUAN or not found["name"][0].isalpha():
        draft.start = found.start("name")


def is_currency_before(text: str, start: int) -> bool:
    """Tells whether a currency is named right before an offset.

    Args:
        text: Folded text.
        start: Offset of a number.
    """
    return _currencies().search(text, max(0, start - _LONGEST), start) is not None


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["currency"] for row in read_table("currency_signs")}


@cache
def _currencies() -> re.Pattern[str]:
    return pattern("quantities.currency_before", currency=_names())
