"""How sure a fact as a whole is: value, indicator, subject, period, measure, comparison and modality all right.

What belongs here: the signs that speak for or against a fact.
What does not: their weights (`fact_weights.csv`, learned and calibrated on annotated press by article).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.indicator.known_indicators import find_indicator
from tasks.extraction.facts.ranking import calibrated, weights_of
from tasks.extraction.facts.subject.owner import Subject
from tasks.lexicon.grammar import pattern
from tasks.page import Measure, Period

DOUBTED = 0.3
"""The most confidence that a fact keeps which cannot be, or contradicts the calendar or another."""

_MEASURED = pattern("trust.ends_like_a_measure")
_GROWTH = Measure.GROWTH
_weights_of = attrgetter("weights")


class Side(NamedTuple):
    """The signs of one side of a fact and what each weighs; there are few different ones, so each is made once."""

    signs: tuple[str, ...]
    weights: tuple[float, ...]


class Traits(NamedTuple):
    """What a whole sentence tells of the facts in it.

    Attributes:
        growth: Whether a figure of it is a growth.
        quoted: Whether it begins with a quotation mark.
        quotes: Whether it has one.
        colon: Whether it has a colon.
        figures: How many figures it has, by threes.
    """

    growth: bool
    quoted: bool
    quotes: bool
    colon: bool
    figures: int


def traits_of(sentence: Sentence) -> Traits:
    """Gives what a sentence tells of each of its facts."""
    return Traits(
        any(slot.statement.measure == _GROWTH for slot in sentence.slots),
        sentence.text.lstrip().startswith("“"),
        "“" in sentence.signs,
        "：" in sentence.signs,
        min(len(sentence.slots), 9) // 3,
    )


def signs_of(
    traits: Traits, slot: Slot, subject: Subject, period: Period | None, how: str, modality: str
) -> tuple[Side, ...]:
    """Lists the signs by which a fact's confidence is reckoned.

    Args:
        traits: What its sentence tells.
        slot: The figure, with all that was decided about it.
        subject: Its subject.
        period: Its period.
        how: How the period was found.
        modality: actual, target or planned.
    """
    entity, quantity, thing = subject.entity, slot.quantity, slot.thing
    division = entity is not None and bool(entity.adcode)
    name = thing.indicator or ""
    known = bool(name) and find_indicator(name) is not None
    dated = period is not None and bool(period.start or period.end)
    return (
        _of_subject(subject.reason, entity.type if entity else "none", division, thing.source),
        _of_thing(thing.source, slot.statement.measure, known, division),
        _of_quantity(quantity.dimension, quantity.unit, quantity.optional),
        _of_period(how, dated, traits.growth, division),
        _of_place(traits.figures, min(slot.clause_number, 6) // 2, min(slot.order, 2)),
        _of_telling(traits.quoted, traits.quotes, traits.colon, modality),
        _of_name(min(len(name), 9) // 2, name[-1:] or "　", _is_measure(name), thing.source),
        _of_doubts(subject.doubts),
    )


def signs_in(sides: Iterable[Side]) -> tuple[str, ...]:
    """Gives the signs of all sides in one row."""
    return tuple(sign for side in sides for sign in side.signs)


def _side(*signs: str) -> Side:
    weights = weights_of("confidence")
    return Side(signs, tuple(weights.get(sign, 0.0) for sign in signs))


@lru_cache(1 << 12)
def _is_measure(name: str) -> bool:
    return _MEASURED.search(name) is not None


@lru_cache(1 << 10)
def _of_subject(reason: str, kind: str, division: bool, source: str) -> Side:
    chosen = reason.partition(":")[0]
    return _side(f"subject:{reason}", f"subject:{chosen}:{kind}", f"subject:{chosen}:{source}", f"division:{division}")


@lru_cache(1 << 10)
def _of_thing(source: str, measure: str, known: bool, division: bool) -> Side:
    return _side(
        f"source:{source}:{measure}",
        f"source:{source}:known:{known}",
        f"known:{known}",
        f"known:{known}:division:{division}",
    )


@lru_cache(1 << 10)
def _of_quantity(dimension: str, unit: str, optional: bool) -> Side:
    return _side(f"dimension:{dimension}", f"unit:{unit}", f"optional:{optional}")


@lru_cache(1 << 10)
def _of_period(how: str, dated: bool, growth: bool, division: bool) -> Side:
    return _side(
        f"period:{how}:{dated}", f"period:{how}:{growth}", f"growth:{growth}", f"growth:{growth}:division:{division}"
    )


@lru_cache(1 << 10)
def _of_place(figures: int, clause: int, order: int) -> Side:
    return _side("bias", f"figures:{figures}", f"clause:{clause}", f"order:{order}")


@lru_cache(1 << 10)
def _of_telling(quoted: bool, quotes: bool, colon: bool, modality: str) -> Side:
    return _side(f"quoted:{quoted}", f"told:{quotes}:{colon}", f"modality:{modality}")


@lru_cache(1 << 12)
def _of_name(length: int, last: str, measured: bool, source: str) -> Side:
    return _side(f"length:{length}", f"ends:{last}", f"measured:{measured}:{source}")


@lru_cache(1 << 12)
def _of_doubts(doubts: tuple[str, ...]) -> Side:
    return _side(*doubts)


def confidence_of(sides: Iterable[Side]) -> float:
    """Gives how sure a fact with these signs is as a whole, between 0 and 1.

    Below 0.9 it is the share of right facts among such ones. From 0.9 on it is a rank among the surest 57 % of
    facts, of which 0.856 were right in cross-validation: see `learning.fact_weights`.
    """
    return round(calibrated(math.fsum(chain.from_iterable(map(_weights_of, sides)))), 3)
