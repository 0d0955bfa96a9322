"""Reads a saved web page (HTML or MHTML): its visible text line by line, with what is no part of an article marked.

What belongs here: the parts of a web page. What does not: what a line is to an article (repair).
Runs only in the reader's own process (`worker`), which can be killed; nothing is fetched, no script is run.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
import trafilatura.metadata

from tasks.opening.reasons import UnreadableFileError
from tasks.opening.record import PageRecord
from tasks.opening.web_source import decoded, source_of_mhtml
from tasks.page import LineSetting

MOST_BYTES = 30_000_000
_MOST_CHARACTERS, _MOST_DEPTH, _MOST_LINES = 5_000_000, 250, 200_000
_ASK_TRAFILATURA = 2_000_000
"""Characters of a page up to which its main text is asked for; beyond, tags alone tell."""
_SILENT = {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "textarea", "math"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "o:p",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_APART = _HEADINGS | {"article", "section", "blockquote", "table", "ul", "ol", "figure"}
_FURNITURE_TAGS = {"nav", "footer", "aside", "form", "button", "menu"}
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|footer|foot|aside|sidebar|breadcrumbs?|crumbs?|copyright|share|sharing|comments?"
    r"|related|recommend|hot|rank|ad|ads|advert|advertisement|banner|toolbar|pager|pagination|search|login|links"
    r"|friendlink)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINKED = 0.6
"""Share of a block's characters in links from which it is a list of links."""
_SHORT, _ENOUGH = 40, 120
"""Characters of a line that may be furniture outside of the main text; of a main text that is believed."""


@dataclass(slots=True)
class _Block:
    text: str = ""
    linked: int = 0
    furniture: bool = False
    caption: bool = False
    heading: bool = False
    apart: bool = False


@dataclass(slots=True)
class _Walk:
    blocks: list[_Block] = field(default_factory=lambda: [_Block()])
    left_out: Counter[str] = field(default_factory=Counter)
    size: int = 0


def read_web_page(path: Path, digest: str, *, mhtml: bool = False) -> PageRecord:
    """Reads a web page.

    Args:
        path: The file.
        digest: Its SHA-256.
        mhtml: Whether it is a page saved with all its parts in one file.

    Raises:
        UnreadableFileError: It is damaged, too large, or shows no text.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableFileError(f"The web page has more than {MOST_BYTES / 1e6:g} MB: save its text alone.")
    data = path.read_bytes()
    source, encoding = source_of_mhtml(data) if mhtml else decoded(data)
    root = _parsed(source)
    walk = _Walk()
    _visit(root, walk, _Block(), 0)
    blocks = [block for block in walk.blocks if block.text.strip() or not block.text]
    if not any(block.text.strip() for block in blocks):
        raise UnreadableFileError(
            "The web page shows no text without its scripts: open it in a browser, and save it anew or copy its text."
        )
    _mark_outside(blocks, source)
    text, settings = _written(blocks)
    if furniture := sum(len("".join(b.text.split())) for b in blocks if b.furniture):
        walk.left_out["characters of navigation and notices, kept as furniture"] = furniture
    return PageRecord("html", text, None, digest, settings, walk.left_out, None, _said(root, encoding))


def _parsed(source: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(_without_declaration(source).encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise UnreadableFileError("The web page is damaged: save it again.") from None


def _without_declaration(source: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source.lstrip("\ufeff"), count=1)


def _visit(node: Any, walk: _Walk, about: _Block, depth: int) -> None:
    """Goes through an element: `about` says what the elements around it make of its text."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if depth > _MOST_DEPTH:
        raise UnreadableFileError(f"The web page nests its elements more than {_MOST_DEPTH} deep: save its text alone.")
    if not tag or tag in _SILENT or _is_hidden(node):
        count = len("".join("".join(node.itertext()).split())) if tag and tag not in ("script", "style") else 0
        if count:
            walk.left_out[
                "characters that the page does not show" if tag != "head" else "characters of the page's head"
            ] += count
        return
    block = tag not in _INLINE and tag != "br"
    own = _Block(furniture=about.furniture or _is_furniture(node, tag), caption=about.caption or tag == "figcaption")
    own.heading, own.linked = about.heading or tag in _HEADINGS, 1 if about.linked or tag == "a" else 0
    if tag == "br":
        _new_line(walk, own)
    elif block:
        _new_block(walk, own, apart=tag in _APART)
    _add(walk, node.text, own, keep_lines=_keeps_lines(node))
    for child in node:
        _visit(child, walk, own, depth + 1)
        _add(walk, child.tail, own, keep_lines=_keeps_lines(node))
    if tag == "p" and not "".join(node.itertext()).strip():
        _new_line(walk, own)
    if block:
        _new_block(walk, about, apart=tag in _APART)


