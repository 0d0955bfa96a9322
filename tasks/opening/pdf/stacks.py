"""Stacks: strips right below each other, put in reading order where columns are nested and no straight cut parts them.

What belongs here: the order of stacks after Breuel (2003): what stands above in the same columns comes first, then
what stands to the left, unless something across both lies between. What does not: straight cuts (`order`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.opening.pdf.strips import Strip

_PITCH = 1.3
"""White space, in sizes, up to which a strip belongs to the stack right above it."""
_OVERLAP = 0.6
_SAME_SIZE = 1.12
_MOST = 400
"""Stacks that are put in order; a page of more is a table or a drawing, and is read line by line."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float


def stacked(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Groups strips into stacks.

    Args:
        strips: Strips of a region.
    """
    stacks: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: (s.top, s.left)):
        above = [stack for stack in stacks if _sits_on(stack[-1], strip)]
        if above:
            min(above, key=lambda stack: abs(stack[-1].left - strip.left)).append(strip)
        else:
            stacks.append([strip])
    return stacks if len(stacks) <= _MOST else [list(strips)]


def _sits_on(above: Strip, strip: Strip) -> bool:
    size = min(above.size, strip.size)
    if max(above.size, strip.size) > _SAME_SIZE * size or above.vertical or strip.vertical:
        return False
    shared = min(above.right, strip.right) - max(above.left, strip.left)
    narrow = min(above.right - above.left, strip.right - strip.left)
    return -0.3 * size < strip.top - above.bottom < _PITCH * size and shared > _OVERLAP * narrow


def in_reading_order(stacks: Sequence[list[Strip]]) -> list[list[Strip]]:
    """Puts stacks in the order in which they are read.

    Args:
        stacks: What `stacked` gave.
    """
    boxes = [
        _Box(min(s.left for s in k), max(s.right for s in k), min(s.top for s in k), max(s.bottom for s in k))
        for k in stacks
    ]
    after: list[set[int]] = [set() for _ in stacks]
    for a, first in enumerate(boxes):
        for b, second in enumerate(boxes):
            if a != b and _comes_before(first, second, boxes):
                after[b].add(a)
    order: list[int] = []
    waiting = set(range(len(stacks)))
    while waiting:
        free = [n for n in waiting if not after[n] & waiting] or list(waiting)
        chosen = min(free, key=lambda n: (boxes[n].left, boxes[n].top) if order else (boxes[n].top, boxes[n].left))
        order.append(chosen)
        waiting.discard(chosen)
    return [list(stacks[n]) for n in order]


def _comes_before(a: _Box, b: _Box, boxes: Sequence[_Box]) -> bool:
    if _shares_columns(a, b):
        return a.top < b.top
    if a.right > b.left + 0.1:
        return False
    high, low = sorted((a.top, b.top))
    return not any(
        c is not a and c is not b and high < c.top < low and _shares_columns(a, c) and _shares_columns(b, c)
        for c in boxes
    )


def _shares_columns(a: _Box, b: _Box) -> bool:
    return min(a.right, b.right) - max(a.left, b.left) > 0.1
