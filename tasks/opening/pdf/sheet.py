"""A PDF page as lines: pieces in reading order become text, with blank lines, indents and each line's setting.

What belongs here: what a cut, a gap and an indent on paper are in the text, and the boxes of its lines.
What does not: finding the pieces (`order`), and what a line is to an article (repair).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tasks.lexicon.grammar import pattern
from tasks.opening.pdf.glyphs import Glyph
from tasks.opening.pdf.order import Piece, read_order
from tasks.opening.pdf.pictures import Box, captions_below
from tasks.opening.pdf.strips import Strip, read_strips
from tasks.page import LineSetting

_WORD_GAP = 0.14
"""White space, in sizes, from which two letters or figures are two words."""
_SPACE = 0.19
"""White space, in sizes, beyond that of the line, from which two characters have a space between them."""
_AUTOMATIC = 0.42
"""The same between a Han character and a letter or figure, which many programs set a quarter apart by themselves."""
_BLANK, _WIDE_BLANK = 0.55, 2.2
"""White space above a line beyond what its lines usually have, in sizes, from which it is one blank line, and two."""
_INDENTED = 0.7
"""Sizes from which a line is indented."""
_MOST_INDENT = 12
_LARGEST_HEAD, _LONGEST_HEAD = 2.0, 90
"""Size, in sizes of the text, and characters that a running head has at most."""
_RUNNING = pattern("issue.running_head")


@dataclass(slots=True)
class SheetLine:
    """One line of the text.

    Attributes:
        text: Indent and characters.
        blanks: Blank lines before it.
        strips: What it was made from.
        part: Number of its piece.
        running: Whether it is a running head or foot.
    """

    text: str
    blanks: int
    strips: list[Strip]
    part: int
    running: bool = False


def read_lines(glyphs: Sequence[Glyph]) -> tuple[list[SheetLine], float]:
    """Puts the characters of a page together to lines in reading order.

    Args:
        glyphs: All characters that count.

    Returns:
        The lines, and the size of the page's text in points.
    """
    turns = Counter(glyph.direction for glyph in glyphs if not glyph.text.isspace())
    sizes = Counter(round(glyph.size * 2) / 2 for glyph in glyphs if not glyph.text.isspace())
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    lines: list[SheetLine] = []
    for turn, _ in turns.most_common():
        strips = read_strips([glyph for glyph in glyphs if glyph.direction == turn])
        heads, text, feet = _running(strips, body)
        pieces = [*heads, *read_order(text, body), *feet]
        usual = _usual([gap for piece in pieces for gap in _gaps(piece.rows)])
        for piece in pieces:
            part = lines[-1].part + 1 if lines else 1
            lines += _piece_lines(piece, part, body, usual, first=not lines)
    return lines, body


def _running(strips: list[Strip], body: float) -> tuple[list[Piece], list[Strip], list[Piece]]:
    """Takes the running head and foot off a page: its first or last row, with a day or a page's label in it."""
    if not strips:
        return [], [], []
    rest = strips
    top, foot = min(s.bottom for s in strips), max(s.bottom for s in strips)
    heads: list[Piece] = []
    feet: list[Piece] = []
    for level, found in ((top, heads), (foot, feet)):
        row = [s for s in rest if abs(s.bottom - level) < 0.8 * s.size and s.size < _LARGEST_HEAD * body]
        others = [s for s in rest if s not in row]
        apart = min((max(o.top - level, level - o.bottom) for o in others), default=99.0)
        if (
            row
            and others
            and apart > 0.4 * body
            and any(_RUNNING.search(s.text) for s in row)
            and sum(len(s.text) for s in row) < _LONGEST_HEAD
        ):
            row.sort(key=lambda s: s.left)
            found += [Piece([[strip]], beside=n > 0, gap=99.0, running=True) for n, strip in enumerate(row)]
            rest = others
    return heads, rest, feet


def _gaps(rows: Sequence[Sequence[Strip]]) -> list[float]:
    return [min(s.top for s in b) - max(s.bottom for s in a) for a, b in pairwise(rows)]


def _piece_lines(piece: Piece, part: int, body: float, page: float, *, first: bool) -> Iterator[SheetLine]:
    """Writes a piece of a column as lines; `page` is the white space that the page's lines have above them."""
    rows = piece.rows
    gaps = _gaps(rows)
    usual = _usual(gaps) if len(gaps) > 2 else page
    margin = _margin(rows)
    for n, row in enumerate(rows):
        size = max(strip.size for strip in row)
        room = piece.gap - page if n == 0 else gaps[n - 1] - usual
        blanks = 2 if room > _WIDE_BLANK * body else 1 if room > _BLANK * min(size, 1.5 * body) else 0
        yield SheetLine(
            _indent(row, margin) + _row_text(row), 0 if first and n == 0 else blanks, row, part, piece.running
        )


