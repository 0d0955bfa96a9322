"""Asks the warehouse for the figures that the report shows; every function gives plain rows.

What belongs here: SQL of the report. What does not: HTML, charts, languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

Row = dict[str, Any]

SURE = 0.5
"""Figures that the report puts forward are more likely right than wrong."""


_OF_A_TABLE = (
    "article_id, metric_id, text, value, unit, measure, comparison, indicator, indicator_key, indicator_name, topic, "
    "subject, region_adcode, period, period_start, period_end, modality, qualifier, sentence, confidence, publisher, "
    "citation"
)
"""What tables and charts show of a figure."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which articles the report is about.

    Attributes:
        region: Only articles with figures or names of this division or one below, by name or adcode; None for all.
        since: First issue date.
        until: Last issue date.
    """

    region: str | None = None
    since: date | None = None
    until: date | None = None


def choose_articles(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> bool:
    """Notes in temporary tables which articles and figures the report shows.

    Args:
        con: The warehouse; a read-only connection will do.
        chosen: The user's choice.

    Returns:
        False where there is no such region.
    """
    con.execute("create or replace temp table wanted as from adcodes_of_region($1)", [chosen.region or ""])
    if chosen.region and not con.execute("select count(*) from wanted").fetchall()[0][0]:
        return False
    con.execute(
        """
        create or replace temp table chosen as
        select a.article_id, a.document_id
        from articles a
        join documents d using (document_id)
        where ($1 is null or d.issue_date >= $1)
          and ($2 is null or d.issue_date <= $2)
          and (not $3
               or a.article_id in (select article_id from metrics where region_adcode in (from wanted))
               or a.article_id in (select m.article_id from mentions m join entities e using (entity_id)
                                   where e.adcode in (from wanted)))
        """,
        [chosen.since, chosen.until, chosen.region is not None],
    )
    con.execute(
        """
        create or replace temp table begins as
        select article_id,
               coalesce(nullif(regexp_extract(arg_min(text, seq), '^\\s*(.{6,30}?)[，。；：！？]', 1), ''),
                        arg_min(text, seq)[:24]) || '…' as beginning
        from paragraphs semi join chosen using (article_id) where role = 'body' group by article_id
        """
    )
    con.execute(
        """
        create or replace temp table figures as
        select f.*, hash(f) as digest from metric_facts f semi join chosen using (article_id)
        """
    )
    return True


def overview(con: duckdb.DuckDBPyConnection) -> Row:
    """Counts what is in the chosen part."""
    return rows_of(
        con,
        """
        select
            (select count(distinct d.publisher) from documents d semi join chosen using (document_id)) as papers,
            (select count(distinct document_id) from chosen) as pages,
            (select count(*) from chosen) as articles,
            (select count(*) from figures) as figures,
            (select count(*) from figures where status in ('accepted', 'corrected', 'added')) as checked,
            (select arg_min(printed_date(d.issue_date, d.issue_date_precision), d.issue_date)
             from documents d semi join chosen using (document_id)) as first_day,
            (select arg_max(printed_date(d.issue_date, d.issue_date_precision), d.issue_date)
             from documents d semi join chosen using (document_id)) as last_day
        """,
    )[0]


def figures_by_month(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the figures by month of issue and by what they say: done, targeted, planned."""
    return rows_of(
        con,
        """
        select printed_date(issue_date, issue_date_precision)[:7] as month, modality, count(*) as figures
        from figures where issue_date is not null group by all order by all
        """,
    )


def newest_pages(con: duckdb.DuckDBPyConnection, most: int = 12) -> list[Row]:
    """Lists the newest pages, each with the first of its articles."""
    return rows_of(
        con,
        """
        select d.document_id, d.file_name, d.publisher, d.page_label, d.issue_date,
               printed_date(d.issue_date, d.issue_date_precision) as issued, count(*) as articles,
               list(struct_pack(article_id := c.article_id, headline := coalesce(a.headline, b.beginning))
                    order by a.headline is null, a.seq)[:5] as first
        from documents d join chosen c using (document_id) join articles a using (article_id)
        left join begins b using (article_id)
        group by all order by d.issue_date desc nulls last, d.publisher, d.page_label, d.document_id limit $1
        """,
        [most],
    )


def striking_growth(con: duckdb.DuckDBPyConnection, sign: int, most: int = 6) -> list[Row]:
    """Lists the largest growth, or the largest decline, on the year before; one of each subject and sentence.

    Args:
        con: The warehouse.
        sign: 1 for growth, -1 for decline.
        most: How many.
    """
    return rows_of(
        con,
        """
        with of_subjects as (
            select f.* from growth_leaders g join figures f using (metric_id)
            where g.comparison = 'yoy' and g.confidence >= $1 and g.growth_pct * $2 > 0
            qualify row_number() over (partition by g.subject order by g.growth_pct * $2 desc, f.metric_id) = 1
        )
        select * from of_subjects
        qualify row_number() over (partition by article_id, sentence order by value * $2 desc, metric_id) = 1
        order by value * $2 desc, metric_id limit $3
        """,
        [SURE, sign, most],
    )


