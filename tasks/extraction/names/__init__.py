"""Finds persons, organisations and places on a page and ties them to the things they stand for.

What belongs here: the two entrances to everything about names. What does not: figures and periods.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tasks.extraction.names.credits import byline_names, credit_names
from tasks.extraction.names.linking import FoundName, link_names
from tasks.extraction.names.own_names import OwnNames
from tasks.extraction.names.recogniser import recognise
from tasks.extraction.names.spans import Span
from tasks.page import Mention, PageContext, Paragraph, RepairedPage

__all__ = ["find_names", "find_names_in_text"]


def find_names(page: RepairedPage, context: PageContext, own_names: OwnNames | None = None) -> tuple[Mention, ...]:
    """Finds every name on a page, with the person, organisation or place that it stands for.

    Args:
        page: The repaired page; its furniture is left out.
        context: Issue date and publisher, which decide what 莱芜市 or 市中区 means.
        own_names: Names that the user added; they go before everything else.

    Returns:
        Mentions in reading order.
    """
    paragraphs = [p for p in page.paragraphs if p.role != "furniture"]
    found = _spans_by_paragraph(paragraphs)
    names = [FoundName(p.article, span.type, p.text[span.start : span.end]) for p, span in found]
    entities = link_names(names, context.day, context.publisher)
    return tuple(
        Mention(p.seq, span.start, span.end, p.text[span.start : span.end], span.type, entity)
        for (p, span), entity in zip(found, entities, strict=True)
    )


def _spans_by_paragraph(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, Span]]:
    """Reads all paragraphs as one text, so that the page as a whole can speak, and lays the names back onto them."""
    starts: list[int] = []
    sure: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        starts.append(at)
        credits = byline_names if paragraph.role == "byline" else credit_names
        sure.extend(s._replace(start=at + s.start, end=at + s.end) for s in credits(paragraph.text))
        at += len(paragraph.text) + 2
    found: list[tuple[Paragraph, Span]] = []
    for span in recognise("\n\n".join(p.text for p in paragraphs), sure):
        number = bisect_right(starts, span.start) - 1
        paragraph, offset = paragraphs[number], starts[number]
        if span.end - offset <= len(paragraph.text):
            found.append((paragraph, Span(span.start - offset, span.end - offset, span.type, span.score)))
    return found


def find_names_in_text(text: str) -> tuple[Mention, ...]:
    """Finds every name in one paragraph as it stands.

    Args:
        text: The paragraph.

    Returns:
        Mentions with paragraph number 1.
    """
    page = RepairedPage((Paragraph(1, None, "body", text),), ())
    return find_names(page, PageContext())
