"""Where words of degree stand around a quantity: 约, 超, 近, 不足, 不低于, 以上, 左右.

What belongs here: those words as a part of what is printed, which also a report quotes that reads nothing itself.
What does not: what each of them says (`tasks.extraction.quantities.qualifiers`).
"""

from __future__ import annotations

from tasks.lexicon.grammar import pattern

BEFORE = pattern("quantities.degree_before")
AFTER = pattern("quantities.degree_after")
NO_AFTER = pattern("quantities.no_degree_after")
WINDOW = 7
"""Characters before a figure in which a word of degree stands."""


def degree_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widens a quantity by the words of degree that are printed with it.

    Args:
        text: Text in which it stands.
        start: Offset of its first character.
        end: Offset after its last.

    >>> degree_span("产值超63亿元以上", 3, 7), degree_span("产值63亿元", 2, 6), degree_span("链接近80家", 3, 6)
    ((2, 9), (2, 6), (2, 6))
    """
    before = BEFORE.search(text, max(0, start - WINDOW), start)
    after = None if NO_AFTER.match(text, end) else AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end
