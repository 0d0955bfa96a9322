"""Puts a page's facts together, sentence by sentence.

What belongs here: the order in which the questions are asked, and what is carried from one figure to the next.
What does not: the answers; each has its own module.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from tasks.extraction.facts.clause.screening import is_metric, standing_alone
from tasks.extraction.facts.clause.slots import Sentence, Slot, read_sentence
from tasks.extraction.facts.indicator.known_indicators import find_indicator, topic_of_name
from tasks.extraction.facts.indicator.own_or_carried import read_indicators
from tasks.extraction.facts.modality.intention import events_of
from tasks.extraction.facts.modality.verdict import read_modality, tells_origin
from tasks.extraction.facts.period.governing import PeriodFocus
from tasks.extraction.facts.section.outline import UNKNOWN, Outline, outline_page
from tasks.extraction.facts.section.passage import Passage
from tasks.extraction.facts.statement.comparison import AGAINST_A_YEAR, settle_comparison
from tasks.extraction.facts.statement.predicates import inherit_comparison, read_statements
from tasks.extraction.facts.subject.owner import Subject, SubjectFocus
from tasks.extraction.facts.trust.confidence import Side, confidence_of, signs_in, signs_of, traits_of
from tasks.extraction.facts.trust.reasons import rules_that_spoke
from tasks.lexicon.grammar import words
from tasks.page import (
    TEXT_ROLES,
    Comparison,
    Measure,
    Mention,
    Metric,
    Modality,
    PageContext,
    Paragraph,
    Period,
    Quantity,
    RepairedPage,
)
from tasks.reading.paragraph import read_paragraph

_YEAR_ON_YEAR = words("year_on_year")
_HANDED_ON = (Measure.LEVEL, Measure.GROWTH)
"""Measures of an amount or a rate by which sectors listed in the next sentence are measured too."""

Observer = Callable[[Slot, tuple[str, ...]], None]
"""What is shown a figure and the signs of its fact's confidence."""


def build_metrics(
    page: RepairedPage,
    quantities: dict[int, list[Quantity]],
    periods: dict[int, list[Period]],
    mentions: Sequence[Mention],
    context: PageContext,
    outlines: Mapping[int, Outline] | None = None,
) -> list[Metric]:
    """Reads what every figure of a page says: of what, whose, for when, up or down, done or planned.

    Args:
        page: The repaired page.
        quantities: The figures by `Paragraph.seq`.
        periods: The time expressions by `Paragraph.seq`.
        mentions: The names of the page.
        context: What is known about the page besides its text.
        outlines: The articles' outlines, by `Article.seq`; read here where they are not handed in.

    Returns:
        One metric for each figure in an article's text that measures or counts something, in reading order.
    """
    outlines = outline_page(page, context) if outlines is None else outlines
    return read_facts(page, quantities, periods, mentions, context, outlines, None)


def read_facts(
    page: RepairedPage,
    quantities: dict[int, list[Quantity]],
    periods: dict[int, list[Period]],
    mentions: Sequence[Mention],
    context: PageContext,
    outlines: Mapping[int, Outline],
    observe: Observer | None,
) -> list[Metric]:
    """Reads a page's facts like `build_metrics`, showing an observer the signs of its confidence (for training)."""
    subjects = SubjectFocus(page, mentions)
    spans = PeriodFocus(context)
    said: dict[int | None, str] = {
        p.article: Comparison.YOY for p in page.paragraphs if any(word in p.text for word in _YEAR_ON_YEAR)
    }
    metrics: list[Metric] = []
    for paragraph in page.paragraphs:
        if paragraph.role not in TEXT_ROLES:
            continue
        subjects.enter_paragraph(paragraph)
        outline = outlines.get(paragraph.article or 0, UNKNOWN)
        spans.enter_paragraph(paragraph, periods.get(paragraph.seq, []), outline)
        passage = Passage(said.get(paragraph.article), mood=outline.mood_at(paragraph.seq))
        here = quantities.get(paragraph.seq, [])
        found, passage = _paragraph_metrics(paragraph, here, subjects, spans, passage, observe)
        metrics.extend(found)
        if passage.latest is not None:
            said[paragraph.article] = passage.latest
    return metrics


def _paragraph_metrics(
    paragraph: Paragraph,
    quantities: list[Quantity],
    subjects: SubjectFocus,
    spans: PeriodFocus,
    passage: Passage,
    observe: Observer | None,
) -> tuple[list[Metric], Passage]:
    metrics: list[Metric] = []
    quantities = sorted(quantities, key=lambda q: q.start_char)
    starts = [q.start_char for q in quantities]
    for read in read_paragraph(paragraph.text).sentences:
        start, end = read.start, read.end
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        inside = [q for q in quantities[first:last] if q.end_char <= end]
        subjects.enter_sentence(paragraph.text, start, end)
        spans.enter_sentence(paragraph.text, start, end)
        if not inside:
            subjects.leave_plain_sentence(read)
            passage = passage.after_plain(read.text)
            continue
        others = [*subjects.blocks(), *spans.blocks()]
        inside = standing_alone(inside, start, others)
        sentence = read_sentence(read, inside, others)
        said = zip(sentence.slots, read_statements(sentence), strict=True)
        sentence = sentence.answered(tuple(slot.answered(statement) for slot, statement in said))
        sentence = sentence.answered(read_indicators(sentence, passage.measured))
        found, passage = _sentence_metrics(paragraph, sentence, subjects, spans, passage, observe)
        metrics.extend(found)
    return metrics, passage


def _sentence_metrics(
    paragraph: Paragraph,
    sentence: Sentence,
    subjects: SubjectFocus,
    spans: PeriodFocus,
    passage: Passage,
    observe: Observer | None,
) -> tuple[list[Metric], Passage]:
    metrics = []
    latest, measured = passage.latest, passage.measured
    events, traits = events_of(sentence), traits_of(sentence)
    before: tuple[Slot, str] | None = None
    for slot, subject in zip(sentence.slots, subjects.read_sentence(sentence), strict=True):
        period, how = spans.governing(sentence, slot)
        spans.tell(period)
        outlook = spans.outlook_at(sentence, slot, period) if how not in ("carried", "section") else "past"
        modality, intent = read_modality(sentence, slot, events, before, passage, outlook)
        if before is not None and (statement := inherit_comparison(slot, before[0])) is not slot.statement:
            slot = slot.answered(statement)
        if not tells_origin(sentence, slot):
            before = (slot, modality)
        if not is_metric(slot, sentence):
            continue
        signs = signs_of(traits, slot, subject, period, how, modality)
        if observe:
            observe(slot, signs_in(signs))
        comparison = settle_comparison(slot, modality, period, latest, spans.day)
        if slot.comparison in AGAINST_A_YEAR and slot.measure == Measure.GROWTH:
            latest = comparison
        reasons = rules_that_spoke(slot, subject, period, how, intent)
        metrics.append(_metric(paragraph, sentence, slot, subject, period, modality, comparison, signs, reasons))
        if slot.measure in _HANDED_ON and slot.indicator and slot.quantity.dimension in ("money", "percent"):
            measured = slot.indicator
    return metrics, passage.after(sentence.text, before[1] if before else Modality.ACTUAL, latest, measured)


def _metric(
    paragraph: Paragraph,
    sentence: Sentence,
    slot: Slot,
    subject: Subject,
    period: Period | None,
    modality: str,
    comparison: str | None,
    signs: tuple[Side, ...],
    reasons: tuple[str, ...],
) -> Metric:
    quantity = slot.quantity
    known = find_indicator(slot.indicator) if slot.indicator else None
    sign = -1 if slot.negative and quantity.value > 0 else 1
    return Metric(
        paragraph=paragraph.seq,
        quantity=quantity,
        value=quantity.value * sign,
        value_high=quantity.value_high * sign if quantity.value_high is not None else None,
        measure=slot.measure,
        comparison=comparison,
        indicator=slot.indicator,
        indicator_key=known.key if known else None,
        topic=topic_of_name(slot.indicator) if slot.indicator else None,
        subject=subject.name,
        subject_entity=subject.entity,
        region_adcode=subject.region,
        period=period.text if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        modality=modality,
        qualifier=quantity.qualifier,
        sentence=sentence.text.strip(),
        confidence=confidence_of(signs),
        reasons=reasons,
    )
