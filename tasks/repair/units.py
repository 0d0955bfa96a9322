"""What each block of a sheet is by its own looks: text, display line, byline, caption, note or furniture.

What belongs here: reading one block. What does not: which article it belongs to (`articles`), nor which of several
display lines is the headline (`headings`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks.lexicon.grammar import pattern
from tasks.reading.credits import squeeze_byline
from tasks.repair.block import Block
from tasks.repair.bylines import (
    credit_after_dateline,
    credit_at_end,
)
from tasks.repair.display import NOTE, NUMBERED
from tasks.repair.evidence import runs_across
from tasks.repair.halves import ONE_SENTENCE
from tasks.repair.lines import Line
from tasks.repair.looks import Looks
from tasks.repair.stamps import stamp_authors

_LONGEST_BYLINE = 300
"""Characters of a byline of several lines; what is longer is a list of something, and the next line stands alone."""
_DATED = pattern("repair.dated")
_BODY = pattern("repair.signed_by_a_body")
_SCENE = pattern("repair.scene")
_PIECE = 12
"""Half-width units of a line in a heading set as a narrow pile."""
_FILLED = 16
"""Half-width units from which a numbered heading may fill its line and go on in the next."""
_SPACES = re.compile(r"[ \u3000\t]+")
_LONE = re.compile(r"^[（(][^（()）]{2,60}[)）]$")
_ORIGIN = pattern("repair.origin_in_brackets")
_TAKEN = pattern("repair.credit_of_a_picture")
_ADDRESS = pattern("repair.addressed_to")
_ABSTRACT = pattern("repair.abstract")


@dataclass(slots=True)
class Unit:
    """A block with what it is.

    Attributes:
        kind: `text`, `head`, `byline`, `caption`, `note` or `furniture`.
        text: Joined text; bylines with their words closed up.
        lines: Printed lines.
        reasons: One sentence a line.
        dateline: The dateline at its head, for text.
        credit: Names of the credit at its end; None without one.
        named: Whether its authors are named at its head, after the dateline.
        blanks: Blank lines before it.
        over: Whether it is set wider than the column it stands in.
        inside: Whether it cuts a sentence in two.
        tied: Whether it stands on one line with the unit before.
        stands: `row`, `verse` or `point` where it is one line that stands for itself; else empty.
    """

    kind: str
    text: str
    lines: list[Line]
    reasons: list[str]
    dateline: str | None = None
    credit: list[str] | None = None
    named: bool = False
    blanks: int = 0
    over: bool = False
    inside: bool = False
    tied: bool = False
    stands: str = ""

    @property
    def looks(self) -> Looks:
        """What its text looks like by itself."""
        return Looks(self.text)

    @property
    def textual(self) -> bool:
        """Whether it carries an article's running text."""
        return self.kind in ("text", "note")


def read_units(blocks: Sequence[Block]) -> list[Unit]:
    """Classifies blocks, closes up bylines of several lines and puts a credit on a line of its own to its paragraph."""
    units: list[Unit] = []
    for block in blocks:
        unit = _read_unit(block)
        last = units[-1] if units else None
        goes_on = last is not None and unit.kind == last.kind == "byline" and unit.blanks == 0
        if last is not None and goes_on and not _marked(unit.text) and len(last.text) < _LONGEST_BYLINE:
            last.text += f" {unit.text}"
            last.lines += unit.lines
            last.reasons += ["Joined: the byline goes on."]
        elif last is not None and last.kind in ("text", "caption") and _goes_with(last, unit):
            last.text += f" {unit.text}"
            last.lines += unit.lines
            last.reasons += ["Joined: the credit of the text before."]
            last.credit = credit_at_end(last.text) or []
        elif unit.kind == "head":
            units += _parts(unit)
        else:
            units.append(unit)
    units = _join_torn_heads(units)
    _mark_signed_heads(units)
    _mark_captions(units)
    return units


def _join_torn_heads(units: Sequence[Unit]) -> list[Unit]:
    """Joins display lines that a word runs across, lines of a numbered heading, and a heading in a narrow pile."""
    groups: list[list[Unit]] = []
    for i, unit in enumerate(units):
        group = groups[-1] if groups else []
        if not (group and unit.kind == group[0].kind == "head" and unit.blanks == 0 and not unit.tied):
            groups.append([unit])
            continue
        size, last = group[0].lines[0].width, group[-1].lines[-1]
        longest = max(size, unit.lines[0].width) <= _PIECE and size == last.width >= unit.lines[0].width
        even = unit.lines[0].width == size and i + 1 < len(units) and _is_piece(units[i + 1], size)
        pile = longest and (len(group) > 1 or len(group[0].lines) > 1 or even)
        fits = unit.lines[0].width <= last.width + 3
        numbered = last.width >= _FILLED and NUMBERED.match(group[0].text) and not NUMBERED.match(unit.text)
        if pile or (fits and (numbered or _is_torn(last.text, unit.text))):
            group.append(unit)
        else:
            groups.append([unit])
    return [_one_heading(group) if len(group) > 1 else group[0] for group in groups]


