"""What each block of a sheet is by its own looks: text, display line, byline, caption, note or furniture.

What belongs here: reading one block. What does not: which article it belongs to (`articles`), nor which of several
display lines is the headline (`headings`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table
from tasks.repair.bylines import credit_at_end, find_dateline, is_byline, squeeze_byline
from tasks.repair.blocks import Block
from tasks.repair.lines import Line

_NOTE = re.compile(
    r"^[【\[（(]?(?:编者按|编者的话|编后|开栏的话|开栏语|按语|记者手记|编辑点评|核心提示|导读|内容提要|提要)[】\]）)]?\s*[：:】\s—]?"
)
_PHOTO = re.compile(r"(?:摄|摄影|供图|资料图片|资料图|资料照片|（资料片）|制图|图片提供)\s*[）)]?[。]?$")
_PHOTO_HEAD = re.compile(r"^(?:[▲△▼▶◀►◄↑↓←→]|图为|图：|图[一二三四五六1-9①-⑨]|[上下左右]图|题图|资料图)")
_LONE_CREDIT = re.compile(r"^[（(][^（()）]{2,60}[)）]$")


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
        blanks: Blank lines before it.
    """

    kind: str
    text: str
    lines: list[Line]
    reasons: list[str]
    dateline: str | None = None
    credit: list[str] | None = None
    blanks: int = 0

    @property
    def textual(self) -> bool:
        """Whether it carries an article's running text."""
        return self.kind in ("text", "note")


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("furniture")))


def read_units(blocks: Sequence[Block]) -> list[Unit]:
    """Classifies blocks, closes up bylines of several lines and puts a credit on a line of its own to its paragraph."""
    units: list[Unit] = []
    for block in blocks:
        unit = _read_unit(block)
        last = units[-1] if units else None
        if last is not None and unit.kind == last.kind == "byline" and unit.blanks == 0 and not _marked(unit.text):
            last.text += f" {unit.text}"
            last.lines += unit.lines
            last.reasons += ["Joined: the byline goes on."]
        elif last is not None and last.kind == "text" and last.credit is None and _is_lone_credit(unit):
            last.text += f" {unit.text}"
            last.lines += unit.lines
            last.reasons += ["Joined: the credit of the text before."]
            last.credit = credit_at_end(last.text)
        else:
            units.append(unit)
    return units


def _marked(text: str) -> bool:
    return not ("\u3400" <= text[0] <= "\u9fff")


def _is_lone_credit(unit: Unit) -> bool:
    return _LONE_CREDIT.match(unit.text) is not None and credit_at_end(f"。{unit.text}") is not None


def _read_unit(block: Block) -> Unit:
    text = block.text
    unit = Unit("text", text, list(block.lines), list(block.reasons), blanks=block.lines[0].blanks)
    if not any(c.isalnum() for c in text):
        unit.kind = "furniture"
    elif len(text) <= 80 and _furniture().match(text):
        unit.kind = "furniture"
    elif _PHOTO.search(text[-12:]) and not is_byline(text) and len(text) < 400 and credit_at_end(text) is None:
        unit.kind = "caption"
    elif _PHOTO_HEAD.match(text) and len(text) < 300:
        unit.kind = "caption"
    elif is_byline(text):
        unit.kind, unit.text = "byline", squeeze_byline(text)
    elif _NOTE.match(text) and len(text) > 12:
        unit.kind = "note"
    elif block.display:
        unit.kind = "head"
    if unit.textual:
        unit.dateline = find_dateline(text)
        unit.credit = credit_at_end(text)
    return unit
