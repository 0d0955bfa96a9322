"""Words of degree around a quantity: 约, 超, 近, 不足, 不低于, 以上, 左右.

What belongs here: those words and what each says. What does not: the quantity itself.
"""

from __future__ import annotations

import re

from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import last_signs

_BEFORE = pattern("quantities.degree_before")
_AFTER = pattern("quantities.degree_after")
_NO_AFTER = pattern("quantities.no_degree_after")
_OVER = words("over_a_magnitude")
_WINDOW = 7
"""Characters before a figure in which a word of degree stands."""
_LAST_BEFORE = last_signs(_BEFORE)


def _degree_before(text: str, start: int) -> re.Match[str] | None:
    if text[start - 1 : start] not in _LAST_BEFORE:
        return None
    return _BEFORE.search(text, max(0, start - _WINDOW), start)


def _degree_after(text: str, end: int) -> re.Match[str] | None:
    after = _AFTER.match(text, end)
    return None if after is None or _NO_AFTER.match(text, end) else after


def qualifier_of(text: str, start: int, end: int, about: bool, bare: bool = False) -> str | None:
    """Says how exact a quantity is meant to be.

    Args:
        text: Folded text.
        start: Offset of the quantity's first character.
        end: Offset after its last.
        about: Whether 余 or 多 stands inside it.
        bare: Whether it is a magnitude without a digit (百家).

    Returns:
        about, over, nearly, under, at_least, or None for a plain statement.

    >>> qualifier_of("产值超63亿元", 3, 7, False)
    'over'
    """
    before = _degree_before(text, start)
    if bare and text[start - 1 : start] in _OVER:
        return "over"  # 上百家, 上亿元
    after = _degree_after(text, end)
    if before and before.lastgroup == "at_least":
        return "at_least"
    if after and after.lastgroup != "about":
        return after.lastgroup
    if before:
        return before.lastgroup
    if after:
        return after.lastgroup
    return "about" if about else None


def degree_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widens a quantity by the words of degree that are printed with it.

    Args:
        text: Text in which it stands.
        start: Offset of its first character.
        end: Offset after its last.

    >>> degree_span("产值超63亿元以上", 3, 7), degree_span("产值63亿元", 2, 6), degree_span("链接近80家", 3, 6)
    ((2, 9), (2, 6), (2, 6))
    """
    before, after = _degree_before(text, start), _degree_after(text, end)
    return before.start() if before else start, after.end() if after else end
