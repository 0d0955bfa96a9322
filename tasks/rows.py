"""Turns the stages' plain values into rows of the declared tables; the ids are made here and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tasks.extraction.names.link.titles import title_beside
from tasks.page import TEXT_ROLES, Article, Finding, Mention, Metric, Paragraph, RepairedPage

Row = dict[str, Any]


def article_id(document_id: str, seq: int | None) -> str | None:
    """Makes an article's id from its page and its place there; None for furniture.

    Args:
        document_id: Id of the page.
        seq: The article on the page, from 1; None for furniture.

    >>> article_id("d12ab", 3)
    'd12ab.a003'
    """
    return None if seq is None else f"{document_id}.a{seq:03d}"


def paragraph_id(document_id: str, seq: int) -> str:
    """Makes a paragraph's id from its page and its place there.

    Args:
        document_id: Id of the page.
        seq: The paragraph on the page, from 1.

    >>> paragraph_id("d12ab", 7)
    'd12ab.p0007'
    """
    return f"{document_id}.p{seq:04d}"


def article_rows(document_id: str, page: RepairedPage) -> Iterator[Row]:
    """Gives a row for each article of a page; the load ties those that jump from page to page (`tasks.load.jumps`).

    Args:
        document_id: Id of the page.
        page: The repaired page.
    """
    texts: dict[int | None, list[str]] = {}
    for paragraph in page.paragraphs:
        if paragraph.role in TEXT_ROLES:
            texts.setdefault(paragraph.article, []).append(paragraph.text)
    for article in page.articles:
        own = texts.get(article.seq, [])
        yield {
            "article_id": article_id(document_id, article.seq),
            "document_id": document_id,
            "seq": article.seq,
            "kicker": article.kicker,
            "headline": article.headline,
            "deck": list(article.deck),
            "byline": article.byline,
            "authors": list(article.authors),
            "dateline": article.dateline,
            "paragraph_count": len(own),
            "char_count": sum(map(len, own)),
            "continues": None,
            "continued_on": None,
        }


def paragraph_rows(document_id: str, page: RepairedPage) -> Iterator[Row]:
    """Gives a row for each paragraph of a page.

    Args:
        document_id: Id of the page.
        page: The repaired page.
    """
    for paragraph in page.paragraphs:
        yield {
            "paragraph_id": paragraph_id(document_id, paragraph.seq),
            "document_id": document_id,
            "article_id": article_id(document_id, paragraph.article),
            "seq": paragraph.seq,
            "role": paragraph.role,
            "text": paragraph.text,
            "lines": list(paragraph.lines),
            "line_reasons": list(paragraph.line_reasons),
        }


def page_from_rows(
    articles: Iterable[Row], paragraphs: Iterable[Row], findings: Iterable[Finding] = ()
) -> RepairedPage:
    """Reads a repaired page back from its rows.

    Args:
        articles: Rows of `articles` of one document.
        paragraphs: Rows of `paragraphs` of the same document.
        findings: What repair noticed about it.
    """
    articles = list(articles)
    seq_of = {row["article_id"]: row["seq"] for row in articles}
    return RepairedPage(
        tuple(
            Paragraph(
                row["seq"],
                seq_of.get(row["article_id"]),
                row["role"],
                row["text"],
                tuple(row["lines"]),
                tuple(row["line_reasons"]),
            )
            for row in paragraphs
        ),
        tuple(
            Article(
                row["seq"],
                row["kicker"],
                row["headline"],
                tuple(row["deck"]),
                row["byline"],
                tuple(row["authors"]),
                row["dateline"],
            )
            for row in articles
        ),
        tuple(findings),
    )


def mention_rows(document_id: str, page: RepairedPage, mentions: Iterable[Mention]) -> Iterator[Row]:
    """Gives a row for each mention of a page.

    Args:
        document_id: Id of the page.
        page: The repaired page.
        mentions: Names found on the page.
    """
    mentions = list(mentions)
    article_of = {p.seq: p.article for p in page.paragraphs}
    text_of = {p.seq: p.text for p in page.paragraphs}
    bodies: dict[int, list[tuple[int, int]]] = {}
    for m in mentions:
        if m.type in ("ORG", "LOC"):
            bodies.setdefault(m.paragraph, []).append((m.start_char, m.end_char))
    for m in mentions:
        own = (text_of[m.paragraph], m.start_char, m.end_char, bodies.get(m.paragraph, ()))
        place = paragraph_id(document_id, m.paragraph)
        yield {
            "mention_id": f"{place}:{m.start_char}-{m.end_char}:{m.type}",
            "paragraph_id": place,
            "article_id": article_id(document_id, article_of[m.paragraph]),
            "document_id": document_id,
            "start_char": m.start_char,
            "end_char": m.end_char,
            "text": m.text,
            "type": m.type,
            "entity_id": m.entity.entity_id if m.entity else None,
            "title": title_beside(*own) if m.type == "PER" else None,
        }


def entity_rows(document_id: str, mentions: Iterable[Mention], metrics: Iterable[Metric]) -> Iterator[Row]:
    """Gives a row for each entity that a page names, with the number of its mentions.

    Args:
        document_id: Id of the page.
        mentions: Names found on the page.
        metrics: Figures found on the page.
    """
    named = [m.entity for m in mentions if m.entity]
    counts = Counter(entity.entity_id for entity in named)
    subjects = [m.subject_entity for m in metrics if m.subject_entity]
    fullest = {}
    for entity in sorted((*named, *subjects), key=lambda e: (len(e.name), e.name, e.scope)):
        fullest[entity.entity_id] = entity
    for entity_id, entity in sorted(fullest.items()):
        yield {
            "document_id": document_id,
            "entity_id": entity_id,
            "type": entity.type,
            "name": entity.name,
            "adcode": entity.adcode,
            "scope": entity.scope,
            "mention_count": counts[entity_id],
        }


def metric_rows(document_id: str, page: RepairedPage, metrics: Iterable[Metric]) -> Iterator[Row]:
    """Gives a row for each metric of a page.

    Args:
        document_id: Id of the page.
        page: The repaired page.
        metrics: Figures found on the page.
    """
    article_of = {p.seq: p.article for p in page.paragraphs}
    for m in metrics:
        place, q = paragraph_id(document_id, m.paragraph), m.quantity
        yield {
            "metric_id": f"{place}:{q.start_char}-{q.end_char}",
            "paragraph_id": place,
            "article_id": article_id(document_id, article_of[m.paragraph]),
            "document_id": document_id,
            "start_char": q.start_char,
            "end_char": q.end_char,
            "text": q.text,
            "value": m.value,
            "value_high": m.value_high,
            "unit": q.unit,
            "value_base": _signed_like(q.value_base, m.value),
            "unit_base": q.unit_base,
            "dimension": q.dimension,
            "measure": m.measure,
            "comparison": m.comparison,
            "indicator": m.indicator,
            "indicator_key": m.indicator_key,
            "topic": m.topic,
            "subject": m.subject,
            "subject_entity_id": m.subject_entity.entity_id if m.subject_entity else None,
            "region_adcode": m.region_adcode,
            "period": m.period,
            "period_start": m.period_start,
            "period_end": m.period_end,
            "modality": m.modality,
            "qualifier": m.qualifier,
            "sentence": m.sentence,
            "confidence": m.confidence,
            "confidence_indicator": m.confidence_indicator,
            "confidence_subject": m.confidence_subject,
            "confidence_period": m.confidence_period,
            "confidence_modality": m.confidence_modality,
            "doubts": list(m.doubts),
            "reasons": list(m.reasons),
        }


def _signed_like(base: float | None, value: float) -> float | None:
    return None if base is None else -abs(base) if value < 0 else base
