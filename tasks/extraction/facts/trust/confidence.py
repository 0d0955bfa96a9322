"""How sure a fact as a whole is: value, indicator, subject, period, measure, comparison and modality all right.

What belongs here: the signs that speak for or against a fact.
What does not: their weights (`fact_weights.csv`, learned and calibrated on annotated press by article).
"""

from __future__ import annotations

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.indicator.known_indicators import find_indicator
from tasks.extraction.facts.ranking import calibrated, score
from tasks.extraction.facts.subject.owner import Subject
from tasks.lexicon.grammar import pattern
from tasks.page import Measure, Period

DOUBTED = 0.3
"""The most confidence that a fact keeps which cannot be, or contradicts the calendar or another."""

_MEASURED = pattern("trust.ends_like_a_measure")


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
    kind = subject.entity.type if subject.entity else "none"
    chosen = subject.reason.partition(":")[0]
    division = str(bool(subject.entity and subject.entity.adcode))
    name, source = slot.indicator, slot.source
    known = str(name is not None and find_indicator(name) is not None)
    growth = str(any(s.measure == Measure.GROWTH for s in sentence.slots))
    length = len(name or "")
    return (
        "bias",
        f"subject:{subject.reason}",
        f"subject:{chosen}:{kind}",
        f"division:{division}",
        f"source:{source}:{slot.measure}",
        f"dimension:{slot.quantity.dimension}",
        f"known:{known}",
        f"length:{min(length, 9) // 2}",
        f"period:{how}:{bool(period and (period.start or period.end))}",
        f"modality:{modality}",
        f"optional:{slot.quantity.optional}",
        f"figures:{min(len(sentence.slots), 9) // 3}",
        f"clause:{min(slot.clause_number, 6) // 2}",
        f"order:{min(slot.order, 2)}",
        f"quoted:{sentence.text.lstrip().startswith('“')}",
        f"known:{known}:division:{division}",
        f"growth:{growth}",
        f"growth:{growth}:division:{division}",
        f"source:{source}:known:{known}",
        f"subject:{chosen}:{source}",
        f"period:{how}:{growth}",
        f"unit:{slot.quantity.unit}",
        f"measured:{bool(_MEASURED.search(name or ''))}:{source}",
        f"told:{'“' in sentence.text}:{'：' in sentence.text}",
        f"ends:{(name or '　')[-1]}",
        *subject.doubts,
    )


def confidence_of(signs: tuple[str, ...]) -> float:
    """Gives how sure a fact with these signs is as a whole, between 0 and 1.

    Below 0.9 it is the share of right facts among such ones. From 0.9 on it is a rank among the surest 57 % of
    facts, of which 0.856 were right in cross-validation: see `learning.fact_weights`.
    """
    return round(calibrated(score("confidence", signs)), 3)
