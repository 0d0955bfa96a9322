"""What a raw line shows: its number, its text, how far it is indented, how wide it is, how its column is set.

What belongs here: measuring lines and columns. What does not: any decision about joining or splitting (`blocks`).
Widths are counted in half-width units: a Chinese character takes two, a digit or Latin letter one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any

import numpy as np

from tasks.page import LineSetting
from tasks.repair.looks import Looks

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_WINDOW = 8
"""Lines on either side that tell how wide a column is set."""
_NARROW, _WIDE, _WIDEST = 24, 100, 164
"""Half-width units from which two lines can make a column; beyond which it takes one more; beyond which none do."""
_FAR = 2.5
"""Widths of a column from which a line is a whole paragraph's; beside such, the same width is soon chance."""


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
        detour: Whether a line that is not of the text was taken out before it, so that its blank lines say nothing.
        place: Place in reading order; its number, where the sheet prints its lines in order.
        setting: Its font and box, where the file says so.
    """

    number: int
    text: str
    indent: int
    width: int
    blanks: int
    spaced: bool = False
    detour: bool = False
    place: int = 0
    setting: LineSetting | None = None

    @property
    def edge(self) -> int:
        """Where the line ends on paper, in half-width units from the left margin."""
        return self.indent + self.width

    @property
    def looks(self) -> Looks:
        """What it looks like by itself."""
        return Looks(self.text)


def display_width(text: str) -> int:
    """Gives the width of a text in half-width units.

    >>> display_width("增长16.6%")
    9
    """
    return len(text.encode("gbk", "replace")) if not text.isascii() else len(text)


def read_sheet(text: str, first_number: int = 1, settings: Mapping[int, LineSetting] | None = None) -> list[Line]:
    """Reads the printed lines of one sheet (text without form feeds).

    Args:
        text: Raw text.
        first_number: Number of its first line in the file.
        settings: How lines are set, by number, where the file says so.
    """
    found: list[tuple[int, str, str, int, bool]] = []  # number, white space before, text, blank lines before, spaced
    blanks = 0
    for number, raw in enumerate(LINE_BREAK.split(text), first_number):
        body = raw.strip()
        if not body:
            blanks += 1
            continue
        found.append((number, raw[: raw.index(body[0])], body, blanks, raw[-1].isspace()))
        blanks = 0
    at = (settings or {}).get
    measure, widths = _measure([body for _, _, body, _, _ in found])
    return [
        Line(
            number,
            body,
            measure(space.replace("\t", "  ")) if space else 0,
            width,
            blanks,
            spaced,
            False,
            number,
            at(number),
        )
        for (number, space, body, blanks, spaced), width in zip(found, widths, strict=True)
    ]


def _measure(texts: Sequence[str]) -> tuple[Callable[[str], int], list[int]]:
    """Measures a sheet's lines on paper, or by characters where lines were cut by counting them; gives how, too."""
    counted, widths = list(map(_counted_width, texts)), list(map(display_width, texts))
    by_count, by_width = (sum(map(eq, found, found[1:])) for found in (counted, widths))
    return (_counted_width, counted) if by_count > 1.3 * by_width + 3 else (display_width, widths)


def _counted_width(text: str) -> int:
    return 2 * len(text)


def column_edges(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """Estimates, for every line, where the column it stands in ends, from the lines before and from those after it.

    A column edge is the widest edge that several lines share; 0 where no edges agree, as on pages that print a whole
    paragraph a line. Two estimates, because a column may change its width in the middle of a paragraph.

    Returns:
        Edges by the line and its predecessors; edges by the line and its successors. Half-width units.
    """
    if len(lines) < 2:  # a line alone makes no column; files of a million sheets are made of such
        return [0] * len(lines), [0] * len(lines)
    edges = np.array([line.edge for line in lines])
    padded = np.concatenate((np.zeros(_WINDOW - 1, edges.dtype), edges, np.zeros(_WINDOW - 1, edges.dtype)))
    ended = np.array([line.text[-1] in "。！？" for line in lines])
    margin = np.zeros(_WINDOW - 1, bool)
    stops = np.concatenate((margin, ended, margin))
    windows = np.lib.stride_tricks.sliding_window_view
    shared = _shared_edges(windows(padded, _WINDOW), windows(stops, _WINDOW))
    return shared[: len(edges)].tolist(), shared[_WINDOW - 1 :].tolist()


def _shared_edges(windows: Any, stops: Any) -> Any:
    """Gives for each window of lines the widest edge that at least three lines share, or two of three; else 0.

    Edges a character apart count as one, since lines end half a character early or late with digits and punctuation;
    of these the most frequent one stands for the column. Up to two lines may be wider than their column. Whole
    paragraphs a line, which may be of one width by chance, make no column: in a column most lines end within a
    sentence.
    """
    windows, stops = np.ascontiguousarray(windows.T), stops.T
    ranked = np.sort(windows, axis=0)[::-1]
    lines = (ranked > 0).sum(axis=0)
    found = np.zeros_like(ranked[0])
    for top in ranked[:3]:
        near = ((top - ranked <= 2) & (ranked <= top) & (ranked > 0)).sum(axis=0)
        two_of_three = (near == 2) & (lines <= 3) & (top >= _NARROW) & (ranked[0] <= 2 * top)
        far = (ranked > _FAR * top).sum(axis=0)
        held = (near >= 3 + (top > _WIDE) + 2 * (top < _NARROW) + 2 * far) | two_of_three
        counts = np.array([(windows == top - d).sum(axis=0) for d in range(3)])
        found = np.where((found == 0) & held & (top > 0) & (top <= _WIDEST), top - counts.argmax(axis=0), found)
    at_edge = (np.abs(found - windows) <= 1) & (windows > 0)
    found[3 * (at_edge & stops).sum(axis=0) > 2 * at_edge.sum(axis=0)] = 0
    return found
