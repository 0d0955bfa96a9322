"""Asks the warehouse for the articles that the report shows: what is printed above them, their text, what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from warehouse.report.rows import Row, report_sql, rows_of


def article_heads(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the chosen articles, newest first, with where they come from and a digest of everything in them."""
    return rows_of(con, "article_heads")


def article_texts(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Gives the text of each chosen article for the search: what is printed above it but its headline, and its body."""
    rows = con.execute(report_sql("article_texts")).fetchall()
    return dict(rows)


def article_parts(
    con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]
) -> Iterator[tuple[str, list[Row], list[Row], list[Row]]]:
    """Goes through articles with their paragraphs, figures and names.

    Args:
        con: The warehouse.
        article_ids: Which.

    Yields:
        article_id, paragraphs, figures, names.
    """
    for start in range(0, len(article_ids), 1000):
        some = list(article_ids[start : start + 1000])
        paragraphs = _grouped(con, "article_paragraphs", some)
        figures = _grouped(con, "article_figures", some)
        names = _grouped(con, "article_names", some)
        for article_id in some:
            yield article_id, paragraphs.get(article_id, []), figures.get(article_id, []), names.get(article_id, [])


def _grouped(con: duckdb.DuckDBPyConnection, name: str, article_ids: list[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(con, name, [article_ids]):
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped
