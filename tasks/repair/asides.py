"""Lines that stand between or inside the text of a sheet and are no part of it: page furniture, pictures' captions.

What belongs here: finding such lines before the text around them is put together, line by line, so that a page number
or a caption in the middle of a sentence never gets into it. What does not: how furniture is worded (`stamps`), and to
which article a caption belongs (`articles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.lexicon.grammar import pattern
from tasks.repair.block import Block, join_lines
from tasks.repair.evidence import CLOSING, opens_report, runs_across
from tasks.repair.lines import Line
from tasks.repair.looks import Looks
from tasks.repair.photos import CREDIT_LAST, MARKS, photo_mark
from tasks.repair.setting import take_set_asides
from tasks.repair.stamps import is_furniture_line

_LONGEST_CAPTION, _CAPTION_LINES = 240, 18
_PAGE_NUMBER = re.compile(r"[A-Da-d]?\d{1,3}$")
_MEASURE = pattern("repair.letter_of_a_measure")
_WIDEST = 120
"""Half-width units of a line of furniture."""
_PAUSE = re.compile(r"[，、；]")
_NEAR = 4
"""Lines on either side that tell how wide the column is around a line."""
_SURE = 3.0
_NARROWEST_EAR, _COLUMN = 6, 20
"""Half-width units of an ear at least, and of the column it stands in."""
_TEXT_ENDS, _CLOSING = "。，、；！？", "）)”’》】」』"
_OPEN_ENDS = ("word", "comma", "open")


def take_asides(lines: Sequence[Line]) -> tuple[list[Line], list[Block]]:
    """Takes furniture and captions out of the lines of a sheet.

    Args:
        lines: Printed lines of one sheet.

    Returns:
        The lines of the text, those after an aside marked as a detour; the asides, each a block with its kind.
    """
    asides = take_set_asides(lines)
    shown = {line.number for block in asides for line in block.lines}
    asides += _captions([line for line in lines if line.number not in shown] if shown else lines)
    taken = {line.number for block in asides for line in block.lines}
    for line in _furniture(lines, taken):
        asides.append(Block([line], ["Starts here: page furniture, no part of the text around it."], aside="furniture"))
        taken.add(line.number)
    if not taken:
        return list(lines), []
    rest: list[Line] = []
    skipped, widest = False, 0
    for line in lines:
        widest = max(widest, line.blanks)
        if line.number in taken:
            skipped = True
            continue
        rest.append(replace(line, detour=True, blanks=widest) if skipped and rest else line)
        skipped, widest = False, 0
    return rest, asides


def _captions(lines: Sequence[Line]) -> Iterator[Block]:
    """Finds captions of any number of lines that blank lines set apart, by a mark before or a credit behind."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and not lines[end].blanks:
            continue
        island = lines[start:end]
        first = _caption_start(island)
        if first is not None:
            reasons = [
                "Starts here: a picture's caption, no part of the text around it.",
                *["Joined: the caption goes on."] * (len(island) - first - 1),
            ]
            yield Block(list(island[first:]), reasons, aside="caption")
        start = end


def _caption_start(island: Sequence[Line]) -> int | None:
    """Tells at which line of an island, lines between two blank ones, a caption begins that runs to its end."""
    if len(island) > _CAPTION_LINES or sum(len(line.text) for line in island) > _LONGEST_CAPTION:
        return None
    first = next((k for k, line in enumerate(island) if line.text[0] in MARKS and photo_mark(line.text)), None)
    marked = first is not None
    if not marked and island[-1].text[-1] not in CREDIT_LAST:
        return None
    if first is None:
        first = _below_title(island)
    body = island[first:]
    text = join_lines(body)
    looks = Looks(text)
    if looks.dateline is not None or looks.byline or not _one_paragraph(body):
        return None
    if looks.photo_text or (marked and len(text) > 8 and (len(body) > 1 or looks.ends == "stop")):
        return first
    return None


def _below_title(island: Sequence[Line]) -> int:
    """Gives the number of lines at an island's head that are a title above its caption: set otherwise, no sentence."""
    for k, line in enumerate(island[:3]):
        after = island[k + 1 :]
        if not after or line.looks.ends not in ("word", "close") or "。" in line.text or line.text.count("，") > 1:
            return 0
        edge = max(other.edge for other in after[:-1] or after)
        set_apart = line.edge < 0.85 * edge or line.edge > 1.08 * edge or (len(after) == 1 and edge > 2 * line.edge)
        if runs_across(line.text, after[0].text):
            continue
        odds = 2.0 if opens_report(after[0].text) else after[0].looks.begins
        clean = _PAUSE.search(line.text) is None
        spaced = " " in line.text or "\u3000" in line.text
        whole = len(after) == 1 and edge > 2 * line.edge
        if clean and (whole or odds >= 2.0 or (spaced and odds > -1.0)):
            return k + 1
        if after[0].indent > line.indent or (set_apart and odds >= 0.7):
            return k + 1
    return 0


