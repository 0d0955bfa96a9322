"""Puts the report together from what the warehouse says: the start page, and in turn all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.quality_page import check_file, failing_checks
from flows.report.articles import write_articles
from flows.report.charts import compare_chart, month_chart
from flows.report.figures import bar_of, sources, write_indicators, write_regions
from flows.report.marking import anchor_of
from flows.report.names import public_persons, write_names
from flows.report.search import Entry, write_search_index
from flows.report.site import Site, open_site
from flows.report.wording import both, figure_text, labels
from tasks.findings import wording
from warehouse import report_data, report_findings, report_names
from warehouse.errors import UserError
from warehouse.lake import DataFolder

if TYPE_CHECKING:
    from warehouse.candidate import Connection

Row = dict[str, Any]
_AROUND = 45
"""Characters of a sentence on either side of a striking figure."""


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
    if not report_data.choose_articles(con, report_data.Chosen(request.region, request.since, request.until)):
        raise UserError(f"There is no division {request.region!r}: write it as 槐荫区, 山东省济南市槐荫区 or 370104.")
    report_names.note_names(con)
    public = None if request.all_persons else public_persons(report_names.person_contexts(con))
    report_names.list_names(con, public)
    report_names.note_places(con)
    site = open_site(request.output)
    embedded = _copy_quality_page(site, folder)
    site.page("quality.html", "quality", both("quality"), embedded=embedded)
    _write_start(con, site, embedded)
    entries: list[Entry] = [
        *write_indicators(con, site),
        *write_regions(con, site),
        *write_names(con, site, request.all_persons),
        *write_articles(con, site, folder),
        *_figures_to_find(con),
    ]
    write_search_index(site, entries)
    site.finish()
    return site


def _write_start(con: Connection, site: Site, embedded: bool) -> None:
    months = report_data.figures_by_month(con)
    districts = report_data.growth_by_district(con)
    site.page(
        "index.html",
        "start",
        both("title"),
        overview=report_data.overview(con),
        striking=[
            ("striking_up", [_card(figure) for figure in report_data.striking_growth(con, 1)]),
            ("striking_down", [_card(figure) for figure in report_data.striking_growth(con, -1)]),
        ],
        districts=districts,
        district_chart=_district_chart(districts) if districts else None,
        district_sources=sources(districts),
        months=months,
        month_charts=[_month_chart(months, language) for language in (0, 1)] if months else [],
        conflicts=report_data.conflicting_figures(con),
        newest=report_data.newest_pages(con),
        failing=[row | {"page": f"quality/checks/{check_file(row)}"} for row in failing_checks(con)],
        findings=[row | _in_words(row) for row in report_findings.findings_by_code(con)],
        embedded=embedded,
    )


def _in_words(finding: Row) -> Row:
    """Says what was noticed and what to do, in both languages; as it was said then where the code is known no more."""
    said = f"{finding['message']} {finding['what_to_do']}"
    words = wording().get(finding["code"])
    return {"en": said, "zh": words["message_zh"] + words["what_to_do_zh"] if words else said}


def _card(figure: Row) -> Row:
    """Cuts a figure's sentence to what stands around it."""
    sentence, text = figure["sentence"] or "", figure["text"]
    at = sentence.find(text)
    if at < 0:
        return figure | {"before": "", "printed": text, "after": ""}
    end = at + len(text)
    before, after = sentence[max(0, at - _AROUND) : at], sentence[end : end + _AROUND]
    return figure | {
        "before": ("…" if at > _AROUND else "") + before.lstrip(),
        "printed": text,
        "after": after.rstrip() + ("…" if len(sentence) > end + _AROUND else ""),
    }


def _district_chart(figures: list[Row]) -> Any:
    bars = [bar_of(figure, "", figure["indicator"]) for figure in figures]
    return compare_chart(bars, "%", labels()["by_district"][0])


def _month_chart(months: list[Row], language: int) -> Any:
    named = [row | {"kind": labels()[row["modality"]][language]} for row in months]
    return month_chart(named, labels()["by_month"][language])


def _copy_quality_page(site: Site, folder: DataFolder) -> bool:
    """Takes over the quality page as the last run wrote it; says whether there is one."""
    if not (folder.quality / "index.html").is_file():
        return False
    for path in sorted(folder.quality.rglob("*")):
        if path.is_file():
            site.write_bytes(f"quality/{path.relative_to(folder.quality).as_posix()}", path.read_bytes())
    return True


def _figures_to_find(con: Connection) -> Iterator[Entry]:
    for metric_id, article_id, *words, value, value_high, unit in report_data.searchable_figures(con):
        said = " ".join(filter(None, (*words, figure_text(value, value_high, unit))))
        yield said, f"articles/{article_id}.html#{anchor_of(metric_id)}"