def _one_heading(parts: Sequence[Unit]) -> Unit:
    """Makes one unit of the lines of a heading."""
    lines = [line for part in parts for line in part.lines]
    reasons = [*parts[0].reasons, *["Joined: the heading goes on."] * (len(lines) - len(parts[0].lines))]
    return replace(parts[0], text=" ".join(part.text for part in parts), lines=lines, reasons=reasons)


def _is_piece(unit: Unit, size: int) -> bool:
    return unit.kind == "head" and unit.blanks == 0 and unit.lines[0].width <= size


def _is_torn(above: str, below: str) -> bool:
    """Tells whether a display line breaks off in the middle of a word or after a number."""
    return above[-1] not in "：:】]）)”》" and below[0] not in "—【[“《●■" and runs_across(above, below)


def _mark_signed_heads(units: list[Unit]) -> None:
    """Takes a line below a headline that holds nothing but names for the byline, and the body and day of a report.

    太行山下的小院 | 武俊平; 居民收入情况 | 国家统计局 | （2023年7月17日）.
    """
    for i in range(len(units) - 1, 0, -1):
        above, unit = units[i - 1], units[i]
        if unit.kind == above.kind == "head" and _DATED.match(unit.text):
            unit.kind = "byline"
            if i > 1 and units[i - 2].kind == "head" and _BODY.match(above.text):
                above.kind, above.text = "byline", f"{above.text} {unit.text}"
                above.lines += unit.lines
                above.reasons += ["Joined: the day of the report."]
                del units[i]
    for above, unit in pairwise(units):
        if above.kind == unit.kind == "head" and len(unit.text) <= 12 and unit.looks.bare_names:
            unit.kind, unit.text = "byline", squeeze_byline(unit.text)


def _parts(unit: Unit) -> list[Unit]:
    """Takes a display line apart at its wide spaces, since two headlines may stand on one line."""
    texts = [part for part in _SPACES.split(unit.text) if part]
    if len(texts) < 2 or min(map(len, texts)) < 6:
        return [unit]
    parts = [replace(unit, text=text, tied=True, blanks=0) for text in texts]
    parts[0] = replace(unit, text=texts[0])
    return parts


def _mark_captions(units: Sequence[Unit]) -> None:
    """Finds captions without a photographer's name by where and how they are set."""
    texts = [unit for unit in units if unit.kind == "text"]
    airy = sum(1 for unit in texts if unit.blanks >= 2) > 0.2 * len(texts) + 1
    indented = sum(1 for unit in texts if unit.lines[0].indent) > 0.5 * len(texts)
    for i, unit in enumerate(units):
        if unit.kind != "text" or len(unit.lines) > 1 or not ONE_SENTENCE.match(unit.text) or unit.dateline:
            continue
        score = 2.0 * unit.inside + 1.5 * unit.over + 1.0 * (unit.blanks >= 2 and not airy)
        score += 1.5 * (i == 0 and len(units) > 1 and units[1].kind == "head") + 0.5 * (len(unit.text) <= 40)
        score += 0.7 * (_SCENE.search(unit.text) is not None) + 0.5 * (indented and not unit.lines[0].indent)
        score -= 1.5 * (unit.looks.begins >= 2.0) + 1.0 * (unit.text[0] in "“‘")
        if score >= 2.5:
            unit.kind = "caption"


def _marked(text: str) -> bool:
    return not ("\u3400" <= text[0] <= "\u9fff")


def _goes_with(last: Unit, unit: Unit) -> bool:
    """Tells whether a line is the credit of the text before it, from whose last line it was parted."""
    if unit.kind == "byline":
        return unit.blanks == 0 and _TAKEN.search(unit.text) is not None and last.looks.ends == "stop"
    return last.kind == "text" and last.credit is None and _is_lone_credit(unit)


def _is_lone_credit(unit: Unit) -> bool:
    """Tells whether a line in brackets says who wrote the text above it, or where that comes from."""
    return unit.looks.lone_credit or (_LONE.match(unit.text) is not None and _ORIGIN.match(unit.text) is not None)


def _read_unit(block: Block) -> Unit:
    text, looks = block.text, block.looks
    unit = Unit("text", text, list(block.lines), list(block.reasons), blanks=block.lines[0].blanks)
    unit.over, unit.inside = block.over, block.inside
    if block.aside:
        unit.kind = block.aside
    elif block.stands:
        unit.stands = block.stands
        return unit
    elif looks.stamp and stamp_authors(text):
        unit.kind, unit.text = "byline", " ".join(text.split())
    elif looks.furniture:
        unit.kind = "furniture"
    elif looks.caption:
        unit.kind = "caption"
    elif looks.byline:
        unit.kind, unit.text = "byline", squeeze_byline(text)
    elif (NOTE.match(text) or _ABSTRACT.match(text)) and len(text) > 12:
        unit.kind = "note"
    elif block.display and not _ADDRESS.match(text):
        unit.kind = "head"
    if unit.textual:
        unit.dateline = looks.dateline
        unit.credit = credit_at_end(text)
        unit.named = bool(credit_after_dateline(text[:120], unit.dateline or ""))
    return unit
