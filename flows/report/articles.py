"""Writes the report's lists of articles by month of issue, and hands out the articles' pages in blocks of documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zlib import crc32

from flows.report.article_pages import Block, article_page, write_blocks
from flows.report.hands import Hands
from flows.report.notes import digest_of
from flows.report.printed_pages import draw_printed_pages
from flows.report.rendering import PER_PAGE, sheets
from flows.report.site import Site
from flows.report.wording import both
from warehouse.report.articles import article_parts
from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]
_FEWEST = 16
"""Documents of a block on the average, where the report has few."""

_AT_A_TIME = 1200
"""Articles that a worker is given at a time, or one block of more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The articles of a report.

    Attributes:
        heads: What is printed above each, newest first.
        blocks: The same in blocks, with what must be made of them.
    """

    heads: list[Row]
    blocks: list[Block]

    @property
    def stale(self) -> int:
        """How many articles have no page yet as it should be."""
        return sum(len(block.stale) for block in self.blocks)


def list_articles(site: Site, folder: DataFolder, heads: list[Row]) -> Listed:
    """Writes the lists of articles, and finds out which of their pages are new or changed.

    Args:
        site: The report.
        folder: The data directory, for the printed pages.
        heads: What is printed above each article, newest first.
    """
    site.articles = len(heads)
    _write_lists(site, heads)
    pictures = draw_printed_pages(site, folder, heads)
    by_document = {own: list(some) for own, some in groupby(heads, key=lambda head: head["document_id"])}
    blocks = [
        _block(site, name, {own: by_document[own] for own in documents}, pictures)
        for name, documents in blocks_of(list(by_document))
    ]
    return Listed(heads, blocks)


def give_articles(con: Connection, hands: Hands, folder: DataFolder, blocks: Sequence[Block]) -> None:
    """Hands out what is new or changed of the articles' pages and of the files in which they are found.

    Args:
        con: The warehouse, with the report's articles chosen and noted.
        hands: Who makes the pages.
        folder: The data directory, for the raw pages.
        blocks: The articles.
    """
    waiting: list[Block] = []
    for block in blocks:
        if block.is_stale:
            waiting.append(block)
        if sum(len(block.wanted) for block in waiting) >= _AT_A_TIME:
            _give(con, hands, folder, waiting)
            waiting = []
    _give(con, hands, folder, waiting)


def _block(site: Site, name: str, documents: dict[str, list[Row]], pictures: dict[str, str]) -> Block:
    """Says what of a block must be made anew."""
    heads = [head | {"picture": pictures.get(own)} for own, some in documents.items() for head in some]
    digests = [head["digest"] for head in heads]
    drawn = [(own, pictures.get(own)) for own in documents]
    stale = set()
    if not site.are_fresh(f"articles/{name}/", [article_page(head) for head in heads], digests, drawn):
        for own, some in documents.items():
            content = digest_of([head["digest"] for head in some])
            for head in some:
                if not site.is_fresh(article_page(head), head["digest"], content, pictures.get(own)):
                    stale.add(head["article_id"])
    found, figures = site.is_fresh_folder(f"search/{name}/", digests), site.is_fresh(f"figures/{name}.js", digests)
    return Block(name, heads, frozenset(stale), not (found and figures))


def _give(con: Connection, hands: Hands, folder: DataFolder, blocks: list[Block]) -> None:
    if not blocks:
        return
    wanted = [own for block in blocks for own in block.wanted]
    shown = [own for block in blocks for own in block.stale]
    hands.give(write_blocks, blocks, article_parts(con, wanted, shown), folder)


def blocks_of(document_ids: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Cuts documents into blocks of neighbours, so that one document more changes one block and leaves the others.

    A block ends at a document whose id says so, whatever stands around it, and has the name of that document; one that
    grows too long is cut as well.

    Args:
        document_ids: All of them, in their order.

    Yields:
        Name of a block, its documents.

    >>> [len(block) for _, block in blocks_of([f"d{n}" for n in range(100)])]
    [1, 10, 17, 11, 8, 13, 12, 13, 15]
    """
    size = _FEWEST
    while size * size * 2 <= len(document_ids):
        size *= 2
    block: list[str] = []
    for own in document_ids:
        block.append(own)
        if crc32(own.encode()) % size == 0 or len(block) == 2 * size:
            yield own, block
            block = []
    if block:
        yield "rest", block


def _write_lists(site: Site, heads: list[Row]) -> None:
    """Writes the newest articles, and below them all by the month of their issue, as a newspaper's archive is."""
    months: dict[str, list[Row]] = {}
    for head in heads:  # gathered, not cut: a page of which only the year is known stands amid those of January
        months.setdefault((head["issued"] or "")[:7], []).append(head)
    pages = {month: f"articles-{month or 'undated'}.html" for month in months}
    by_year: dict[str, list[tuple[str, str, int]]] = {}
    for month, some in months.items():
        by_year.setdefault(month[:4], []).append((month, pages[month], len(some)))
    years = list(by_year.items()) if len(heads) > PER_PAGE else []
    shown = sheets("articles.html", heads[:PER_PAGE])[0]
    site.page("articles.html", "articles", both("articles"), sheet=shown, years=years, month=None)
    for month, some in months.items() if years else ():
        for sheet in sheets(pages[month], some):
            if not site.is_fresh(sheet.path, [head["digest"] for head in sheet.rows], sheet.others):
                values: Row = {"sheet": sheet, "years": [], "month": month, "menu_page": "articles.html"}
                site.page(sheet.path, "articles", both("articles"), **values)
