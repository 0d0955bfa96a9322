"""What fonts and boxes show, where the file says how its lines are set: a PDF, not a plain text.

What belongs here: reading evidence off the settings of lines, as keys of `setting_evidence.csv`. What does not: what
the texts show (`evidence`, `display`, `borders`), which counts beside it. Without settings nothing here says anything.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from tasks.lexicon import read_table
from tasks.page import LineSetting
from tasks.repair.block import Block
from tasks.repair.lines import Line, display_width

_SAME = 0.07
"""Difference of two sizes, in sizes of the text, up to which they are the same."""
_LARGE, _HEADLINE, _SUBHEAD = 1.12, 1.6, 1.3
"""Sizes from which a line is no text, heads an article for sure, and may do so."""
_WHOLE = re.compile(r"[（“《]?(?:[0-9A-Za-z.,%％:-]+|.)[，。、；：！？”’）》]{0,3}", re.DOTALL)
_EM = 0.6
"""Characters by which a line may miss the edge of its column and still be full."""


@cache
def weights() -> dict[str, float]:
    """Gives the log-odds of each piece of evidence."""
    return {row["evidence"]: float(row["weight"]) for row in read_table("setting_evidence")}


def display_evidence(line: Line) -> str | None:
    """Tells what a line's font says about its being display text; None where nothing does.

    Args:
        line: A printed line.
    """
    setting = line.setting
    if setting is None or setting.box is None:
        return None
    if setting.size >= _LARGE:
        return "line/large"
    if setting.size < 1.0 - _SAME:
        return "line/small"
    if abs(setting.size - 1.0) <= _SAME:
        return "line/text" if setting.font == 0 else "line/other font"
    return None


def gap_odds_of_setting(lines: Sequence[Line]) -> list[float]:
    """Gives for each gap between two lines the log-odds for joining that their fonts and boxes add.

    Args:
        lines: Printed lines of a sheet.
    """
    edges = _edges(lines)
    return [math.fsum(weights()[key] for key in _gap(a, b, edges)) for a, b in pairwise(lines)]


def _edges(lines: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Gives left and right edge of the text of each part of the sheet."""
    found: dict[int, tuple[float, float]] = {}
    for line in lines:
        s = line.setting
        if s is not None and s.box is not None:
            left, right = found.get(s.part, (s.box[0], s.box[2]))
            found[s.part] = min(left, s.box[0]), max(right, s.box[2])
    return found


def _gap(a: Line, b: Line, edges: dict[int, tuple[float, float]]) -> Iterator[str]:
    before, after = a.setting, b.setting
    if before is None or after is None or before.box is None or after.box is None or len(a.text) == 1:
        return
    if abs(before.size - after.size) > _SAME * max(before.size, after.size):
        yield "gap/other size"
        return
    if before.font != after.font:
        yield "gap/other font"
    high = max(1.0, before.box[3] - before.box[1]) / 1.15
    if before.part == after.part and b.blanks:
        yield "gap/apart"
    indented = _is_indented(after, edges, high)
    if indented:
        yield "gap/indented"
    if edges[before.part][1] - before.box[2] > (1.0 + _EM + _need(b.text)) * high and _is_column(before, edges, high):
        yield "gap/short"
    elif not indented and not b.blanks and edges[before.part][1] - before.box[2] <= _EM * high:
        yield "gap/flush"


def _need(text: str) -> float:
    """Tells how many characters of a line could not have been parted: a number, a word, the mark after it."""
    whole = _WHOLE.match(text)
    return (display_width(whole[0]) / 2 - 1.0) if whole else 0.0


def _is_indented(setting: LineSetting, edges: dict[int, tuple[float, float]], high: float) -> bool:
    return setting.box is not None and 1.4 * high < setting.box[0] - edges[setting.part][0] < 3.0 * high


def _is_column(setting: LineSetting, edges: dict[int, tuple[float, float]], high: float) -> bool:
    left, right = edges[setting.part]
    return right - left > 6 * high


def take_set_asides(lines: Sequence[Line]) -> list[Block]:
    """Finds the lines that the file shows to be furniture or captions.

    Args:
        lines: Printed lines of a sheet.
    """
    found: list[Block] = []
    going_on = False
    for line in lines:
        kind = line.setting.kind if line.setting else ""
        if kind == "caption" and going_on and not line.blanks:
            found[-1].lines.append(line)
            found[-1].reasons.append("Joined: the caption goes on.")
        elif kind:
            why = "a picture stands above it" if kind == "caption" else "the file sets it apart from the text"
            found.append(Block([line], [f"Starts here: {why}."], aside=kind))
        going_on = kind == "caption"
    return found


def size_of(lines: Sequence[Line]) -> float | None:
    """Gives the size that lines are set in, in sizes of the text; None where the file does not say.

    Args:
        lines: Lines of one unit.
    """
    sizes = [line.setting.size for line in lines if line.setting is not None and line.setting.box is not None]
    return max(sizes) if sizes else None


def compare_sizes(a: Sequence[Line], b: Sequence[Line]) -> int:
    """Tells whether lines are set smaller (-1), as large (0) or larger (1) than others; 0 where nobody knows.

    Args:
        a: Lines of one unit.
        b: Lines of another.
    """
    first, second = size_of(a), size_of(b)
    if first is None or second is None or abs(first - second) <= _SAME * max(first, second):
        return 0
    return 1 if first > second else -1


def head_evidence(heads: Sequence[Sequence[Line]], known: bool) -> str | None:
    """Tells what the size of display lines between two texts says about a border between articles.

    Args:
        heads: Lines of each display line.
        known: Whether the texts around are set as the file says.
    """
    sizes = [size for lines in heads if (size := size_of(lines)) is not None]
    if not sizes:
        return "head/none" if known and not heads else None
    largest = max(sizes)
    return "head/large" if largest >= _HEADLINE else "head/middle" if largest >= _SUBHEAD else "head/small"