def _one_paragraph(lines: Sequence[Line]) -> bool:
    """Tells whether lines read as one paragraph: none is indented against the one before, none stops short."""
    widest = max(line.edge for line in lines)
    return not any(
        (b.indent > a.indent and len(lines) - k > 2) or (a.looks.ends == "stop" and a.edge < 0.8 * widest)
        for k, (a, b) in enumerate(pairwise(lines))
    )


def _furniture(lines: Sequence[Line], taken: set[int]) -> Iterator[Line]:
    """Finds the lines of a sheet that belong to the page, by their words and by the text that goes on across them."""
    before: Line | None = None  # the last line of the text
    last = len(lines) - 1
    for i, line in enumerate(lines):
        if line.number in taken:
            continue
        below = lines[i + 1] if i < last else None
        if line.width <= _WIDEST and _stands_out(line, below, before) and _is_furniture(lines, i, before, taken):
            yield line
        else:
            before = line


def _stands_out(line: Line, below: Line | None, above: Line | None) -> bool:
    """Tells quickly whether a line may be another thing than one more full line of a column."""
    if line.blanks or below is None or above is None or below.blanks or "：" in line.text or line.text[-1].isdigit():
        return True
    high, low = (above.edge, below.edge) if above.edge > below.edge else (below.edge, above.edge)
    return line.edge < 0.9 * high or line.edge > 1.06 * low


def _is_furniture(lines: Sequence[Line], at: int, before: Line | None, taken: set[int]) -> bool:
    """Tells whether a line is furniture rather than text; at a sheet's head its words alone tell."""
    line = lines[at]
    if line.text[-1] in _TEXT_ENDS or (before is not None and line.text[0] in _CLOSING):
        return False
    told = is_furniture_line(line.text)
    number = _PAGE_NUMBER.match(line.text) is not None
    if before is None:
        return told or number
    if not told and not number and (line.width > 40 or line.looks.ends != "word"):
        return False
    ahead = (other for other in lines[at + 1 : at + 4] if other.number not in taken)
    after = next((other for other in ahead if not is_furniture_line(other.text)), None)
    edge = _edge_around(lines, at)
    if told and line.looks.jump_out and (before.looks.ends in _OPEN_ENDS or before.edge >= edge - 2):
        return False  # the mark belongs to the paragraph that it breaks off
    if told or number:
        score = _page_number if number else _worded
        return score(line, before, after, edge) >= _SURE
    return _is_ear(line, before, after, edge)


def _worded(line: Line, before: Line, after: Line | None, edge: int) -> float:
    """Scores a line that is worded as furniture."""
    apart = (line.blanks > 0) + (after is None or after.blanks > 0)
    score = 1.5 + 1.0 * apart + 1.0 * (line.edge < 0.8 * edge)
    if before.looks.ends not in _OPEN_ENDS:
        return score + 1.5
    if after is not None and _goes_on(before, after):
        return score + 2.0
    return score - 3.0 * runs_across(before.text, line.text)


def _is_ear(line: Line, before: Line, after: Line | None, edge: int) -> bool:
    """Tells whether a line is an ear, a slogan or a running head: a word goes on across it, and none into it."""
    full = before.edge >= edge - 2 and before.looks.ends in _OPEN_ENDS
    if after is None or not full or line.edge >= 0.8 * edge or line.looks.figure or line.width < _NARROWEST_EAR:
        return False
    if edge < _COLUMN:
        return False
    if not runs_across(before.text, after.text) or runs_across(before.text, line.text):
        return False
    return line.looks.begins > -1.0 and not line.looks.byline


def _page_number(line: Line, before: Line, after: Line | None, edge: int) -> float:
    """Scores a line of nothing but digits as a page number rather than a figure of the text."""
    if after is None:
        return _SURE
    apart = (line.blanks > 0) + (after.blanks > 0)
    full = before.edge >= edge - 2
    labelled = not line.text.isdigit()
    torn = full and runs_across(before.text, after.text)
    if _MEASURE.match(after.text) and not labelled and not torn and not (apart and full):
        return 0.0
    if before.looks.ends == "stop":
        return 2.0 + apart
    cut = before.looks.ends in _OPEN_ENDS and _goes_on(before, after)
    return 2.0 * (full or apart == 2) + 1.5 * cut + (1.5 if labelled else -1.0 * (len(line.text) > 2))


def _goes_on(before: Line, after: Line) -> bool:
    """Tells whether one line may as well follow another directly."""
    if after.text[0] in CLOSING or runs_across(before.text, after.text):
        return True
    return after.indent <= before.indent and after.looks.begins < 2.0


def _edge_around(lines: Sequence[Line], at: int) -> int:
    edges = sorted(line.edge for line in [*lines[max(0, at - _NEAR) : at], *lines[at + 1 : at + 1 + _NEAR]])
    return edges[-2] if len(edges) > 2 else edges[-1] if edges else 0
