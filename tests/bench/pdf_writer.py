"""Draws one PDF page of a newspaper: looks, fonts, broken lines, columns.

What belongs here: putting characters on the sheet. What does not: which articles stand there (`pdf_pages`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from tests.bench.layout_pages import CLOSING, OPENING

MARGIN = 36.0
CAPTIONS = (
    "图为志愿者在社区广场为老人义诊。 {a} 摄",
    "▲ 新落成的体育馆外景。（{a} 摄）",
    "秋收时节，农机手在田间收割水稻。 本报记者 {a} 摄",
    "孩子们在图书馆里读书。 {a} 摄影报道",
)
PAPERS = ("海湾晨报", "北川日报", "云溪时报")
SECTIONS = ("要闻", "民生", "经济", "文体")


@dataclass
class Look:
    """How a page is set.

    Attributes:
        columns: Columns of the page.
        body: Size of the text in points.
        leading: Distance of its lines in points.
        gutter: White space between columns in points.
        indent: Characters before a paragraph's first line.
        column_width: Width of a column in characters.
        fonts: Of the text, of headlines, of captions.
        order: How the file gives its lines: `as read`, `by line`, `shuffled`, `by character`.
        upright: Whether some headlines stand upright.
        pictures: Whether pictures with captions stand in the text.
    """

    columns: int
    body: float
    leading: float
    gutter: float
    indent: int
    column_width: int
    fonts: tuple[str, str, str]
    order: str
    upright: bool
    pictures: bool


@dataclass
class Sheet:
    """What is printed: strings with their places, from the top."""

    width: float
    drawn: list[tuple[float, float, str, str, float]] = field(default_factory=list)  # x, y of foot, text, font, size
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    height: float = 0.0

    def put(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """Prints a string with its foot at y from the top."""
        self.drawn.append((x, y, text, font, size))
        self.height = max(self.height, y)


@cache
def register_fonts() -> None:
    """Makes the fonts known that every viewer of PDF brings for Chinese."""
    for name in ("STSong-Light", "MSung-Light", "HeiseiKakuGo-W5", "HeiseiMin-W3"):
        pdfmetrics.registerFont(UnicodeCIDFont(name))


def random_look(dice: random.Random, columns: int | None = None) -> Look:
    """Draws how a page is set."""
    body = dice.choice((8.0, 9.0, 9.5, 10.5))
    columns = columns or dice.randint(1, 8)
    width = {1: 38, 2: 26, 3: 20}.get(columns, dice.randint(12, 17))
    return Look(
        columns,
        body,
        body * dice.choice((1.25, 1.4, 1.6)),
        body * dice.choice((1.2, 1.6, 2.2)),
        dice.choice((2, 2, 2, 0)) if columns < 3 else 2,
        width,
        dice.choice(
            (("STSong-Light", "STSong-Light", "STSong-Light"), ("STSong-Light", "MSung-Light", "HeiseiMin-W3"))
        ),
        dice.choice(("as read", "as read", "by line", "shuffled", "by character")),
        columns > 2 and dice.random() < 0.3,
        dice.random() < 0.5,
    )


def break_lines(text: str, room: float, font: str, size: float, indent: int) -> list[str]:
    """Breaks a paragraph at a width in points, marks kept off line beginnings, words and numbers whole."""
    lines: list[str] = []
    line, used = "\u3000" * indent, indent * size
    for token in _tokens(text):
        width = pdfmetrics.stringWidth(token, font, size)
        if used + width > room + 0.01 and line.strip():
            if token[0] in CLOSING:
                carried = line[-1] + token
                lines.append(line[:-1])
            else:
                carried = token
                if line[-1] in OPENING:
                    carried, line = line[-1] + token, line[:-1]
                lines.append(line)
            line, used = carried, pdfmetrics.stringWidth(carried, font, size)
        else:
            line, used = line + token, used + width
    return [*lines, line]


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + 1
        if text[at].isascii() and text[at].isalnum():
            while (
                end < len(text)
                and end - at < 14
                and text[end].isascii()
                and (text[end].isalnum() or text[end] in ".%,")
            ):
                end += 1
        yield text[at:end]
        at = end


class Writer:
    def __init__(self, look: Look, dice: random.Random) -> None:
        self.look, self.dice = look, dice
        self.wide = look.column_width * look.body + 0.5
        page = 2 * MARGIN + look.columns * self.wide + (look.columns - 1) * look.gutter
        self.sheet = Sheet(page)
        self.furniture: list[str] = []

    def x_of(self, column: int) -> float:
        return MARGIN + column * (self.wide + self.look.gutter)

    def span(self, columns: int) -> float:
        return columns * self.wide + (columns - 1) * self.look.gutter

    def running_head(self) -> float:
        look, dice = self.look, self.dice
        parts = [dice.choice(PAPERS), "2026年11月26日 星期四", f"A0{dice.randint(1, 9)}版 {dice.choice(SECTIONS)}"]
        x = MARGIN
        for part in parts[: 3 if look.columns > 1 else 2]:
            self.sheet.put(x, MARGIN, part, look.fonts[1], 11)
            self.furniture.append(part)
            x += max(self.span(look.columns) / 3, 180)
        return MARGIN + 26

    def article(self, source: dict[str, Any], column: int, columns: int, top: float) -> float:
        """Prints an article and gives the height at which it ends."""
        look = self.look
        x, y = self.x_of(column), top
        if (
            look.upright
            and columns > 1
            and not source["deck"]
            and len(source["headline"]) <= 20
            and self.dice.random() < 0.5
        ):
            return self._upright(source, column, columns, top)
        y = self._heading(source, x, self.span(columns), y)
        return self._text(source, [self.x_of(column + k) for k in range(columns)], y + look.body)

    def _heading(self, source: dict[str, Any], x: float, room: float, y: float) -> float:
        look = self.look
        big = look.body * self.dice.choice((2.0, 2.4, 3.0)) if room > 20 * look.body else look.body * 1.7
        if source["kicker"]:
            for line in break_lines(source["kicker"], room, look.fonts[1], look.body * 1.35, 0):
                y += look.body * 1.35 * 1.3
                self.sheet.put(x, y, line, look.fonts[1], look.body * 1.35)
            y += look.body * 0.6
        for half in source["headline"].split(" ") if " " in source["headline"] else [source["headline"]]:
            for line in break_lines(half, room, look.fonts[1], big, 0):
                y += big * 1.2
                middle = x + (room - pdfmetrics.stringWidth(line, look.fonts[1], big)) / 2
                self.sheet.put(middle if room > 30 * look.body else x, y, line, look.fonts[1], big)
        for deck in source["deck"]:
            y += look.body * 0.5
            for line in break_lines(deck, room, look.fonts[1], look.body * 1.4, 0):
                y += look.body * 1.4 * 1.25
                self.sheet.put(x, y, line, look.fonts[1], look.body * 1.4)
        return y

    def _upright(self, source: dict[str, Any], column: int, columns: int, top: float) -> float:
        """Prints the headline upright in the first column's place, the text beside it."""
        look, size = self.look, self.look.body * 2.2
        halves = source["headline"].split(" ")
        x = self.x_of(column) + size * 1.3 * (len(halves) - 1)
        foot = top
        for half in halves:
            y = top + look.body
            for char in half:
                y += size * 1.1
                self.sheet.put(x, y, char, look.fonts[1], size)
            foot, x = max(foot, y), x - size * 1.3
        return max(foot, self._text(source, [self.x_of(column + k) for k in range(1, columns)], top + look.body))

    def _text(self, source: dict[str, Any], lefts: Sequence[float], top: float) -> float:
        """Fills columns of one height with an article's byline and text."""
        look = self.look
        items: list[tuple[str, str, float, float]] = []  # text, font, size, height
        if source["byline"]:
            items += [
                (line, look.fonts[0], look.body, look.leading * 1.3)
                for line in break_lines(source["byline"], self.wide, look.fonts[0], look.body, 0)
            ]
        for role, text in source["blocks"]:
            if role == "caption":
                continue
            if role == "subhead":
                items += [
                    (line, look.fonts[1], look.body * 1.2, look.leading * 1.5)
                    for line in break_lines(text, self.wide, look.fonts[1], look.body * 1.2, 0)
                ]
                continue
            indent = look.indent
            lines = break_lines(text, self.wide, look.fonts[0], look.body, indent)
            items += [(line, look.fonts[0], look.body, look.leading) for line in lines]
        captions = [text for role, text in source["blocks"] if role == "caption"]
        picture = (
            look.body * 9
            + sum(
                len(break_lines(c, self.wide, look.fonts[2], look.body * 0.85, 0)) * look.body * 1.15 for c in captions
            )
            + 10
        )
        total = sum(height for *_, height in items) + (picture if captions else 0)
        deep = total / len(lefts) + look.leading
        column, y = 0, top
        foot = top
        where = len(items) // 2 if captions else -1
        for n, (text, font, size, height) in enumerate(items):
            if y + height - top > deep + 0.1 and column + 1 < len(lefts):
                column, y = column + 1, top
            if n == where:
                y = self._picture(captions, lefts[column], y)
            y += height
            self.sheet.put(lefts[column], y, text, font, size)
            foot = max(foot, y)
        return foot

    def _picture(self, captions: Sequence[str], x: float, y: float) -> float:
        look = self.look
        self.sheet.boxes.append((x, y + 6, self.wide, look.body * 7))
        y += look.body * 8 + 4
        for caption in captions:
            for line in break_lines(caption, self.wide, look.fonts[2], look.body * 0.85, 0):
                y += look.body * 1.15
                self.sheet.put(x, y, line, look.fonts[2], look.body * 0.85)
        return y + look.body
