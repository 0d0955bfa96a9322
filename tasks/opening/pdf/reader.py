"""Reads a PDF page by page; what can't be read says why in a sentence.

What belongs here: opening the file, and the order of the steps for a page. What does not: the steps.
Runs only in the reader's own process (`worker`), which can be killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tasks.opening.pdf.glyphs import read_glyphs
from tasks.opening.pdf.pictures import picture_boxes
from tasks.opening.pdf.recognised import even_sizes
from tasks.opening.pdf.sheet import mark_repeated, read_lines, settings_of, text_of
from tasks.opening.reasons import UnreadableFileError
from tasks.opening.record import PageRecord

MOST_PAGES = 2_000
_HELD = 64
"""Pages whose running heads are compared with each other."""
_OCR = "read it with OCR first, for example `ocrmypdf -l chi_sim in.pdf out.pdf`"
_PASSWORD = 4
"""PDFium's error code of a file that wants a password."""


def read_pdf(path: Path, digest: str) -> Iterator[tuple[int, PageRecord | str]]:
    """Goes through the pages of a PDF, what all its pages have at their edges marked as furniture.

    Args:
        path: The file.
        digest: Its SHA-256.

    Yields:
        The page's number, and its record or the reason why it can't be read; first, 0 for each page that was read.

    Raises:
        UnreadableFileError: The file as a whole can't be read.
    """
    held: list[tuple[int, PageRecord | str]] = []
    for number, found in _pages(path, digest):
        held.append((number, found))
        if len(held) < _HELD:
            yield 0, ""
            continue
        yield from _with_running_heads(held)
        held = []
    yield from _with_running_heads(held)


def _with_running_heads(held: list[tuple[int, PageRecord | str]]) -> Iterator[tuple[int, PageRecord | str]]:
    records = [found for _, found in held if isinstance(found, PageRecord)]
    marked = iter(mark_repeated([(r.text, r.settings, r.size[1] if r.size else 0.0) for r in records]))
    for number, found in held:
        yield number, replace(found, settings=next(marked)) if isinstance(found, PageRecord) else found


def _pages(path: Path, digest: str) -> Iterator[tuple[int, PageRecord | str]]:
    """Goes through the pages of a PDF as each stands by itself.

    Args:
        path: The file.
        digest: Its SHA-256.

    Yields:
        The page's number, and its record or the reason why it can't be read.

    Raises:
        UnreadableFileError: The file as a whole can't be read.
    """
    with closing(_opened(path)) as document:
        count = len(document)
        if not count:
            raise UnreadableFileError("The PDF has no page: it is damaged or was never finished; export it again.")
        if count > MOST_PAGES:
            raise UnreadableFileError(f"The PDF has {count:,} pages, more than {MOST_PAGES:,}: split it into issues.")
        for number in range(1, count + 1):
            try:
                yield number, _read_page(document, number, digest)
            except UnreadableFileError as error:
                yield number, str(error)
            except pypdfium2.PdfiumError as error:
                yield number, f"Page {number} of the PDF is damaged ({str(error).rstrip('.')[:120]}): export it again."


def _opened(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise UnreadableFileError(
                "The PDF is locked with a password: save a copy without one (`qpdf --decrypt in.pdf out.pdf`)."
            ) from None
        raise UnreadableFileError("The PDF is damaged and can't be opened: export or download it again.") from None


def _read_page(document: Any, number: int, digest: str) -> PageRecord | str:
    page = document[number - 1]
    try:
        text_page = page.get_textpage()
        try:
            glyphs, changes = read_glyphs(text_page.raw, number)
            even_sizes(glyphs)
        finally:
            text_page.close()
        if not any(not glyph.text.isspace() for glyph in glyphs):
            return _why_no_text(page, number)
        size = _paper(page)
        lines, body = read_lines(glyphs)
        text, numbers = text_of(lines)
        settings = settings_of(lines, numbers, body, size, picture_boxes(page, size))
        return PageRecord("pdf", text, number, digest, settings, changes, size)
    finally:
        page.close()


def _paper(page: Any) -> tuple[float, float]:
    """Gives the paper's size as its content lies on it, before the viewer turns it."""
    width, height = page.get_size()
    return (
        (round(width, 1), round(height, 1)) if page.get_rotation() in (0, 180) else (round(height, 1), round(width, 1))
    )


def _why_no_text(page: Any, number: int) -> str:
    pictures = any(
        pdfium.FPDFPageObj_GetType(o.raw) == pdfium.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=2)
    )
    if pictures:
        return f"Page {number} of the PDF is a picture without a text layer: {_OCR}."
    if any(True for _ in page.get_objects(max_depth=1)):
        return f"Page {number} of the PDF has its characters drawn as outlines, without a text layer: {_OCR}."
    return f"Page {number} of the PDF is empty: leave it out."
