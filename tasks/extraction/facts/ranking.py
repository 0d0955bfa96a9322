"""Yes or no by learned weights: a sum of weights over named features, nothing more.

What belongs here: reading the weights and turning their sum into a probability.
What does not: the features; each question names its own.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import cache

from tasks.lexicon import lexicon_path, read_table


@cache
def weights_of(question: str) -> dict[str, float]:
    """Gives the learned weights of one question (confidence, calibration) by feature."""
    if not lexicon_path("fact_weights.csv").exists():
        return {}
    return {row["feature"]: float(row["weight"]) for row in read_table("fact_weights") if row["question"] == question}


@cache
def _knots() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Gives the scores and the probabilities between which confidence is read off, both rising."""
    pairs = sorted((float(at), p) for at, p in weights_of("calibration").items())
    return tuple(at for at, _ in pairs), tuple(p for _, p in pairs)


def calibrated(total: float) -> float:
    """Reads the probability that belongs to a score of confidence off a learned table, straight lines in between."""
    scores, chances = _knots()
    if not scores:
        return 1.0 / (1.0 + math.exp(-total))
    place = bisect_right(scores, total)
    if place in (0, len(scores)):
        return chances[min(place, len(scores) - 1)]
    low, high = scores[place - 1], scores[place]
    share = (total - low) / (high - low)
    return chances[place - 1] + share * (chances[place] - chances[place - 1])
