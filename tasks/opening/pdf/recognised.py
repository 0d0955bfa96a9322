"""Sizes of text that OCR laid, unseen, over a picture of the page: its boxes are as rough as the ink that it saw.

What belongs here: making the sizes of such a page even. What does not: text that is printed (`glyphs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from tasks.opening.pdf.glyphs import Glyph

_FEWEST = 4
"""Han characters of a line whose widths tell its size; that of a shorter one is told by its height."""
_SAME, _STEPS = 0.15, 5
"""Difference, in sizes of the text, up to which a line is text; parts of that size which others are rounded to."""


def even_sizes(glyphs: Sequence[Glyph]) -> None:
    """Gives the lines of recognised text the size that they were most likely set in.

    Args:
        glyphs: Characters of a page, in the order of the file; those that are printed are left alone.
    """
    lines = list(_lines(glyph for glyph in glyphs if glyph.unseen))
    sizes = [_size(line) for line in lines]
    text = median([size for line, size in zip(lines, sizes, strict=True) for _ in line]) if lines else 1.0
    for line, size in zip(lines, sizes, strict=True):
        even = text if abs(size - text) < _SAME * text else round(_STEPS * size / text) / _STEPS * text
        for glyph in line:
            glyph.size = even or text


def _lines(glyphs: Iterator[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and (glyph.left < line[-1].left or abs(glyph.bottom - line[-1].bottom) > 0.5 * line[-1].size):
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _size(line: Sequence[Glyph]) -> float:
    wide = [glyph.right - glyph.left for glyph in line if "\u3400" <= glyph.text[0] <= "\u9fff"]
    return median(wide) if len(wide) >= _FEWEST else median(glyph.size for glyph in line)
