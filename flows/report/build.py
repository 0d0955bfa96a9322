"""Puts the report together from what the warehouse says: the start page, and in turn all others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.quality_page import check_file, failing_checks
from flows.report.all_figures import write_all_figures
from flows.report.articles import give_articles, list_articles
from flows.report.charts import compare_chart, month_chart
from flows.report.figures import bar_of, sources, write_indicators, write_regions
from flows.report.hands import Hands
from flows.report.names import public_persons, write_names
from flows.report.search import Entry, write_search_index
from flows.report.site import Site, open_site
from flows.report.wording import both, days_text, labels, place_with_degree
from flows.telling.excerpts import excerpt
from tasks.findings import wording
from tasks.workers import collect_seldom
from warehouse.errors import UserError
from warehouse.report import figures as report_figures
from warehouse.report import findings as report_findings
from warehouse.report import names as report_names
from warehouse.report.articles import article_heads
from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]
_FEW = 600
"""So few articles that one worker process makes their pages while this one asks the warehouse for the next."""

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
        workers: Processes that make the pages where there are many.
    """

    output: Path
    region: str | None = None
    since: date | None = None
    until: date | None = None
    all_persons: bool = False
    workers: int = 1


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
    collect_seldom()  # rows by the hundred thousand stay for the whole build
    chosen = report_figures.Chosen(request.region, request.since, request.until)
    if not report_figures.choose_articles(con, chosen):
        raise UserError(f"There is no division {request.region!r}: write it as 槐荫区, 山东省济南市槐荫区 or 370104.")
    report_figures.note_content(con)
    with closing(open_site(request.output)) as site:
        _build(con, site, folder, request, chosen.restricts)
    return site


def _build(con: Connection, site: Site, folder: DataFolder, request: ReportRequest, restricts: bool) -> None:
    """Makes all pages."""
    heads = article_heads(con)
    with ThreadPoolExecutor(1) as asking:  # while the warehouse finds the names, the articles' pages are looked at
        noted = asking.submit(_note_names, con, request.all_persons)
        listed = list_articles(site, folder, heads)
        noted.result()
    with Hands(site, _workers(request.workers, listed.stale)) as hands:
        give_articles(con, hands, folder, listed.blocks)
        indicators = write_indicators(con, site, hands)
        regions = write_regions(con, site, hands)
        persons = write_names(con, site, request.all_persons, hands)
        embedded = _copy_quality_page(site, folder)
        site.page("quality.html", "quality", both("quality"), embedded=embedded)
        digests = None if restricts else [head["digest"] for head in listed.heads]
        _write_start(con, site, embedded, digests, indicators[:12])
    blocks = [block.name for block in listed.blocks]
    write_all_figures(site, blocks, sum(head["figures"] for head in listed.heads))
    names: list[Entry] = [
        *((f"{row['name']} {row['indicator_key'].replace('_', ' ')}", row["page"]) for row in indicators),
        *((row["full_name"], f"regions/{row['adcode']}.html") for row in regions),
        *persons,
    ]
    write_search_index(site, names, blocks)
    site.finish()


def _note_names(con: Connection, all_persons: bool) -> None:
    """Notes in temporary tables which names the report may list, and where the articles belong."""
    report_names.note_names(con)
    public = None if all_persons else public_persons(report_names.person_contexts(con))
    report_names.list_names(con, public)
    report_names.note_places(con)


def _workers(most: int, stale: int) -> int:
    """Says how many processes make pages beside this one: none where nothing is to be made, or there is one core."""
    if not stale or most < 2:
        return 0
    return most if stale > _FEW else 1


def _write_start(con: Connection, site: Site, embedded: bool, digests: list[int] | None, reported: list[Row]) -> None:
    """Writes the start page; always, where articles are left out: growth and conflicts look at these as well."""
    failing = [row | {"page": f"quality/checks/{check_file(row)}"} for row in failing_checks(con)]
    findings = [row | _in_words(row) for row in report_findings.findings_by_code(con)]
    if digests is not None and site.is_fresh("index.html", digests, failing, findings, embedded):
        return
    report_figures.note_growth(con)
    months = report_figures.figures_by_month(con)
    districts = report_figures.growth_by_district(con)
    site.page(
        "index.html",
        "start",
        both("title"),
        overview=report_figures.overview(con),
        striking=[
            (key, cards)
            for key, sign in (("striking_up", 1), ("striking_down", -1))
            if (cards := [_card(figure) for figure in report_figures.striking_growth(con, sign)])
        ],
        districts=districts,
        compared=[_compared(some) for some in report_figures.compared_growth(con)],
        reported=reported,
        months=months,
        month_charts=[_month_chart(months, language) for language in (0, 1)] if months else [],
        conflicts=report_figures.conflicting_figures(con),
        newest=report_figures.newest_pages(con),
        failing=failing,
        findings=findings,
        embedded=embedded,
    )


def _in_words(finding: Row) -> Row:
    """Says what was noticed and what to do, in both languages; as it was said then where the code is known no more."""
    said = f"{finding['message']} {finding['what_to_do']}"
    words = wording().get(finding["code"])
    return {"en": said, "zh": words["message_zh"] + words["what_to_do_zh"] if words else said}


def _card(figure: Row) -> Row:
    """Cuts a figure's sentence to the clauses that stand around it."""
    sentence = figure["sentence"] or ""
    start, end = place_with_degree(sentence, figure["text"], bool(figure["qualifier"]))
    if start < 0:
        return figure | {"before": "", "printed": figure["text"], "after": ""}
    first, last = excerpt(sentence, start, end, _AROUND)
    return figure | {
        "before": ("…" if first else "") + sentence[first:start],
        "printed": sentence[start:end],
        "after": sentence[end:last] + ("…" if last < len(sentence) else ""),
    }


def _compared(figures: list[Row]) -> Row:
    """Draws the growth of one indicator in one period, region beside region."""
    first = figures[0]
    name = f"{first['indicator_name']} {days_text(first['period_start'], first['period_end'])}"
    bars = [bar_of(figure, "") for figure in figures]
    return {"name": name, "svg": compare_chart(bars, "%", name), "figures": figures, "sources": sources(figures)}


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
