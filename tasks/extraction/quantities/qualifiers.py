"""Words of degree around a quantity: 约, 超, 近, 不足, 不低于, 以上, 左右.

What belongs here: what each of them says. What does not: where they stand (`tasks.degree`), the quantity itself.
"""

from __future__ import annotations

from tasks.degree import degree_after, degree_before
from tasks.lexicon.grammar import words

_OVER = words("over_a_magnitude")


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
    before = degree_before(text, start)
    if bare and text[start - 1 : start] in _OVER:
        return "over"  # 上百家, 上亿元
    after = degree_after(text, end)
    if before and before.lastgroup == "at_least":
        return "at_least"
    if after and after.lastgroup != "about":
        return after.lastgroup
    if before:
        return before.lastgroup
    if after:
        return after.lastgroup
    return "about" if about else None
