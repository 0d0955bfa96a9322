"""Reads one repaired page: names, numbers, times, and what they say together."""

from __future__ import annotations

from tasks.extraction.facts import build_metrics
from tasks.extraction.names import find_names
from tasks.extraction.names.own_names import OwnNames
from tasks.extraction.periods import find_periods
from tasks.extraction.quantities import find_quantities
from tasks.page import TEXT_ROLES, Extraction, PageContext, Paragraph, Period, RepairedPage

_MEMORY = 40
"""Time expressions of an article that are kept in mind for the next paragraph."""


def extract_page(page: RepairedPage, context: PageContext, own_names: OwnNames | None = None) -> Extraction:
    """Finds the names and the figures of a page, and makes every figure a fact.

    Args:
        page: The repaired page.
        context: What else is known about it, above all the issue date.
        own_names: Names that the user added.
    """
    mentions = find_names(page, context, own_names)
    texts = [p for p in page.paragraphs if p.role in TEXT_ROLES]
    quantities = {p.seq: found for p in texts if (found := find_quantities(p.text))}
    periods = periods_of(texts, context)
    metrics = build_metrics(page, quantities, periods, mentions, context)
    return Extraction(tuple(mentions), tuple(metrics))


def periods_of(texts: list[Paragraph], context: PageContext) -> dict[int, list[Period]]:
    """Finds the time expressions of each paragraph; what an article said before helps to resolve 当天 and 假期."""
    said: dict[int | None, list[Period]] = {}
    found: dict[int, list[Period]] = {}
    for paragraph in texts:
        before = said.setdefault(paragraph.article, [])
        found[paragraph.seq] = find_periods(paragraph.text, context.day, before[-_MEMORY:])
        before.extend(found[paragraph.seq])
    return found