def _keeps_lines(node: Any) -> bool:
    return node.tag == "pre" or any(a.tag == "pre" for a in node.iterancestors())


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


def _is_furniture(node: Any, tag: str) -> bool:
    if tag in _FURNITURE_TAGS or (node.get("role") or "") in ("navigation", "contentinfo", "search", "complementary"):
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    return tag not in ("html", "body") and bool(_FURNITURE_NAMES.search(names))


def _new_block(walk: _Walk, about: _Block, *, apart: bool) -> None:
    last = walk.blocks[-1]
    if last.text:
        walk.blocks.append(_like(about, apart))
    else:
        walk.blocks[-1] = _like(about, apart or last.apart)
    if len(walk.blocks) > _MOST_LINES:
        raise UnreadableFileError(f"The web page has more than {_MOST_LINES:,} lines: save one issue a file.")


def _new_line(walk: _Walk, about: _Block) -> None:
    if not walk.blocks[-1].text:
        walk.blocks[-1].text = " "  # an empty line
    walk.blocks.append(_like(about, False))


def _like(about: _Block, apart: bool) -> _Block:
    return _Block("", 0, about.furniture, about.caption, about.heading, apart)


def _add(walk: _Walk, text: str | None, about: _Block, *, keep_lines: bool) -> None:
    if not text:
        return
    walk.size += len(text)
    if walk.size > _MOST_CHARACTERS:
        raise UnreadableFileError(f"The web page has more than {_MOST_CHARACTERS:,} characters: save one issue a file.")
    if keep_lines:
        first, *rest = text.split("\n")
        _put(walk.blocks[-1], first, about)
        for line in rest:
            _new_line(walk, about)
            _put(walk.blocks[-1], line, about)
        return
    squeezed = re.sub(r"[ \t\r\n\f]+", " ", text)
    if walk.blocks[-1].text or squeezed.strip(" "):
        _put(walk.blocks[-1], squeezed if walk.blocks[-1].text else squeezed.lstrip(" "), about)


def _put(block: _Block, text: str, about: _Block) -> None:
    block.text += text
    block.furniture |= about.furniture
    block.caption |= about.caption
    block.heading |= about.heading
    if about.linked:
        block.linked += len("".join(text.split()))


def _mark_outside(blocks: list[_Block], source: str) -> None:
    """Marks lists of links, and short lines before and after the main text, as furniture."""
    for block in blocks:
        size = len("".join(block.text.split()))
        if size and block.linked > _LINKED * size and not block.heading:
            block.furniture = True
    main = _main_text(source) if any(block.furniture for block in blocks) else ""
    if len(main) < _ENOUGH:
        return
    inside = [n for n, b in enumerate(blocks) if (t := "".join(b.text.split())) and t[:60] in main]
    if not inside:
        return
    for n, block in enumerate(blocks):
        outside = n < inside[0] or n > inside[-1]
        if outside and not block.heading and 0 < len("".join(block.text.split())) < _SHORT:
            block.furniture = True


def _main_text(source: str) -> str:
    if len(source) > _ASK_TRAFILATURA:
        return ""
    try:
        found = trafilatura.extract(source, favor_recall=True, include_comments=False, include_tables=True, fast=True)
    except Exception:  # whatever it raises on odd pages: tags alone tell then
        return ""
    return "".join((found or "").split())


def _written(blocks: list[_Block]) -> tuple[str, dict[int, LineSetting]]:
    lines: list[str] = []
    settings: dict[int, LineSetting] = {}
    before: _Block | None = None
    for block in blocks:
        if not block.text:
            continue
        text = block.text.rstrip(" \t\r")
        if not text.strip():
            lines.append("")
            continue
        if (
            before is not None
            and lines[-1:] != [""]
            and (block.apart or before.heading or block.furniture != before.furniture)
        ):
            lines.append("")
        lines.append(text.replace("\n", " "))
        kind = "furniture" if block.furniture else "caption" if block.caption else ""
        if kind:
            settings[len(lines)] = LineSetting(kind=kind)
        before = block
    return "\n".join(lines) + "\n", settings


def _said(root: Any, encoding: str) -> dict[str, str]:
    """Reads what the page says about itself in its head."""
    said = {"encoding": encoding}
    try:
        found = trafilatura.metadata.extract_metadata(
            root, date_config={"extensive_search": False, "original_date": True}
        )
    except Exception:  # whatever it raises on odd pages
        return said
    given = {"title": found.title, "published": found.date, "publisher": found.sitename, "url": found.url}
    return said | {key: " ".join(str(value).split())[:500] for key, value in given.items() if value}
