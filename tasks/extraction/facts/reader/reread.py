"""Makes one fact of what the rules and the reader say of a figure.

What belongs here: who is believed where, and what may not be. What does not: how sure a fact is (`trust`).

Numbers, units and the dates of a printed time are the rules'. The reader chooses, among what is printed or named, the
thing, its owner and the time, and says measure, comparison and modality.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from tasks.extraction.facts.indicators import find_indicator, topic_of_name
from tasks.extraction.facts.reader.answers import Answers, answers_of
from tasks.extraction.facts.reader.network import Network
from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.trust import TOLD, Evidence, trust_in
from tasks.extraction.facts.reader.window import Reading, Window
from tasks.page import Entity, Metric

_T = TypeVar("_T")

_SURE = 0.5
"""A rival answer of the rules is told as a doubt where the reader holds its own for less likely than this."""


def reread(reading: Reading, network: Network) -> list[Metric]:
    """Reads the figures of a page again with the learned reader.

    Args:
        reading: The page and what the rules made of it.
        network: The reader's network.

    Returns:
        The metrics in their order, with what the reader chose.
    """
    facts = list(reading.metrics)
    for number, answers, window in answers_for(reading, network):
        facts[number] = joined(facts[number], answers, window)
    return facts


def answers_for(reading: Reading, network: Network) -> Iterator[tuple[int, Answers, Window]]:
    """Asks the reader about every figure of a page.

    Args:
        reading: The page and what the rules made of it.
        network: The reader's network.

    Yields:
        The figure's place in the metrics, the answers, and the window they were given for.
    """
    for window in windows_of(reading):
        for asked, answers in zip(window.figures, answers_of(window, network.read(window)), strict=True):
            yield asked.metric, answers, window


def joined(metric: Metric, answers: Answers, window: Window) -> Metric:
    """Joins what the rules and the reader say of one figure.

    Args:
        metric: The rules' fact.
        answers: The reader's answers.
        window: The window they were given for.
    """
    chosen, evidence = choose(metric, answers, window)
    return replace(
        chosen,
        confidence=trust_in(evidence, "fact"),
        **{f"confidence_{name}": trust_in(evidence, name) for name in TOLD},
        doubts=tuple(_doubts(metric, evidence)),
    )


def choose(metric: Metric, answers: Answers, window: Window) -> tuple[Metric, Evidence]:
    """Chooses the fields of one fact, and says what speaks for each.

    Args:
        metric: The rules' fact.
        answers: The reader's answers.
        window: The window they were given for.
    """
    measure = metric.measure if metric.quantity.kind == "rank" else _likeliest(answers.measure)
    comparisons = {name: chance for name, chance in answers.comparison.items() if name}
    comparison = _likeliest(comparisons) if measure == "growth" else None
    modality = _likeliest(answers.modality)
    indicator, subject, time = answers.spans["indicator"][0], answers.spans["subject"][0], answers.times[0]
    known = find_indicator(indicator.text) if indicator.text else None
    period = time.offer.period if time.offer else None
    entity = _entity_of(subject.text, metric, window)
    chosen = replace(
        metric,
        measure=measure,
        comparison=comparison,
        modality=modality,
        indicator=indicator.text,
        indicator_key=known.key if known else None,
        topic=topic_of_name(indicator.text) if indicator.text else None,
        subject=subject.text,
        subject_entity=entity,
        region_adcode=entity.adcode if entity else None,
        period=period.text if period else None,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
    )
    chances = {
        "measure": answers.measure[measure],
        "comparison": comparisons[comparison] / sum(comparisons.values()) if comparison else 1.0,
        "modality": answers.modality[modality],
        "indicator": indicator.chance,
        "subject": subject.chance,
        "period": time.chance,
    }
    agreed = {name: getattr(metric, name) == getattr(chosen, name) for name in chances}
    agreed["period"] = (metric.period_start, metric.period_end) == (chosen.period_start, chosen.period_end)
    return chosen, Evidence(chances, agreed)


def _likeliest(chances: Mapping[_T, float]) -> _T:
    return max(chances, key=lambda name: chances[name])


def _entity_of(name: str | None, metric: Metric, window: Window) -> Entity | None:
    """What a subject's name stands for: the rules' entity where they chose the same, else that of its mention."""
    if name is None:
        return None
    if name == metric.subject:
        return metric.subject_entity
    mention = window.entities.get(name)
    return mention.entity if mention else None


def _doubts(metric: Metric, evidence: Evidence) -> Iterator[str]:
    """Says in words what speaks against a fact: fields the reader is unsure of, and what the rules read instead."""
    for name, chance in evidence.chances.items():
        if chance < _SURE or not evidence.agreed[name]:
            rival = "" if evidence.agreed[name] else f"; the rules read {getattr(metric, name) or 'none'}"
            yield f"{name}: the reader is {chance:.0%} sure{rival}"
