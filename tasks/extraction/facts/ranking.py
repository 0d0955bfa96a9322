"""Choosing among candidates by learned weights: a sum of weights over named features, nothing more.

What belongs here: reading the weights and picking the best candidate with its probability.
What does not: the features; each question names its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from tasks.lexicon import lexicon_path, read_table


@cache
def weights_of(question: str) -> dict[str, float]:
    """Gives the learned weights of one question (subject, period …) by feature."""
    if not lexicon_path("fact_weights.csv").exists():
        return {}
    return {row["feature"]: float(row["weight"]) for row in read_table("fact_weights") if row["question"] == question}


def best_of(question: str, candidates: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Picks the candidate with the greatest sum of weights.

    Args:
        question: Which set of weights to use.
        candidates: The features of each candidate; at least one.

    Returns:
        The number of the best candidate and its probability among all (softmax of the sums).
    """
    weights = weights_of(question)
    sums = [sum(weights.get(f, 0.0) for f in features) for features in candidates]
    top = max(sums)
    total = sum(math.exp(s - top) for s in sums)
    return sums.index(top), 1.0 / total
