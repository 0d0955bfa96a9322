"""What the network's scores say of one figure: answers with their chances.

What belongs here: turning scores of places into words and times. What does not: what becomes of an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tasks.extraction.facts.reader.network import CLASSES, SPAN_QUESTIONS, Array, Scores
from tasks.extraction.facts.reader.window import ASKED, COMPARISONS, MEASURES, MODALITIES, Offered, Window

LONGEST = 32
"""Places an answer may take; no indicator or subject annotated is longer."""

_BEST = 6
_BOUNDS = "\x01\x02\n"


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
    return [_answers(window, s) for s in scores]


def _answers(window: Window, scores: Scores) -> Answers:
    edges = np.cumsum((0, *CLASSES))
    measure, comparison, modality, figure = (softmax(scores.classes[a:b]) for a, b in pairwise(edges))
    return Answers(
        dict(zip(MEASURES, map(float, measure), strict=True)),
        dict(zip(COMPARISONS, map(float, comparison), strict=True)),
        dict(zip(MODALITIES, map(float, modality), strict=True)),
        float(figure[1]),
        {name: _spans(window.text, scores.pointers[2 * n], scores.pointers[2 * n + 1]) for n, name in enumerate(ASKED)},
        _times(window, scores.pointers[SPAN_QUESTIONS], scores.pointers[SPAN_QUESTIONS + 1]),
    )


def _spans(text: str, first: Array, last: Array) -> tuple[Said, ...]:
    """Joins likely first and last places into words; the chances of words printed more than once add up."""
    starts, ends = softmax(first), softmax(last)
    found: dict[str | None, tuple[float, tuple[int, int], float]] = {
        None: (float(starts[0] * ends[0]), (0, 1), float(starts[0] * ends[0]))
    }
    for a in np.argsort(-starts, kind="stable")[:_BEST]:
        for b in np.argsort(-ends, kind="stable")[:_BEST]:
            if not 0 < a <= b < a + LONGEST or any(c in _BOUNDS for c in text[a : b + 1]):
                continue
            chance = float(starts[a] * ends[b])
            total, span, best = found.get(text[a : b + 1], (0.0, (0, 0), 0.0))
            found[text[a : b + 1]] = total + chance, (int(a), int(b) + 1) if chance > best else span, max(chance, best)
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
    """Turns scores into chances that add up to one."""
    lifted = np.exp(scores - scores.max())
    out: Array = lifted / lifted.sum()
    return out
