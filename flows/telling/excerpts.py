"""Cuts what stands around a place out of a text, at the marks between clauses: never inside a number or a word."""

from __future__ import annotations

import re

_BORDER = re.compile(r"[，。；：！？、,;!?…“”（）()\s]+")


def excerpt(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """Chooses where an excerpt begins and ends.

    Args:
        text: A sentence or paragraph.
        start: Where what is shown begins.
        end: Where it ends.
        around: Characters wanted on either side; fewer where a clause ends earlier, more only where none does.

    Returns:
        Half-open range that holds what is shown and whole clauses around it.

    >>> excerpt("全区完成产值45.3亿元，同比增长16.6%，位列第二，比去年好。", 17, 22, 6)
    (13, 27)
    """
    found = [between.span() for between in _BORDER.finditer(text)]
    borders, ends = [0, *(last for _, last in found)], [*(first for first, _ in found), len(text)]
    firsts = [border for border in borders if border <= start]
    near = [border for border in firsts if start - border <= around]
    lasts = [border for border in ends if border >= end]
    close = [border for border in lasts if border - end <= around]
    return near[0] if near else firsts[-1], close[-1] if close else lasts[0]
