"""The white columns of a page that part text from text.

What belongs here: finding them. What does not: cutting a page along them (`order`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from tasks.opening.pdf.strips import Strip

_GUTTER = 0.75
"""Width of white space, in sizes of the text beside it, from which it can part two columns."""
WIDE_GUTTER = 2.6
"""The same where only one row stands on a side of it: a space within a line is narrower."""
FEW_ROWS = 1
"""Up to so many rows on a side, white space may be one within a line."""


def covered_by(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Gives the stretches that some spans cover together, from left to right.

    Args:
        spans: Left and right edges, in points.

    >>> covered_by([(0, 10), (8, 20), (30, 40)])
    [(0, 20), (30, 40)]
    """
    cover: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if cover and start <= cover[-1][1]:
            cover[-1] = cover[-1][0], max(cover[-1][1], end)
        else:
            cover.append((start, end))
    return cover


def gutters_of(strips: Sequence[Strip], body: float, *, sure: bool = True) -> list[tuple[float, float]]:
    """Finds the white columns that run through all of a set of strips and part text from text.

    Args:
        strips: Strips of a region.
        body: Size of the page's text.
        sure: Leave out what may be a space within a single line.
    """
    found = []
    cover = covered_by((strip.left, strip.edge) for strip in strips)
    for (_, left), (right, _) in pairwise(cover):
        sides = [s for s in strips if s.edge <= left + 0.01], [s for s in strips if s.left >= right - 0.01]
        if min(max(s.bottom for s in k) for k in sides) <= max(min(s.top for s in k) for k in sides):
            continue  # one side stands below the other
        rows = min(len(_levels(side)) for side in sides)
        size = min(body, *(max(s.size for s in side) for side in sides))
        upright = any(s.vertical for side in sides for s in side)
        parted = not sure or rows > FEW_ROWS or upright or _far_apart(*sides)
        need = _GUTTER if parted else WIDE_GUTTER
        if right - left >= need * size:
            found.append((left, right))
    return found


def _far_apart(left: Sequence[Strip], right: Sequence[Strip]) -> bool:
    """Tells whether the strips on both sides share no line, so that no space within a line lies between them."""
    return not any(a.top < (b.top + b.bottom) / 2 < a.bottom for a in left for b in right)


def _levels(strips: Iterable[Strip]) -> list[float]:
    """Gives the feet of the printed lines of some strips, each once."""
    levels: list[float] = []
    for strip in sorted(strips, key=lambda s: s.bottom):
        if not levels or strip.bottom - levels[-1] > 0.5 * strip.size:
            levels.append(strip.bottom)
    return levels
