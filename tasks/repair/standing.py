"""Lines that stand for themselves, each a paragraph of its own: rows of a table, verses, points of a line each.

What belongs here: asking for all three, and what each is called. What does not: finding them (`tables`, `verse`,
`series`).
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.repair.evidence import had_room
from tasks.repair.lines import Line
from tasks.repair.series import Point, single_points
from tasks.repair.tables import is_row, table_lines
from tasks.repair.verse import verse_lines

REASONS = {
    "row": "a row of a table",
    "verse": "a verse",
    "point": "a point of a series of lines",
}
"""Why a line starts a paragraph, by what it is."""


def standing_lines(lines: Sequence[Line], edges: Sequence[int], series: Sequence[Sequence[Point]]) -> dict[int, str]:
    """Finds the lines of a sheet that stand for themselves, and tells what they are: `row`, `verse` or `point`.

    Args:
        lines: Printed lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
        series: Its series of numbered lines.
    """
    points = list(single_points(series))
    lines_of_points = set(points)
    found = dict.fromkeys((i for i in points if i + 1 in lines_of_points or _ends(lines, edges, i)), "point")
    found |= dict.fromkeys(verse_lines(lines, edges), "verse")
    rows = {*table_lines(lines), *(i for i, line in enumerate(lines) if is_row(line.text))}
    return found | dict.fromkeys((i for i in rows if not lines[i].looks.stamp), "row")


def _ends(lines: Sequence[Line], edges: Sequence[int], at: int) -> bool:
    """Tells whether the last point of a series ends with its line: with a full stop, or with room to spare."""
    if lines[at].looks.ends == "stop" or at + 1 == len(lines):
        return True
    return not edges[at] or had_room(lines[at], lines[at + 1].text, edges[at])
