"""Looks up what a second reader is to be asked about, and what came of it.

What belongs here: look-ups. What does not: what is sent (`tasks/second`), asking (`flows/second`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

Row = dict[str, Any]

DOUBTED = 0.9
"""Below this confidence our own reading is in doubt."""


def figures_in_doubt(
    con: duckdb.DuckDBPyConnection,
    *,
    below: float | None = None,
    article: str | None = None,
    ids: Sequence[str] | None = None,
) -> list[Row]:
    """Lists figures of one article, of a list, or all, below a confidence, in paragraphs that nobody is through with.

    Those of such a paragraph that somebody checked are among them: a question stays the same while it is checked.

    Args:
        con: A connection to the warehouse.
        below: Only those told with less.
        article: Only those of this article.
        ids: Only these.
    """
    return _rows(
        con,
        """
        select m.metric_id, m.paragraph_id, m.article_id, m.document_id, m.start_char, m.end_char, m.text
        from metrics m
        where m.status <> 'added'
            and ($below::double is null or coalesce(m.confidence_shipped, m.confidence) < $below)
            and ($article::varchar is null or m.article_id = $article)
            and ($ids::varchar[] is null or m.metric_id in (select unnest($ids)))
        qualify bool_or(m.status in ('machine', 'second-read')) over (partition by m.paragraph_id)
        order by m.document_id, m.paragraph_id, m.start_char
        """,
        {"below": below, "article": article, "ids": None if ids is None else list(ids)},
    )


def paragraphs_around(con: duckdb.DuckDBPyConnection, paragraph_ids: Sequence[str]) -> list[Row]:
    """Gives the paragraphs of all articles that some paragraphs stand in; outside of articles those of the page.

    Args:
        con: A connection to the warehouse.
        paragraph_ids: The paragraphs.
    """
    return _rows(
        con,
        """
        with homes as (
            select distinct document_id, article_id from paragraphs where paragraph_id in (select unnest($ids))
        )
        select p.paragraph_id, p.document_id, p.article_id, p.role, p.text,
            case d.issue_date_precision
                when 'year' then strftime(d.issue_date, '%Y')
                when 'month' then strftime(d.issue_date, '%Y-%m')
                else strftime(d.issue_date, '%Y-%m-%d')
            end as issue_date
        from paragraphs p
        join homes h on h.document_id = p.document_id and h.article_id is not distinct from p.article_id
        join documents d on d.document_id = p.document_id
        order by p.document_id, p.article_id nulls last, p.seq
        """,
        {"ids": list(paragraph_ids)},
    )


def verdicts(con: duckdb.DuckDBPyConnection, question_ids: Sequence[str], model: str | None = None) -> list[Row]:
    """Gives what the answers to questions are to our reading.

    Args:
        con: A connection to the warehouse.
        question_ids: The questions.
        model: Only the answers of this model.
    """
    return _rows(
        con,
        "select verdict, agreed, differing, unsaid, dropped from second_readings "
        "where question_id in (select unnest($ids)) and ($model is null or model = $model)",
        {"ids": list(question_ids), "model": model},
    )


def readings_of(con: duckdb.DuckDBPyConnection, metric_id: str) -> list[Row]:
    """Lists what second readers said of a figure.

    Args:
        con: A connection to the warehouse.
        metric_id: The figure.
    """
    return _rows(
        con,
        "from second_readings where metric_id = $id order by model, order_number, answer_id",
        {"id": metric_id},
    )


def disputed(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the answers about figures that nobody checked and that our rules doubt, where one reads otherwise.

    Args:
        con: A connection to the warehouse.
    """
    return _rows(
        con,
        """
        select r.*
        from second_readings r
        join metrics m using (metric_id)
        where m.status = 'machine' and coalesce(m.confidence_shipped, m.confidence) < $doubted
            and m.second_reading = 'differs'
        order by r.metric_id, r.model, r.order_number, r.answer_id
        """,
        {"doubted": DOUBTED},
    )


def checked_agreements(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Lists which models agreed with which figures that a person checked: model, figure.

    Args:
        con: A connection to the warehouse.
    """
    return con.execute(
        "select model, metric_id from second_readings r semi join machine_metrics k using (metric_id) "
        "group by all having bool_and(verdict = 'agrees') order by all"
    ).fetchall()


def _rows(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[Row]:
    found = con.execute(sql, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
