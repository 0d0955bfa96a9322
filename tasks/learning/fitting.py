"""Logistic regression over named signs: what the learned weights of `fact_weights.csv` are fitted with.

What belongs here: fitting and scoring. What does not: which signs, and where the examples come from
(`learning.fact_weights`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = dict[str, float]
Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One decision: the article, the signs, and whether yes would have been right."""

    article: str
    signs: tuple[str, ...]
    right: bool


def fit(examples: Sequence[Example], penalty: float, rarest: int = 5) -> Weights:
    """Fits a logistic regression over the signs of some decisions.

    Args:
        examples: The decisions.
        penalty: Weight of the squared weights.
        rarest: Signs seen less often than this get no weight.
    """
    counts = Counter(sign for e in examples for sign in set(e.signs))
    signs = {sign: n for n, sign in enumerate(sorted(s for s, c in counts.items() if c >= rarest))}
    table = np.zeros((len(examples), len(signs)))
    for row, example in enumerate(examples):
        table[row, [signs[s] for s in set(example.signs) if s in signs]] = 1.0
    truth = np.array([e.right for e in examples], dtype=float)
    weights = solve(table, truth, penalty)
    return {sign: float(weights[n]) for sign, n in signs.items()}


def solve(table: Table, truth: Table, penalty: float) -> Table:
    """Finds the weights of a logistic regression with an L2 penalty by Newton's method.

    Args:
        table: One row a decision, one column a sign.
        truth: 1 for yes, 0 for no.
        penalty: Weight of the squared weights.
    """
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-table @ weights))
        slope = table.T @ (truth - chance) - penalty * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + penalty * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def score(weights: Weights, signs: Iterable[str]) -> float:
    """Adds up the weights of some signs."""
    return math.fsum(weights.get(sign, 0.0) for sign in set(signs))


def held_out_scores(examples: Sequence[Example], penalty: float, folds: int = 11) -> list[tuple[Example, float]]:
    """Scores every example by weights learned without its article."""
    articles = sorted({e.article for e in examples})
    scored = []
    for n in range(folds):
        test = set(articles[n::folds])
        weights = fit([e for e in examples if e.article not in test], penalty)
        scored += [(e, score(weights, e.signs)) for e in examples if e.article in test]
    return scored