def growth_by_district(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists what grew or fell most on the year before, of the divisions' own figures, at most five of each."""
    return rows_of(
        con,
        """
        select f.* from growth_leaders g join figures f using (metric_id)
        where g.comparison = 'yoy' and g.confidence >= $1 and f.region_adcode = f.subject_entity_id
        qualify row_number() over (partition by f.region_adcode order by abs(f.value) desc, f.metric_id) <= 5
        order by abs(f.value) desc, f.metric_id limit $2
        """,
        [SURE, most],
    )


def compared_growth(con: duckdb.DuckDBPyConnection, most: int = 3) -> list[list[Row]]:
    """Lists growth on the year before that several divisions have of one indicator in one period."""
    rows = rows_of(
        con,
        """
        with own as (
            select f.*, count(*) over (partition by f.indicator_name, f.period_start, f.period_end) as regions
            from growth_leaders g join figures f using (metric_id)
            where g.comparison = 'yoy' and g.confidence >= $1 and f.region_adcode = f.subject_entity_id
              and f.period_end is not null
        )
        select * from own where regions > 1
        order by regions desc, period_end desc, indicator_name, value desc, metric_id
        """,
        [SURE],
    )
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["indicator_name"], row["period_start"], row["period_end"]), []).append(row)
    return [some[:15] for some in list(grouped.values())[:most]]


def conflicting_figures(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists where articles differ about one subject, indicator and period."""
    return rows_of(
        con,
        """
        with each_figure as (
            select c.*, unnest(c.metric_ids) as metric_id from conflicts c
        )
        select c.subject, c.indicator_name, c.period_start, c.period_end, c.spread_pct,
               list(struct_pack(text := f.text, value := f.value, qualifier := f.qualifier, sentence := f.sentence,
                                unit := f.unit, article_id := f.article_id,
                                metric_id := f.metric_id, citation := f.citation) order by f.metric_id)[:6] as said
        from each_figure c join figures f using (metric_id)
        where f.confidence >= $1
        group by c.subject, c.indicator_name, c.measure, c.comparison, c.unit, c.period_start, c.period_end,
                 c.spread_pct
        having count(distinct f.value) > 1 and count(distinct f.article_id) > 1
        order by min(f.confidence) desc, c.spread_pct desc, c.subject,
                 c.indicator_name
        limit $2
        """,
        [SURE, most],
    )


def indicators(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the indicators that have a common name, with how much is known of each."""
    return rows_of(
        con,
        """
        select indicator_key, min(indicator_name) as name, min(topic) as topic, count(*) as figures,
               count(distinct region_adcode) as regions,
               arg_min(printed_date(issue_date, issue_date_precision), issue_date) as first_day,
               arg_max(printed_date(issue_date, issue_date_precision), issue_date) as last_day,
               bit_xor(digest) as digest
        from figures where indicator_key is not null group by indicator_key order by figures desc, indicator_key
        """,
    )


def figures_by_indicator(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """Goes through indicators with all figures of each, in the order of their periods.

    Args:
        con: The warehouse, with the report's articles chosen.
        keys: Which indicators.
    """
    return _grouped(con, "indicator_key", keys, "period_end nulls last, issue_date, metric_id")


def figures_by_region(con: duckdb.DuckDBPyConnection, adcodes: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """Goes through divisions with the figures of each, by topic; one without figures does not come.

    Args:
        con: The warehouse, with the report's articles chosen.
        adcodes: Which divisions.
    """
    order = "topic nulls last, indicator_name, period_end desc nulls last, metric_id"
    return _grouped(con, "region_adcode", adcodes, order)


def _grouped(
    con: duckdb.DuckDBPyConnection, column: str, keys: Sequence[str], order: str
) -> Iterator[tuple[str, list[Row]]]:
    """Goes through figures group by group with one query, since each looks through all; ask nothing else meanwhile."""
    wanted = f"{column} in (select unnest($1::varchar[]))"
    found = con.execute(f"select {_OF_A_TABLE} from figures where {wanted} order by {column}, {order}", [list(keys)])
    names = [each[0] for each in found.description or ()]
    place = names.index(column)
    rows = (row for some in iter(partial(found.fetchmany, 5000), []) for row in some)
    for key, group in groupby(rows, key=itemgetter(place)):
        yield key, [dict(zip(names, row, strict=True)) for row in group]


def searchable_figures(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the figures that have an indicator and a subject, newest first, for the search of the report."""
    return rows_of(
        con,
        """
        select metric_id, article_id, subject, indicator, nullif(indicator_name, indicator) as full_name, period, text,
               value, qualifier, sentence
        from figures where indicator is not null and subject is not null order by issue_date desc nulls last, metric_id
        """,
    )


def all_figures(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists all figures for the page that finds them by region, topic, indicator and so on, newest first."""
    return rows_of(
        con, "select * from figures order by issue_date desc nulls last, document_id, paragraph_id, start_char"
    )


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
    """Runs a query and gives its rows as dicts."""
    cursor = con.execute(sql, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
