"""Numbered points: 1.… 2.… 3.…, a line or a paragraph each, below a line that leads into them.

What belongs here: which numbered lines of a sheet follow one another. What does not: numbered headings with text below
each (`display`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import TO_TEN, small_number
from tasks.repair.lines import Line

_MARKED = pattern("repair.point_of_a_series")
_FIRST = f"0123456789{TO_TEN}（(①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼㈠㈡㈢㈣㈤㈥㈦㈧㈨❶❷❸❹❺❻❼❽❾"
_REACH = 30
"""Lines in which the next point of a series begins at the latest."""


@dataclass(frozen=True, slots=True)
class Point:
    """A line that begins with a number, and the next number in the same form on a line below.

    Attributes:
        at: Index of its line.
        value: Its number.
        form: How the number is printed.
    """

    at: int
    value: int
    form: str


def read_point(text: str) -> tuple[int, str] | None:
    """Reads the number a line begins with.

    Args:
        text: The line.

    Returns:
        The number and the form it is printed in; None where there is none.

    >>> read_point("（三）种子"), read_point("2.化肥"), read_point("1.5亿元"), read_point("②农药")
    ((3, '（han）'), (2, 'digits.'), None, (2, '①'))
    """
    match = _MARKED.match(text) if text[0] in _FIRST else None
    if match is None or (bool(match["open"]) != ((match["close"] or "") in ")）") and not match["sign"]):
        return None
    if match["sign"]:
        first = next(c for c in "①⑴㈠❶" if 0 <= ord(match["sign"]) - ord(c) < 20)
        return ord(match["sign"]) - ord(first) + 1, first
    kind = "digits" if match["digits"] else "han"
    form = f"{match['open'] or ''}{kind}{match['close']}"
    return small_number(match["digits"] or match["han"]), form


def find_series(lines: Sequence[Line]) -> list[list[Point]]:
    """Finds the series of numbered lines on a sheet: from one on, each number followed by the next one in its form.

    Args:
        lines: Printed lines of a sheet.
    """
    series: list[list[Point]] = []
    latest: dict[str, list[Point]] = {}
    for i, line in enumerate(lines):
        found = read_point(line.text)
        if found is None:
            continue
        value, form = found
        if value == 1:
            latest[form] = [Point(i, 1, form)]
            series.append(latest[form])
        elif points := latest.get(form):
            last = points[-1]
            if i - last.at <= _REACH and last.value == value - 1:
                points.append(Point(i, value, form))
    return [points for points in series if len(points) > 1]


def single_points(series: Sequence[Sequence[Point]]) -> Iterator[int]:
    """Gives the lines of series whose points are a line each, one below the other, so that no text stands between.

    Args:
        series: Series as `find_series` gives them.
    """
    for points in series:
        if all(b.at == a.at + 1 for a, b in pairwise(points)):
            yield from (point.at for point in points)
