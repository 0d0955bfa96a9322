"""Writes the report's pages of figures: by indicator, with its series, and by region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from flows.report.charts import compare_chart, series_chart
from flows.report.marking import anchor_of
from flows.report.site import Site, sheets
from flows.report.wording import both, figure_text, indicator_label, labels
from warehouse import report_data, report_names

if TYPE_CHECKING:
    from warehouse.candidate import Connection

Row = dict[str, Any]

MOST_LINES = 8
"""Lines of a chart that can still be told apart."""

MOST_CHARTS = 4
MOST_POINTS = 160
MOST_BARS = 15


def write_indicators(con: Connection, site: Site) -> list[tuple[str, str]]:
    """Writes the table of indicators and a page for each that is new or changed.

    Args:
        con: The warehouse, with the report's articles chosen.
        site: The report.

    Returns:
        Name and page of each, for the search.
    """
    rows = report_data.indicators(con)
    for row in rows:
        row["page"] = f"indicators/{_file_name(row['indicator_key'])}.html"
        row["label"] = indicator_label(row)
    topics = sorted({row["topic"] for row in rows if row["topic"]})
    site.page("indicators.html", "indicators", both("indicators"), rows=rows, topics=topics)
    for row in rows:
        if _stands(site, row["page"], row["figures"], row["digest"], row["name"]):
            continue
        figures = report_data.indicator_figures(con, row["indicator_key"])
        charts = list(islice(_charts(row["name"], figures), MOST_CHARTS))
        for sheet in sheets(row["page"], figures):
            shown = charts if sheet.number == 1 else []
            site.page(sheet.path, "indicator", row["label"], title=row["name"], sheet=sheet, charts=shown, row=row)
    return [(f"{row['name']} {row['indicator_key'].replace('_', ' ')}", row["page"]) for row in rows]


def write_regions(con: Connection, site: Site) -> list[tuple[str, str]]:
    """Writes the table of regions and a page for each that is new or changed.

    Args:
        con: The warehouse, with the report's articles chosen and its names listed.
        site: The report.

    Returns:
        Name and page of each, for the search.
    """
    rows = report_names.regions(con)
    site.page("regions.html", "regions", both("regions"), sheet=None, rows=rows)
    named, told = report_names.names_by_region(con), report_names.articles_by_region(con)
    known = {row["adcode"]: row for row in rows}
    below: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["adcode"]):
        above = row["city_adcode"] if row["city_adcode"] != row["adcode"] else row["province_adcode"]
        below[above or row["province_adcode"] or ""].append(row)
    for row in rows:
        adcode = row["adcode"]
        above = [known[code] for code in (row["province_adcode"], row["city_adcode"]) if code in known]
        values: Row = {
            "above": [other for other in above if other["adcode"] != adcode],
            "below": [other for other in below[adcode] if other["adcode"] != adcode],
            "names": named.get(adcode, []),
            "articles": told[adcode],
        }
        page = f"regions/{adcode}.html"
        if _stands(site, page, row["figures"], row["digest"], row["full_name"], list(values.values())):
            continue
        figures = report_data.region_figures(con, adcode)
        topics = sorted({figure["topic"] for figure in figures if figure["topic"]})
        for sheet in sheets(page, figures):
            site.page(sheet.path, "region", row["full_name"], sheet=sheet, topics=topics, adcode=adcode, **values)
    return [(row["full_name"], f"regions/{row['adcode']}.html") for row in rows]


def _stands(site: Site, page: str, rows: int, *made_from: object) -> bool:
    """Says whether all sheets of a page stand as they would be made."""
    fresh = [site.is_fresh(sheet.path, rows, *made_from) for sheet in sheets(page, range(rows))]
    return all(fresh)


def _charts(indicator: str, figures: list[Row]) -> Iterator[Row]:
    """Gives a chart for each unit of levels, one for growth, and the targets apart; the fullest first."""
    kinds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for figure in figures:
        if figure["modality"] != "actual":
            kinds["targets", figure["unit"]].append(figure)
        elif figure["measure"] == "growth" and figure["unit"] == "%":
            kinds["growths" if figure["comparison"] == "yoy" else "other_growth", "%"].append(figure)
        else:
            kinds["levels" if figure["measure"] == "level" else figure["measure"], figure["unit"]].append(figure)
    for (key, unit), some in sorted(kinds.items(), key=lambda kind: (kind[0][0] == "targets", -len(kind[1]), kind[0])):
        drawn = _drawn(some)
        if len(drawn) > 1:
            label = f"{indicator} {labels()[key][0]}（{unit}）"
            yield {"key": key, "unit": unit, "figures": drawn, "sources": sources(drawn)} | _chart(drawn, unit, label)


def _chart(figures: list[Row], unit: str, label: str) -> Row:
    """Draws a line for each subject where one has a series, else bars beside each other."""
    points = [_point(figure) for figure in figures]
    days: dict[str, set[str]] = defaultdict(set)
    for point in points:
        days[point["region"]].add(point["day"])
    if any(len(of_subject) > 1 for of_subject in days.values()):
        return {"svg": series_chart(points, unit, label)}
    bars = sorted(points, key=lambda point: -abs(point["value"]))[:MOST_BARS]
    return {"svg": compare_chart(bars, unit, label)}


def _drawn(figures: list[Row]) -> list[Row]:
    """Takes the figures that a chart can show: those with a subject and a day, of the busiest subjects."""
    by_subject: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
    for figure in figures:
        day = figure["period_end"] or figure["issue_date"]
        if figure["subject"] and day:
            by_subject[figure["subject"]].setdefault((day, figure["value"]), figure)
    busiest = sorted(by_subject.items(), key=lambda item: (-len({day for day, _ in item[1]}), item[0]))
    most = MOST_LINES if busiest and len(busiest[0][1]) > 1 else MOST_BARS
    return [figure for _, some in busiest[:most] for figure in some.values()][:MOST_POINTS]


def _point(figure: Row) -> Row:
    return bar_of(figure, "../") | {
        "day": (figure["period_end"] or figure["issue_date"]).isoformat(),
        "region": figure["subject"],
    }


def bar_of(figure: Row, root: str, *more: str) -> Row:
    """Gives what a chart shows of a figure, and where it leads.

    Args:
        figure: A figure with a subject.
        root: The way from the page to the report's folder.
        *more: Further words that tell it from the others.
    """
    name = " ".join(filter(None, (figure["subject"], *more, figure["period"])))
    return {
        "bar": name,
        "value": figure["value"],
        "said": f"{name} {figure_text(figure['value'], figure['value_high'], figure['unit'])}",
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
