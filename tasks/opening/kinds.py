"""What a file is, by its first bytes and not by its name; and what to do with one that is not read.

What belongs here: telling kinds of files apart, and the sentence for each kind that is no page. What does not: reading
them. Whether a text is Chinese, or a table, is told by its characters (`staging/texts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.staging.sidecar import SIDECAR_ENDING

HEAD = 8192
"""Bytes of a file that tell what it is."""
READ = {
    "pdf": "PDF",
    "html": "web page",
    "mhtml": "saved web page",
    "zip": "ZIP",
    "tar": "tar archive",
    "gzip": "gzip archive",
}
"""Kinds that are opened, and what they are called."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is not read.

    Attributes:
        kind: Short name, for counting.
        what: What it is, in words.
        cure: What to do with it.
    """

    kind: str
    what: str
    cure: str

    @property
    def reason(self) -> str:
        """One sentence: what it is, and what to do."""
        return f"The file is {self.what}, not a page's text: {self.cure}."


_OCR = (
    "read it with OCR first, for example `tesseract page.png page -l chi_sim`, and give the text or PDF that comes out"
)
_WORD = "open it and save it as .docx, .pdf or plain text"
_UNPACK = "unpack it, or pack the pages as .zip or .tar.gz"
_EXPORT = "export the page as PDF or plain text"
_LEAVE = "leave it out"


def _image(name: str) -> Kind:
    return Kind("image", f"an image ({name})", _OCR)


_MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", _image("PNG")),
    (0, b"\xff\xd8\xff", _image("JPEG")),
    (0, b"GIF8", _image("GIF")),
    (8, b"WEBP", _image("WebP")),
    (0, b"II*\x00", _image("TIFF")),
    (0, b"MM\x00*", _image("TIFF")),
    (0, b"\x00\x00\x00\x0cjP  ", _image("JPEG 2000")),
    (4, b"ftyphei", _image("HEIC")),
    (4, b"ftypmif1", _image("HEIC")),
    (4, b"ftypavif", _image("AVIF")),
    (0, b"AT&TFORM", Kind("djvu", "a DjVu document", "convert it to PDF with a text layer (`ddjvu`, then OCR)")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind("old office", "an old Office file (.doc, .xls or .ppt)", _WORD)),
    (0, b"{\\rtf", Kind("rtf", "an RTF document", _WORD)),
    (0, b"%!PS", Kind("postscript", "PostScript", "convert it with `ps2pdf`")),
    (0, b"Rar!\x1a\x07", Kind("other archive", "a RAR archive", _UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", Kind("other archive", "a 7-Zip archive", _UNPACK)),
    (0, b"\xfd7zXZ\x00", Kind("other archive", "an xz archive", _UNPACK)),
    (0, b"BZh", Kind("other archive", "a bzip2 archive", _UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", Kind("other archive", "a Zstandard archive", _UNPACK)),
    (0, b"PAR1", Kind("bulk file", "a Parquet file", "give it by name, ending in .parquet")),
    (
        0,
        b"SQLite format 3\x00",
        Kind("database", "an SQLite database", "export its pages as .jsonl with a field `text`"),
    ),
    (8, b"DUCK", Kind("database", "a DuckDB database", "export its pages as .jsonl with a field `text`")),
    (4, b"ftyp", Kind("video", "a video or sound file", _LEAVE)),
    (0, b"ID3", Kind("video", "a video or sound file", _LEAVE)),
    (0, b"RIFF", Kind("video", "a video or sound file", _LEAVE)),
    (0, b"OggS", Kind("video", "a video or sound file", _LEAVE)),
    (0, b"\x1aE\xdf\xa3", Kind("video", "a video or sound file", _LEAVE)),
    (0, b"\x7fELF", Kind("program", "a program", _LEAVE)),
    (0, b"MZ", Kind("program", "a program", _LEAVE)),
    (0, b"wOFF", Kind("font", "a font", _LEAVE)),
    (0, b"wOF2", Kind("font", "a font", _LEAVE)),
    (0, b"\x00\x01\x00\x00\x00", Kind("font", "a font", _LEAVE)),
    (0, b"OTTO", Kind("font", "a font", _LEAVE)),
    (0, b"ttcf", Kind("font", "a font", _LEAVE)),
)
"""Where which bytes stand, and what the file is then; the first that fits counts."""

IN_A_ZIP = {
    "xl/workbook.xml": Kind("spreadsheet", "an Excel file", "save the page's text as .txt, or its records as .jsonl"),
    "ppt/presentation.xml": Kind("presentation", "a PowerPoint file", "export it as PDF"),
    "META-INF/container.xml": Kind("e-book", "an e-book (EPUB)", "convert it to PDF or plain text"),
    "content.xml": Kind("opendocument", "an OpenDocument file", "save it as .docx or .pdf"),
    "classes.dex": Kind("program", "a program", _LEAVE),
    "Document.xml": Kind("ofd", "an OFD document", "convert it to PDF"),
    "OFD.xml": Kind("ofd", "an OFD document", "convert it to PDF"),
}
"""Members of a ZIP by which it is another kind of file."""
WORD_MEMBER = "word/document.xml"

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|article|section|script|style|link|h[1-6]|br|span|font)[\s>/]",
    re.IGNORECASE,
)
_MAIL = re.compile(rb"^(?:mime-version|from|content-type|subject|snapshot-content-location|date):", re.IGNORECASE)
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")
"""A PDF may begin with something else, up to a kilobyte; an archive that holds a PDF has its own mark before it."""
_XML = Kind("xml", "an XML file", _EXPORT)


def kind_of(head: bytes) -> str | Kind:
    r"""Tells what a file is by its first bytes.

    Args:
        head: The first `HEAD` bytes, or all of a shorter file.

    Returns:
        `text`, one of `READ`, or the kind that is not read.

    >>> kind_of(b"%PDF-1.7"), kind_of("本报讯".encode()), kind_of(b"\x89PNG\r\n\x1a\n").kind
    ('pdf', 'text', 'image')
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head[257:262] == b"ustar":
        return "tar"
    for at, magic, kind in _MAGIC:
        if head[at : at + len(magic)] == magic:
            return kind
    if head[:2] == b"BM" and b"\0" in head[:16]:
        return _image("BMP")
    if _LATE_PDF.search(head[:1024]) and not head.lstrip().startswith(b"<"):
        return "pdf"
    return _text_kind(head)


