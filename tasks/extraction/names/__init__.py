"""Finds persons, organisations and places on a page and ties them to the things they stand for.

What belongs here: the two entrances to everything about names. What does not: figures and periods.
"""

from __future__ import annotations

from tasks.extraction.names.linking import FoundName, link_names
from tasks.extraction.names.own_names import OwnNames
from tasks.extraction.names.recogniser import recognise
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
    found = [(p, span) for p in paragraphs for span in recognise(p.text)]
    names = [FoundName(p.article, span.type, p.text[span.start : span.end]) for p, span in found]
    entities = link_names(names, context.day, context.publisher)
    return tuple(
        Mention(p.seq, span.start, span.end, p.text[span.start : span.end], span.type, entity)
        for (p, span), entity in zip(found, entities, strict=True)
    )


def find_names_in_text(text: str) -> tuple[Mention, ...]:
    """Finds every name in one paragraph as it stands.

    Args:
        text: The paragraph.

    Returns:
        Mentions with paragraph number 1.
    """
    page = RepairedPage((Paragraph(1, None, "body", text),), ())
    return find_names(page, PageContext())
