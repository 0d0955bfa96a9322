"""Learns from checked figures how much surer a figure is where a second reader agrees, one number a model.

What belongs here: learning it. What does not: keeping it (`tasks.check.learned`), where confidence is written
(`warehouse.load.second_readings`).

Until a model's agreement was learned, it is shown and changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.check.learned import PARTS, Told, chance_of, odds_of, part_of

FEWEST = 40
"""Checked figures that a model agreed on, below which nothing is learned of it."""
_PRIOR = 1.0
"""How strongly it is held that agreement says nothing: as so many figures' worth of odds."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a model's agreement was found to be worth.

    Attributes:
        offset: What is added to the odds of the confidence where it agrees; 0 where that is no better.
        figures: Checked figures it was learned from.
        before: Mean negative logarithm of what was told of the truth on held-out figures, without it.
        after: The same with it; less is better.
    """

    offset: float
    figures: int
    before: float
    after: float


def learn_agreement(told: Sequence[Told]) -> Worth:
    """Learns what a model's agreement is worth; it never makes a figure less sure.

    Args:
        told: Checked figures that it agreed on, with the confidence they have without it.

    >>> learn_agreement([(f"d{n % 9}", 0.6, n % 10 > 0) for n in range(100)]).offset > 1
    True
    >>> learn_agreement([(f"d{n % 9}", 0.6, n % 10 > 5) for n in range(100)]).offset
    0.0
    """
    before = after = 0.0
    for held in range(PARTS):
        offset = _fit([row for row in told if part_of(row[0]) != held])
        for page, confidence, right in told:
            if part_of(page) == held:
                before += _surprise(odds_of(confidence), right)
                after += _surprise(odds_of(confidence) + offset, right)
    offset = _fit(told) if after < before else 0.0
    return Worth(round(offset, 4), len(told), before / len(told), after / len(told))


def _fit(told: Sequence[Told]) -> float:
    """Finds the likeliest offset, held to none; the sum is convex, so halving its range finds it."""
    low, high = 0.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        slope = _PRIOR * middle + math.fsum(chance_of(odds_of(c) + middle) - right for _, c, right in told)
        low, high = (low, middle) if slope > 0 else (middle, high)
    return low


def _surprise(odds: float, right: bool) -> float:
    return math.log1p(math.exp(-odds if right else odds))
