"""Draws laid-out pages by other programs than reportlab: Chromium and Typst, with fonts embedded in the file.

What belongs here: the same strings at the same places, as another program writes them. What does not: where they stand
(`pdf_writer`). Both use the Noto fonts for Chinese that the tests of the browser need anyway.
"""

from __future__ import annotations

import random
from base64 import b64decode
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.pdfbase import pdfmetrics

from tests.bench.pdf_pages import Draw
from tests.bench.pdf_writer import MARGIN, Writer
from tests.browser import Browser

_FAMILIES = {
    "STSong-Light": "Noto Serif CJK SC",
    "MSung-Light": "Noto Sans CJK SC",
    "HeiseiMin-W3": "Noto Serif CJK JP",
}
_TYPST_LINE = """#let line(x, y, font, size, weight, wide, count, said) = place(top + left, dx: x, dy: y, context {
  let own = measure(text(font: font, size: size, weight: weight, tracking: 0.001pt, box(said))).width
  text(font: font, size: size, weight: weight, tracking: (wide - own) / count, box(said))
})"""


def printed(browser: Browser, page: str) -> bytes:
    """Prints a web page to PDF.

    Args:
        browser: A started one.
        page: Its source.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, "utf-8")
        browser.open(path)
        asked = {"preferCSSPageSize": True, "printBackground": True}
        return b64decode(browser.driver.execute_cdp_cmd("Page.printToPDF", asked)["data"])


def by_chromium(browser: Browser) -> Draw:
    """Has pages printed by Chromium, which embeds the used part of each font and a table of its characters.

    Args:
        browser: A started one.
    """

    def draw(writer: Writer, _: random.Random) -> bytes:
        sheet, look = writer.sheet, writer.look
        tall = sheet.height + MARGIN
        texts = "".join(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" font-family="{_FAMILIES[font]}"'
            f' font-weight="{_weight(font, look.fonts)}" xml:space="preserve"{_as_wide(text, font, size)}>'
            f"{escape(text)}</text>"
            for x, y, text, font, size in sheet.drawn
        )
        boxes = "".join(f'<rect x="{x}" y="{y}" width="{w}" height="{h}"/>' for x, y, w, h in sheet.boxes)
        size = f"{sheet.width:.1f}pt {tall:.1f}pt"
        page = (
            f"<!doctype html><meta charset=utf-8><style>@page {{ size: {size}; margin: 0 }} body {{ margin: 0 }}"
            f" svg {{ display: block; width: {sheet.width:.1f}pt; height: {tall - 1:.1f}pt }}</style>"
            f'<svg viewBox="0 0 {sheet.width:.1f} {tall - 1:.1f}">{texts}{boxes}</svg>'
        )
        return printed(browser, page)

    return draw


def by_typst(writer: Writer, _: random.Random) -> bytes:
    """Has a page set by Typst (`pip install 'broadsheet[bench]'`), which no test needs."""
    import typst  # type: ignore[import-not-found]

    sheet = writer.sheet
    lines = [f"#set page(width: {sheet.width:.1f}pt, height: {sheet.height + MARGIN:.1f}pt, margin: 0pt)"]
    lines.append('#set text(top-edge: "baseline", bottom-edge: "baseline", lang: "zh")')
    lines.append(_TYPST_LINE)
    lines += [
        f'#line({x:.2f}pt, {y:.2f}pt, "{_FAMILIES[font]}", {size}pt, {_weight(font, writer.look.fonts)}, '
        f'{pdfmetrics.stringWidth(text, font, size):.2f}pt, {len(text)}, "{_quoted(text)}")'
        for x, y, text, font, size in sheet.drawn
    ]
    lines += [
        f"#place(top + left, dx: {x}pt, dy: {y}pt, rect(width: {w}pt, height: {h}pt, fill: black))"
        for x, y, w, h in sheet.boxes
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.typ"
        path.write_text("\n".join(lines), "utf-8")
        return bytes(typst.compile(str(path)))


def _as_wide(text: str, font: str, size: float) -> str:
    """Spaces a line with figures or letters in it as wide as it was set, so that no column runs over."""
    if not any("0" <= char <= "z" for char in text):
        return ""
    return f' textLength="{pdfmetrics.stringWidth(text, font, size):.2f}" lengthAdjust="spacing"'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _weight(font: str, fonts: tuple[str, str, str]) -> int:
    return 700 if font == fonts[1] != fonts[0] else 400
