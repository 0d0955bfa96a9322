"""Makes one fact of what the rules and the reader say of a figure.

What belongs here: who is believed where, and the vetoes. What does not: reading; how sure a fact is (`trust`).

Numbers, units and the dates of a printed time are the rules'. The reader chooses, among what is printed or named, the
thing, its owner and the time, and says measure, comparison and modality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from tasks.extraction.facts.indicators import find_indicator, topic_of_name
from tasks.extraction.facts.reader.answers import Answers, Said, Timed, answers_of
from tasks.extraction.facts.reader.network import Network
from tasks.extraction.facts.reader.window import Reading, Window, windows_of
from tasks.page import Entity, Metric

_T = TypeVar("_T")


def reread(reading: Reading, network: Network) -> list[Metric]:
    """Reads the figures of a page again with the learned reader.

    Args:
        reading: The page and what the rules made of it.
        network: The reader's network.

    Returns:
        The metrics in their order, with what the reader chose.
    """
    facts = list(reading.metrics)
    for window in windows_of(reading):
        for asked, answers in zip(window.figures, answers_of(window, network.read(window)), strict=True):
            facts[asked.metric] = joined(facts[asked.metric], answers, window)
    return facts


def joined(metric: Metric, answers: Answers, window: Window) -> Metric:
    """Joins what the rules and the reader say of one figure."""
    measure = metric.measure if metric.quantity.kind == "rank" else _likeliest(answers.measure)
    comparisons = {name: chance for name, chance in answers.comparison.items() if name}
    indicator, subject, time = answers.spans["indicator"][0], answers.spans["subject"][0], answers.times[0]
    known = find_indicator(indicator.text) if indicator.text else None
    period = time.offer.period if time.offer else None
    entity = _entity_of(subject.text, metric, window)
    return replace(
        metric,
        measure=measure,
        comparison=_likeliest(comparisons) if measure == "growth" else None,
        modality=_likeliest(answers.modality),
        indicator=indicator.text,
        indicator_key=known.key if known else None,
        topic=topic_of_name(indicator.text) if indicator.text else None,
        subject=subject.text,
        subject_entity=entity,
        region_adcode=entity.adcode if entity else None,
        period=period.text if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        confidence=chance_of(measure, answers, indicator, subject, time),
    )


def chance_of(measure: str, answers: Answers, indicator: Said, subject: Said, time: Timed) -> float:
    chance = answers.measure[measure] * max(answers.modality.values()) * indicator.chance * subject.chance * time.chance
    return round(chance, 3)


def _likeliest(chances: Mapping[_T, float]) -> _T:
    return max(chances, key=lambda name: chances[name])


def _entity_of(name: str | None, metric: Metric, window: Window) -> Entity | None:
    if name is None:
        return None
    if name == metric.subject:
        return metric.subject_entity
    mention = window.entities.get(name)
    return mention.entity if mention else None
