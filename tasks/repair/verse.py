"""Verse: which rows of short lines on a sheet are a poem's, to be kept line by line, and no headings.

What belongs here: finding rows of short lines that were broken on purpose, and weighing what they show, as keys of
`verse_evidence.csv`. What does not: headings (`display`). Scores are log-odds in favour of verse.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tasks.lexicon import read_table
from tasks.repair.evidence import LIST_ITEM, had_room, runs_across
from tasks.repair.lines import Line
from tasks.repair.looks import Looks

_LONGEST, _SHORTEST = 32, 4
"""Half-width units of a verse."""
_ROOM = 0.8
"""Share of its column that a line fills at most that was broken on purpose."""
_COLUMN = 24
"""Half-width units from which a column is no poem's own width."""
_FEWEST = 4
"""Verses of a poem at least; below a line that leads into them, half as many."""
_BLANKS = 2
_HEADING = 4
"""Lines that a heading has at most."""
_PAUSES = ("comma", "stop")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of short lines.

    Attributes:
        lines: Their indices on the sheet.
        keys: What the row shows, as keys of `verse_evidence.csv`.
    """

    lines: range
    keys: tuple[str, ...]

    @property
    def odds(self) -> float:
        """Log-odds that the row is verse."""
        return _weights()["always"] + math.fsum(_weights().get(key, 0.0) for key in self.keys)


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in read_table("verse_evidence")}


def verse_lines(lines: Sequence[Line], edges: Sequence[int]) -> Iterator[int]:
    """Finds the lines of a sheet that are verses.

    Args:
        lines: Printed lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
    """
    for row in short_rows(lines, edges):
        if row.odds > 0:
            yield from row.lines


def short_rows(lines: Sequence[Line], edges: Sequence[int]) -> Iterator[Row]:
    """Finds the rows of short lines on a sheet that may be verse, with what they show.

    Args:
        lines: Printed lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
    """
    start = 0
    for end in range(len(lines) + 1):
        short = end < len(lines) and _is_short(lines, edges, end)
        if short and (end == start or lines[end].blanks <= _BLANKS):
            continue
        if end > start:
            yield from _rows(lines, edges, start, end)
        start = end if short else end + 1


def _is_short(lines: Sequence[Line], edges: Sequence[int], at: int) -> bool:
    """Tells whether a line may be a verse: short, one sentence at most, broken on purpose."""
    line = lines[at]
    text = line.text
    if not _SHORTEST <= line.width <= _LONGEST or "。" in text[:-1] or text[-1] in "：:、" or text[-1].isdigit():
        return False
    own = edges[at] < _COLUMN or (Looks(text).ends in _PAUSES and edges[at] <= _LONGEST)
    if not own and line.edge > _ROOM * edges[at]:
        return False
    if LIST_ITEM.match(text) or not ("\u3400" <= text[0] <= "\u9fff" or text[0] in "“‘《—"):
        return False
    looks = Looks(text)
    return not (looks.byline or looks.lone_credit or looks.dateline or looks.jump_in)


def _rows(lines: Sequence[Line], edges: Sequence[int], start: int, end: int) -> Iterator[Row]:
    """Cuts titles and names off both ends of a row of short lines, and reads what is left."""
    title = start
    led = start > 0 and lines[start - 1].text[-1] in "：:"
    signed = next((i for i in range(start, min(start + 3, end)) if lines[i].looks.bare_names), None)
    if signed is not None and not led:
        start = signed + 1
    if end - start < 2:
        return
    stanzas = _stanzas(lines, start, end)
    if not led and len(stanzas) > 1 and len(stanzas[0]) < _FEWEST - 1:
        start = stanzas.pop(0).stop
    if end < len(lines) and len(stanzas) > 1 and len(stanzas[-1]) < _FEWEST - 1:
        end = stanzas.pop().start
    if end - start < (_FEWEST // 2 if led else _FEWEST) or _is_column(lines, edges, start, end):
        return
    if start == title and not led and end - start <= _HEADING and _may_head(lines, start, end):
        return
    keys = [*_above(lines, title, start), *_below(lines, end), *_shape([lines[i] for i in range(start, end)], stanzas)]
    yield Row(range(start, end), tuple(keys))


def _may_head(lines: Sequence[Line], start: int, end: int) -> bool:
    """Tells whether a few lines may be a heading of several: set apart above, without pauses, text below them."""
    paused = any(lines[i].looks.ends in _PAUSES for i in range(start, end))
    return not paused and end < len(lines) and (not start or lines[start].blanks > 0)


def _stanzas(lines: Sequence[Line], start: int, end: int) -> list[range]:
    cuts = [start, *(i for i in range(start + 1, end) if lines[i].blanks), end]
    return [range(a, b) for a, b in pairwise(cuts)]


def _is_column(lines: Sequence[Line], edges: Sequence[int], start: int, end: int) -> bool:
    """Tells whether a row is nothing but a narrow column: lines that are full without a pause at their ends."""
    unpaused = (i for i in range(start, end - 1) if edges[i] >= _COLUMN and lines[i].looks.ends not in _PAUSES)
    full = any(not had_room(lines[i], lines[i + 1].text, edges[i]) for i in unpaused)
    paused = sum(lines[i].looks.ends in _PAUSES for i in range(start, end))
    return full or 0 < paused < 0.4 * (end - start)


def _above(lines: Sequence[Line], title: int, start: int) -> Iterator[str]:
    text = lines[start - 1].text if start else ""
    if not start:
        yield "above/nothing"
    elif (looks := Looks(text)).byline or looks.bare_names:
        yield "above/byline"
    elif start > title:
        yield "above/title"
    else:
        yield "above/colon" if text[-1] in "：:" else f"above/{looks.ends}"


def _below(lines: Sequence[Line], end: int) -> Iterator[str]:
    if end == len(lines):
        yield "below/nothing"
    else:
        text = lines[end].text
        looks = Looks(text)
        opens = looks.dateline or looks.byline or looks.jump_in
        yield "below/report" if opens else "below/apart" if lines[end].blanks else "below/close"


def _shape(row: Sequence[Line], stanzas: Sequence[range]) -> Iterator[str]:
    """Tells what a row shows by its own looks: how many lines, how even, where they pause."""
    widths = [line.width for line in row]
    spread = max(widths) - min(widths)
    yield "lines/2" if len(row) < _FEWEST else "lines/4" if len(row) < 7 else "lines/7" if len(row) < 12 else "lines/12"
    yield "width/same" if spread <= 2 else "width/even" if spread <= 10 else "width/ragged"
    yield "longest/" + ("16" if max(widths) <= 16 else "24" if max(widths) <= 24 else "32")
    paused = sum(line.looks.ends in _PAUSES for line in row)
    yield "pauses/many" if 2 * paused >= len(row) else "pauses/few"
    across = sum(runs_across(a.text, b.text) for a, b in pairwise(row) if not b.blanks)
    yield "across/none" if not across else "across/few" if 5 * across <= len(row) else "across/many"
    if len(stanzas) > 1:
        yield "stanzas/even" if len({len(s) for s in stanzas}) == 1 and len(stanzas[0]) > 1 else "stanzas/uneven"
    if any(" " in line.text or "\u3000" in line.text for line in row):
        yield "shape/halves"
    if any(c.isdigit() or c in "“《" for line in row for c in line.text):
        yield "shape/figures"
