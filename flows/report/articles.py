"""Writes the report's article pages: the text as a reader wants it and the raw lines it was made from."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from flows.report.marking import line_of_each, marked_text
from flows.report.printed_pages import draw_printed_pages
from flows.report.site import Site, render, sheets
from flows.report.wording import both, escaped, labels
from tasks.raw import raw_lines
from tasks.workers import collect_seldom
from warehouse.report.articles import article_heads, article_parts, article_texts
from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]
Parts = tuple[Row, list[Row], list[Row], list[Row]]
"""Of an article: its head, its paragraphs, its figures, its names."""

_TEXT = ("body", "subhead", "caption", "note")
_BATCH, _FEW = 250, 600
"""Articles that a worker renders at a time, and so few that starting workers would cost more."""


def write_articles(con: Connection, site: Site, folder: DataFolder) -> list[tuple[str, str, str]]:
    """Writes the list of articles, and a page for each that is new or changed.

    Args:
        con: The warehouse, with the report's articles chosen and their names noted.
        site: The report.
        folder: The data directory, for the raw pages.

    Returns:
        Headline, page and text of each, for the search.
    """
    heads = article_heads(con)
    site.articles = len(heads)
    for sheet in sheets("articles.html", heads):
        site.page(sheet.path, "articles", both("articles"), sheet=sheet, menu_page="articles.html")
    pictures = draw_printed_pages(site, folder, heads)
    stale: dict[str, Row] = {}
    for document_id, some in groupby(heads, key=lambda head: head["document_id"]):
        beside = list(some)
        page = [(head["article_id"], head["headline"]) for head in beside]
        picture = pictures.get(document_id)
        for head in beside:
            if not site.is_fresh(_path(head), head["digest"], head["citation"], page, picture):
                stale[head["article_id"]] = head | {"beside": beside, "picture": picture}
    parts = ((stale[own], some, figures, names) for own, some, figures, names in article_parts(con, list(stale)))
    for path, text in _rendered(parts, len(stale), folder):
        site.write(path, text)
    texts = article_texts(con)
    return [(head["headline"] or "", _path(head), texts.get(head["article_id"], "")) for head in heads]


def _path(head: Row) -> str:
    return f"articles/{head['article_id']}.html"


def _rendered(parts: Iterable[Parts], count: int, folder: DataFolder) -> Iterator[tuple[str, str]]:
    """Renders articles, many of them in worker processes, in their order."""
    batches = _batches(parts)
    work = partial(render_articles, folder=folder)
    if count < _FEW:
        yield from chain.from_iterable(map(work, batches))
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), collect_seldom) as pool:
        waiting: deque[Future[list[tuple[str, str]]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * cores:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batches(parts: Iterable[Parts]) -> Iterator[list[Parts]]:
    source = iter(parts)
    while batch := list(islice(source, _BATCH)):
        yield batch


def render_articles(articles: Sequence[Parts], folder: DataFolder) -> list[tuple[str, str]]:
    """Renders the pages of articles.

    Args:
        articles: Each with what its head says, its paragraphs, figures and names; those of a page together.
        folder: The data directory, for the raw pages.

    Returns:
        Path and page of each.
    """
    pages = []
    document, lines = "", []
    for head, paragraphs, figures, names in articles:
        if head["document_id"] != document:
            document, lines = head["document_id"], raw_lines(folder, head["document_id"])
        pages.append((_path(head), _page(head, paragraphs, figures, names, lines)))
    return pages


def _page(head: Row, paragraphs: list[Row], figures: list[Row], names: list[Row], lines: list[str]) -> str:
    by_id = {paragraph["paragraph_id"]: paragraph for paragraph in paragraphs}
    told = {figure["paragraph_id"] for figure in figures}
    owners = {own: line_of_each(by_id[own]["text"], by_id[own]["lines"], lines) for own in told}
    printed = {}
    for figure in figures:
        own = figure["paragraph_id"]
        on = sorted(set(owners[own][figure["start_char"] : figure["end_char"]]))
        printed[figure["metric_id"]] = on or by_id[own]["lines"]
    numbers = sorted({number for paragraph in paragraphs for number in paragraph["lines"]})
    return render(
        _path(head),
        "article",
        head["headline"] or both("no_headline"),
        title=head["headline"] or labels()["no_headline"][0],
        article=head,
        paragraphs=[_marked(p, figures, names) for p in paragraphs if p["role"] in _TEXT],
        raw=_raw([(number, lines[number - 1]) for number in numbers if number <= len(lines)]),
        figures=figures,
        printed=printed,
        menu_page="",
    )


def _raw(lines: list[tuple[int, str]]) -> Markup:
    return Markup("".join(f'<li value="{number}" id="L{number}">{escaped(line)}</li>' for number, line in lines))


def _marked(paragraph: Row, figures: list[Row], names: list[Row]) -> Row:
    own = paragraph["paragraph_id"]
    marked = marked_text(
        paragraph["text"],
        [figure for figure in figures if figure["paragraph_id"] == own],
        [name for name in names if name["paragraph_id"] == own],
    )
    return {"role": paragraph["role"], "marked": marked, "anchor": own.split(".", 1)[1]}
