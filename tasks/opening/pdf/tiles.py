"""Which columns side by side make one article: its heading stands over some of them, its text begins level in all.

What belongs here: grouping the columns of a region into tiles. What does not: finding the columns (`order`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tasks.opening.pdf.strips import Strip

HEADING = 1.15
"""How much larger than the text a line must be set to be a heading."""
_LOW = 1.5
"""White space, in sizes of the text, above the text of a column from which a heading beside it stands over it too."""


def tiles(columns: Sequence[list[Strip]], body: float) -> list[list[int]]:
    """Groups columns into tiles, each with a heading of its own, from left to right.

    Args:
        columns: Strips of each column.
        body: Size of the page's text.

    Returns:
        The columns of each tile by their places.
    """
    top = min(strip.top for column in columns for strip in column)
    high: list[int] = []
    for n, column in enumerate(columns):
        if not is_low(column, top, body) and not (high and _same_heading(columns[high[-1]], column, body)):
            high.append(n)
    if not high:
        return [list(range(len(columns)))]
    starts = [0]
    for left, right in pairwise(high):
        starts.append(_border(columns, left, right, starts[-1], high, body))
    return [list(range(a, b)) for a, b in zip(starts, [*starts[1:], len(columns)], strict=True)]


def is_low(column: Sequence[Strip], top: float, body: float) -> bool:
    """Tells whether a column begins with text, with room for a heading above it.

    Args:
        column: Its strips.
        top: Upper edge of the region.
        body: Size of the page's text.
    """
    first = min(column, key=lambda strip: strip.top)
    return first.size < HEADING * body and first.top - top > _LOW * body


def _same_heading(left: Sequence[Strip], right: Sequence[Strip], body: float) -> bool:
    """Tells whether a headline over the middle of many columns stands between kicker and deck at their left edge."""
    text = _text_top(right, body)
    others, heads = ([s for s in column if s.size >= HEADING * body and s.top < text] for column in (left, right))
    if not heads or abs(text - _text_top(left, body)) > _LOW * body:
        return False
    top, bottom = min(s.top for s in heads), max(s.bottom for s in heads)
    above, below = any(s.bottom <= top for s in others), any(s.top >= bottom for s in others)
    return above and below and not any(s.top < bottom and s.bottom > top for s in others)


def _border(columns: Sequence[list[Strip]], left: int, right: int, start: int, high: Sequence[int], body: float) -> int:
    """Finds where the tile of one heading ends and that of the next begins."""
    after = [n for n in high if n > right]
    end = after[0] if after else len(columns)

    def cost(at: int) -> float:
        level = sum(
            abs(_text_top(columns[n], body) - _text_top(columns[left if n < at else right], body))
            for n in range(left + 1, right)
        )
        return level / body + 0.01 * (_skew(columns[start:at], body) + _skew(columns[at:end], body)) / body

    return min(range(left + 1, right + 1), key=cost)


def _text_top(column: Sequence[Strip], body: float) -> float:
    return min((s.top for s in column if s.size < HEADING * body), default=min(s.top for s in column))


def _skew(columns: Sequence[list[Strip]], body: float) -> float:
    """Tells how far the heading of a tile stands from its middle, or from its left edge where that is nearer."""
    heads = [s for column in columns for s in column if s.size >= HEADING * body]
    if not heads:
        return 0.0
    every = [s for column in columns for s in column]
    left, right = min(s.left for s in every), max(s.right for s in every)
    a, b = min(s.left for s in heads), max(s.right for s in heads)
    return min(abs((a + b) - (left + right)) / 2, abs(a - left))
