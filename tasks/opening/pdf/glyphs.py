"""The characters of a PDF page's text layer, each with its box, size and font, after what extraction breaks is mended.

What belongs here: reading single characters off PDFium, and mending or refusing what their fonts say wrongly.
What does not: lines (`strips`) and the order in which they are read (`order`).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import pypdfium2.raw as pdfium

from tasks.opening.reasons import UnreadableFileError
from tasks.staging.decode import plausible_share
from warehouse.search.characters import radicals

MOST_CHARACTERS = 400_000
"""Characters of one page; a newspaper's has some ten thousand."""
_DOUBLED = 0.4
"""How far, in its widths, the second print of a character lies from the first where it is printed twice to be bold."""
_UNREADABLE, _IMPLAUSIBLE = 0.1, 0.5
"""Share of characters without a meaning from which a page is refused; share of everyday ones below which it is."""
_FEW = 40
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_AXES = (((1, 0), (0, 1)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0)))
"""Where a line runs to, and where up is, by its quarter turns."""
_DESCENT, _NARROWEST, _LATE, _MOST_INK = 0.12, 0.25, 0.8, 2.6
"""How far a character reaches below its foot; the least room of one; how far its ink stands from where it is put when
it is a later part of one print; ink beyond which its size is not believed."""
_Edges = tuple[float, float, float, float]
_HYPHEN = "\x02"
"""What PDFium gives for a hyphen at a line end."""


@dataclass(slots=True)
class Glyph:
    """One printed character.

    Attributes:
        text: The character; a ligature's letters.
        left: Left edge, in points, along the direction in which it is read.
        right: Right edge.
        top: Upper edge, growing downwards.
        bottom: Lower edge.
        size: Size of its font in points, as printed.
        font: Name of the font.
        direction: Quarter turns anticlockwise of the line it stands in.
        string: Which string of the file it is printed in; 0 where that is not known.
        unseen: Whether it is not printed, but only laid over a picture of it, as OCR does.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str
    direction: int = 0
    string: int = 0
    unseen: bool = False


def read_glyphs(text_page: Any, number: int) -> tuple[list[Glyph], Counter[str]]:
    """Reads the characters of a page.

    Args:
        text_page: PDFium's text page.
        number: The page's number in its file, for the reason of a refusal.

    Returns:
        The characters in the order of the file, and how many were left out or mended, by what was wrong.

    Raises:
        UnreadableFileError: Too many characters, or they mean nothing.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        raise UnreadableFileError(
            f"Page {number} has {count:,} characters, more than the {MOST_CHARACTERS:,} that a page may have: split it."
        )
    changes: Counter[str] = Counter()
    glyphs = list(_mended(_parted(_raw(text_page, count)), changes))
    _refuse_nonsense(glyphs, number)
    return _without_doubles(glyphs, changes), changes


def _raw(text_page: Any, count: int) -> Iterator[Glyph]:
    box, high, about, string = pdfium.FS_RECTF(), 0, (1.0, "", 0, False), None
    for i in range(count):
        if pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            continue
        point = pdfium.FPDFText_GetUnicode(text_page, i)
        if 0xD800 <= point < 0xDC00:
            high = point
            continue
        if 0xDC00 <= point < 0xE000:
            point, high = (0x10000 + ((high - 0xD800) << 10) + (point - 0xDC00), 0) if high else (0xFFFD, 0)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text_page, i) == 1
        printed = pdfium.FPDFText_GetTextObject(text_page, i)
        now = ctypes.cast(printed, ctypes.c_void_p).value
        if now is None or now != string:
            string, about = now, _set(text_page, i, printed)
        text = "\ufffd" if unmapped or point > 0x10FFFF or point == 0 else chr(point)
        size, font, turn, unseen = about
        if font:
            pdfium.FPDFText_GetLooseCharBox(text_page, i, box)
            edges = box.left, box.bottom, box.right, box.top
        else:
            edges = _drawn_box(text_page, i, text, size, turn)
        glyph = _turned(text, edges, size, font, turn)
        glyph.string, glyph.unseen = string or 0, unseen
        yield glyph


def _set(text_page: Any, i: int, printed: Any) -> tuple[float, str, int, bool]:
    """Gives size, font and direction of a character, and whether it is unseen: those of the string it is printed in."""
    matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    pdfium.FPDFText_GetFontInfo(text_page, i, name, 128, flags)
    scale = math.hypot(matrix.c, matrix.d)  # a line may be stretched along its way, which makes it no larger
    size = pdfium.FPDFText_GetFontSize(text_page, i) * scale or 1.0
    unseen = pdfium.FPDFTextObj_GetTextRenderMode(printed) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    return size, name.value.decode("utf-8", "replace"), turn, unseen


