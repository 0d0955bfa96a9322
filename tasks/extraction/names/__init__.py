"""Finds persons, organisations and places on a page and ties them to the things they stand for.

What belongs here: the two entrances to everything about names. What does not: figures and periods.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tasks.extraction.names.find.credits import byline_names, credit_names
from tasks.extraction.names.link.entities import FoundName, link_names
from tasks.extraction.names.overlaps import Span
from tasks.extraction.names.own_names import OwnName, OwnNames
from tasks.extraction.names.recogniser import recognise
from tasks.page import Entity, Mention, PageContext, Paragraph, RepairedPage
from tasks.reading.word_finder import WordFinder, code_points

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
    own = own_names.names if own_names else {}
    found = _spans_by_paragraph(paragraphs, own)
    names = [
        FoundName(p.article, span.type, p.text[span.start : span.end], _employer(p.text, span, before))
        for (p, span), before in zip(found, [None, *found], strict=False)
    ]
    entities = link_names(names, context.day, context.publisher)
    return tuple(
        Mention(p.seq, span.start, span.end, name.text, span.type, _own_entity(own.get(name.text), entity))
        for (p, span), name, entity in zip(found, names, entities, strict=True)
    )


def _own_entity(own: OwnName | None, entity: Entity | None) -> Entity | None:
    """What the user says a name stands for goes before what we think."""
    if own is None:
        return entity
    scope = entity.scope if entity and own.type == "PER" else ""
    return Entity(own.type, own.canonical, scope, own.adcode)


_TITLE_BETWEEN = re.compile(r"[\u3400-\u9fff、]{0,12}")


def _employer(text: str, span: Span, before: tuple[Paragraph, Span] | None) -> str:
    """The organisation in the title before a person's name: 槐荫区委|书记|X."""
    if span.type != "PER" or before is None or before[1].type != "ORG" or before[0].text is not text:
        return ""
    between = text[before[1].end : span.start]
    return text[before[1].start : before[1].end] if between and _TITLE_BETWEEN.fullmatch(between) else ""


def _spans_by_paragraph(paragraphs: Sequence[Paragraph], own: Mapping[str, OwnName]) -> list[tuple[Paragraph, Span]]:
    """Reads all paragraphs as one text, so that the page as a whole can speak, and lays the names back onto them."""
    starts: list[int] = []
    sure: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        starts.append(at)
        whole = paragraph.role == "byline"
        credits = byline_names(paragraph.text) if whole else credit_names(paragraph.text)
        sure.extend(
            Span(at + s.start, at + s.end, s.type, _BYLINE if whole or s.score > _CREDIT else s.score) for s in credits
        )
        at += len(paragraph.text) + 2
    text = "\n\n".join(p.text for p in paragraphs)
    if own:
        surfaces = tuple(own)
        hits = _own_finder(surfaces).find(text, code_points(text))
        sure.extend(Span(start, end, own[surfaces[number]].type, _OWN) for start, end, number in hits)
    found: list[tuple[Paragraph, Span]] = []
    for span in recognise(text, sure):
        number = bisect_right(starts, span.start) - 1
        paragraph, offset = paragraphs[number], starts[number]
        if span.end - offset <= len(paragraph.text):
            found.append((paragraph, Span(span.start - offset, span.end - offset, span.type, span.score)))
    return found


# Surer than any finder: the user's own names; next to them what stands in a byline.
_OWN, _BYLINE = 2.0, 1.5
_CREDIT = 0.9
"""A name with a surname in a credit in brackets is as sure."""


@lru_cache(4)
def _own_finder(surfaces: tuple[str, ...]) -> WordFinder:
    """Gives what finds the user's own names; the number of each is its place in `surfaces`."""
    return WordFinder({surface: number for number, surface in enumerate(surfaces)})


def find_names_in_text(text: str) -> tuple[Mention, ...]:
    """Finds every name in one paragraph as it stands.

    Args:
        text: The paragraph.

    Returns:
        Mentions with paragraph number 1.
    """
    page = RepairedPage((Paragraph(1, None, "body", text),), ())
    return find_names(page, PageContext())
