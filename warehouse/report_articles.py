"""Asks the warehouse for the names and the articles that the report shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from warehouse.report_data import CITATION, Row, rows_of


def named(con: duckdb.DuckDBPyConnection, type_: str) -> list[Row]:
    """Lists persons or organisations: how often, when, where, and with whom they appear.

    Args:
        con: The warehouse.
        type_: PER or ORG.
    """
    return rows_of(
        con,
        """
        with seen as (
            select m.entity_id, m.article_id, d.issue_date from mentions m semi join chosen using (article_id)
            join documents d on d.document_id = m.document_id join entities e using (entity_id)
            where e.type in ('PER', 'ORG')
            group by all
        ),
        beside as (
            select s.entity_id, e.name, count(*) as together from seen s join seen o using (article_id)
            join entities e on e.entity_id = o.entity_id where o.entity_id <> s.entity_id group by s.entity_id, e.name
            qualify row_number() over (partition by s.entity_id order by together desc, e.name) <= 5
        ),
        company as (select entity_id, list(name order by together desc, name) as beside from beside group by 1)
        select e.entity_id, e.name, e.scope, count(*) as articles, min(s.issue_date) as first_day,
               max(s.issue_date) as last_day, list(s.article_id order by s.issue_date desc nulls last, s.article_id)[:8]
                   as in_articles,
               any_value(c.beside) as beside
        from seen s join entities e using (entity_id) left join company c using (entity_id)
        where e.type = $1 group by e.entity_id, e.name, e.scope order by articles desc, e.name, e.entity_id
        """,
        [type_],
    )


def person_contexts(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Gives for each mention of a person the few characters around it, and whether it stands in a byline."""
    return rows_of(
        con,
        """
        select m.entity_id, p.role = 'byline' or list_contains(a.authors, e.name) as signs,
               substr(p.text, greatest(m.start_char - 11, 1), least(12, m.start_char)) as before,
               substr(p.text, m.end_char + 1, 8) as after
        from mentions m semi join chosen using (article_id) join entities e using (entity_id)
        join paragraphs p using (paragraph_id) left join articles a on a.article_id = m.article_id
        where e.type = 'PER'
        """,
    )


def article_heads(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the chosen articles with what is printed above them and where they come from."""
    return rows_of(
        con,
        f"""
        select a.*, d.publisher, d.page_label, d.issue_date, d.issue_date_precision, d.file_name,
               d.input_fingerprint, d.run_id,
               {CITATION} as citation
        from articles a semi join chosen using (article_id) join documents d using (document_id)
        order by d.issue_date desc nulls last, a.article_id
        """,
    )


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
    for start in range(0, len(article_ids), 500):
        some = list(article_ids[start : start + 500])
        paragraphs = _grouped(con, "select * from paragraphs where list_contains($1, article_id) order by seq", some)
        figures = _grouped(con, "select * from figures where list_contains($1, article_id) order by start_char", some)
        names = _grouped(
            con,
            "select m.*, e.name, e.adcode, e.scope from mentions m left join entities e using (entity_id) "
            "where list_contains($1, m.article_id) order by start_char",
            some,
        )
        for article_id in some:
            yield article_id, paragraphs.get(article_id, []), figures.get(article_id, []), names.get(article_id, [])


def _grouped(con: duckdb.DuckDBPyConnection, sql: str, article_ids: list[str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(con, sql, [article_ids]):
        grouped.setdefault(row["article_id"], []).append(row)
    return grouped


def organisation_places(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists each organisation with the newest article that names it."""
    return rows_of(
        con,
        """
        select e.name, arg_max(m.article_id, (d.issue_date, m.article_id)) as article_id
        from mentions m semi join chosen using (article_id) join entities e using (entity_id)
        join documents d on d.document_id = m.document_id
        where e.type = 'ORG' group by e.entity_id, e.name order by e.name, e.entity_id
        """,
    )
