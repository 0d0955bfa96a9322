"""Draws small PDF pages for the tests, string by string."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tasks.opening.pdf.reader import read_pdf
from tasks.opening.record import PageRecord
from tests.bench.pdf_writer import register_fonts

SONG = "STSong-Light"
Drawn = tuple[float, float, float, str]
"""x, foot from the lower edge, size, text."""


def pdf_of(*pages: Iterable[Drawn], rotate: int = 0, turn: bool = False, **options: str) -> bytes:
    """Draws pages of 600 by 800 points."""
    register_fonts()
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(600, 800), invariant=1, **options)
    for drawn in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        if turn:
            canvas.rotate(90)
            canvas.translate(0, -600)
        for x, y, size, text in drawn:
            canvas.setFont(SONG, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


def read(tmp_path: Path, data: bytes) -> list[PageRecord | str]:
    """Reads the pages of a PDF."""
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    return [found for number, found in read_pdf(path, "0" * 64) if number]


def lines_of(tmp_path: Path, data: bytes) -> list[str]:
    """Gives the printed lines of a PDF of one page."""
    (record,) = read(tmp_path, data)
    assert isinstance(record, PageRecord), record
    return [line.strip() for line in record.text.split("\n") if line.strip()]
