"""Chooses the figures that a second reader is asked about, and makes the questions.

What belongs here: from what a user named to questions. What does not: asking (`asking`), what is sent
(`tasks.second.questions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from flows.desk.choice import metric_ids_of
from tasks.second.questions import Asked, Question, passages, questions_about
from warehouse.ask.query import Query, ask, sandbox
from warehouse.ask.second_asking import DOUBTED, figures_in_doubt, paragraphs_around
from warehouse.connection import connect
from warehouse.errors import UserError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which figures are asked about.

    Attributes:
        query: Name of a saved query or view with values of its parameters, or a SELECT; its metric_id counts.
        where: A condition over `metric_facts`.
        article: Id of an article.
        below: Only figures told with less; with nothing else named, 0.9.
        orders: In how many orders the figures are put.
    """

    query: str = ""
    where: str = ""
    article: str = ""
    below: float | None = None
    orders: int = 1


def questions_for(warehouse: Path, choice: Choice) -> list[Question]:
    """Makes the questions about the figures that were chosen, page by page.

    Args:
        warehouse: The published warehouse.
        choice: Which figures.

    Raises:
        UserError: They were named in several ways, or what was named is not there.
    """
    named = [name for name in ("query", "where", "article") if getattr(choice, name)]
    if len(named) > 1:
        raise UserError(f"Choose figures in one way: by {' or by '.join(named)}.")
    below = choice.below if named or choice.below is not None else DOUBTED
    ids = _ids(warehouse, choice)
    with connect(warehouse) as con:
        if choice.article and not con.execute("from articles where article_id = ?", [choice.article]).fetchone():
            raise UserError(f"There is no article {choice.article}: `broadsheet search` finds articles, and shows ids.")
        figures = figures_in_doubt(con, below=below, article=choice.article or None, ids=ids)
        paragraphs = paragraphs_around(con, sorted({figure["paragraph_id"] for figure in figures}))
    return questions_of(paragraphs, figures, choice.orders)


def questions_of(paragraphs: Sequence[Row], figures: Sequence[Row], orders: int = 1) -> list[Question]:
    """Makes the questions about figures.

    Args:
        paragraphs: All paragraphs of their articles in reading order, with the issue date of their page.
        figures: The figures: paragraph_id, start_char, end_char, text.
        orders: In how many orders they are put.
    """
    asked: dict[str, list[Asked]] = {}
    for figure in figures:
        asked.setdefault(figure["paragraph_id"], []).append(
            Asked(figure["start_char"], figure["end_char"], figure["text"])
        )
    found: list[Question] = []
    for _, group in groupby(paragraphs, key=lambda row: (row["document_id"], row["article_id"])):
        rows = list(group)
        for passage in passages(rows, asked, rows[0]["issue_date"] or ""):
            for order in range(1, orders + 1):
                found += questions_about(passage, order)
    return _unlike(found)


def _unlike(questions: Sequence[Question]) -> list[Question]:
    """Leaves out what would be asked twice: a lone figure has one order only."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for question in questions:
        key = question.question_id, question.paragraph_id
        if key not in seen:
            seen.add(key)
            kept.append(question)
    return kept


def _ids(warehouse: Path, choice: Choice) -> Sequence[str] | None:
    if choice.where:
        return _asked_for(warehouse, f"select metric_id from metric_facts where ({choice.where}\n)")
    if not choice.query:
        return None
    if choice.query.split()[0].lower() in ("select", "from", "with"):
        return _asked_for(warehouse, choice.query)
    return metric_ids_of(warehouse, choice.query)


def _asked_for(warehouse: Path, sql: str) -> list[str]:
    with sandbox(warehouse) as con:
        answer = ask(con, Query(sql, {}))
        if "metric_id" not in answer.schema.names:
            raise UserError("The answer of the query has no column metric_id: select it.")
        return [value for batch in answer.batches for value in batch.column("metric_id").to_pylist() if value]
