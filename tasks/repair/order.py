"""Lines in the wrong order: columns read across, line by line, so that no sentence goes on in the next line.

What belongs here: measuring whether lines go on from one to the next, and taking interleaved columns apart.
What does not: columns side by side in one line (`columns`). The measure is what this text could give: how often a cut
in the middle of its lines runs through a word, against how often the end of a line does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from tasks.page import DISORDERED, Finding
from tasks.reading.segmenter import plain_segmenter
from tasks.repair.evidence import CLOSING, runs_across
from tasks.repair.lines import Line, column_edges
from tasks.repair.verse import short_rows

_AROUND = 4
"""Characters on either side of a cut in which a word is looked for."""
_WINDOW = 16
"""Lines ending within a sentence that are judged together."""
_CHANCE, _SUSPECT, _BROKEN = 0.125, 0.2, 0.3
"""Pairs of characters at line ends that are words, as a share of all: worth a first look; words that run across line
ends, as a share of all: worth a closer look; as a share of what cuts elsewhere give: no order at all."""
_IN_ORDER = 0.6
_FEWEST, _LEAST_ENDS = 24, 4
"""Lines ending within a sentence that show a lack of order; with words that run across into a line farther below."""
_LAGS = (2, 3, 4)
_WHERE = (
    (2, (0.02, 0.94, 0.02, 0.02)),
    (3, (0.02, 0.02, 0.94, 0.02)),
    (2, (0.2, 0.56, 0.2, 0.04)),
    (3, (0.1, 0.24, 0.36, 0.3)),
)
"""Columns, read across in step or each line at its height, and how often a line then goes on in the next one, the one
after it and so on."""
_BY_CHANCE, _TANGLED = 0.06, 3.0
"""How often a word seems to run from one line into any other; log-odds from which columns were read across."""
_NEAR, _ALIKE, _FEWEST_ALIKE = 4, 2, 2
"""Lines on either side among which others end at the same place, give or take so many half-width units; how many."""
_REACH = 6
"""Lines back that another column's last line may stand."""
_IN_TURN = 1.6
"""What it is worth to a line to belong to the column whose last line is the farthest back, as its turn is."""
_NEW_COLUMN, _LEAST_GAIN, _LEAST_SWITCHES = -1.5, 4.0, 6
_ALONE = 10
"""Lines in a row of one column that end a stretch of interleaved ones."""

_State = tuple[int, ...]
"""Last lines of the other columns, the most recent one first."""


def put_in_order(lines: Sequence[Line]) -> tuple[list[Line], list[Finding]]:
    """Takes interleaved columns of a sheet apart, and reports text that is in no order.

    Args:
        lines: Printed lines of one sheet.

    Returns:
        The lines in reading order, as far as it can be found; what was found to be wrong.
    """
    ends = _ends(lines)
    if len(ends) < _LEAST_ENDS or (len(ends) > 2 * _WINDOW and not _suspect(_pairs(lines, ends), _CHANCE)):
        return list(lines), []
    crossed = _crossings(lines, ends, 1)
    if not _suspect(crossed, _SUSPECT * min(1.0, len(ends) / _WINDOW)):
        return list(lines), []
    verses = _ragged_verses(lines)
    ends = [i for i in ends if i not in verses]
    crossed = _crossings(lines, ends, 1)
    could = _share_within(lines)
    if not could or len(ends) < _LEAST_ENDS:
        return list(lines), []
    lag, odds = _columns_read_across([crossed, *(_crossings(lines, ends, n) for n in _LAGS)], could)
    elsewhere = odds >= _TANGLED
    if elsewhere:
        columns = _untangle(lines, lag)
        ordered = _apart(lines, columns) if columns is not None else []
        if columns is not None and _goes_on(ordered) >= _IN_ORDER * could:
            return ordered, [_untangled(lines, max(columns) + 1)]
    share = sum(crossed) / len(crossed) / could
    if share < _BROKEN and (elsewhere or len(ends) >= _FEWEST):
        return list(lines), [_disordered(lines, share)]
    return list(lines), []


