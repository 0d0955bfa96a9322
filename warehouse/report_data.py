"""Asks the warehouse for what the report shows; every function gives plain rows.

What belongs here: SQL of the report. What does not: HTML, charts, languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

Row = dict[str, Any]
CITATION = "concat_ws(' ', d.publisher, strftime(d.issue_date, '%Y-%m-%d'), d.page_label, '《' || a.headline || '》')"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which articles the report is about.

    Attributes:
        adcode: Only articles with figures or names of this division or one below; None for all.
        since: First issue date.
        until: Last issue date.
    """

    adcode: str | None = None
    since: date | None = None
    until: date | None = None


def region_adcode(con: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Finds the division that a user means by a name or an adcode; None where there is none.

    Args:
        con: The warehouse.
        name: 槐荫区, 济南市槐荫区 or 370104.
    """
    row = con.execute(
        "select adcode from divisions where valid_to is null and (adcode = $1 or name = $1 or full_name = $1 "
        "or ends_with(full_name, $1)) order by level = 'county', adcode limit 1",
        [name],
    ).fetchone()
    return str(row[0]) if row else None


def choose_articles(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> None:
    """Notes in temporary tables which articles and figures the report shows.

    Args:
        con: The warehouse; a read-only connection will do.
        chosen: The user's choice.
    """
    stem = _stem(chosen.adcode) if chosen.adcode else ""
    con.execute(
        """
        create or replace temp table chosen as
        select a.article_id, a.document_id
        from articles a
        join documents d using (document_id)
        where ($1 is null or d.issue_date >= $1)
          and ($2 is null or d.issue_date <= $2)
          and ($3 = '' or exists (select 1 from metrics m
                          where m.article_id = a.article_id and starts_with(m.region_adcode, $3))
               or exists (select 1 from mentions n join entities e using (entity_id)
                          where n.article_id = a.article_id and starts_with(e.adcode, $3)))
        """,
        [chosen.since, chosen.until, stem],
    )
    con.execute(
        f"""
        create or replace temp table figures as
        select m.*, a.headline, d.publisher, d.issue_date, d.page_label, {CITATION} as citation
        from metrics m
        semi join chosen c using (article_id)
        join articles a using (article_id)
        join documents d on d.document_id = m.document_id
        """
    )


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
            (select min(d.issue_date) from documents d semi join chosen using (document_id)) as first_day,
            (select max(d.issue_date) from documents d semi join chosen using (document_id)) as last_day
        """,
    )[0]


