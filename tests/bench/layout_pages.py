"""Lays clean articles out as newspapers do, so that repair can be asked for them back.

What belongs here: setting text in columns, and where headlines, bylines, captions and blank lines stand.
What does not: repair itself. Every page is made by a fixed seed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

GOLD = Path(__file__).resolve().parent.parent / "gold"
CLOSING = "，。、；：！？”’）》】%％"
OPENING = "“‘（《【"


@dataclass(frozen=True)
class Style:
    """How a page is set.

    Attributes:
        width: Column width in full-width characters; 0 prints whole paragraphs.
        indent: White space before a paragraph's first line.
        blanks: Where blank lines stand: `between` paragraphs, at `columns`' ends, `both` or `none`.
        kinsoku: What happens to a mark that may not begin a line: `none`, `push` (a character goes down with it) or
            `hang` (it stands in the margin).
        cut_numbers: Whether a number may be cut at a line end.
    """

    width: int
    indent: str = ""
    blanks: str = "none"
    kinsoku: str = "none"
    cut_numbers: bool = True


def set_paragraph(text: str, style: Style) -> list[str]:
    """Breaks a paragraph into the lines of its column."""
    if style.width == 0:
        return [style.indent + text]
    room = 2 * style.width
    lines: list[str] = []
    line, used = style.indent, _units(style.indent)
    at = 0
    while at < len(text):
        take = _unbreakable(text, at, style)
        need = _units(text[at : at + take])
        if used + need > room and line.strip():
            line, at = _finish(line, text, at, style, lines)
            used = _units(line)
            continue
        line += text[at : at + take]
        used += need
        at += take
    lines.append(line)
    return [printed.rstrip() if printed.strip() else printed for printed in lines]


def _unbreakable(text: str, at: int, style: Style) -> int:
    if style.cut_numbers or not (text[at].isascii() and text[at].isalnum()):
        return 1
    end = at
    while end < len(text) and end - at < 16 and text[end].isascii() and (text[end].isalnum() or text[end] in ".%,"):
        end += 1
    return end - at


def _finish(line: str, text: str, at: int, style: Style, lines: list[str]) -> tuple[str, int]:
    """Ends a line before text[at]; gives the start of the next line and how far the text is used."""
    if style.kinsoku == "hang":
        while at < len(text) and text[at] in CLOSING:
            line, at = line + text[at], at + 1
        lines.append(line)
        return "", at
    carried = ""
    if style.kinsoku == "push":
        while at < len(text) and (carried or text[at])[0] in CLOSING and len(line.strip()) > 1:
            line, carried = line[:-1], line[-1] + carried
        while line and line[-1] in OPENING and len(line.strip()) > 1:
            line, carried = line[:-1], line[-1] + carried
    lines.append(line)
    return carried, at


def _units(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)


def set_page(paragraphs: Sequence[str], style: Style, dice: random.Random) -> str:
    """Sets paragraphs one after another in columns of 25 to 60 lines."""
    printed: list[str] = []
    left = dice.randint(25, 60)
    for text in paragraphs:
        for line in set_paragraph(text, style):
            if left == 0:
                left = dice.randint(25, 60)
                if style.blanks in ("columns", "both"):
                    printed.append("")
            printed.append(line)
            left -= 1
        if style.blanks in ("between", "both"):
            printed.append("")
    return "\n".join(printed) + "\n"


@cache
def clean_articles() -> tuple[dict[str, object], ...]:
    """Reads the annotated articles of the press and of the seed pages, each block as its role and text."""
    pages = [*sorted((GOLD / "press" / "gold").glob("*.layout.json")), *sorted((GOLD / "seeds").glob("*.layout.json"))]
    articles = [article for page in pages for article in json.loads(page.read_text("utf-8"))["articles"]]
    return tuple(
        {key: value for key, value in article.items() if key != "doc"}
        | {"blocks": [[block["role"], block["text"]] for block in article["blocks"]]}
        for article in articles
    )


@cache
def clean_paragraphs() -> tuple[str, ...]:
    """Gives the body paragraphs of all annotated articles."""
    return tuple(
        text
        for article in clean_articles()
        for role, text in article["blocks"]  # type: ignore[attr-defined]
        if role == "body" and len(text) > 30
    )


INDENTS = {"two half": "  ", "one full": "\u3000", "two full": "\u3000\u3000"}


def random_style(dice: random.Random, base: Style) -> Style:
    """Varies the width of a style and whether numbers are cut."""
    return replace(base, width=dice.randint(13, 28), cut_numbers=dice.random() < 0.5)
