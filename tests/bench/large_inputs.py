"""Opens files as large as they come and says what that took: `python -m tests.bench.large_inputs [--megabytes 500]`.

A PDF of many pages with a picture each, one of a single page with all the pictures, one of a page that prints the same
text again and again; and a page of 100,000 characters as PDF, web page, Word file and text. Of each: pages or the
reason, seconds, the reader's memory.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import docx
from reportlab.pdfgen.canvas import Canvas

from tasks.repair import repair_page
from tasks.staging.decode import read_page
from tasks.staging.opened import opened
from tasks.staging.source import Source
from tests.bench.pdf_writer import register_fonts
from tests.loads.pages import page
from warehouse.storage.folder import DataFolder

_SONG = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


class _Pdf:
    """Writes a PDF object by object, so that one larger than memory can be made."""

    def __init__(self, sink: BinaryIO) -> None:
        self.sink, self.places = sink, [0, 0, 0]  # objects 1 and 2 come last
        sink.write(b"%PDF-1.4\n")

    def add(self, head: bytes, stream: bytes | None = None) -> int:
        self.places.append(self.sink.tell())
        return self._object(len(self.places) - 1, head, stream)

    def _object(self, number: int, head: bytes, stream: bytes | None = None) -> int:
        self.sink.write(b"%d 0 obj\n" % number)
        self.sink.write(head if stream is None else head.replace(b">>", b"/Length %d>>\nstream\n" % len(stream), 1))
        if stream is not None:
            self.sink.write(stream + b"\nendstream")
        self.sink.write(b"\nendobj\n")
        return number

    def end(self, pages: list[int]) -> None:
        kids = b" ".join(b"%d 0 R" % each for each in pages)
        for number, head in (1, b"<</Type/Catalog/Pages 2 0 R>>"), (2, b"<</Type/Pages/Count %d/Kids[%s]>>"):
            self.places[number] = self.sink.tell()
            self._object(number, head % (len(pages), kids) if number == 2 else head)
        table = self.sink.tell()
        self.sink.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self.places))
        self.sink.write(b"".join(b"%010d 00000 n \n" % place for place in self.places[1:]))
        self.sink.write(b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(self.places), table))


def _lines(text: str) -> bytes:
    shown = (line.encode("utf-16-be").hex().encode() for line in text.split("\n"))
    return b"BT /F 10 Tf 40 780 Td 14 TL " + b"".join(b"<%s> Tj T* " % line for line in shown) + b"ET"


def pictured_pdf(path: Path, megabytes: int, pages: int, pictures: int) -> None:
    """Writes a PDF of so many pages with text, and so many pictures of noise on each."""
    dice = random.Random(7)
    side = int((megabytes * 1e6 / (pages * pictures * 3)) ** 0.5)
    with path.open("wb") as sink:
        pdf = _Pdf(sink)
        font, kids = pdf.add(_SONG), []
        for number in range(pages):
            size = b"/Width %d/Height %d" % (side, side)
            head = b"<</Type/XObject/Subtype/Image%s/ColorSpace/DeviceRGB/BitsPerComponent 8>>" % size
            drawn = [pdf.add(head, dice.randbytes(side * side * 3)) for _ in range(pictures)]
            shown = b"".join(b"q 9 0 0 9 %d 20 cm /I%d Do Q " % (20 + n % 50 * 10, n) for n in range(pictures))
            text = pdf.add(b"<<>>", shown + _lines(page(number)))
            names = b"".join(b"/I%d %d 0 R" % (n, each) for n, each in enumerate(drawn))
            held = b"<</Font<</F %d 0 R>>/XObject<<%s>>>>" % (font, names)
            kids.append(
                pdf.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources%s>>" % (text, held))
            )
        pdf.end(kids)


def endless_pdf(path: Path, megabytes: int) -> None:
    """Writes a PDF of one page that prints its text again and again."""
    text = _lines(page(5)) + b"\n"
    with path.open("wb") as sink:
        pdf = _Pdf(sink)
        font = pdf.add(_SONG)
        shown = pdf.add(b"<<>>", text * (megabytes * 1_000_000 // len(text)))
        held = b"<</Font<</F %d 0 R>>>>" % font
        kid = pdf.add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R/Resources%s>>" % (shown, held))
        pdf.end([kid])


def long_text(characters: int) -> str:
    """Makes a page of so many characters."""
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        parts.append(page(len(parts)))
    return "\n\n".join(parts)[:characters]


def long_pdf(path: Path, characters: int) -> None:
    """Writes a PDF of one page in eight columns with so many characters."""
    register_fonts()
    lines = [line[n : n + 30] for line in long_text(characters).split("\n") for n in range(0, max(len(line), 1), 30)]
    tall = -(-len(lines) // 8)
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(2600, 14 * tall + 80))
    canvas.setFont("STSong-Light", 10)
    for n, line in enumerate(lines):
        canvas.drawString(40 + n // tall * 320, 14 * (tall - n % tall) + 20, line)
    canvas.save()
    path.write_bytes(sink.getvalue())


def long_web_page(path: Path, characters: int) -> None:
    """Writes a web page of so many characters."""
    body = "".join(f"<p>{line}</p>" for line in long_text(characters).split("\n"))
    path.write_text(f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}</body></html>", "utf-8")


def long_word_file(path: Path, characters: int) -> None:
    """Writes a Word file of so many characters."""
    document = docx.Document()
    for line in long_text(characters).split("\n"):
        document.add_paragraph(line)
    document.save(str(path))


def look(path: Path) -> str:
    """Opens a file, repairs its pages, and says in a line what that took."""
    began, pages, said, most, repairing = time.monotonic(), 0, "", 0, 0.0
    with TemporaryDirectory() as place:
        for source in opened([Source(str(path), str(path), path)], DataFolder(Path(place)), keep=False):
            pages += source.problem is None
            said = said or source.problem or ""
            before = time.monotonic()
            if source.problem is None:
                text, *_ = read_page(source.data if source.data is not None else path.read_bytes())
                most = max(most, len(text))
                if pages == 1:
                    repair_page(text)
            repairing += time.monotonic() - before
    took = time.monotonic() - began - repairing
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    return (
        f"{path.name:14s} {path.stat().st_size / 1e6:6,.0f} MB: {pages:5,} pages of up to {most:7,} characters, "
        f"{took:5.1f} s and {repairing:4.1f} s to repair the first, reader's memory {memory:.2f} GB {said}"
    )


def _told(path: Path) -> None:
    print(look(path), flush=True)


def _files(place: Path, megabytes: int, characters: int) -> Iterator[Path]:
    makers: dict[str, Callable[[Path], object]] = {
        "pages.pdf": lambda path: pictured_pdf(path, megabytes, 400, 1),
        "page.pdf": lambda path: pictured_pdf(path, megabytes, 1, 40),
        "endless.pdf": lambda path: endless_pdf(path, megabytes),
        "long.pdf": lambda path: long_pdf(path, characters),
        "long.html": lambda path: long_web_page(path, characters),
        "long.docx": lambda path: long_word_file(path, characters),
        "long.txt": lambda path: path.write_text(long_text(characters), "utf-8"),
    }
    for name, make in makers.items():
        make(place / name)
        yield place / name
        (place / name).unlink()


def main() -> None:
    """Prints a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--only", default="", help="files whose names begin so")
    args = parser.parse_args()
    with TemporaryDirectory() as place, suppress(KeyboardInterrupt):
        for path in _files(Path(place), args.megabytes, args.characters):
            if path.name.startswith(args.only):
                apart = multiprocessing.get_context("spawn").Process(target=_told, args=(path,))
                apart.start()
                apart.join()


if __name__ == "__main__":
    main()
