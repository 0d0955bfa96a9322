"""Reads one repaired page: names, numbers, times, and what they say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tasks.extraction.facts import build_metrics
from tasks.extraction.facts.period.outlook import last_day
from tasks.extraction.facts.reader.network import Network
from tasks.extraction.facts.reader.reread import reread
from tasks.extraction.facts.reader.window import Reading
from tasks.extraction.facts.section.outline import UNKNOWN, Outline, outline_page
from tasks.extraction.facts.trust.contradictions import settle_contradictions
from tasks.extraction.facts.trust.plausible import doubt, doubt_disordered
from tasks.extraction.names import find_names
from tasks.extraction.names.own_names import OwnNames
from tasks.extraction.periods import find_periods
from tasks.extraction.printed import fold_page
from tasks.extraction.quantities.finder import Figures, read_figures
from tasks.page import DISORDERED, TEXT_ROLES, Extraction, Finding, Metric, PageContext, Paragraph, Period, RepairedPage

_MEMORY = 40
"""Time expressions of an article that are kept in mind for the next paragraph."""

_NEW_RENMINBI = date(1955, 3, 1)
"""From this day on 10,000 old yuan were one new one (State Council order of 21 February 1955)."""

_CONTEXT = 8
"""Characters on either side of a figure that was not read, shown to the user."""


def extract_page(
    page: RepairedPage, context: PageContext, own_names: OwnNames | None = None, network: Network | None = None
) -> Extraction:
    """Finds the names and the figures of a page, and makes every figure a fact.

    Args:
        page: The repaired page.
        context: What else is known about it, above all the issue date.
        own_names: Names that the user added.
        network: The learned reader; None leaves every choice to the rules.
    """
    page, printed = fold_page(page)
    reading, unread = read_by_rules(page, context, own_names)
    metrics = reading.metrics if network is None else reread(reading, network)
    metrics, contradictions = settle_contradictions(metrics, page.paragraphs, last_day(context))
    metrics, doubtful = doubt(metrics)
    if any(finding.code == DISORDERED for finding in page.findings):
        metrics = doubt_disordered(metrics)
    if context.day and context.day < _NEW_RENMINBI:
        doubtful += _in_old_money(metrics)
    read = Extraction(tuple(reading.mentions), tuple(metrics), (*unread, *contradictions, *doubtful))
    return read if printed is None else printed.give_back(read)


def read_by_rules(
    page: RepairedPage, context: PageContext, own_names: OwnNames | None = None
) -> tuple[Reading, list[Finding]]:
    """Reads a folded page by the rules alone.

    Args:
        page: The repaired page, its characters folded.
        context: What else is known about it.
        own_names: Names that the user added.

    Returns:
        What was read, and what could not be.
    """
    mentions = find_names(page, context, own_names)
    texts = [p for p in page.paragraphs if p.role in TEXT_ROLES]
    figures = {p.seq: read_figures(p.text) for p in texts}
    quantities = {seq: list(found.quantities) for seq, found in figures.items() if found.quantities}
    outlines = outline_page(page, context)
    periods = periods_of(texts, context, outlines)
    metrics = build_metrics(page, quantities, periods, mentions, context, outlines)
    unread = [finding for p in texts for finding in _unread(p, figures[p.seq])]
    return Reading(page, context, mentions, periods, outlines, metrics), unread


def _in_old_money(metrics: Sequence[Metric]) -> list[Finding]:
    """Tells that the yuan of a page are those of the first renminbi, 10,000 to one of today's; nothing is converted."""
    old = [m for m in metrics if m.quantity.unit == "元"]
    return (
        [Finding("info", "quantity.old_renminbi", f"paragraph {old[0].paragraph}", old[0].quantity.text)] if old else []
    )


def _unread(paragraph: Paragraph, figures: Figures) -> Iterator[Finding]:
    """Tells of the figures that were not read, because something unreadable touches them."""
    where = f"line {paragraph.lines[0]}" if paragraph.lines else f"paragraph {paragraph.seq}"
    for refused in figures.refused:
        context = paragraph.text[max(0, refused.start_char - _CONTEXT) : refused.end_char + _CONTEXT]
        yield Finding("warning", "quantity.unreadable", where, context)


def periods_of(
    texts: Sequence[Paragraph], context: PageContext, outlines: Mapping[int, Outline]
) -> dict[int, list[Period]]:
    """Finds the time expressions of each paragraph.

    What an article said before helps to resolve 当天 and 假期, the year its section tells of 全年 and 年末.

    Args:
        texts: The paragraphs of the page's articles.
        context: What is known about the page.
        outlines: The articles' outlines, by `Article.seq`.
    """
    said: dict[int | None, list[Period]] = {}
    found: dict[int, list[Period]] = {}
    for paragraph in texts:
        before = said.setdefault(paragraph.article, [])
        told_of = outlines.get(paragraph.article or 0, UNKNOWN).year_at(paragraph.seq)
        found[paragraph.seq] = find_periods(paragraph.text, context.day, before[-_MEMORY:], told_of)
        before.extend(found[paragraph.seq])
    return found
