"""Places in an order: 第二位, 首位, 第1名, TOP10.

What belongs here: which ordinals are ranks. What does not: what is ranked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tasks.lexicon.grammar import pattern, words
from tasks.page import Quantity
from tasks.reading.numerals import read_chinese

_ORDINAL = pattern("ranks.ordinal")
_FIRST = pattern("ranks.first_place")
_RANKED = pattern("ranks.ranked_before")
_FIRST_BEFORE = pattern("ranks.first_before")
_MOVED = pattern("ranks.rank_moves")
_NO_RANK = pattern("ranks.no_rank_before")
_FIRST_SIGNS = words("first_place_signs")
_WINDOW = 24
"""Characters before an ordinal in which the word stands that makes it a rank."""


def find_ranks(text: str) -> list[Quantity]:
    """Finds ordinals that say which place something takes.

    Args:
        text: Folded text.

    >>> [q.text for q in find_ranks("总量位列全市第二，居全省首位，第二批企业")]
    ['第二', '首位']
    """
    ranks: list[Quantity] = []
    if "第" in text:
        ranks.extend(q for m in _ORDINAL.finditer(text) if (q := _ordinal(text, m)))
    if any(sign in text for sign in _FIRST_SIGNS):
        ranks.extend(q for m in _FIRST.finditer(text) if (q := _head(text, m)))
    return sorted(ranks, key=lambda q: q.start_char)


def _ordinal(text: str, found: re.Match[str]) -> Quantity | None:
    left = text[max(0, found.start() - _WINDOW) : found.start()]
    moves = found["place"] and _MOVED.match(text, found.end())
    if not (moves or _RANKED.search(left)) or _NO_RANK.search(left):
        return None
    printed = found["n"]
    value = int(printed) if printed.isdecimal() else _chinese(printed)
    if not value:
        return None
    return _rank(text, found.start(), found.end(), float(value))


def _chinese(printed: str) -> Decimal | None:
    read = read_chinese(printed)
    return read[0] if read and read[1] is None else None


def _head(text: str, found: re.Match[str]) -> Quantity | None:
    left = text[max(0, found.start() - _WINDOW) : found.start()]
    if found["n"]:
        return _rank(text, found.start(), found.end(), float(found["n"]))
    if not _FIRST_BEFORE.search(left):
        return None
    return _rank(text, found.start(), found.end(), 1.0)


def _rank(text: str, start: int, end: int, value: float) -> Quantity:
    return Quantity(start, end, text[start:end], value, "位", "rank", kind="rank")