def _ragged_verses(lines: Sequence[Line]) -> set[int]:
    """Finds verses of several widths, as no column's lines are; their ends tell nothing of the order of lines."""
    edges = list(map(max, *column_edges(lines)))
    found: set[int] = set()
    for row in short_rows(lines, edges):
        widths = [lines[i].width for i in row.lines]
        if row.odds > 0 and max(widths) - min(widths) > 2 * _ALIKE:
            found.update(row.lines)
    return found


def _columns_read_across(crossed: Sequence[Sequence[bool]], could: float) -> tuple[int, float]:
    """Weighs whether lines go on in the next one or farther below, as those of columns read across do.

    Args:
        crossed: For one, two, three … lines below, whether a word runs there, for each line ending within a sentence.
        could: How often a word runs across where lines do go on.

    Returns:
        The likeliest number of columns, and the log-odds that their lines were read across.
    """
    usual = min(0.9, max(could, _BY_CHANCE + 0.05))
    seen = np.array(crossed, dtype=float)
    by_lag = np.where(seen > 0, math.log(usual / _BY_CHANCE), math.log((1 - usual) / (1 - _BY_CHANCE)))
    in_order = float(by_lag[0].sum())
    told = [
        (float(np.log(np.exp(by_lag.T) @ np.array(shares)).sum()) - in_order, columns) for columns, shares in _WHERE
    ]
    odds, columns = max(told)
    return columns, odds


def _untangled(lines: Sequence[Line], count: int) -> Finding:
    return Finding("warning", "layout.untangled", f"line {lines[0].number}", f"{count} columns")


def _disordered(lines: Sequence[Line], share: float) -> Finding:
    what = f"{share:.0%} of the words that could run on from line to line do"
    return Finding("warning", DISORDERED, f"line {lines[0].number}", what)


def _within_sentence(above: Line, line: Line, below: Line) -> bool:
    """Tells whether a line ends within a sentence for want of room, as no headline does."""
    full = 10 * line.edge >= 9 * above.edge and 10 * line.edge >= 9 * below.edge
    return full and _breaks_off(line)


def _breaks_off(line: Line) -> bool:
    return line.text[-1] > "\u3400" and line.width >= 2 * _AROUND and line.looks.ends == "word"


def _ends(lines: Sequence[Line]) -> list[int]:
    """Gives the lines that end within a sentence for want of room: as wide as those beside them, or as others near."""
    found = []
    for i in range(1, len(lines) - 1):
        if _within_sentence(lines[i - 1], lines[i], lines[i + 1]):
            found.append(i)
        elif _breaks_off(lines[i]):
            near = lines[max(0, i - _NEAR) : i + _NEAR + 1]
            if sum(abs(other.edge - lines[i].edge) <= _ALIKE for other in near) > _FEWEST_ALIKE:
                found.append(i)
    return found


def _crossings(lines: Sequence[Line], ends: Sequence[int], lag: int) -> list[bool]:
    """Tells for each line that ends within a sentence whether a word runs from its end into the line so many below."""
    pieces = [(lines[i].text[-_AROUND:], lines[i + lag].text[:_AROUND] if i + lag < len(lines) else "") for i in ends]
    bounds = set(accumulate(map(len, plain_segmenter().cut("\n".join(a + b for a, b in pieces), False))))
    found, at = [], 0
    for a, b in pieces:
        found.append(bool(b) and at + len(a) not in bounds)
        at += len(a) + len(b) + 1
    return found


def _goes_on(lines: Sequence[Line]) -> float:
    """Gives the share of lines ending within a sentence from which a word runs into the next line."""
    ends = [i for i in range(1, len(lines) - 1) if _within_sentence(lines[i - 1], lines[i], lines[i + 1])]
    return sum(_crossings(lines, ends, 1)) / len(ends) if ends else 0.0


def _pairs(lines: Sequence[Line], ends: Sequence[int]) -> list[bool]:
    """Tells, quickly and roughly, for each line that ends within a sentence whether a word runs across its end."""
    known = plain_segmenter().has_word
    return [known(lines[i].text[-1] + lines[i + 1].text[0]) for i in ends]


