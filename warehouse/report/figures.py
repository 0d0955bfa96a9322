"""Asks the warehouse for the figures that the report shows; every function gives plain rows.

What belongs here: what is asked. What does not: the SQL (`sql/report/`), HTML, charts, languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.report.rows import Row, note, parcel, rows_of

SURE = 0.5
"""Figures that the report puts forward are more likely right than wrong."""


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

    @property
    def restricts(self) -> bool:
        """Whether articles of the warehouse may be left out."""
        return bool(self.region or self.since or self.until)


def choose_articles(con: duckdb.DuckDBPyConnection, chosen: Chosen) -> bool:
    """Notes in temporary tables which articles the report shows; the view `figures` gives their figures.

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
    note(con, "figures", kind="view")
    return True


def note_content(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in temporary tables digests of the chosen articles and figures: what has the same needs no new page.

    `content` has a row for each article, with a digest of everything that is printed or was read in it; `digests` one
    for each article, division and indicator.

    Args:
        con: The warehouse, with the report's articles chosen.
    """
    note(con, "counted")
    note(con, "content")
    note(con, "digests")


def overview(con: duckdb.DuckDBPyConnection) -> Row:
    """Counts what is in the chosen part."""
    return rows_of(con, "overview")[0]


def figures_by_month(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Counts the figures by month of issue and by what they say: done, targeted, planned."""
    return rows_of(con, "figures_by_month")


def newest_pages(con: duckdb.DuckDBPyConnection, most: int = 12) -> list[Row]:
    """Lists the newest pages, each with the first of its articles."""
    return rows_of(con, "newest_pages", [most])


def note_growth(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table the growth on the year before of each subject, indicator and period, where it is sure.

    Args:
        con: The warehouse, with the report's articles chosen.
    """
    note(con, "growth", [SURE])


def striking_growth(con: duckdb.DuckDBPyConnection, sign: int, most: int = 6) -> list[Row]:
    """Lists the largest growth, or the largest decline, on the year before; one of each subject and sentence.

    Args:
        con: The warehouse, with the growth noted.
        sign: 1 for growth, -1 for decline.
        most: How many.
    """
    return rows_of(con, "striking_growth", [sign, most])


def growth_by_district(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists what grew or fell most on the year before, of the divisions' own figures, at most five of each."""
    return rows_of(con, "growth_by_district", [most])


def compared_growth(con: duckdb.DuckDBPyConnection, most: int = 3) -> list[list[Row]]:
    """Lists growth on the year before that several divisions have of one indicator in one period."""
    periods: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows_of(con, "compared_growth"):
        periods.setdefault((row["indicator_name"], row["period_start"], row["period_end"]), []).append(row)
    return [some[:15] for some in list(periods.values())[:most]]


def conflicting_figures(con: duckdb.DuckDBPyConnection, most: int = 15) -> list[Row]:
    """Lists where articles differ about one subject, indicator and period."""
    note(con, "clash", [SURE, most])
    return rows_of(con, "conflicting_figures", [SURE])


def indicators(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the indicators that have a common name, with how much is known of each."""
    return rows_of(con, "indicators")


def figures_of_indicators(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> pa.Table:
    """Packs all figures of indicators, the newest periods first; see `unpacked`.

    Args:
        con: The warehouse, with the report's articles chosen.
        keys: Which indicators.
    """
    return parcel(con, "figures_of_indicators", [list(keys)])


def figures_of_regions(con: duckdb.DuckDBPyConnection, adcodes: Sequence[str], most: int) -> pa.Table:
    """Packs the figures of divisions, by topic; of one that has more than are shown, the newest of each indicator.

    Args:
        con: The warehouse, with the report's articles chosen.
        adcodes: Which divisions.
        most: No more figures of each than these.
    """
    return parcel(con, "figures_of_regions", [list(adcodes), most])
