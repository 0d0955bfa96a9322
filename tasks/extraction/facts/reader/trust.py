"""How sure a fact is that rules and reader have read: each field by itself, and the fact as a whole.

What belongs here: the signs that are weighed. What does not: their weights (`reader_trust.csv`), which
`tasks.learning.trust` learns on annotated text that the reader has not seen.

The signs are only how likely the reader holds its answers, and whether the rules, which know nothing of it, agree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table

FIELDS = ("measure", "comparison", "modality", "indicator", "subject", "period")
TOLD = ("indicator", "subject", "period", "modality")
"""The fields whose own confidence is told."""

_LEAST = 0.001


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the fields of a fact.

    Attributes:
        chances: How likely the reader holds its answer, by field.
        agreed: Whether the rules gave the same answer, by field.
    """

    chances: Mapping[str, float]
    agreed: Mapping[str, bool]


def signs_of(evidence: Evidence, question: str) -> dict[str, float]:
    """Gives the signs that a question is weighed by.

    Args:
        evidence: What speaks for the fields.
        question: A field of `TOLD`, or `fact`.

    >>> signs_of(Evidence({"period": 0.5}, {"period": True}), "period")
    {'bias': 1.0, 'period': 0.0, 'period agreed': 1.0}
    """
    signs = {"bias": 1.0}
    for name in FIELDS if question == "fact" else (question,):
        chance = min(max(evidence.chances[name], _LEAST), 1 - _LEAST)
        signs[name] = math.log(chance / (1 - chance))
        signs[f"{name} agreed"] = float(evidence.agreed[name])
    return signs


def trust_in(evidence: Evidence, question: str) -> float:
    """Gives the chance that a field, or the fact as a whole, is right.

    Args:
        evidence: What speaks for the fields.
        question: A field of `TOLD`, or `fact`.
    """
    weights = _weights()[question]
    total = sum(weights.get(name, 0.0) * value for name, value in signs_of(evidence, question).items())
    return round(1 / (1 + math.exp(-total)), 3)


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {question: {} for question in (*TOLD, "fact")}
    for row in read_table("reader_trust"):
        weights[row["question"]][row["sign"]] = float(row["weight"])
    return weights
