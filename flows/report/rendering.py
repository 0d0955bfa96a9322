"""Renders the report's pages from their templates, and splits long tables into sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.report.links import article_items, headline, headlines, name_items
from flows.report.marking import anchor_of
from flows.report.tables import CSV_COLUMNS, figure_rows
from flows.report.wording import both, counted, days_text, figure_text

MENU = (
    ("start", "index.html"),
    ("all_figures_page", "figures.html"),
    ("indicators", "indicators.html"),
    ("regions", "regions.html"),
    ("people", "people.html"),
    ("organisations", "organisations.html"),
    ("articles", "articles.html"),
    ("quality", "quality.html"),
)
PER_PAGE = 25
"""Rows of a table on one page: on a phone, where each row is a card, still short enough to go through."""

_FEW_PAGES = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the pages that a long table is split into.

    Attributes:
        path: Its file.
        rows: Its part of the table.
        others: Those that it links to and itself, as number and path.
        number: Which it is.
        all: Rows of the whole table.
    """

    path: str
    rows: Sequence[Any]
    others: Sequence[tuple[int, str]]
    number: int
    all: int


def sheets(path: str, rows: Sequence[Any], per_page: int = PER_PAGE) -> list[Sheet]:
    """Splits a long table into pages: people.html, people-2.html and so on.

    Args:
        path: The first page's file.
        rows: The whole table.
        per_page: Rows of a page.
    """
    return sheets_of(path, [rows[at : at + per_page] for at in range(0, len(rows), per_page)])


def sheets_of(path: str, parts: Sequence[Sequence[Any]]) -> list[Sheet]:
    """Makes a page of each part of a table; one, where there is nothing in it.

    Args:
        path: The first page's file.
        parts: The rows of each page.
    """
    stem = path.removesuffix(".html")
    parts = parts or [[]]
    count, rows = len(parts), sum(map(len, parts))
    pages = [(number, path if number == 1 else f"{stem}-{number}.html") for number in range(1, count + 1)]
    return [
        Sheet(own, part, [pages[near - 1] for near in _near(n, count)], n, rows)
        for (n, own), part in zip(pages, parts, strict=True)
    ]


def _near(number: int, count: int) -> list[int]:
    """Chooses the pages that a page of many links to: all of a few, else the first, its neighbours and the last.

    >>> _near(40, 94)
    [1, 38, 39, 40, 41, 42, 94]
    """
    if count <= _FEW_PAGES:
        return list(range(1, count + 1))
    return sorted({1, *range(max(1, number - 2), min(count, number + 2) + 1), count})


def _plain(heading: str | Markup) -> str:
    """Gives a heading as the window's title: Chinese alone, without marks."""
    return Markup(re.sub('<span class="en">.*?</span>', "", heading)).striptags()


def render(path: str, template: str, heading: str | Markup, **values: Any) -> str:
    """Renders a page from its template.

    Args:
        path: Path below the site's folder.
        template: Name of the template.
        heading: What stands above it.
        **values: What the template asks for.
    """
    root = "../" * path.count("/")
    whole: dict[str, Any] = {"root": root, "heading": heading} | values
    whole["header"] = _header(root, whole.get("menu_page", path))
    whole.setdefault("title", _plain(heading))
    return _engine().get_template(f"{template}.html.j2").render(whole)


@cache
def _header(root: str, menu_page: str) -> Markup:
    """Renders what stands above every page."""
    return Markup(_engine().get_template("header.html.j2").render(root=root, menu_page=menu_page))


def _table_top(columns: Sequence[str], topics: Sequence[str], numbers: Sequence[str], more: Sequence[str]) -> Markup:
    """Gives what stands above the rows of a table."""
    return _table_top_of(tuple(columns), tuple(topics), tuple(numbers), tuple(more))


@lru_cache(1_000)
def _table_top_of(
    columns: tuple[str, ...], topics: tuple[str, ...], numbers: tuple[str, ...], more: tuple[str, ...]
) -> Markup:
    values = {"columns": columns, "topics": topics, "numbers": numbers, "more": more}
    return Markup(_engine().get_template("table_top.html.j2").render(values))


@cache
def _engine() -> Environment:
    """Makes the templates ready; everything that comes from a page is escaped."""
    engine = Environment(
        loader=PackageLoader("flows.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,  # else it looks at each template's file again for every page
    )
    engine.filters["t"] = both  # of a constant, so that Jinja asks once, when it compiles the template
    engine.globals |= {
        "t": both,
        "counted": counted,
        "anchor": anchor_of,
        "figure_text": figure_text,
        "figure_rows": figure_rows,
        "table_top": _table_top,
        "headline": headline,
        "headlines": headlines,
        "article_items": article_items,
        "name_items": name_items,
        "days": days_text,
        "menu": MENU,
        "csv_columns": CSV_COLUMNS,
    }
    return engine
