"""Asks the warehouse for the articles that the report shows: what is printed above them, their text, what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from warehouse.report.figures import Row, rows_of

_OF_A_FIGURE = (
    "article_id, paragraph_id, metric_id, start_char, end_char, text, value, unit, qualifier, sentence, indicator, "
    "subject, period, period_start, period_end, measure, comparison, modality, confidence, status, "
    "checked_by, second_reader, second_reading"
)
"""What an article's page shows of a figure; there are hundreds of thousands, so no more is asked for."""


def article_heads(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the chosen articles, newest first, with where they come from and a digest of everything in them."""
    return rows_of(
        con,
        """
        with figured as (
            select article_id, count(*) as figures, bit_xor(digest) as digest from figures group by article_id
        ),
        naming as (select article_id, bit_xor(hash(n)) as digest from named n group by article_id)
        select a.article_id, a.document_id, a.seq, coalesce(a.headline, b.beginning) as headline,
               a.kicker, a.deck, a.byline, a.dateline, d.publisher,
               d.page_label, d.page_title, d.issue_date, d.file_name, d.file_kind, d.source_key,
               printed_date(d.issue_date, d.issue_date_precision) as issued,
               citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline)
                   as citation,
               coalesce(f.figures, 0) as figures, hash(d.input_fingerprint, a, f.digest, n.digest) as digest
        from articles a semi join chosen using (article_id) join documents d using (document_id)
        left join begins b using (article_id)
        left join figured f using (article_id) left join naming n using (article_id)
        order by d.issue_date desc nulls last, d.publisher, d.page_label, a.document_id, a.seq
        """,
    )


def article_texts(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Gives the text of each chosen article for the search: what is printed above it but its headline, and its body."""
    rows = con.execute(
        """
        select article_id, string_agg(text, '\n' order by seq)
        from paragraphs semi join chosen using (article_id) where role <> 'headline' group by article_id
        """
    ).fetchall()
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
        wanted = "where article_id in (select unnest($1))"
        paragraphs = _grouped(
            con, f"select article_id, paragraph_id, role, text, lines from paragraphs {wanted} order by seq", some
        )
        figures = _grouped(con, f"select {_OF_A_FIGURE} from figures {wanted} order by paragraph_id, start_char", some)
        names = _grouped(
            con,
            "select m.article_id, m.paragraph_id, m.start_char, m.end_char, m.text, m.type, e.name, e.adcode "
            f"from mentions m left join entities e using (entity_id) {wanted} order by start_char",
            some,
        )
        for article_id in some:
            yield article_id, paragraphs.get(article_id, []), figures.get(article_id, []), names.get(article_id, [])


def _grouped(con: duckdb.DuckDBPyConnection, sql: str, article_ids: list[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(con, sql, [article_ids]):
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped
