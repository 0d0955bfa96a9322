"""Makes the pages of articles: the text as a reader wants it, and the raw lines it was made from.

What belongs here: what a worker does with a block of documents. What does not: which are made (`articles`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from flows.report.all_figures import write_figures
from flows.report.marking import line_of_each, marked_text
from flows.report.rendering import render
from flows.report.search import article_entries, write_shard
from flows.report.site import Site
from flows.report.wording import both, escaped, labels
from tasks.raw import raw_lines
from warehouse.report.articles import Parts
from warehouse.report.rows import grouped, unpacked
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""Rows by the article that they belong to."""

_TEXT = ("body", "subhead", "caption", "note")


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring documents, with what must be made of them.

    Attributes:
        name: Its name.
        heads: What is printed above each article, in order; those of a document together.
        stale: Articles whose page is new or changed.
        found: Whether to write the files in which its articles and figures are found.
    """

    name: str
    heads: list[Row]
    stale: frozenset[str]
    found: bool

    @property
    def is_stale(self) -> bool:
        """Whether anything is to be made."""
        return self.found or bool(self.stale)

    @property
    def wanted(self) -> list[str]:
        """The articles of which the parts are needed."""
        return [head["article_id"] for head in self.heads if self.found or head["article_id"] in self.stale]


def article_page(head: Row) -> str:
    """Names the page of an article.

    Args:
        head: With `article_id`.
    """
    return f"articles/{head['article_id']}.html"


def write_blocks(site: Site, blocks: Sequence[Block], parts: Parts, folder: DataFolder) -> None:
    """Writes the pages of articles, and the files in which they and their figures are found.

    Args:
        site: The report.
        blocks: What to make.
        parts: What stands in their articles.
        folder: The data directory, for the raw pages.
    """
    paragraphs, figures, names = (
        grouped(unpacked(part), "article_id") for part in (parts.paragraphs, parts.figures, parts.names)
    )
    for block in blocks:
        _write_pages(site, block, paragraphs, figures, names, folder)
        if block.found:
            write_figures(site, block.name, block.heads, figures)
            write_shard(site, block.name, article_entries(block.heads, paragraphs, figures))


def _write_pages(site: Site, block: Block, paragraphs: Rows, figures: Rows, names: Rows, folder: DataFolder) -> None:
    for document_id, some in groupby(block.heads, key=lambda head: head["document_id"]):
        heads = list(some)
        if not any(head["article_id"] in block.stale for head in heads):
            continue
        lines = raw_lines(folder, document_id)
        links = [_link(head) for head in heads]
        for head in heads:
            own = head["article_id"]
            if own in block.stale:
                beside = Markup("".join(link for link, other in zip(links, heads, strict=True) if other is not head))
                parts = (paragraphs.get(own, ()), figures.get(own, ()), names.get(own, ()))
                site.write(article_page(head), _page(head, beside, *parts, lines))


def _link(head: Row) -> str:
    said = escaped(head["headline"]) if head["headline"] else both("no_headline")
    return f'<li><a href="../{article_page(head)}">{said}</a></li>'


def _page(
    head: Row,
    beside: Markup,
    paragraphs: Sequence[Row],
    figures: Sequence[Row],
    names: Sequence[Row],
    lines: Sequence[str],
) -> str:
    told, named = grouped(figures, "paragraph_id"), grouped(names, "paragraph_id")
    printed: dict[str, Sequence[int]] = {}
    marked = []
    for paragraph in paragraphs:
        own = paragraph["paragraph_id"]
        some = told.get(own, [])
        owners = line_of_each(paragraph["text"], paragraph["lines"], lines) if some else []
        for figure in some:
            on = sorted(set(owners[figure["start_char"] : figure["end_char"]]))
            printed[figure["metric_id"]] = on or paragraph["lines"]
        if paragraph["role"] in _TEXT:
            text = marked_text(paragraph["text"], some, named.get(own, []))
            marked.append(_paragraph(paragraph["role"], own, text))
    numbers = sorted({number for paragraph in paragraphs for number in paragraph["lines"]})
    return render(
        article_page(head),
        "article",
        head["headline"] or both("no_headline"),
        title=head["headline"] or labels()["no_headline"][0],
        article=head,
        beside=beside,
        text=Markup("".join(marked)),
        raw=_raw([(number, lines[number - 1]) for number in numbers if number <= len(lines)]),
        figures=figures,
        printed=printed,
        read_twice=any(figure["second_reader"] or figure["checked_by"] for figure in figures),
        menu_page="",
    )


def _paragraph(role: str, paragraph_id: str, marked: str) -> str:
    anchor = escaped(paragraph_id.split(".", 1)[1])
    if role == "subhead":
        return f'<h2 id="{anchor}">{marked}</h2>\n'
    return f'<p class="{role}" id="{anchor}">{marked}</p>\n'


def _raw(lines: list[tuple[int, str]]) -> Markup:
    return Markup("".join(f'<li value="{number}" id="L{number}">{escaped(line)}</li>' for number, line in lines))
