"""Reads a Word file (.docx): every character of its text, a line for each line that was written.

What belongs here: the parts of a Word file. What does not: ZIP bounds (`archives`), what a line is (repair).
Runs only in the reader's own process (`worker`), which can be killed.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tasks.opening.reasons import UnreadableFileError
from tasks.opening.record import PageRecord
from tasks.page import LineSetting

_MOST_PART, _MOST_RATIO = 200_000_000, 300
_MOST_LINES = 200_000
_DELETED = qn("w:del")
_INDENT = "\u3000"
_EDGES = ("", "first_page_", "even_page_")
_NOTES = ("footnotes", "endnotes", "comments")


def read_word(path: Path, digest: str) -> PageRecord:
    """Reads a Word file as one page.

    Args:
        path: The file.
        digest: Its SHA-256.

    Raises:
        UnreadableFileError: It is damaged, empty, or made to fill memory.
    """
    _refuse_bomb(path)
    try:
        document = docx.Document(str(path))
        edges = list(_edge_lines(document))
        lines = [line for each in _paragraphs(document.element.body) for line in _lines(each)]
        notes = _characters_of_notes(document)
    except UnreadableFileError:
        raise
    except Exception:
        raise UnreadableFileError("The Word file is damaged: open it, and save it again as .docx.") from None
    if not any(line.strip() for line in (*lines, *edges)):
        raise UnreadableFileError(
            "The Word file holds no text: if it holds a picture of the page, save that and read it with OCR, for "
            "example `tesseract page.png page -l chi_sim`."
        )
    settings = {n: LineSetting(kind="furniture") for n, line in enumerate(edges, 1) if line.strip()}
    if edges:
        edges.append("")
    changes: Counter[str] = Counter()
    if deleted := sum(
        len("".join(t.text or "" for t in e.iter(qn("w:delText")))) for e in document.element.body.iter(_DELETED)
    ):
        changes["characters of deleted text left out"] = deleted
    if notes:
        changes["characters of footnotes and comments left out"] = notes
    said = _said(document)
    return PageRecord("docx", "\n".join([*edges, *lines]) + "\n", None, digest, settings, changes, None, said)


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                large = info.file_size > 20_000_000 and info.file_size > _MOST_RATIO * max(info.compress_size, 1)
                if info.file_size > _MOST_PART or large:
                    raise UnreadableFileError(
                        "The Word file unpacks to far more than its size, as those do that are made to fill memory: "
                        "save its text anew."
                    )
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError("The Word file is damaged: open it, and save it again as .docx.") from None


def _paragraphs(body: Any) -> Iterator[Any]:
    """Gives the paragraphs in the order of the text: those of tables, boxes and fields as well, each once."""
    seen = 0
    for element in body.iter(qn("w:p")):
        if any(parent.tag.endswith("}Fallback") for parent in element.iterancestors()):
            continue  # the same box again, for older programs
        seen += 1
        if seen > _MOST_LINES:
            raise UnreadableFileError(f"The Word file has more than {_MOST_LINES:,} paragraphs: give one issue a file.")
        yield element


def _lines(paragraph: Any) -> list[str]:
    """Writes a paragraph as lines, a line break of its own beginning a new one."""
    parts = [_first_line_indent(paragraph)]
    for node in paragraph.iter():
        if next((a for a in node.iterancestors() if a.tag == qn("w:p")), None) is not paragraph:
            continue  # a paragraph inside it, which comes by itself
        if node.tag in (qn("w:t"), qn("m:t")):
            parts.append(node.text or "")
        elif node.tag == qn("w:tab"):
            parts.append("\t" if node.getparent().tag == qn("w:r") else "")
        elif node.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
    return "".join(parts).split("\n")


def _first_line_indent(paragraph: Any) -> str:
    indents = list(paragraph.iter(qn("w:ind")))
    if not indents:
        return ""
    chars = indents[0].get(qn("w:firstLineChars"))
    try:
        if chars:
            return _INDENT * min(max(round(int(chars) / 100), 0), 8)
        return _INDENT * 2 if int(indents[0].get(qn("w:firstLine")) or 0) >= 300 else ""
    except ValueError:
        return ""


def _edge_lines(document: Any) -> Iterator[str]:
    """Gives the lines of headers and footers, each once."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (getattr(section, f"{which}{edge}") for edge in ("header", "footer") for which in _EDGES):
            if part.is_linked_to_previous:
                continue
            for paragraph in part._element.iter(qn("w:p")):
                for line in _lines(paragraph):
                    if line.strip() and line not in seen:
                        seen.add(line)
                        yield line


def _characters_of_notes(document: Any) -> int:
    """Counts the characters of the parts of a file that are no text of the page."""
    count = 0
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in _NOTES and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            count += sum(len("".join((node.text or "").split())) for node in root.iter(qn("w:t")))
    return count


def _said(document: Any) -> dict[str, str]:
    try:
        title = str(document.core_properties.title or "").strip()
    except Exception:  # a part that is not there or damaged says nothing
        return {}
    return {"title": title} if title else {}