def _text_kind(head: bytes) -> str | Kind:
    if _MAIL.match(head) and b"multipart/related" in head.lower():
        return "mhtml"
    text = _as_text(head).lstrip("\ufeff \t\r\n\f")
    if not text.startswith("<"):
        return "text"
    if _TAG.search(text[:4096]):
        return "html"
    return _XML if text.startswith("<?xml") else "text"


def _as_text(head: bytes) -> str:
    """Reads the first bytes as text that tags can be looked for in, whatever its encoding."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if head[:1] == b"<" and head[1:2] == b"\0":
        return head[: len(head) // 2 * 2].decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace") if head.startswith(b"\xef\xbb\xbf") else head.decode("latin-1")


_HALF_WRITTEN = (".part", ".crdownload", ".tmp", ".partial", ".download", "~")


def aside_by_name(name: str) -> str | None:
    """Tells why a file found in a folder is no page by its name alone; None where its content is to be asked.

    Args:
        name: The file's name without its folder.

    >>> [aside_by_name(name) for name in ("A1.pdf", ".A1.txt", "README.md", "A1.txt.meta.json")]
    [None, 'hidden file', 'read-me', 'sidecar']
    """
    lower = name.lower()
    if lower.endswith(SIDECAR_ENDING):
        return "sidecar"
    if name.startswith((".", "~")) or lower in ("thumbs.db", "desktop.ini"):
        return "hidden file"
    if lower.endswith(_HALF_WRITTEN):
        return "half-written file"
    if lower.startswith(("readme", "license", "licence")):
        return "read-me"
    return None
