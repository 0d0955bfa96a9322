"""Writes links to articles and lists of them as HTML: there are so many that no template is asked for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from flows.report.wording import both, escaped

Row = Mapping[str, Any]


def headline(article: Row, root: str) -> Markup:
    """Links an article by its headline.

    Args:
        article: With `article_id` and `headline`.
        root: The way from the page to the report's folder.

    >>> headline({"article_id": "d1.a01", "headline": "A<B"}, "../")
    Markup('<a href="../articles/d1.a01.html">A&lt;B</a>')
    """
    return Markup(_headline(article, root))


def headlines(articles: Iterable[Row], root: str, before: str = "", after: str = "", between: str = "") -> Markup:
    """Links articles by their headlines.

    Args:
        articles: With `article_id` and `headline`.
        root: The way from the page to the report's folder.
        before: HTML before each.
        after: HTML after each.
        between: HTML between two.
    """
    return Markup(between.join(f"{before}{_headline(article, root)}{after}" for article in articles))


def _headline(article: Row, root: str) -> str:
    said = escaped(article["headline"]) if article["headline"] else both("no_headline")
    return f'<a href="{root}articles/{escaped(article["article_id"])}.html">{said}</a>'


def article_items(articles: Iterable[Row], root: str) -> Markup:
    """Lists articles with paper, day and page.

    Args:
        articles: Rows of articles.
        root: The way from the page to the report's folder.
    """
    items = [
        f'<li>{_headline(article, root)} <span class="small">{escaped(_printed_in(article))}</span></li>'
        for article in articles
    ]
    return Markup("\n".join(items))


def _printed_in(article: Row) -> str:
    return " ".join(filter(None, (article["publisher"], article["issued"], article["page_label"])))


def name_items(names: Iterable[Row], root: str, type_: str) -> Markup:
    """Lists names of one type with the number of their articles, each linked to one of these.

    Args:
        names: With `type`, `name`, `article_id` and `articles`.
        root: The way from the page to the report's folder.
        type_: Which.
    """
    return Markup(
        "\n".join(
            f'<li><a href="{root}articles/{escaped(name["article_id"])}.html">{escaped(name["name"])}</a> '
            f'<span class="small">{name["articles"]}</span></li>'
            for name in names
            if name["type"] == type_
        )
    )
