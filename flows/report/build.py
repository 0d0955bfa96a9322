"""Puts the report together, page by page, from what the warehouse says."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from flows.report.articles import write_articles
from flows.report.charts import bar_chart, series_chart
from flows.report.marking import anchor_of
from flows.report.site import Site, digest_of, open_site, page_writer, templates_digest, write_search_index
from flows.report.wording import figure_text, labels
from tasks.lexicon import read_table
from warehouse import report_articles, report_data
from warehouse.errors import UserError
from warehouse.lake import DataFolder

if TYPE_CHECKING:
    from warehouse.candidate import Connection

Row = dict[str, Any]
_PER_PAGE = 300
_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a user asks of the report.

    Attributes:
        output: Folder to write.
        region: Division by name or adcode; None for all.
        since: First issue date.
        until: Last issue date.
        all_persons: List private citizens too.
    """

    output: Path
    region: str | None = None
    since: date | None = None
    until: date | None = None
    all_persons: bool = False


def build_report(con: Connection, folder: DataFolder, request: ReportRequest) -> Site:
    """Writes the report as a folder of static pages.

    Args:
        con: The warehouse, read-only.
        folder: The data directory, for raw pages and the quality page.
        request: What the user asks for.

    Returns:
        The site, with the number of pages written.

    Raises:
        UserError: There is no such region.
    """
    adcode = report_data.region_adcode(con, request.region) if request.region else None
    if request.region and adcode is None:
        raise UserError(f"There is no division {request.region!r}: write it as 槐荫区, 济南市槐荫区 or 370104.")
    report_data.choose_articles(con, report_data.Chosen(adcode, request.since, request.until))
    site, engine = open_site(request.output), page_writer()
    _write_start(con, site, engine)
    _write_indicators(con, site, engine)
    _write_regions(con, site, engine)
    heads = report_articles.article_heads(con)
    headlines = {head["article_id"]: head["headline"] for head in heads}
    _write_names(con, site, engine, headlines, request.all_persons)
    _write_quality(site, engine, folder)
    write_articles(con, site, engine, folder, heads, templates_digest())
    write_search_index(site, _search_entries(con, headlines))
    site.finish()
    return site


def _page(site: Site, engine: Environment, path: str, template: str, heading: str, **values: Any) -> None:
    root = "../" * path.count("/")
    text = engine.get_template(f"{template}.html.j2").render(root=root, here=path, heading=heading, **values)
    site.write(path, text)


def _heading(key: str) -> str:
    return labels()[key][0]


def _write_start(con: Connection, site: Site, engine: Environment) -> None:
    months = report_data.figures_by_month(con)
    named = [row | {"modality": _heading(row["modality"])} for row in months]
    up, down = report_data.striking_growth(con)
    _page(
        site,
        engine,
        "index.html",
        "start",
        _heading("title"),
        overview=report_data.overview(con),
        months=months,
        month_chart=bar_chart(named, "month", "figures", "modality", _heading("by_month")) if months else None,
        up=up,
        down=down,
        conflicts=report_data.conflicting_figures(con),
        newest=report_data.newest_pages(con),
        failing=report_data.failing_checks(con),
    )


def _write_indicators(con: Connection, site: Site, engine: Environment) -> None:
    rows = report_data.indicators(con)
    for row in rows:
        row["page"] = f"indicators/{_file_name(row['indicator_key'])}.html"
    _page(site, engine, "indicators.html", "indicators", _heading("indicators"), rows=rows)
    design = templates_digest()
    for row in rows:
        figures = report_data.indicator_figures(con, row["indicator_key"])
        if not site.is_fresh(row["page"], digest_of(design, figures)):
            charts = list(_charts(row["indicator_key"], figures))
            _page(site, engine, row["page"], "indicator", row["indicator_key"], charts=charts)


def _charts(indicator: str, figures: list[Row]) -> Iterator[Row]:
    """Gives a chart for each unit of levels, one for growth, and the targets apart."""
    kinds: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for figure in figures:
        if figure["modality"] != "actual":
            kinds["targets", ""].append(figure)
        elif figure["measure"] == "growth" and figure["unit"] == "%":
            kinds["growths", ""].append(figure)
        else:
            key = "levels" if figure["measure"] == "level" else figure["measure"]
            kinds[key, figure["unit"]].append(figure)
    for number, ((key, unit), some) in enumerate(sorted(kinds.items(), key=lambda kind: -len(kind[1]))):
        sources = "; ".join(sorted({f["publisher"] or f["citation"] or "" for f in some} - {""})[:5])
        label = f"{indicator} {_heading(key)} {unit}"
        points = [] if key == "targets" else _points(some)
        yield {
            "key": key,
            "unit": unit,
            "figures": some,
            "sources": sources,
            "name": f"{_file_name(indicator)}-{number}",
            "svg": series_chart(points, unit or "%", label) if len(points) > 1 else None,
        }