def _drawn_box(text_page: Any, i: int, text: str, size: float, turn: int) -> _Edges:
    """Gives the room of a character whose font has no name: its characters are drawings, of which PDFium knows the ink.

    Such fonts (Type 3) are what browsers print. The ink of 一 is no line high; so the room is reckoned from the point
    where the character is put, its size, and whether it is as wide as a Han character.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
    pdfium.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
    ink = left.value, bottom.value, right.value, top.value
    if max(ink[2] - ink[0], ink[3] - ink[1]) > _MOST_INK * size:
        return ink
    along, up = _AXES[turn]
    ends = [(a - x.value) * along[0] + (b - y.value) * along[1] for a in (ink[0], ink[2]) for b in (ink[1], ink[3])]
    start, reach = min(ends) if min(ends) > _LATE * size else 0.0, max(ends)  # the second half of —— printed as one
    wide = text > "\x7f" and unicodedata.east_asian_width(text) in "WFA"
    far = max(reach, start + size * (1.0 if wide else _NARROWEST))
    corners = [
        (x.value + at * along[0] + high * up[0], y.value + at * along[1] + high * up[1])
        for at in (start, far)
        for high in (-_DESCENT * size, (1 - _DESCENT) * size)
    ]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _parted(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Gives each of several characters that are printed as one, such as —— in many fonts, its part of the room."""
    for _, same in groupby(glyphs, key=lambda g: (g.string, g.left, g.right, g.bottom) if g.string else id(g)):
        several = list(same)
        first, wide = several[0].left, (several[0].right - several[0].left) / len(several)
        for n, glyph in enumerate(several):
            if len(several) > 1:
                glyph.left, glyph.right = first + n * wide, first + (n + 1) * wide
            yield glyph


def _turned(text: str, edges: _Edges, size: float, font: str, turn: int) -> Glyph:
    """Turns a character's box so that its line runs from left to right and down is down."""
    x0, y0, x1, y1 = edges
    left, right, top, bottom = (
        (x0, x1, -y1, -y0) if turn == 0 else (y0, y1, x0, x1) if turn == 1 else
        (-x1, -x0, y0, y1) if turn == 2 else (-y1, -y0, -x1, -x0)
    )  # fmt: skip
    return Glyph(text, left, right, top, bottom, size, font, turn)


@cache
def _radicals() -> dict[str, str]:
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | radicals()


def _mended(glyphs: Iterator[Glyph], changes: Counter[str]) -> Iterator[Glyph]:
    """Puts back what the tables of fonts say wrongly: radicals for characters, ligatures, a hyphen at a line end."""
    for glyph in glyphs:
        if glyph.text in _radicals():
            glyph.text = _radicals()[glyph.text]
            changes["radicals read as characters"] += 1
        elif glyph.text in _LIGATURES:
            glyph.text = _LIGATURES[glyph.text]
            changes["ligatures read as letters"] += 1
        elif glyph.text == _HYPHEN:
            glyph.text = "-"
        elif glyph.text < " " or glyph.text in "\u00ad\ufeff\ufffe\uffff":
            if not glyph.text.isspace():
                changes["control characters left out"] += 1
            continue
        yield glyph


def _refuse_nonsense(glyphs: Sequence[Glyph], number: int) -> None:
    printed = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    bad = sum("\ue000" <= text <= "\uf8ff" or text == "\ufffd" or text >= "\U000f0000" for text in printed)
    if bad > _UNREADABLE * len(printed) and bad > 2:
        raise UnreadableFileError(
            f"The fonts of page {number} do not say which characters they print ({bad:,} of {len(printed):,} are "
            "unknown): print the file to PDF anew with embedded Unicode tables, or read it with OCR (ocrmypdf)."
        )
    text = "".join(printed)
    if len(printed) > _FEW and plausible_share(text) < _IMPLAUSIBLE:
        raise UnreadableFileError(
            f"The text layer of page {number} is no Chinese that anybody prints: its fonts name wrong characters. "
            "Print the file to PDF anew, or read it with OCR (ocrmypdf --force-ocr)."
        )


def _without_doubles(glyphs: Sequence[Glyph], changes: Counter[str]) -> list[Glyph]:
    """Leaves out the second print of a character that is printed twice to look bold."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text.isspace():
            kept.append(glyph)
            continue
        reach = max(_DOUBLED * min(glyph.right - glyph.left, glyph.size), 0.1)
        column, row = int(glyph.left // reach), int(glyph.bottom // reach)
        near = [g for a in (-1, 0, 1) for b in (-1, 0, 1) for g in places.get((glyph.text, column + a, row + b), ())]
        if any(abs(g.left - glyph.left) < reach and abs(g.bottom - glyph.bottom) < reach for g in near):
            changes["second prints of bold characters left out"] += 1
            continue
        places.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept
