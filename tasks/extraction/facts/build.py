"""Puts a page's facts together, sentence by sentence.

What belongs here: the order in which the questions are asked, and what is carried from one figure to the next.
What does not: the answers; each has its own module.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tasks.extraction.facts.chain import read_indicators
from tasks.extraction.facts.governing import PeriodFocus
from tasks.extraction.facts.modality import read_modality
from tasks.extraction.facts.predicates import read_predicate
from tasks.extraction.facts.sentences import split_sentences
from tasks.extraction.facts.slots import Sentence, Slot, read_sentence
from tasks.extraction.facts.subjects import Subject, SubjectFocus
from tasks.page import TEXT_ROLES, Mention, Metric, PageContext, Paragraph, Period, Quantity, RepairedPage


def build_metrics(
    page: RepairedPage,
    quantities: dict[int, list[Quantity]],
    periods: dict[int, list[Period]],
    mentions: Sequence[Mention],
    context: PageContext,
) -> list[Metric]:
    """Reads what every figure of a page says: of what, whose, for when, up or down, done or planned.

    Args:
        page: The repaired page.
        quantities: The figures by `Paragraph.seq`.
        periods: The time expressions by `Paragraph.seq`.
        mentions: The names of the page.
        context: What is known about the page besides its text.

    Returns:
        One metric for each figure in an article's text that measures or counts something, in reading order.
    """
    return read_facts(page, quantities, periods, mentions, context, None)


def read_facts(
    page: RepairedPage,
    quantities: dict[int, list[Quantity]],
    periods: dict[int, list[Period]],
    mentions: Sequence[Mention],
    context: PageContext,
    observe: object,
) -> list[Metric]:
    """Reads a page's facts like `build_metrics`, showing every choice and its candidates to an observer (training)."""
    subjects = SubjectFocus(page, mentions)
    spans = PeriodFocus(context)
    metrics: list[Metric] = []
    for paragraph in page.paragraphs:
        if paragraph.role not in TEXT_ROLES:
            continue
        subjects.enter_paragraph(paragraph)
        spans.enter_paragraph(paragraph, periods.get(paragraph.seq, []))
        metrics.extend(_paragraph_metrics(paragraph, quantities.get(paragraph.seq, []), subjects, spans, observe))
    return metrics


def _paragraph_metrics(
    paragraph: Paragraph, quantities: list[Quantity], subjects: SubjectFocus, spans: PeriodFocus, observe: object
) -> list[Metric]:
    metrics: list[Metric] = []
    quantities = sorted(quantities, key=lambda q: q.start_char)
    starts = [q.start_char for q in quantities]
    passage_is_yoy = "同比" in paragraph.text or "同期" in paragraph.text
    for start, end in split_sentences(paragraph.text):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        inside = [q for q in quantities[first:last] if q.end_char <= end]
        subjects.enter_sentence(paragraph.text, start, end)
        spans.enter_sentence(start, end)
        if not inside:
            subjects.leave_plain_sentence(paragraph.text[start:end])
            continue
        others = [*subjects.blocks(), *spans.blocks()]
        sentence = read_sentence(paragraph.text[start:end], start, inside, others)
        for slot in sentence.slots:
            read_predicate(sentence, slot)
        read_indicators(sentence)
        modality = ""
        for slot, subject in zip(sentence.slots, subjects.read_sentence(sentence), strict=True):
            metric = _fact(paragraph, sentence, slot, subject, spans, modality, passage_is_yoy, observe)
            modality = metric.modality
            metrics.append(metric)
    return metrics


def _fact(
    paragraph: Paragraph,
    sentence: Sentence,
    slot: Slot,
    subject: Subject,
    spans: PeriodFocus,
    carried: str,
    passage_is_yoy: bool,
    observe: object,
) -> Metric:
    quantity = slot.quantity
    period = spans.governing(sentence, slot)
    future = spans.is_future(period)
    modality = read_modality(
        sentence.text, slot.clause[0], slot.start, slot.end, carried, future, slot.indicator or ""
    )
    comparison = slot.comparison
    if comparison == "bare":
        comparison = "yoy" if modality == "actual" and passage_is_yoy else "prior"
    sign = -1 if slot.negative and quantity.value > 0 else 1
    low, high = quantity.value * sign, quantity.value_high * sign if quantity.value_high is not None else None
    return Metric(
        paragraph=paragraph.seq,
        quantity=quantity,
        value=low,
        value_high=high,
        measure=slot.measure,
        comparison=comparison if slot.measure == "growth" else None,
        indicator=slot.indicator,
        indicator_key=None,
        topic=None,
        subject=subject.name,
        subject_entity=subject.entity,
        region_adcode=subject.adcode,
        period=period.text if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        modality=modality,
        qualifier=quantity.qualifier,
        sentence=sentence.text.strip(),
        confidence=0.5,
    )
