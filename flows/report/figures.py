"""Writes the report's pages of figures: by indicator, with its series, and by region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from flows.report.charts import compare_chart, series_chart
from flows.report.hands import Hands
from flows.report.marking import anchor_of
from flows.report.rendering import sheets
from flows.report.series import line_of, parted
from flows.report.site import Site
from flows.report.wording import both, figure_text, indicator_label, labels
from warehouse.report import figures as report_figures
from warehouse.report import names as report_names
from warehouse.report.rows import grouped, unpacked

if TYPE_CHECKING:
    from pyarrow import Table

    from warehouse.gate.candidate import Connection

Row = dict[str, Any]

MOST_LINES = 8
"""Lines of a chart that can still be told apart."""

MOST_ROWS = 100
"""Figures of an indicator or a region that its tables show; all of them stand on the page of all figures."""

_AT_A_TIME, _MOST_AT_A_TIME = 15_000, 500
"""Figures of the pages that a worker is given at a time, and pages."""

MOST_CHARTS = 4
MOST_POINTS = 160
MOST_BARS = 15
_MOST_PERIODS = 2
"""Charts of bars of one kind of statement, a period each: those with the most figures."""


def write_indicators(con: Connection, site: Site, hands: Hands) -> list[Row]:
    """Writes the table of indicators, and hands out the pages that are new or changed.

    Args:
        con: The warehouse, with the report's articles chosen and noted.
        site: The report.
        hands: Who makes the pages.

    Returns:
        The indicators, the most reported first.
    """
    rows = report_figures.indicators(con)
    for row in rows:
        row["page"] = f"indicators/{_file_name(row['indicator_key'])}.html"
        row["label"] = indicator_label(row)
    topics = sorted({row["topic"] for row in rows if row["topic"]})
    site.page("indicators.html", "indicators", both("indicators"), rows=rows, topics=topics)
    stale = [row for row in rows if not _stands(site, row["page"], row["figures"], row["digest"], row["name"])]
    for some in _shares(stale, None):
        hands.give(
            _write_indicators, some, report_figures.figures_of_indicators(con, [row["indicator_key"] for row in some])
        )
    return rows


def _write_indicators(site: Site, rows: list[Row], figures: Table) -> None:
    by_indicator = grouped(unpacked(figures), "indicator_key")
    for row in rows:
        own = by_indicator[row["indicator_key"]]
        charts = list(islice(indicator_charts(row["name"], own, "../"), MOST_CHARTS))
        for sheet in sheets(row["page"], own[:MOST_ROWS]):
            shown = charts if sheet.number == 1 else []
            site.page(sheet.path, "indicator", row["label"], title=row["name"], sheet=sheet, charts=shown, row=row)


def write_regions(con: Connection, site: Site, hands: Hands) -> list[Row]:
    """Writes the table of regions, and hands out the pages that are new or changed.

    Args:
        con: The warehouse, with the report's articles chosen and noted and its names listed.
        site: The report.
        hands: Who makes the pages.

    Returns:
        The regions, the most reported first.
    """
    rows = report_names.regions(con)
    site.page("regions.html", "regions", both("regions"), sheet=None, rows=rows)
    known = {row["adcode"]: row for row in rows}
    below: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["adcode"]):
        above = row["city_adcode"] if row["city_adcode"] != row["adcode"] else row["province_adcode"]
        below[above or row["province_adcode"] or ""].append(row)
    stale: list[Row] = []
    for row in rows:
        codes = (row["province_adcode"], row["city_adcode"])
        row["above"] = [_in_short(known[code]) for code in codes if code in known and code != row["adcode"]]
        row["below"] = [_in_short(other) for other in below[row["adcode"]] if other["adcode"] != row["adcode"]]
        made_from = (row["digest"], row["full_name"], row["above"], row["below"])
        if not _stands(site, f"regions/{row['adcode']}.html", row["figures"], *made_from):
            stale.append(row)
    for some in _shares(stale, MOST_ROWS):
        adcodes = [row["adcode"] for row in some]
        named, told = report_names.names_by_region(con, adcodes), report_names.articles_by_region(con, adcodes)
        figures = report_figures.figures_of_regions(con, adcodes, MOST_ROWS)
        hands.give(_write_regions, some, figures, named, told)
    return rows


def _in_short(region: Row) -> Row:
    return {key: region[key] for key in ("adcode", "name", "figures")}


def _write_regions(
    site: Site, rows: list[Row], figures: Table, named: dict[str, list[Row]], told: dict[str, list[Row]]
) -> None:
    by_region = grouped(unpacked(figures), "region_adcode")
    for row in rows:
        adcode = row["adcode"]
        own = by_region.get(adcode, [])
        topics = sorted({figure["topic"] for figure in own if figure["topic"]})
        more = {"names": named.get(adcode, []), "articles": told.get(adcode, [])}
        for sheet in sheets(f"regions/{adcode}.html", own):
            site.page(sheet.path, "region", row["full_name"], sheet=sheet, topics=topics, row=row, **more)


def _shares(rows: list[Row], most: int | None) -> Iterator[list[Row]]:
    """Cuts rows into shares of about as many figures each, of which at most some are read of each row."""
    share: list[Row] = []
    figures = 0
    for row in rows:
        share.append(row)
        figures += min(row["figures"], most or row["figures"])
        if figures >= _AT_A_TIME or len(share) == _MOST_AT_A_TIME:
            yield share
            share, figures = [], 0
    if share:
        yield share


def _stands(site: Site, page: str, rows: int, *made_from: object) -> bool:
    """Says whether all sheets of a page stand as they would be made."""
    fresh = [site.is_fresh(sheet.path, rows, *made_from) for sheet in sheets(page, range(min(rows, MOST_ROWS)))]
    return all(fresh)


def indicator_charts(indicator: str, figures: list[Row], root: str) -> Iterator[Row]:
    """Gives a chart for each kind of statement, unit and kind of period that has figures to compare.

    Args:
        indicator: Its name.
        figures: All of its figures.
        root: The way from the page to the report's folder.
    """
    for key, unit, period, some in parted(figures):
        for drawn in islice(_on_one_axis(some), _MOST_PERIODS):
            label = f"{indicator} {labels()[key][0]}·{labels()[period][0]}（{unit}）"
            yield {
                "key": key,
                "unit": unit,
                "period": period,
                "figures": drawn,
                "sources": sources(drawn),
                "svg": _chart(drawn, unit, label, root),
            }


def _on_one_axis(figures: list[Row]) -> Iterator[list[Row]]:
    """Gives what may stand in one chart: all, where a subject has a series; else the figures of one period each time.

    Bars of several years beside each other would say that the subjects differ where only the years do.
    """
    days: dict[tuple[str, ...], set[date | None]] = defaultdict(set)
    periods: dict[tuple[date | None, date | None], list[Row]] = defaultdict(list)
    for figure in figures:
        days[line_of(figure)].add(figure["period_end"])
        if figure["period_end"]:
            periods[figure["period_start"], figure["period_end"]].append(figure)
    if any(len(of_line) > 1 for of_line in days.values()):
        yield _drawn(figures)
        return
    for some in sorted(periods.values(), key=lambda some: -len(some)):
        if len(drawn := _drawn(some)) > 1:
            yield drawn


def _chart(figures: list[Row], unit: str, label: str, root: str) -> Markup:
    """Draws a line for each subject where one has a series, else bars beside each other, of one period each chart."""
    points = [_point(figure, root) for figure in figures]
    days: dict[str, set[str]] = defaultdict(set)
    for point in points:
        days[point["line"]].add(point["day"])
    if any(len(of_line) > 1 for of_line in days.values()):
        return series_chart(points, unit, label)
    bars = sorted(points, key=lambda point: -abs(point["value"]))[:MOST_BARS]
    return compare_chart(bars, unit, label)


def _drawn(figures: list[Row]) -> list[Row]:
    """Takes the figures of the busiest subjects, each value of a day once."""
    by_subject: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
    for figure in figures:
        by_subject[figure["subject"]].setdefault((figure["period_end"], figure["value"]), figure)
    busiest = sorted(by_subject.items(), key=lambda item: (-len({day for day, _ in item[1]}), item[0]))
    most = MOST_LINES if busiest and len(busiest[0][1]) > 1 else MOST_BARS
    return [figure for _, some in busiest[:most] for figure in some.values()][:MOST_POINTS]


def _point(figure: Row, root: str) -> Row:
    return bar_of(figure, root) | {
        "day": (figure["period_end"] or date(1, 1, 1)).isoformat(),
        "region": figure["subject"],
        "line": "|".join(line_of(figure)),
    }


def bar_of(figure: Row, root: str, *more: str) -> Row:
    """Gives what a chart shows of a figure, and where it leads.

    Args:
        figure: A figure with a subject.
        root: The way from the page to the report's folder.
        *more: Further words that tell it from the others.
    """
    year = (
        f"（{figure['period_end']:%Y}）"
        if figure["period_end"] and f"{figure['period_end']:%Y}" not in (figure["period"] or "")
        else ""
    )
    name = " ".join(filter(None, (figure["subject"], *more, f"{figure['period'] or ''}{year}")))
    return {
        "bar": name,
        "value": figure["value"],
        "end": figure_text(figure),
        "said": f"{name} {figure_text(figure)}",
        "link": f"{root}articles/{figure['article_id']}.html#{anchor_of(figure['metric_id'])}",
    }


def sources(figures: list[Row]) -> str:
    """Says where figures come from: the newspapers, or else where they were printed.

    Args:
        figures: Rows of figures.
    """
    named = sorted({figure["publisher"] or figure["citation"] for figure in figures})
    return "；".join(named[:3]) + (" …" if len(named) > 3 else "")


def _file_name(indicator: str) -> str:
    return re.sub(r"[^\w（）()-]", "_", indicator)[:80]
