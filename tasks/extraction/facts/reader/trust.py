"""How sure a fact is that rules and reader have read: each field by itself, and the fact as a whole.

What belongs here: the signs that are weighed. What does not: their weights (`reader_trust.csv`), which
`tasks.learning.trust` learns on annotated text that the reader has not seen.

The signs are only how likely the reader holds what was chosen, whether the rules chose the same, and the confidence
that the rules alone would tell.
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

_LEAST, _MOST = 0.005, 1 - 0.005
_AGREED = {name: f"{name} agreed" for name in FIELDS}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the fields of a fact.

    Attributes:
        chances: How likely the reader holds the chosen answer, by field.
        agreed: Whether the rules gave the chosen answer, for the fields that the reader may choose.
        ruled: The confidence that the rules alone would tell.
        figure: How likely the reader holds the quantity for a figure at all.
    """

    chances: Mapping[str, float]
    agreed: Mapping[str, bool]
    ruled: float
    figure: float = 1.0


def signs_of(evidence: Evidence, question: str) -> dict[str, float]:
    """Gives the signs that a question is weighed by.

    Args:
        evidence: What speaks for the fields.
        question: A field of `TOLD`, or `fact`.

    >>> signs_of(Evidence({"subject": 0.5}, {"subject": True}, 0.5), "subject")
    {'bias': 1.0, 'rules': 0.0, 'subject': 0.0, 'subject agreed': 1.0}
    """
    return _signs(evidence, question, _all_odds(evidence))


def _all_odds(evidence: Evidence) -> dict[str, float]:
    return {"rules": _odds(evidence.ruled), **{name: _odds(chance) for name, chance in evidence.chances.items()}}


def _signs(evidence: Evidence, question: str, odds: Mapping[str, float]) -> dict[str, float]:
    signs = {"bias": 1.0, "rules": odds["rules"]}
    for name in FIELDS if question == "fact" else (question,):
        signs[name] = odds[name]
        if name in evidence.agreed:
            signs[_AGREED[name]] = float(evidence.agreed[name])
    if question == "fact":  # which is right only where all of it is: the weakest field counts again
        signs["weakest"] = min(odds[name] for name in FIELDS)
    return signs


def _odds(chance: float) -> float:
    if chance < _LEAST:
        chance = _LEAST
    elif chance > _MOST:
        chance = _MOST
    return math.log(chance / (1 - chance))


def trust_in(evidence: Evidence) -> dict[str, float]:
    """Gives the chances that the fields of `TOLD`, and the fact as a whole (`fact`), are right.

    Args:
        evidence: What speaks for the fields.
    """
    odds, trust = _all_odds(evidence), {}
    for question, weights in _weights().items():
        signs = _signs(evidence, question, odds)
        total = math.fsum([weights.get(name, 0.0) * value for name, value in signs.items()])
        trust[question] = round(1 / (1 + math.exp(-total)), 3)
    return trust


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {question: {} for question in (*TOLD, "fact")}
    for row in read_table("reader_trust"):
        weights[row["question"]][row["sign"]] = float(row["weight"])
    return weights
