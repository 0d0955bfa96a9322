"""Where words of degree stand around a quantity: 约, 超, 近, 不足, 不低于, 以上, 左右.

What belongs here: those words as a part of what is printed, which also a report quotes that reads nothing itself.
What does not: what each of them says (`tasks.extraction.quantities.qualifiers`).
"""

from __future__ import annotations

import re

from tasks.lexicon.grammar import pattern
from tasks.lexicon.grammar.needed import last_signs

_BEFORE = pattern("quantities.degree_before")
_AFTER = pattern("quantities.degree_after")
_NO_AFTER = pattern("quantities.no_degree_after")
_WINDOW = 7
"""Characters before a figure in which a word of degree stands."""
_LAST_BEFORE = last_signs(_BEFORE)


def degree_before(text: str, start: int) -> re.Match[str] | None:
    """Finds the word of degree that ends where a quantity begins; its group says what it tells."""
    if text[start - 1 : start] not in _LAST_BEFORE:
        return None
    return _BEFORE.search(text, max(0, start - _WINDOW), start)


def degree_after(text: str, end: int) -> re.Match[str] | None:
    """Finds the word of degree that begins where a quantity ends; its group says what it tells."""
    after = _AFTER.match(text, end)
    return None if after is None or _NO_AFTER.match(text, end) else after


def degree_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widens a quantity by the words of degree that are printed with it.

    Args:
        text: Text in which it stands.
        start: Offset of its first character.
        end: Offset after its last.

    >>> degree_span("产值超63亿元以上", 3, 7), degree_span("产值63亿元", 2, 6), degree_span("链接近80家", 3, 6)
    ((2, 9), (2, 6), (2, 6))
    """
    before, after = degree_before(text, start), degree_after(text, end)
    return before.start() if before else start, after.end() if after else end
