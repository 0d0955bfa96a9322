"""What the network's scores say of one figure: answers with their chances.

What belongs here: turning scores of places into words and times. What does not: what becomes of an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from tasks.extraction.facts.reader.network import CLASSES, SPAN_QUESTIONS, Array, Scores
from tasks.extraction.facts.reader.window import ASKED, COMPARISONS, MEASURES, MODALITIES, Offered, Window

LONGEST = 32
"""Places an answer may take; no indicator or subject annotated is longer."""

_BEST = 6
_BOUNDS = "\x01\x02\n，。；！？"
"""No answer reaches over one of these."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the words (None: not said), where they stand in the window, and how likely it is."""

    text: str | None
    span: tuple[int, int]
    chance: float


@dataclass(frozen=True, slots=True)
class Timed:
    """One answer to the question of the time: a time of the window (None: not said), and how likely it is."""

    offer: Offered | None
    chance: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reader answers for one figure, likeliest first where there are several.

    Attributes:
        measure: Chances of `MEASURES`.
        comparison: Chances of `COMPARISONS`.
        modality: Chances of `MODALITIES`.
        is_figure: Chance that the quantity is a figure at all.
        spans: Answers by question of `ASKED`.
        times: Answers to the question of the time.
    """

    measure: dict[str, float]
    comparison: dict[str | None, float]
    modality: dict[str, float]
    is_figure: float
    spans: dict[str, tuple[Said, ...]]
    times: tuple[Timed, ...]


def answers_of(window: Window, scores: Sequence[Scores]) -> list[Answers]:
    """Turns the scores of a window's figures into answers."""
    bounds = list(accumulate((c in _BOUNDS for c in window.text), initial=0))
    return [_answers(window, bounds, s) for s in scores]


def _answers(window: Window, bounds: Sequence[int], scores: Scores) -> Answers:
    edges = np.cumsum((0, *CLASSES))
    measure, comparison, modality, figure = (softmax(scores.classes[a:b]) for a, b in pairwise(edges))
    chances = softmax(scores.pointers[:SPAN_QUESTIONS])
    likely = [_likeliest(row) for row in chances]
    spans = {
        name: _spans(
            window.text, bounds, likely[2 * n], likely[2 * n + 1], float(chances[2 * n, 0] * chances[2 * n + 1, 0])
        )
        for n, name in enumerate(ASKED)
    }
    return Answers(
        dict(zip(MEASURES, map(float, measure), strict=True)),
        dict(zip(COMPARISONS, map(float, comparison), strict=True)),
        dict(zip(MODALITIES, map(float, modality), strict=True)),
        float(figure[1]),
        spans,
        _times(window, scores.pointers[SPAN_QUESTIONS], scores.pointers[SPAN_QUESTIONS + 1]),
    )


def _likeliest(chances: Array) -> list[tuple[int, float]]:
    """The likeliest places with their chances, likeliest first."""
    places = np.argpartition(chances, -_BEST)[-_BEST:] if len(chances) > _BEST else np.arange(len(chances))
    return sorted(zip(places.tolist(), chances[places].tolist(), strict=True), key=lambda p: (-p[1], p[0]))


def _spans(
    text: str,
    bounds: Sequence[int],
    starts: Sequence[tuple[int, float]],
    ends: Sequence[tuple[int, float]],
    none: float,
) -> tuple[Said, ...]:
    """Joins likely first and last places into words; the chances of words printed more than once add up."""
    found: dict[str | None, tuple[float, tuple[int, int], float]] = {None: (none, (0, 1), none)}
    for a, begun in starts:
        for b, ended in ends:
            if not 0 < a <= b < a + LONGEST or bounds[a] != bounds[b + 1]:
                continue
            chance = begun * ended
            total, span, best = found.get(text[a : b + 1], (0.0, (0, 0), 0.0))
            found[text[a : b + 1]] = total + chance, (a, b + 1) if chance > best else span, max(chance, best)
    said = [Said(words, span, total) for words, (total, span, _) in found.items()]
    return tuple(sorted(said, key=lambda s: -s.chance))


def _times(window: Window, first: Array, last: Array) -> tuple[Timed, ...]:
    """Weighs the window's times against each other and against none; those of the same dates add up."""
    scores = np.array([first[0] + last[0], *(first[t.start] + last[t.end - 1] for t in window.times)])
    chances = softmax(scores)
    found: dict[object, tuple[float, Offered | None]] = {None: (float(chances[0]), None)}
    for chance, offer in zip(chances[1:], window.times, strict=True):
        period = offer.period
        key = (period.start, period.end) if period.start or period.end else period.text
        total, best = found.get(key, (0.0, offer))
        found[key] = total + float(chance), best
    return tuple(sorted((Timed(offer, total) for total, offer in found.values()), key=lambda t: -t.chance))


def softmax(scores: Array) -> Array:
    """Turns scores (those of a row, or of each row) into chances that add up to one."""
    lifted = np.exp(scores - scores.max(-1, keepdims=True))
    out: Array = lifted / lifted.sum(-1, keepdims=True)
    return out
