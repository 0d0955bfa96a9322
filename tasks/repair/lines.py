"""What a raw line shows: its number, its text, how far it is indented, how wide it is, how its column is set.

What belongs here: measuring lines and columns. What does not: any decision about joining or splitting (`blocks`).
Widths are counted in half-width units: a Chinese character takes two, a digit or Latin letter one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LINE_BREAK = re.compile(r"\r\n|\n|\r")
_WINDOW = 8
"""Lines on either side that tell how wide a column is set."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page that is not blank.

    Attributes:
        number: 1-based number in the raw file.
        text: The line without white space at its ends.
        indent: White space before it, in half-width units.
        width: Width of `text`, in half-width units.
        blanks: Blank lines before it on this sheet.
        spaced: Whether white space stood at its end.
    """

    number: int
    text: str
    indent: int
    width: int
    blanks: int
    spaced: bool = False

    @property
    def edge(self) -> int:
        """Where the line ends on paper, in half-width units from the left margin."""
        return self.indent + self.width


def display_width(text: str) -> int:
    """Gives the width of a text in half-width units.

    >>> display_width("增长16.6%")
    9
    """
    return len(text.encode("gbk", "replace")) if not text.isascii() else len(text)


def read_sheet(text: str, first_number: int = 1) -> list[Line]:
    """Reads the printed lines of one sheet (text without form feeds).

    Args:
        text: Raw text.
        first_number: Number of its first line in the file.
    """
    lines: list[Line] = []
    blanks = 0
    for number, raw in enumerate(LINE_BREAK.split(text), first_number):
        left = raw.lstrip("\ufeff") if raw[:1] == "\ufeff" and number == 1 else raw
        body = left.strip()
        if not body:
            blanks += 1
            continue
        start = len(left) - len(left.lstrip())
        indent = display_width(left[:start].replace("\t", "  ")) if start else 0
        spaced = left[-1:].isspace()
        lines.append(Line(number, body, indent, display_width(body), blanks, spaced))
        blanks = 0
    return lines


def column_edges(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """Estimates, for every line, where the column it stands in ends, from the lines before and from those after it.

    A column edge is the widest edge that several lines share; 0 where no edges agree, as on pages that print a whole
    paragraph a line. Two estimates, because a column may change its width in the middle of a paragraph.

    Returns:
        Edges by the line and its predecessors; edges by the line and its successors. Half-width units.
    """
    edges = [line.edge for line in lines]
    before = [_shared_edge(edges[max(0, i - _WINDOW + 1) : i + 1]) for i in range(len(edges))]
    after = [_shared_edge(edges[i : i + _WINDOW]) for i in range(len(edges))]
    return before, after


def _shared_edge(edges: Sequence[int]) -> int:
    """Gives the widest edge that at least three lines reach to within a character, or two of three; else 0.

    Edges a character apart count as one: lines end half a character early or late with digits and punctuation.
    """
    ranked = sorted(edges, reverse=True)
    for k in range(min(len(ranked) - 1, 3)):
        top = ranked[k]
        near = [e for e in ranked[k:] if top - e <= 2]
        if len(near) >= 3 or (len(near) == 2 and len(ranked) <= 3):
            return _most_frequent(near)
    return 0


def _most_frequent(values: Sequence[int]) -> int:
    best, count = values[0], 0
    for value in dict.fromkeys(values):
        times = values.count(value)
        if times > count:
            best, count = value, times
    return best
