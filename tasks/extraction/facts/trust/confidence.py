"""How sure a fact as a whole is: value, indicator, subject, period, measure, comparison and modality all right.

What belongs here: the signs that speak for or against a fact.
What does not: their weights (`fact_weights.csv`, learned and calibrated on annotated press by article).
"""

from __future__ import annotations

from functools import lru_cache

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.indicator.known_indicators import find_indicator
from tasks.extraction.facts.ranking import calibrated, score
from tasks.extraction.facts.subject.owner import Subject
from tasks.lexicon.grammar import pattern
from tasks.page import Measure, Period

DOUBTED = 0.3
"""The most confidence that a fact keeps which cannot be, or contradicts the calendar or another."""

_MEASURED = pattern("trust.ends_like_a_measure")
_GROWTH = Measure.GROWTH


def signs_of(
    sentence: Sentence, slot: Slot, subject: Subject, period: Period | None, how: str, modality: str
) -> tuple[str, ...]:
    """Lists the signs by which a fact's confidence is reckoned.

    Args:
        sentence: The sentence.
        slot: The figure, with all that was decided about it.
        subject: Its subject.
        period: Its period.
        how: How the period was found.
        modality: actual, target or planned.
    """
    entity, quantity, source, text = subject.entity, slot.quantity, slot.source, sentence.text
    division = entity is not None and bool(entity.adcode)
    name = slot.indicator or ""
    known = bool(name) and find_indicator(name) is not None
    growth = _GROWTH in [s.measure for s in sentence.slots]
    dated = period is not None and bool(period.start or period.end)
    quoted = text.lstrip().startswith("“")
    return (
        "bias",
        *_of_subject(subject.reason, entity.type if entity else "none", division, source),
        *_of_thing(source, slot.measure, known, division),
        *_of_quantity(quantity.dimension, quantity.unit, quantity.optional),
        *_of_period(how, dated, growth, division),
        *_of_place(min(len(sentence.slots), 9) // 3, min(slot.clause_number, 6) // 2, min(slot.order, 2)),
        *_of_telling(quoted, "“" in text, "：" in text, modality),
        *_of_name(min(len(name), 9) // 2, name[-1:] or "　", _MEASURED.search(name) is not None, source),
        *subject.doubts,
    )


# The signs of one side of a fact; there are few different ones, so that each is put into words once.


@lru_cache(1 << 10)
def _of_subject(reason: str, kind: str, division: bool, source: str) -> tuple[str, ...]:
    chosen = reason.partition(":")[0]
    return f"subject:{reason}", f"subject:{chosen}:{kind}", f"subject:{chosen}:{source}", f"division:{division}"


@lru_cache(1 << 10)
def _of_thing(source: str, measure: str, known: bool, division: bool) -> tuple[str, ...]:
    return (
        f"source:{source}:{measure}",
        f"source:{source}:known:{known}",
        f"known:{known}",
        f"known:{known}:division:{division}",
    )


@lru_cache(1 << 10)
def _of_quantity(dimension: str, unit: str, optional: bool) -> tuple[str, ...]:
    return f"dimension:{dimension}", f"unit:{unit}", f"optional:{optional}"


@lru_cache(1 << 10)
def _of_period(how: str, dated: bool, growth: bool, division: bool) -> tuple[str, ...]:
    return f"period:{how}:{dated}", f"period:{how}:{growth}", f"growth:{growth}", f"growth:{growth}:division:{division}"


@lru_cache(1 << 10)
def _of_place(figures: int, clause: int, order: int) -> tuple[str, ...]:
    return f"figures:{figures}", f"clause:{clause}", f"order:{order}"


@lru_cache(1 << 10)
def _of_telling(quoted: bool, quotes: bool, colon: bool, modality: str) -> tuple[str, ...]:
    return f"quoted:{quoted}", f"told:{quotes}:{colon}", f"modality:{modality}"


@lru_cache(1 << 12)
def _of_name(length: int, last: str, measured: bool, source: str) -> tuple[str, ...]:
    return f"length:{length}", f"ends:{last}", f"measured:{measured}:{source}"


def confidence_of(signs: tuple[str, ...]) -> float:
    """Gives how sure a fact with these signs is as a whole, between 0 and 1.

    Below 0.9 it is the share of right facts among such ones. From 0.9 on it is a rank among the surest 57 % of
    facts, of which 0.856 were right in cross-validation: see `learning.fact_weights`.
    """
    return round(calibrated(score("confidence", signs)), 3)
