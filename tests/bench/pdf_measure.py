"""Reads PDF pages laid out from annotated articles and compares: `python -m tests.bench.pdf_measure --pages 60`.

Prints paragraphs F1 and articles B³ of the pages read as PDF, and of the same pages as the plain text that
`pdftotext` (where it is installed) and PDFium give.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from tasks.opening.pdf.reader import read_pdf
from tasks.opening.record import PageRecord
from tasks.page import RepairedPage
from tasks.repair import repair_page
from tests.bench.layout_measure import FIELDS, compared
from tests.bench.pdf_pages import Draw, compose_pdf
from tests.bench.pdf_producers import by_chromium, by_typst
from tests.browser import start_browser
from tests.score.reading import repaired
from tests.score.tally import Tally

Read = tuple[str, RepairedPage]
"""The text as one way of reading gives it, and the page repaired from it."""


def read_as_pdf(path: Path) -> Read:
    """Reads a page by its boxes and fonts."""
    record = next(found for number, found in read_pdf(path, "") if number)
    assert isinstance(record, PageRecord), record
    return record.text, repair_page(record.text, record.settings)


def read_by_pdfium(path: Path) -> Read:
    """Reads a page as the text that PDFium gives."""
    with pypdfium2.PdfDocument(path) as document:
        return _repaired(document[0].get_textpage().get_text_bounded())


def read_by_pdftotext(path: Path) -> Read:
    """Reads a page as the text that `pdftotext` gives."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return _repaired(done.stdout)


def _repaired(text: str) -> Read:
    return text, repaired(text)


@contextmanager
def _producer(name: str) -> Iterator[Draw | None]:
    if name == "typst":
        yield by_typst
    elif name == "chromium" and (browser := start_browser()) is not None:
        try:
            yield by_chromium(browser)
        finally:
            browser.driver.quit()
    else:
        yield None


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--columns", type=int, default=None)
    parser.add_argument("--producer", choices=("reportlab", "chromium", "typst"), default="reportlab")
    parser.add_argument("--each", action="store_true", help="a line for each page as well")
    args = parser.parse_args()
    ways: dict[str, Callable[[Path], Read]] = {"as PDF": read_as_pdf, "PDFium's text": read_by_pdfium}
    if shutil.which("pdftotext"):
        ways["pdftotext"] = read_by_pdftotext
    tallies = {name: Tally() for name in ways}
    with TemporaryDirectory() as folder, _producer(args.producer) as draw:
        for number in range(args.pages):
            data, layout = compose_pdf(number, args.seed, args.columns, draw=draw)
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(data)
            for name, read in ways.items():
                own = compared(*read(path), layout).tally
                tallies[name].take(own)
                if args.each and name == "as PDF":
                    print(f"{number:4d} paragraphs {own.f1('paragraphs'):.3f} articles {own.articles():.3f}")
    for name, tally in tallies.items():
        print(f"{name:14s} paragraphs F1 {tally.f1('paragraphs'):.4f}, articles B3 {tally.articles():.4f}", end="")
        print(f", authors F1 {tally.f1('authors'):.4f}, roles {tally.share('role'):.4f}", end="")
        print("".join(f", {name} {tally.share(name):.4f}" for name in FIELDS))


if __name__ == "__main__":
    main()