def figures_by_month(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the figures by month of issue and by what they say: done, targeted, planned."""
    return rows_of(
        con,
        """
        select strftime(issue_date, '%Y-%m') as month, modality, count(*) as figures
        from figures where issue_date is not null group by all order by all
        """,
    )


def newest_pages(con: duckdb.DuckDBPyConnection, most: int = 12) -> list[Row]:
    """Lists the newest pages with their first article."""
    return rows_of(
        con,
        """
        select d.document_id, d.file_name, d.publisher, d.page_label, d.issue_date, count(*) as articles,
               min_by(c.article_id, a.seq) as article_id, min_by(a.headline, a.seq) as headline
        from documents d join chosen c using (document_id) join articles a using (article_id)
        group by all order by d.issue_date desc nulls last, d.document_id limit $1
        """,
        [most],
    )


def striking_growth(con: duckdb.DuckDBPyConnection, most: int = 10) -> tuple[list[Row], list[Row]]:
    """Lists the largest growth and the largest decline that were done, by region.

    Returns:
        Growth, decline; year-on-year percentages we are sure of.
    """
    query = """
        select * from figures
        where measure = 'growth' and unit = '%' and modality = 'actual' and comparison = 'yoy'
          and indicator is not null and subject is not null and confidence >= 0.5 and value {sign} 0
        qualify row_number() over (partition by subject, indicator, value order by issue_date, metric_id) = 1
        order by value {order}, metric_id limit $1
    """
    up = rows_of(con, query.format(sign=">", order="desc"), [most])
    return up, rows_of(con, query.format(sign="<", order="asc"), [most])


def conflicting_figures(con: duckdb.DuckDBPyConnection, most: int = 20) -> list[Row]:
    """Lists figures of one subject, indicator and period that differ between articles."""
    return rows_of(
        con,
        """
        with same as (
            select subject, coalesce(indicator_key, indicator) as indicator, unit, measure, period_start, period_end,
                   list(struct_pack(value := value, article_id := article_id, metric_id := metric_id,
                                    citation := citation) order by issue_date, metric_id) as said,
                   count(distinct value) as values
            from figures
            where modality = 'actual' and subject is not null and indicator is not null
              and period_start is not null and period_end is not null and confidence >= 0.5
            group by all
        )
        select * from same where values > 1 order by len(said) desc, subject, indicator limit $1
        """,
        [most],
    )


def indicators(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the indicators that have a common name, with how much is known of each."""
    return rows_of(
        con,
        """
        select indicator_key, min(topic) as topic, count(*) as figures, count(distinct region_adcode) as regions,
               min(issue_date) as first_day, max(issue_date) as last_day
        from figures where indicator_key is not null group by indicator_key order by figures desc, indicator_key
        """,
    )


def indicator_figures(con: duckdb.DuckDBPyConnection, indicator_key: str) -> list[Row]:
    """Lists all figures of an indicator in the order of their periods."""
    return rows_of(
        con,
        "select * from figures where indicator_key = $1 order by period_end nulls last, issue_date, metric_id",
        [indicator_key],
    )


def regions(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the divisions that figures or names of the chosen articles belong to."""
    return rows_of(
        con,
        """
        with named as (
            select e.adcode, m.article_id, null as metric_id
            from mentions m semi join chosen using (article_id) join entities e using (entity_id)
            where e.adcode is not null
            union all
            select region_adcode, article_id, metric_id from figures where region_adcode is not null
        )
        select n.adcode, v.name, v.full_name, v.level, count(distinct n.metric_id) as figures,
               count(distinct n.article_id) as articles
        from named n join divisions v using (adcode) where v.valid_to is null
        group by all order by figures desc, n.adcode
        """,
    )


def region_figures(con: duckdb.DuckDBPyConnection, adcode: str) -> list[Row]:
    """Lists the figures of a division and of those below it, by topic."""
    return rows_of(
        con,
        "select * from figures where starts_with(region_adcode, $1) "
        "order by topic nulls last, indicator, period_end desc nulls last, metric_id",
        [_stem(adcode)],
    )


def region_names(con: duckdb.DuckDBPyConnection, adcode: str, type_: str, most: int = 30) -> list[Row]:
    """Lists who is named in the articles that name a division.

    Args:
        con: The warehouse.
        adcode: The division.
        type_: PER or ORG.
        most: No more than these.
    """
    return rows_of(
        con,
        """
        with here as (
            select distinct m.article_id from mentions m semi join chosen using (article_id)
            join entities e using (entity_id) where starts_with(e.adcode, $1)
        )
        select e.entity_id, e.name, count(distinct m.article_id) as articles, min(m.article_id) as article_id
        from mentions m semi join here using (article_id) join entities e using (entity_id)
        where e.type = $2 group by all order by articles desc, e.name limit $3
        """,
        [_stem(adcode), type_, most],
    )


def region_articles(con: duckdb.DuckDBPyConnection, adcode: str, most: int = 200) -> list[Row]:
    """Lists the articles that name a division or have its figures, newest first."""
    return rows_of(
        con,
        f"""
        select a.article_id, a.headline, {CITATION} as citation, d.issue_date
        from articles a semi join chosen using (article_id) join documents d using (document_id)
        where exists (select 1 from mentions m join entities e using (entity_id)
                      where m.article_id = a.article_id and starts_with(e.adcode, $1))
           or exists (select 1 from figures f where f.article_id = a.article_id and starts_with(f.region_adcode, $1))
        order by d.issue_date desc nulls last, a.article_id limit $2
        """,
        [_stem(adcode), most],
    )


def failing_checks(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the expectations that did not hold in the last run that checked anything."""
    return rows_of(
        con,
        """
        select table_name, expectation, severity, sum(unexpected_count) as rows from checks
        where not success and run_id = (select max(run_id) from checks) group by all order by severity, table_name
        """,
    )


def _stem(adcode: str) -> str:
    """Gives what the adcodes of a division and all below it begin with: 3701 for 370100."""
    return adcode[:2] if adcode.endswith("0000") else adcode[:4] if adcode.endswith("00") else adcode


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
    """Runs a query and gives its rows as dicts."""
    cursor = con.execute(sql, list(parameters))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def searchable_figures(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the figures that have an indicator or a subject, for the search of the report."""
    return rows_of(
        con,
        """
        select metric_id, article_id, subject, indicator, period, value, value_high, unit
        from figures where indicator is not null and subject is not null order by issue_date desc nulls last, metric_id
        """,
    )
