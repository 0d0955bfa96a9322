"""Follows an id back to where it was printed, and a document down to what was read from it.

What belongs here: look-ups by id. What does not: finding the id (`finding.py`), the raw file itself, and how
a trace is shown (`flows/cli/trace.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import duckdb

from warehouse.ask.finding import find_meant, nearest_words
from warehouse.ask.second_asking import readings_of
from warehouse.errors import UserError

Row = dict[str, Any]

_KINDS = (
    ("metric", "metrics", "metric_id"),
    ("mention", "mentions", "mention_id"),
    ("paragraph", "paragraphs", "paragraph_id"),
    ("article", "articles", "article_id"),
    ("document", "documents", "document_id"),
    ("entity", "entities", "entity_id"),
)
_COUNTED = ("articles", "paragraphs", "mentions", "metrics", "document_sources", "quarantine")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where something comes from; each part is a row of its table, or None where there is none.

    Attributes:
        kind: metric, mention, paragraph, article, document or entity.
        found: The row with the id asked for.
        citation: Where it was printed.
        paragraph: The paragraph it stands in.
        article: The article.
        document: The page.
        counts: Of a document: rows in each table.
        mentions: Of an entity: its latest mentions with their citation.
        titles: Of a person: the titles he bears.
        quotes: Of a person: what he is quoted with.
        articles: Of an entity: the newest articles that name it.
        figures: Of an article, or a line: the figures in it.
        line: The raw line asked for; None where no line was.
        second: Of a figure: what second readers said of it.
    """

    kind: str
    found: Row
    citation: str | None = None
    paragraph: Row | None = None
    article: Row | None = None
    document: Row | None = None
    counts: dict[str, int] = field(default_factory=dict)
    mentions: list[Row] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    quotes: list[Row] = field(default_factory=list)
    articles: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    line: int | None = None
    second: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article to read, with what was found in it.

    Attributes:
        article: Its row.
        citation: Where it was printed.
        paragraphs: Rows of its paragraphs in reading order.
        mentions: Rows of the names in it.
        metrics: Rows of the figures in it.
    """

    article: Row
    citation: str
    paragraphs: list[Row]
    mentions: list[Row]
    metrics: list[Row]


def trace(con: duckdb.DuckDBPyConnection, identity: str) -> Trace:
    """Follows an id to its article, page and file, or a document down to its counts.

    Args:
        con: A connection to the warehouse.
        identity: Id of a metric, mention, paragraph, article, document or entity; or what `find_meant` takes.

    Raises:
        UserError: Nothing has this id.
    """
    kind, found, line = _find(con, identity)
    if kind == "entity":
        return _trace_entity(con, found)
    paragraph = found if kind == "paragraph" else _row(con, "paragraphs", "paragraph_id", found.get("paragraph_id"))
    article = found if kind == "article" else _row(con, "articles", "article_id", found.get("article_id"))
    document = _row(con, "documents", "document_id", found["document_id"])
    return Trace(
        kind,
        found,
        _citation(con, found["document_id"], found.get("article_id")),
        paragraph,
        article,
        document,
        counts=_counts(con, found["document_id"]) if kind == "document" else {},
        figures=_figures(con, kind, found),
        line=line,
        second=readings_of(con, found["metric_id"]) if kind == "metric" else [],
    )


def _trace_entity(con: duckdb.DuckDBPyConnection, found: Row) -> Trace:
    own = found["entity_id"]
    people = _rows(con, "select titles from people where entity_id = $id", own) if found["type"] == "PER" else []
    quoted = "select quote, manner, citation, paragraph_id from quotes where entity_id = $id "
    return Trace(
        "entity",
        found,
        mentions=_latest_mentions(con, own),
        titles=people[0]["titles"] if people else [],
        quotes=_rows(con, quoted + "order by issue_date desc nulls last, paragraph_id, quote", own),
        articles=_rows(con, _ARTICLES_NAMING, own),
    )


def read_article(con: duckdb.DuckDBPyConnection, article_id: str, *, rejected_too: bool = False) -> ArticleText:
    """Reads an article with its names and figures.

    Args:
        con: A connection to the warehouse.
        article_id: Its id, or that of anything that stands in it; or what `find_meant` takes. Of a name the latest
            article that names it.
        rejected_too: Give the figures too that a person said are none.

    Raises:
        UserError: Nothing has this id, or it stands in no article.
    """
    kind, found, _ = _find(con, article_id)
    own_id = _latest_article(con, found["entity_id"]) if kind == "entity" else found.get("article_id")
    article = _row(con, "articles", "article_id", own_id)
    if article is None and kind == "document":
        raise UserError(f"{article_id} is a page; {_articles_of(con, found['document_id'])}")
    if article is None:
        raise UserError(f"{article_id} is a {kind} outside of any article: `broadsheet trace` shows it.")
    figures = "" if rejected_too else " and status is distinct from 'rejected'"
    return ArticleText(
        article,
        _citation(con, article["document_id"], own_id),
        _rows(con, "from paragraphs where article_id = $id order by seq", own_id),
        _rows(con, "from mentions where article_id = $id order by paragraph_id, start_char", own_id),
        _rows(con, f"from metrics where article_id = $id{figures} order by paragraph_id, start_char", own_id),
    )


def _articles_of(con: duckdb.DuckDBPyConnection, document_id: str) -> str:
    """Names the articles of a page, the first and the last of many."""
    ids = [r["article_id"] for r in _rows(con, "from articles where document_id = $id order by seq", document_id)]
    if not ids:
        return "it has no article."
    return (
        f"its article is {ids[0]}." if len(ids) == 1 else f"its articles are {ids[0]} to {ids[-1]}: show one of them."
    )


def _find(con: duckdb.DuckDBPyConnection, identity: str) -> tuple[str, Row, int | None]:
    """Gives kind and row of what is meant, and the raw line where one was asked for."""
    for kind, table, key in _KINDS:
        if row := _row(con, table, key, identity):
            return kind, row, None
    if meant := find_meant(con, identity):
        table, key = next((table, key) for kind, table, key in _KINDS if kind == meant.kind)
        if row := _row(con, table, key, meant.identity):
            return meant.kind, row, meant.line
    page = identity.split(".")[0].split(":")[0]
    documents = [row["document_id"] for row in _rows(con, "select document_id from documents limit 10000")]
    if page in documents:
        raise UserError(f"Page {page} is there, but nothing in it has the id {identity}: was it worked on again?")
    nearest = get_close_matches(page, documents, 1, 0.8)
    if nearest:
        raise UserError(f"Nothing in the warehouse has the id {identity}; the nearest page is {nearest[0]}.")
    words = nearest_words(con, identity)
    hint = f"did you mean {' or '.join(words)}?" if words else "`broadsheet search` finds articles, and shows ids."
    raise UserError(f"Nothing in the warehouse has the id, headline or name {identity or repr(identity)}; {hint}")


def _figures(con: duckdb.DuckDBPyConnection, kind: str, found: Row) -> list[Row]:
    """Lists the figures of an article or a paragraph."""
    if kind not in ("article", "paragraph"):
        return []
    key = f"{kind}_id"
    return _rows(
        con,
        f"from metrics where {key} = $id and status is distinct from 'rejected' order by paragraph_id, start_char",
        found[key],
    )


def _latest_article(con: duckdb.DuckDBPyConnection, entity_id: str) -> str | None:
    rows = _rows(con, "select latest_article_id from names where entity_id = $id", entity_id)
    return rows[0]["latest_article_id"] if rows else None


def _row(con: duckdb.DuckDBPyConnection, table: str, key: str, value: str | None) -> Row | None:
    if value is None:
        return None
    rows = _rows(con, f"from {table} where {key} = $id limit 1", value)
    return rows[0] if rows else None


def _rows(con: duckdb.DuckDBPyConnection, sql: str, identity: str | None = None) -> list[Row]:
    found = con.execute(sql, {"id": identity} if identity is not None else None)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _citation(con: duckdb.DuckDBPyConnection, document_id: str, article_id: str | None) -> str:
    row = con.execute(
        "select citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, "
        "(select headline from articles where article_id = $article)) from documents d where d.document_id = $document",
        {"article": article_id, "document": document_id},
    ).fetchone()
    return str(row[0]) if row else ""


def _counts(con: duckdb.DuckDBPyConnection, document_id: str) -> dict[str, int]:
    counts = {}
    for table in _COUNTED:
        row = con.execute(f"select count(*) from {table} where document_id = ?", [document_id]).fetchone()
        counts[table] = int(row[0]) if row else 0
    return counts


def _latest_mentions(con: duckdb.DuckDBPyConnection, entity_id: str) -> list[Row]:
    return _rows(
        con,
        """
        select
            m.mention_id,
            m.text,
            citation(
                d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline
            ) as citation
        from mentions m
        join documents d using (document_id)
        left join articles a using (article_id)
        where m.entity_id = $id
        order by d.issue_date desc nulls last, m.mention_id
        limit 10
        """,
        entity_id,
    )


_ARTICLES_NAMING = """
select a.article_id, a.headline, citation(
    d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline
) as citation
from articles a
join documents d using (document_id)
where a.article_id in (select article_id from mentions where entity_id = $id)
order by d.issue_date desc nulls last, a.article_id
limit 20
"""
