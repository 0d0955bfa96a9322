"""Finds all figures about something: an indicator, a subject, or whatever their sentences speak of.

What belongs here: which figures fit some words, and in what order. What does not: how they are shown
(`flows/cli/figures.py`), and full text without figures (`warehouse/search/asking.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.ask.saved_values import check_period, check_regions, check_values
from warehouse.errors import UserError
from warehouse.schema import MODALITIES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What figures are asked for.

    Attributes:
        words: All of them must fit: indicator, its other names, subject, topic, headline or sentence.
        region: Names or adcodes of divisions, with commas between; those below them fit too. Empty for all.
        period: As the macro `period_fits` takes it; empty for all.
        modality: actual, target or planned; empty for all.
        confidence: At least this sure, 0 to 1.
        since: First issue date.
        until: Last issue date.
        limit: Figures at most.
    """

    words: Sequence[str] = ()
    region: str = ""
    period: str = ""
    modality: str = ""
    confidence: float = 0.0
    since: date | None = None
    until: date | None = None
    limit: int = 1000


def find_figures(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> pa.Table:
    """Finds figures: those whose indicator is meant before those whose subject, headline or sentence holds the words.

    Args:
        con: A connection to the warehouse.
        wanted: What is asked for.

    Returns:
        One row a figure: about (indicator, subject, headline or sentence: what the words fit), subject, indicator,
        text, value, value_high, unit, measure, comparison, period, period_start, period_end, modality, qualifier,
        confidence, sentence, publisher, issue_date, issue_date_precision, page_label, headline, citation,
        source_url, source_uri, lines, metric_id, article_id, status, second_reader, second_reading.

    Raises:
        UserError: There is no such region, period or modality.
    """
    check_regions(con, wanted.region)
    if wanted.period:
        check_period(con, wanted.period)
    if wanted.modality not in ("", *MODALITIES):
        raise UserError(f"There is no modality {wanted.modality}; there are {', '.join(MODALITIES)}.")
    values = {
        "words": [word.lower() for word in wanted.words],
        "region": wanted.region,
        "period": wanted.period,
        "modality": wanted.modality,
        "confidence": wanted.confidence,
        "since": wanted.since,
        "until": wanted.until,
        "limit": wanted.limit,
    }
    return con.sql(_FIGURES, params=values).to_arrow_table()


def figures_of_indicator(
    con: duckdb.DuckDBPyConnection, indicator: str, region: str, confidence: float
) -> list[dict[str, Any]]:
    """Lists the figures of an indicator in the order of their periods, as rows of `metric_facts`.

    Args:
        con: A connection to the warehouse.
        indicator: Its name, another name of it, or a part.
        region: Names or adcodes of divisions, with commas between; those below them not. Empty for all.
        confidence: At least this sure.

    Raises:
        UserError: There is no such indicator or region.
    """
    check_values(con, {"indicator": indicator, "region": region})
    found = con.execute(
        r"""
        from metric_facts
        where indicator_name in (select indicator_name from indicators_named($indicator))
            and ($region = '' or region_adcode in (
                select r.region_adcode from regions r
                join (select unnest(regexp_split_to_array($region, '[,，、;；\s]+')) as name) a
                    on a.name in (r.region, r.region_full, r.region_adcode)
                    or r.region in (a.name || '省', a.name || '市', a.name || '区', a.name || '县')))
            and confidence >= $confidence
        order by period_end nulls last, issue_date, metric_id
        """,
        {"indicator": indicator, "region": region, "confidence": confidence},
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def nearest_indicator(con: duckdb.DuckDBPyConnection, word: str) -> str | None:
    """Names the indicator in the warehouse that is spelt most like a word; None where none is.

    Args:
        con: A connection to the warehouse.
        word: What nothing was found of.
    """
    rows = con.execute("select distinct indicator_name from metric_facts where indicator_name is not null order by 1")
    nearest = get_close_matches(word, [row[0] for row in rows.fetchall()], 1, 0.5)
    return nearest[0] if nearest else None


_FIGURES = """
with named as (
    select
        f.*,
        lower(
            concat_ws(' ', f.indicator, f.indicator_name, array_to_string(i.aliases, ' '), f.indicator_key)
        ) as of_what,
        lower(concat_ws(' ', f.subject, f.region_full, f.topic)) as of_whom
    from metric_facts f
    left join indicators i using (indicator_key)
    where ($region = '' or f.region_adcode in (select adcode from adcodes_of_region($region)))
        and ($modality = '' or f.modality = $modality)
        and ($since is null or f.issue_date >= $since)
        and ($until is null or f.issue_date <= $until)
        and f.confidence >= $confidence
        and period_fits(f.period, f.period_start, f.period_end, $period)
),
fitting as (
    select
        n.*,
        list_transform(
            $words,
            lambda w: case
                when contains(n.of_what, w) then 1
                when contains(n.of_whom, w) then 2
                when contains(lower(coalesce(n.headline, '')), w) then 3
                when contains(lower(n.sentence), w) then 4
                else 9
            end
        ) as places
    from named n
)
select
    case list_min(f.places)
        when 1 then 'indicator'
        when 2 then 'subject'
        when 3 then 'headline'
        else 'sentence'
    end as about,
    f.subject,
    f.indicator_name as indicator,
    f.text,
    f.value,
    f.value_high,
    f.unit,
    f.measure,
    f.comparison,
    f.period,
    f.period_start,
    f.period_end,
    f.modality,
    f.qualifier,
    f.confidence,
    f.sentence,
    f.publisher,
    f.issue_date,
    f.issue_date_precision,
    f.page_label,
    f.headline,
    f.citation,
    d.source_url,
    d.source_uri,
    p.lines,
    f.metric_id,
    f.article_id,
    f.status,
    f.second_reader,
    f.second_reading
from fitting f
join documents d using (document_id)
join paragraphs p using (paragraph_id)
where coalesce(list_max(f.places), 1) < 9
order by list_sum(f.places), f.issue_date desc nulls last, f.document_id, f.paragraph_id, f.start_char
limit $limit
"""
