"""What the desk and its lists ask the warehouse: which figures to check first, what else they may be, what was checked.

What belongs here: look-ups. What does not: answers (`tasks.check.answers`), the page (`flows/desk`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.errors import UserError
from warehouse.load.confidence import TOLD
from warehouse.schema import CHECKED

Row = dict[str, Any]

SCOPES = ("all", "region", "article", "document", "run", "query", "sample")
MOST_IN_QUEUE = 2_000
"""Figures of a queue that are handed out; nobody checks more at a sitting."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which figures are to be checked.

    Attributes:
        kind: all, region, article, document, run, query (the ids in `ids`) or sample.
        value: Name or code of the region, id of article, page or run, size of the sample.
        ids: Ids of figures, of the kind query.
    """

    kind: str = "all"
    value: str = ""
    ids: tuple[str, ...] = ()


_WHICH = {
    "all": "true",
    "region": "m.region_adcode in (select adcode from adcodes_of_region($value))",
    "article": "m.article_id = $value",
    "document": "m.document_id = $value",
    "run": "d.run_id = $value",
    "query": "m.metric_id in (select unnest($ids::varchar[]))",
    "sample": "m.status <> 'added'",
}


def queue(con: duckdb.DuckDBPyConnection, scope: Scope, most: int = MOST_IN_QUEUE) -> list[Row]:
    """Lists figures to check: what a second reader disputes first, then the most doubtful and most used.

    A sample comes in an order of chance that stays.
    Use is how often the views that publish figures rest on it; worth is doubt times (1 + use).

    Args:
        con: A connection to the warehouse.
        scope: Which.
        most: How many at most.

    Raises:
        UserError: There is no such scope, or its value is none.
    """
    if scope.kind not in _WHICH:
        raise UserError(f"There is no choice of figures {scope.kind!r}; use one of {', '.join(SCOPES)}.")
    if scope.kind == "sample" and not scope.value.isdigit():
        raise UserError(f"{scope.value!r} is no size of a sample; give a number such as 200.")
    limit = min(most, int(scope.value)) if scope.kind == "sample" else most
    # What a second reader reads otherwise is the likeliest to be wrong.
    disputed = "m.second_reading in ('differs', 'no figure') and m.status = 'machine'"
    order = (
        "md5(m.metric_id)" if scope.kind == "sample" else f"coalesce({disputed}, false) desc, worth desc, m.metric_id"
    )
    values: dict[str, Any] = {"value": scope.value, "ids": list(scope.ids)}
    condition = _WHICH[scope.kind]
    asked = {name: value for name, value in values.items() if f"${name}" in condition}
    return _rows(
        con,
        f"""
        with uses as (
            select metric_id, count(*) as uses
            from (
                select metric_id from indicator_series
                union all select metric_id from growth_leaders
                union all select unnest(metric_ids) from conflicts
            )
            group by metric_id
        )
        select
            m.metric_id, m.document_id, m.article_id, m.text, m.indicator, m.subject, m.period, m.confidence, m.status,
            m.checked_by, m.second_reading, coalesce(u.uses, 0) as uses, a.headline,
            d.issue_date::varchar as issue_date, d.file_name,
            (1 - m.confidence) * (1 + coalesce(u.uses, 0)) as worth
        from metrics m
        join documents d using (document_id)
        left join articles a using (article_id)
        left join uses u using (metric_id)
        where {condition}
        order by {order}
        limit {limit}
        """,
        asked,
    )


def figure(con: duckdb.DuckDBPyConnection, metric_id: str) -> Row | None:
    """Gives a figure with what its page is called; None where there is none.

    Args:
        con: A connection to the warehouse.
        metric_id: Its id.
    """
    found = _rows(
        con,
        """
        select m.*, p.seq as paragraph_seq, p.text as paragraph_text, p.lines as paragraph_lines,
            d.file_name, d.source_uri, d.source_key,
            e.name as subject_entity, r.region_full
        from metrics m
        join paragraphs p using (paragraph_id)
        join documents d on d.document_id = m.document_id
        left join entities e on e.entity_id = m.subject_entity_id
        left join regions r using (region_adcode)
        where m.metric_id = $id
        """,
        {"id": metric_id},
    )
    return found[0] if found else None


def paragraph(con: duckdb.DuckDBPyConnection, paragraph_id: str) -> Row | None:
    """Gives a paragraph with what its page is called; None where there is none.

    Args:
        con: A connection to the warehouse.
        paragraph_id: Its id.
    """
    found = _rows(
        con,
        "select p.*, d.file_name, d.source_uri, d.source_key, d.issue_date from paragraphs p "
        "join documents d using (document_id) where p.paragraph_id = $id",
        {"id": paragraph_id},
    )
    return found[0] if found else None


def regions_like(con: duckdb.DuckDBPyConnection, words: str, most: int = 20) -> list[Row]:
    """Finds divisions by a part of their name or the beginning of their code.

    Args:
        con: A connection to the warehouse.
        words: As typed.
        most: How many at most.
    """
    return _rows(
        con,
        """
        select adcode, name, full_name, level
        from divisions
        where valid_to is null and (starts_with(adcode, $words) or strpos(full_name, $words) > 0)
        order by starts_with(name, $words) desc, length(full_name), adcode
        limit $most
        """,
        {"words": words.strip(), "most": most},
    )


def checked_figures(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> list[Row]:
    """Lists the figures that people checked: what the machine had told, which columns were wrong.

    Args:
        con: A connection to the warehouse.
        columns: Columns of `metrics` that are compared.
    """
    wrong = ", ".join(f"case when k.{name} is distinct from m.{name} then '{name}' end" for name in columns)
    shipped = ", ".join(f"coalesce(k.{told}_shipped, k.{told}) as {told}" for told in TOLD.values())
    return _rows(
        con,
        f"""
        select
            m.metric_id, m.document_id, m.status, m.checked_by, k.doubts, k.reasons,
            {shipped},
            case when k.metric_id is null then null else list_filter([{wrong}], lambda x: x is not null) end as wrong
        from metrics m
        left join machine_metrics k using (metric_id)
        where m.status in ('rejected', {", ".join(f"'{s}'" for s in CHECKED)})
        order by m.metric_id
        """,
    )


def _rows(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any] | None = None) -> list[Row]:
    found = con.execute(sql, values or None)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
