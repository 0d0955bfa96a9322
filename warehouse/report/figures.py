"""Asks the warehouse for the figures that the report shows; every function gives plain rows.

What belongs here: what is asked. What does not: the SQL (`sql/report/`), HTML, charts, languages.
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

from warehouse.report.rows import Row, note, rows_of

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
    note(con, "chosen", [chosen.since, chosen.until, chosen.region is not None])
    note(con, "begins")
    note(con, "figures")
    return True


def overview(con: duckdb.DuckDBPyConnection) -> Row:
    """Counts what is in the chosen part."""
    return rows_of(con, "overview")[0]


def figures_by_month(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the figures by month of issue and by what they say: done, targeted, planned."""
    return rows_of(con, "figures_by_month")


def newest_pages(con: duckdb.DuckDBPyConnection, most: int = 12) -> list[Row]:
    """Lists the newest pages, each with the first of its articles."""
    return rows_of(con, "newest_pages", [most])


def striking_growth(con: duckdb.DuckDBPyConnection, sign: int, most: int = 6) -> list[Row]:
    """Lists the largest growth, or the largest decline, on the year before; one of each subject and sentence.

    Args:
        con: The warehouse.
        sign: 1 for growth, -1 for decline.
        most: How many.
    """
    return rows_of(con, "striking_growth", [SURE, sign, most])


def growth_by_district(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists what grew or fell most on the year before, of the divisions' own figures, at most five of each."""
    return rows_of(con, "growth_by_district", [SURE, most])


def compared_growth(con: duckdb.DuckDBPyConnection, most: int = 3) -> list[list[Row]]:
    """Lists growth on the year before that several divisions have of one indicator in one period."""
    rows = rows_of(con, "compared_growth", [SURE])
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row["indicator_name"], row["period_start"], row["period_end"]), []).append(row)
    return [some[:15] for some in list(grouped.values())[:most]]


def conflicting_figures(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists where articles differ about one subject, indicator and period."""
    return rows_of(con, "conflicting_figures", [SURE, most])


def indicators(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the indicators that have a common name, with how much is known of each."""
    return rows_of(con, "indicators")


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
    return rows_of(con, "searchable_figures")


def all_figures(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists all figures for the page that finds them by region, topic, indicator and so on, newest first."""
    return rows_of(con, "all_figures")
