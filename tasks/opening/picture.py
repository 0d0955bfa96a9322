"""Draws a page of a PDF as a picture of a bounded size, to be shown beside what was read from it.

What belongs here: drawing. What does not: which page, and where it is shown. Runs only in the reader's own process.
"""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image

MOST_PIXELS = 4_000_000
MOST_BYTES = 1_500_000
_SCALE = 2.0
_QUALITIES = (80, 60, 40, 20)
DRAWING = f"webp {MOST_PIXELS} {MOST_BYTES} {_SCALE} {_QUALITIES}"
"""How pages are drawn: a picture drawn so already is the same again."""


def draw_page(path: Path, number: int) -> bytes:
    """Draws a page as WebP.

    Args:
        path: The PDF.
        number: The page, from 1.

    Returns:
        A picture of at most `MOST_PIXELS` and, unless it is all noise, `MOST_BYTES`.
    """
    with closing(pypdfium2.PdfDocument(path)) as document:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    drawn = b""
    for quality in _QUALITIES:
        sink = io.BytesIO()
        image.save(sink, "WEBP", quality=quality, method=2)
        drawn = sink.getvalue()
        if len(drawn) <= MOST_BYTES:
            break
    return drawn