def _points(figures: list[Row]) -> list[Row]:
    """Takes the figures that a line can show: those with a subject and an end of period, of the busiest regions."""
    by_subject: dict[str, list[Row]] = defaultdict(list)
    for figure in figures:
        day = figure["period_end"] or figure["issue_date"]
        if figure["subject"] and day:
            link = f"../articles/{figure['article_id']}.html#{anchor_of(figure['metric_id'])}"
            point = {"day": day.isoformat(), "value": figure["value"], "region": figure["subject"], "link": link}
            by_subject[figure["subject"]].append(point)
    busiest = sorted(by_subject.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_LINES]
    return [point for _, points in busiest for point in points]


def _write_regions(con: Connection, site: Site, engine: Environment) -> None:
    rows = report_data.regions(con)
    _page(site, engine, "regions.html", "regions", _heading("regions"), rows=rows)
    for row in rows:
        adcode = row["adcode"]
        figures = report_data.region_figures(con, adcode)
        _page(
            site,
            engine,
            f"regions/{adcode}.html",
            "region",
            row["full_name"],
            adcode=adcode,
            topics=[(topic, list(some)) for topic, some in groupby(figures, key=lambda f: f["topic"])],
            organisations=report_data.region_names(con, adcode, "ORG"),
            people=[],
            articles=report_data.region_articles(con, adcode),
        )


def _write_names(
    con: Connection, site: Site, engine: Environment, headlines: dict[str, str], all_persons: bool
) -> None:
    public = None if all_persons else public_persons(report_articles.person_contexts(con))
    for key, type_ in (("people", "PER"), ("organisations", "ORG")):
        rows = report_articles.named(con, type_)
        if type_ == "PER" and public is not None:
            rows = [row for row in rows if row["entity_id"] in public]
        pages = max(1, -(-len(rows) // _PER_PAGE))
        for number in range(1, pages + 1):
            path = _numbered(key, number)
            _page(
                site,
                engine,
                path,
                "names",
                _heading(key),
                rows=rows[(number - 1) * _PER_PAGE : number * _PER_PAGE],
                note=type_ == "PER" and not all_persons,
                headlines=headlines,
                number=number,
                pages=pages,
                previous=_numbered(key, number - 1),
                next=_numbered(key, number + 1),
            )


def public_persons(contexts: list[Row]) -> set[str]:
    """Tells which persons appear with a public title or sign an article; the others are private citizens.

    Args:
        contexts: Rows of `person_contexts`.

    Returns:
        Their entity ids.
    """
    titles = "|".join(sorted((re.escape(row["title"]) for row in read_table("titles")), key=len, reverse=True))
    before, after = re.compile(f"(?:{titles})$"), re.compile(f"^(?:{titles})")
    return {
        row["entity_id"]
        for row in contexts
        if row["signs"] or before.search(row["before"] or "") or after.search(row["after"] or "")
    }


def _write_quality(site: Site, engine: Environment, folder: DataFolder) -> None:
    embedded = (folder.quality / "index.html").is_file()
    if embedded:
        shutil.copytree(folder.quality, site.output / "quality", dirs_exist_ok=True)
    _page(site, engine, "quality.html", "quality", _heading("quality"), embedded=embedded)


def _search_entries(con: Connection, headlines: dict[str, str]) -> Iterator[tuple[str, str]]:
    for article_id, headline in headlines.items():
        if headline:
            yield headline, f"articles/{article_id}.html"
    for row in report_data.indicators(con):
        yield row["indicator_key"], f"indicators/{_file_name(row['indicator_key'])}.html"
    for row in report_data.regions(con):
        yield row["full_name"], f"regions/{row['adcode']}.html"
    for row in report_articles.organisation_places(con):
        yield row["name"], f"articles/{row['article_id']}.html"
    for row in report_data.searchable_figures(con):
        said = figure_text(row["value"], row["value_high"], row["unit"])
        words = " ".join(filter(None, (row["subject"], row["indicator"], row["period"], said)))
        yield words, f"articles/{row['article_id']}.html#{anchor_of(row['metric_id'])}"


def _numbered(key: str, number: int) -> str:
    return f"{key}.html" if number <= 1 else f"{key}-{number}.html"


def _file_name(indicator: str) -> str:
    return re.sub(r"[^\w（）()-]", "_", indicator)