def _suspect(crossed: Sequence[bool], share: float) -> bool:
    """Tells whether anywhere on a sheet words run across fewer line ends than they ever do by chance."""
    half = _WINDOW // 2
    return any(sum(crossed[at : at + _WINDOW]) <= share * _WINDOW for at in range(0, max(1, len(crossed) - half), half))


def _share_within(lines: Sequence[Line]) -> float:
    """Gives how often a cut in the middle of a line runs through a word."""
    halves = [line.text for line in lines if line.width >= 4 * _AROUND]
    pieces = [text[len(text) // 2 - _AROUND : len(text) // 2 + _AROUND] for text in halves]
    bounds = set(accumulate(map(len, plain_segmenter().cut("\n".join(pieces), False))))
    inside = sum(at * (2 * _AROUND + 1) + _AROUND not in bounds for at in range(len(pieces)))
    return inside / len(pieces) if pieces else 0.0


def _untangle(lines: Sequence[Line], count: int) -> list[int] | None:
    """Finds the column of each line with the best continuations; None where nothing is won by it.

    Args:
        lines: Printed lines of one sheet.
        count: Columns at most.
    """
    scores: dict[_State, float] = {(): 0.0}
    back: list[dict[_State, tuple[_State, int]]] = []
    straight = 0.0
    for i in range(1, len(lines)):
        straight += _follows(lines[i - 1], lines[i])
        now: dict[_State, float] = {}
        came: dict[_State, tuple[_State, int]] = {}
        for state, score in scores.items():
            for choice, last in enumerate((i - 1, *state)):
                left = state if not choice else (i - 1, *(k for k in state if k != last))
                turn = _IN_TURN if choice == count - 1 else 0.0
                _reach(now, came, left, score + turn + _follows(lines[last], lines[i]), (state, choice), i)
            if len(state) < count - 1:
                _reach(now, came, (i - 1, *state), score + _NEW_COLUMN, (state, -1), i)
        scores = now
        back.append(came)
    state = max(scores, key=lambda s: scores[s])
    gain = scores[state] - straight
    choices: list[int] = []
    for came in reversed(back):
        state, choice = came[state]
        choices.append(choice)
    switches = sum(choice != 0 for choice in choices)
    return _columns(choices[::-1]) if gain >= _LEAST_GAIN and switches >= _LEAST_SWITCHES else None


def _reach(
    now: dict[_State, float],
    came: dict[_State, tuple[_State, int]],
    state: _State,
    score: float,
    source: tuple[_State, int],
    at: int,
) -> None:
    kept = tuple(k for k in state if at - k <= _REACH)
    if score > now.get(kept, float("-inf")):
        now[kept], came[kept] = score, source


def _columns(choices: Sequence[int]) -> list[int]:
    """Numbers the columns in the order in which they begin."""
    columns = [0]
    recent = [0]  # columns, the one of the last line first
    count = 1
    for choice in choices:
        if choice < 0:
            recent.insert(0, count)
            count += 1
        elif choice:
            recent.insert(0, recent.pop(choice))
        columns.append(recent[0])
    return columns


def _follows(above: Line, below: Line) -> float:
    """Scores a line as the one that goes on with another."""
    end = above.looks.ends
    if end == "stop":
        return 0.4 if below.indent > above.indent else 0.2 if below.looks.begins > 0 else -0.4
    if below.text[0] in CLOSING:
        return 2.0
    if end != "comma" and runs_across(above.text, below.text):
        return 2.5
    return -1.5 if below.indent > above.indent else -0.4 - 0.3 * max(0.0, below.looks.begins - (end == "comma"))


def _apart(lines: Sequence[Line], columns: Sequence[int]) -> list[Line]:
    """Puts lines in the order of their columns, stretch by stretch of interleaved lines, and numbers their places."""
    ordered: list[Line] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (
            end == start or len(set(columns[max(start, end - _ALONE) : end + 1])) > 1 or end - start < _ALONE
        ):
            end += 1
        stretch = range(start, end)
        for column in sorted(set(columns[start:end])):
            ordered += [lines[i] for i in stretch if columns[i] == column]
        start = end
    return [replace(line, place=place) for place, line in enumerate(ordered, lines[0].number)]
