"""Reads facts out of a few lines of text, with the real finders of quantities and periods and names given by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tasks.extraction.facts import build_metrics
from tasks.extraction.periods import find_periods
from tasks.extraction.quantities import find_quantities
from tasks.page import Article, Entity, IssueDate, Mention, Metric, PageContext, Paragraph, RepairedPage

DAY = date(2023, 7, 20)


def read(*paragraphs: str, names: Sequence[tuple[str, str]] = (), headline: str | None = None) -> list[Metric]:
    """Reads the facts of an article; `names` are pairs of printed name and type."""
    texts = ([("headline", headline)] if headline else []) + [("body", text) for text in paragraphs]
    printed = tuple(Paragraph(n, 1, role, text) for n, (role, text) in enumerate(texts, 1))
    mentions = [
        Mention(p.seq, found.start(), found.end(), name, kind, Entity(kind, name))
        for p in printed
        for name, kind in names
        for found in re.finditer(re.escape(name), p.text)
    ]
    page = RepairedPage(printed, (Article(1, headline=headline),))
    return build_metrics(
        page,
        {p.seq: list(find_quantities(p.text)) for p in printed},
        {p.seq: list(find_periods(p.text, DAY)) for p in printed},
        mentions,
        PageContext(IssueDate(DAY)),
    )
