"""Reads one repaired page: names, numbers, times, and what they say together."""

from __future__ import annotations

from tasks.extraction.facts import build_metrics
from tasks.extraction.names import find_names
from tasks.extraction.names.own_names import OwnNames
from tasks.extraction.periods import find_periods
from tasks.extraction.quantities import find_quantities
from tasks.page import TEXT_ROLES, Extraction, PageContext, RepairedPage


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
    periods = {p.seq: find_periods(p.text, context.day) for p in texts if p.seq in quantities}
    metrics = build_metrics(page, quantities, periods, mentions, context)
    return Extraction(tuple(mentions), tuple(metrics))