def _usual(gaps: Sequence[float]) -> float:
    """Gives the white space that most lines of a piece have above them; with few lines, the least."""
    if not gaps:
        return 0.0
    if len(gaps) < 3:
        return min(gaps)
    return sorted(gaps)[(len(gaps) - 1) // 3]


def _margin(rows: Sequence[Sequence[Strip]]) -> float:
    """Gives the left edge that lines of a piece begin at: the leftmost that two share, else the leftmost."""
    lefts = sorted(row[0].left for row in rows)
    size = rows[0][0].size
    for a, b in pairwise(lefts):
        if b - a < 0.3 * size and a - lefts[0] < 0.6 * size:
            return a
    return lefts[0]


def _indent(row: Sequence[Strip], margin: float) -> str:
    strip = row[0]
    if strip.vertical:
        return ""
    steps = (strip.left - margin) / strip.size
    return "\u3000" * min(round(steps), _MOST_INDENT) if steps >= _INDENTED else ""


def _row_text(row: Sequence[Strip]) -> str:
    parts = [_strip_text(row[0])]
    for before, strip in pairwise(row):
        gap = (strip.left - before.right) / max(before.size, strip.size)
        parts.append("\u3000" * max(1, min(round(gap), 4)))
        parts.append(_strip_text(strip))
    return "".join(parts)


def _strip_text(strip: Strip) -> str:
    """Writes a strip, with a space where two words stand apart without one."""
    glyphs = strip.glyphs
    gaps = [0.0 if strip.vertical else (b.left - a.right) / a.size for a, b in pairwise(glyphs)]
    usual = max(0.0, sorted(gaps)[len(gaps) // 2]) if gaps else 0.0
    parts = [glyphs[0].text]
    for gap, (before, glyph) in zip(gaps, pairwise(glyphs), strict=True):
        apart = not (before.text.isspace() or glyph.text.isspace())
        space = _AUTOMATIC if _are_scripts(before, glyph) else _SPACE
        if apart and (gap > usual + space or (gap > _WORD_GAP and _are_words(before, glyph))):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts).strip()


def _are_words(before: Glyph, glyph: Glyph) -> bool:
    return (
        before.text[-1].isascii() and glyph.text[0].isascii() and before.text[-1].isalnum() and glyph.text[0].isalnum()
    )


def _are_scripts(before: Glyph, glyph: Glyph) -> bool:
    """Tells whether a Han character stands beside a letter or figure."""
    a, b = before.text[-1], glyph.text[0]
    return (a.isascii() != b.isascii()) and a.isalnum() and b.isalnum()


def text_of(lines: Sequence[SheetLine]) -> tuple[str, list[int]]:
    """Writes lines as the text of a page.

    Args:
        lines: In reading order.

    Returns:
        The text, and the 1-based number of each of the lines in it.
    """
    written: list[str] = []
    numbers = []
    for line in lines:
        written += [""] * line.blanks
        written.append(line.text)
        numbers.append(len(written))
    return "\n".join(written) + "\n", numbers


def settings_of(
    lines: Sequence[SheetLine],
    numbers: Sequence[int],
    body: float,
    size: tuple[float, float],
    pictures: Sequence[Box] = (),
) -> dict[int, LineSetting]:
    """Tells how each line is set.

    Args:
        lines: In reading order.
        numbers: Of each of them.
        body: Size of the page's text, in points.
        size: Width and height of the paper, in points.
        pictures: Boxes of its pictures.
    """
    fonts = Counter[str]()
    for line in lines:
        for strip in line.strips:
            if abs(strip.size - body) < 0.5:
                fonts[strip.font] += len(strip.glyphs)
    ranked = [font for font, _ in fonts.most_common()]
    settings: dict[int, LineSetting] = {}
    for line, number in zip(lines, numbers, strict=True):
        largest = max(line.strips, key=lambda strip: len(strip.glyphs))
        if largest.font not in ranked:
            ranked.append(largest.font)
        settings[number] = LineSetting(
            round(largest.size / body, 2),
            ranked.index(largest.font),
            _box(line.strips, size),
            line.part,
            "furniture" if line.running else "",
        )
    for number in captions_below(settings, pictures, body):
        settings[number] = replace(settings[number], kind="caption")
    return settings


def _box(strips: Sequence[Strip], size: tuple[float, float]) -> tuple[float, float, float, float]:
    """Gives the box of a line on the paper as it lies, whatever its text's direction."""
    glyphs = [glyph for strip in strips for glyph in strip.glyphs if not glyph.text.isspace()]
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    top, bottom = min(g.top for g in glyphs), max(g.bottom for g in glyphs)
    turn = glyphs[0].direction
    x0, x1, y0, y1 = (
        (left, right, -bottom, -top) if turn == 0 else (top, bottom, left, right) if turn == 1 else
        (-right, -left, top, bottom) if turn == 2 else (-bottom, -top, -right, -left)
    )  # fmt: skip
    height = size[1]
    return round(x0, 1), round(height - y1, 1), round(x1, 1), round(height - y0, 1)


_DIGITS = re.compile(r"\d+")
_EDGE = 0.12
"""Share of a page's height in which running heads and feet stand."""


def mark_repeated(
    pages: Sequence[tuple[str, Mapping[int, LineSetting], float]],
) -> list[dict[int, LineSetting]]:
    """Marks running heads and feet: lines at one place of several pages' upper or lower edge, but for their figures.

    Args:
        pages: Text, settings and height of the pages of one file.
    """
    seen: Counter[tuple[str, int, int]] = Counter()
    keys: list[dict[int, tuple[str, int, int]]] = []
    for text, settings, height in pages:
        lines = text.split("\n")
        own = {
            number: (_DIGITS.sub("#", "".join(lines[number - 1].split())), round(s.box[0] / 12), round(s.box[1] / 12))
            for number, s in settings.items()
            if s.box is not None and (s.box[1] < _EDGE * height or s.box[3] > (1 - _EDGE) * height)
        }
        seen.update(set(own.values()))
        keys.append(own)
    least = max(3, len(pages) // 2)
    return [
        {n: replace(s, kind="furniture") if n in own and seen[own[n]] >= least else s for n, s in settings.items()}
        for (_, settings, _), own in zip(pages, keys, strict=True)
    ]
