"""Tables in text: which lines are rows of one, with the names above its columns.

What belongs here: recognising rows by cells set apart by white space. What does not: what the cells mean; a row stays
one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.lexicon.grammar import pattern
from tasks.repair.lines import Line, display_width

_LONGEST = 90
_CELL = re.compile(r"[-+－]?[\d０-９][\d０-９.,:：%％‰/-]*$")
_CODE = pattern("repair.cell_of_a_table")
_IN_SENTENCE = pattern("repair.spaced_sentence")
_SPACE = " \t\u3000"
_CELLS, _ROWS = 3, 2
"""Cells that a row has at least; rows that make a table where their cells alone don't tell."""
_NAME = 20
"""Half-width units of the name of a column at most."""
_PAIRS = 3
"""Rows of two cells that make a table."""


def is_row(text: str) -> bool:
    """Tells whether a line is by itself a row of a table: words and at least two figures, set apart by white space.

    >>> [is_row(line) for line in ("1 辽宁本钢 15 2 32", "7 月 4 日上午", "建队伍 强阵地 树品牌")]
    [True, False, False]
    """
    cells = _cells(text)
    return len(cells) >= _CELLS and 2 <= sum(_CELL.match(cell) is not None for cell in cells) >= 0.4 * len(cells)


def table_lines(lines: Sequence[Line]) -> Iterator[int]:
    """Finds the lines of a sheet that are rows of a table or name its columns.

    Args:
        lines: Printed lines of a sheet.
    """
    cells = [_cells(line.text) for line in lines]
    start = 0
    while start < len(lines):
        if len(cells[start]) < 2:  # most lines have no cells; they are passed quickly
            start += 1
            continue
        end = start + 1
        while end < len(lines) and len(cells[end]) == len(cells[start]) and lines[end].blanks < 2:
            end += 1
        rows = [i for i in range(start, end) if _has_figure(cells[i])]
        if _is_table(lines, cells, rows):
            if rows[0] == start and start and _names_columns(cells[start - 1], len(cells[start])):
                rows.insert(0, start - 1)
            yield from (i for i in range(rows[0] - (rows[0] > start), rows[-1] + 1))
        start = end


def _cells(text: str) -> list[str]:
    """Gives the cells of a line; none where it can't be a row."""
    if len(text) > _LONGEST or not any(space in text for space in _SPACE) or _IN_SENTENCE.search(text):
        return []
    return text.split()


def _has_figure(cells: Sequence[str]) -> bool:
    return any(_CODE.match(cell) for cell in cells[1:])


def _is_table(lines: Sequence[Line], cells: Sequence[Sequence[str]], rows: Sequence[int]) -> bool:
    """Tells whether lines with figures in their cells are a table: several of them, or one with many figures."""
    if not rows:
        return False
    if len(cells[rows[0]]) < _CELLS:
        return len(rows) >= _PAIRS and all(_CODE.match(cells[i][1]) and len(cells[i][0]) <= _NAME // 2 for i in rows)
    return len(rows) >= _ROWS or is_row(lines[rows[0]].text)


def _names_columns(cells: Sequence[str], count: int) -> bool:
    """Tells whether the cells of a line may name so many columns, or all of them but the first."""
    short = all(display_width(cell) <= _NAME and not cell[0].isdigit() for cell in cells)
    return len(cells) > 1 and 0 <= count - len(cells) <= 1 and short
