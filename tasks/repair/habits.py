"""How this page uses indents and blank lines, and what they therefore say about a gap.

What belongs here: evidence whose weight is estimated from the page itself. What does not: evidence that means the
same on every page (`evidence`). All weights are log-odds in favour of joining.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tasks.repair.lines import Line

_WINDOW = 25
"""Gaps on either side that count as the same part of a page."""
_ROUNDS = 3
_BLANK_BESIDE_DISPLAY = 0.8
_BLANK_IN_DISPLAY = 0.5
_INDENT_OF_DISPLAY = 0.4
"""Shares of gaps beside and between display lines that have a blank line; of display lines indented where text is."""
_MOST = 9.0
"""Log-odds that an indent may add at most."""
_USUAL, _SURE = 4.0, 6.0
"""Gaps beside display lines of a page's own that weigh as much as the usual share; score of what surely is display."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What indents and blank lines say at each gap.

    Attributes:
        by_indent: Log-odds for joining from the indent of the line after, or its lack.
        by_blank: The same from a blank line, or its lack.
        to_display: How much more usual this indent and blank line, or their lack, are between text and a display
            line than between two paragraphs.
        in_display: The same between two display lines.
        from_display: The same between a display line and text.
    """

    by_indent: Any
    by_blank: Any
    to_display: Any
    in_display: Any
    from_display: Any


def learn_habits(lines: Sequence[Line], texts: Any, long: Any, running: Any, display: Sequence[float]) -> Habits:
    """Weighs indents and blank lines by how this part of the page uses them.

    Starting from what text and fill say, it counts how often breaks and joins nearby come with an indent and with a
    blank line, weighs both signs by the ratio, and counts again with these weights.

    Args:
        lines: Printed lines of a sheet.
        texts: For each gap, the log-odds for joining that text and fill give.
        long: For each gap, 1 where the line before is a whole paragraph's, in no column.
        running: For each gap, 1 where both lines may be running text.
        display: Score of each line as display text.
    """
    if len(lines) < 2:  # without a gap there is nothing to weigh
        return Habits(*[np.zeros(0)] * 5)
    indented = _indents(lines)
    blank = np.array([line.blanks > 0 for line in lines[1:]], dtype=float)
    straight = np.array([not line.detour for line in lines[1:]], dtype=float)
    running = running * straight
    # Two indented lines below each other are both beginnings, so they don't tell how usual an indent is within text.
    single = 1.0 - indented * np.concatenate(([0.0], indented[:-1]))
    by_indent, by_blank = 1.0 - 3.0 * indented, 0.3 - 1.0 * blank
    # A page of whole paragraphs has a blank line or none at every gap, so there it says little about joining.
    usual_blank = _rate(blank, running, 0.5, 0.5)
    share_long = _rate(long, running, 0.5, 0.5)
    blank_join = 0.09 * (1 - share_long) + usual_blank * share_long
    indent_break = blank_break = np.full(len(blank), 0.5)
    for _ in range(_ROUNDS):
        join = 1.0 / (1.0 + np.exp(-_within(texts + by_indent + by_blank, -30.0, 30.0)))
        joins, breaks = join * running * single, (1 - join) * running
        indent_break = _rate(indented, breaks, 0.5, 0.2)
        blank_break = _rate(blank, breaks, 1.0, 1.0)
        by_indent = _ratio(indented, _rate(indented, joins, 0.1, 4.0, others=True), indent_break, _MOST)
        by_blank = _ratio(blank, _rate(blank, joins, 4.4 * blank_join, 4.4 * (1 - blank_join)), blank_break)
    by_blank = by_blank * straight
    beside = _ratio(blank, np.full(len(blank), _blanks_beside(blank, display)), blank_break)
    between = _ratio(blank, np.full(len(blank), _BLANK_IN_DISPLAY), blank_break)
    display_indent = _ratio(indented, _INDENT_OF_DISPLAY * indent_break + 0.01, indent_break)
    return Habits(by_indent, by_blank, beside + display_indent, between + display_indent, beside)


def _blanks_beside(blank: Any, display: Sequence[float]) -> float:
    """Gives the share of gaps beside display lines with a blank line, counting what surely is display on this page."""
    sure = np.array(display) >= _SURE
    beside = sure[1:] != sure[:-1]
    return float((_BLANK_BESIDE_DISPLAY * _USUAL + blank[beside].sum()) / (_USUAL + beside.sum()))


def _indents(lines: Sequence[Line]) -> Any:
    """Tells for each gap whether the line after it is indented against its neighbourhood."""
    indents = [line.indent for line in lines]
    if not any(indents):
        return np.zeros(len(lines) - 1)
    return np.array(
        [float(at > 0 and at > min(indents[max(0, i - 12) : i + 13])) for i, at in enumerate(indents[1:], 1)]
    )


def _rate(flag: Any, weight: Any, yes: Any, no: Any, *, others: bool = False) -> Any:
    """Estimates how often a flag comes with gaps of one kind near each gap, itself or not, with a Beta prior."""
    counted = np.stack((flag * weight, (1 - flag) * weight))
    with_flag, without = _local_sum(counted) - counted * others
    with_flag = with_flag + yes
    return with_flag / (with_flag + without + no)


def _ratio(flag: Any, yes: Any, no: Any, most: float = 6.0) -> Any:
    """Gives the log-likelihood ratio of a flag or its absence under two rates, no stronger than a bound."""
    yes, no = _within(yes, 1e-4, 1 - 1e-4), _within(no, 1e-4, 1 - 1e-4)
    with_flag = flag > 0
    return _within(np.log(np.where(with_flag, yes / no, (1 - yes) / (1 - no))), -most, most)


def _within(values: Any, low: float, high: float) -> Any:
    """Does what `np.clip` does, which takes far longer for the few values of a page."""
    return np.minimum(np.maximum(values, low), high)


def _local_sum(values: Any) -> Any:
    """Sums up the values near each gap, row by row."""
    rows, size = values.shape
    total = np.zeros((rows, size + 2 * _WINDOW + 1))
    np.cumsum(values, axis=1, out=total[:, _WINDOW + 1 : _WINDOW + 1 + size])
    total[:, _WINDOW + 1 + size :] = total[:, _WINDOW + size, None]
    return total[:, 2 * _WINDOW + 1 :] - total[:, :size]
