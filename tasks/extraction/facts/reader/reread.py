"""Makes one fact of what the rules and the reader say of a figure.

What belongs here: who is believed where. What does not: how sure a fact is (`trust`).

Each is believed where it is right more often on annotated text that neither was made from: the rules for numbers,
units, measure, comparison, time, modality and lists with 分别, the reader for the thing measured and for its owner
where it is sure of them, and of the owner surer than they are. Where the other one disagrees, the fact is doubted. The
figures are in docs/reader-model-card.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from tasks.extraction.facts.indicator.known_indicators import find_indicator, topic_of_name
from tasks.extraction.facts.reader.answers import Answers, Said, answers_of
from tasks.extraction.facts.reader.network import Network
from tasks.extraction.facts.reader.paired import shared_out
from tasks.extraction.facts.reader.reasons import doubts_about, reasons_for
from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.trust import Evidence, trust_in
from tasks.extraction.facts.reader.window import Reading, Window
from tasks.page import Entity, Metric

_SURE_OF_THING = 0.5
"""The reader's indicator stands where it holds it for at least so likely; below, the rules' one does."""

_DOUBT_OF_OWNER = 0.7
"""The reader's subject stands where it doubts it at most so much as the rules doubt their fact. By a fixed bound press
and seeds lost what the rules knew for sure (whole facts out of fold 0.696 and 0.849 instead of 0.704 and 0.875)."""

_AT_ONCE = 32
"""Windows that are read at once: those of a page of a daily; what they take of memory is bounded."""

_OF_TODAY = date(2001, 1, 1)
"""The reader learned from papers of this century: on older ones, with bodies and names that it has never met, it names
the thing and its owner only where the rules find none (whole facts of old pages that neither has seen: 0.44 where it
may overrule them, 0.52 so)."""


def reread(reading: Reading, network: Network) -> list[Metric]:
    """Reads the figures of a page again with the learned reader.

    Args:
        reading: The page and what the rules made of it.
        network: The reader's network.

    Returns:
        The metrics in their order, with what the reader chose.
    """
    facts = list(reading.metrics)
    for number, chosen, evidence, answers in choices_for(reading, network):
        ruled, trust = facts[number], trust_in(evidence)
        facts[number] = replace(
            chosen,
            confidence=trust["fact"],
            confidence_indicator=trust["indicator"],
            confidence_subject=trust["subject"],
            confidence_period=trust["period"],
            confidence_modality=trust["modality"],
            doubts=tuple(doubts_about(ruled, chosen, evidence)),
            reasons=tuple(reasons_for(ruled, chosen, answers, evidence)),
        )
    return facts


def choices_for(reading: Reading, network: Network) -> Iterator[tuple[int, Metric, Evidence, Answers]]:
    """Asks the reader about every figure of a page, and chooses.

    Args:
        reading: The page and what the rules made of it.
        network: The reader's network.

    Yields:
        The figure's place in the metrics, its fact as chosen, what speaks for it, and the reader's answers.
    """
    listed = shared_out(reading.metrics, {p.seq: p.text for p in reading.page.paragraphs})
    waiting = windows_of(reading)
    while windows := list(islice(waiting, _AT_ONCE)):
        for window, scores in zip(windows, network.read(windows), strict=True):
            for asked, answers in zip(window.figures, answers_of(window, scores), strict=True):
                ruled = reading.metrics[asked.metric]
                yield asked.metric, *_choose(ruled, answers, window, asked.metric in listed), answers


def _choose(metric: Metric, answers: Answers, window: Window, listed: bool) -> tuple[Metric, Evidence]:
    """Chooses the fields of one fact, and says what speaks for each.

    Args:
        metric: The rules' fact.
        answers: The reader's answers.
        window: The window they were given for.
        listed: Whether the rules took its indicator out of a list with 分别, of which they are certain.
    """
    thing, owner = answers.spans["indicator"][0], answers.spans["subject"][0]
    chosen = metric
    old = window.day is not None and window.day < _OF_TODAY
    unsaid = not listed and not (old and metric.indicator)
    if unsaid and thing.chance >= _SURE_OF_THING and thing.text != metric.indicator:
        row = find_indicator(thing.text) if thing.text else None
        topic = topic_of_name(thing.text) if thing.text else None
        chosen = replace(chosen, indicator=thing.text, indicator_key=row.key if row else None, topic=topic)
    surer = 1 - owner.chance <= _DOUBT_OF_OWNER * (1 - metric.confidence)
    if surer and owner.text != metric.subject and not (old and metric.subject):
        entity = _entity_of(owner.text, metric, window)
        region = (entity.adcode or entity.region) if entity else None
        chosen = replace(chosen, subject=owner.text, subject_entity=entity, region_adcode=region)
    return chosen, evidence_of(metric, chosen, answers)


def evidence_of(ruled: Metric, chosen: Metric, answers: Answers) -> Evidence:
    """Weighs the chosen fields: how likely the reader holds them, and whether the rules say the same.

    Args:
        ruled: The rules' fact.
        chosen: The fact as chosen.
        answers: The reader's answers.
    """
    comparisons = math.fsum(chance for name, chance in answers.comparison.items() if name)
    dates = chosen.period_start, chosen.period_end
    times = [((t.offer.period.start, t.offer.period.end) if t.offer else _NO_TIME, t.chance) for t in answers.times]
    chances = {
        "measure": answers.measure[chosen.measure],
        "comparison": answers.comparison[chosen.comparison] / comparisons if chosen.comparison else 1.0,
        "modality": answers.modality[chosen.modality],
        "indicator": _chance_of(chosen.indicator, answers.spans["indicator"]),
        "subject": _chance_of(chosen.subject, answers.spans["subject"]),
        "period": math.fsum(chance for told, chance in times if told == dates),
    }
    agreed = {name: getattr(ruled, name) == getattr(chosen, name) for name in ("indicator", "subject")}
    return Evidence(chances, agreed, ruled.confidence, answers.is_figure)


def _chance_of(words: str | None, said: Iterable[Said]) -> float:
    return next((answer.chance for answer in said if answer.text == words), 0.0)


_NO_TIME: tuple[None, None] = (None, None)


def _entity_of(name: str | None, metric: Metric, window: Window) -> Entity | None:
    """What a subject's name stands for: the rules' entity where they chose the same, else that of its mention."""
    if name is None:
        return None
    if name == metric.subject:
        return metric.subject_entity
    mention = window.entities.get(name)
    return mention.entity if mention else None
