"""Yes or no by learned weights: a sum of weights over named features, nothing more.

What belongs here: reading the weights and turning their sum into a probability.
What does not: the features; each question names its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from tasks.lexicon import lexicon_path, read_table


@cache
def weights_of(question: str) -> dict[str, float]:
    """Gives the learned weights of one question (carry, confidence) by feature."""
    if not lexicon_path("fact_weights.csv").exists():
        return {}
    return {row["feature"]: float(row["weight"]) for row in read_table("fact_weights") if row["question"] == question}


def probability(question: str, features: Sequence[str]) -> float:
    """Gives the probability of yes to a question: the logistic function of the summed weights."""
    weights = weights_of(question)
    return 1.0 / (1.0 + math.exp(-sum(weights.get(f, 0.0) for f in features)))
