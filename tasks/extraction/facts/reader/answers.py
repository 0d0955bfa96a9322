"""What the network's scores say of one figure: answers with their chances.

What belongs here: turning scores of places into words and times. What does not: what becomes of an answer.

The figures of a window are reckoned side by side, as rows of one array: each step is one call and not one a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.extraction.facts.reader.network import CLASSES, SPAN_QUESTIONS, Array, Scores
from tasks.extraction.facts.reader.window import ASKED, COMPARISONS, MEASURES, MODALITIES, Offered, Window
from tasks.reading.word_finder import code_points

LONGEST = 32
"""Places an answer may take; no indicator or subject annotated is longer."""

_BEST = 6
_BOUNDS = code_points("\x01\x02\n，。；！？")
"""No answer reaches over one of these."""


class Said(NamedTuple):
    """One answer: the words (None: not said), where they stand in the window, and how likely it is."""

    text: str | None
    span: tuple[int, int]
    chance: float


class Timed(NamedTuple):
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


def answers_of(window: Window, scores: Scores) -> list[Answers]:
    """Turns the scores of a window's figures into answers."""
    edges, classes, pointers = [0, *accumulate(CLASSES)], scores.classes, scores.pointers
    measure, comparison, modality, figure = (softmax(classes[:, a:b]).tolist() for a, b in pairwise(edges))
    spans = _spans(window.text, softmax(pointers[:, :SPAN_QUESTIONS]))
    times = _times(window, pointers[:, SPAN_QUESTIONS], pointers[:, SPAN_QUESTIONS + 1])
    return [
        Answers(
            dict(zip(MEASURES, measure[n], strict=True)),
            dict(zip(COMPARISONS, comparison[n], strict=True)),
            dict(zip(MODALITIES, modality[n], strict=True)),
            figure[n][1],
            {question: spans[n][m] for m, question in enumerate(ASKED)},
            times[n],
        )
        for n in range(len(classes))
    ]


def _spans(text: str, chances: Array) -> list[list[tuple[Said, ...]]]:
    """Joins likely first and last places into words, for each figure and question.

    Args:
        text: The window's.
        chances: Of each place (last axis) to be the first or last one of the answer to a question, by figure.
    """
    figures, pointers, _ = chances.shape
    bounds = np.concatenate(([0], np.cumsum(np.isin(code_points(text), _BOUNDS))))
    likely = _likeliest(chances)
    likely_chances = np.take_along_axis(chances, likely, -1)
    pairs = (figures, pointers // 2, likely.shape[-1], likely.shape[-1])
    first, last = likely[:, ::2, :, None], likely[:, 1::2, None, :]
    inside = (first > 0) & (first <= last) & (last < first + LONGEST) & (bounds[first] == bounds[last + 1])
    joint = likely_chances[:, ::2, :, None] * likely_chances[:, 1::2, None, :]
    found = np.nonzero(inside)
    chosen = zip(
        (found[0] * pairs[1] + found[1]).tolist(),
        np.broadcast_to(first, pairs)[found].tolist(),
        np.broadcast_to(last, pairs)[found].tolist(),
        joint[found].tolist(),
        strict=True,
    )
    none = (chances[:, ::2, 0] * chances[:, 1::2, 0]).ravel().tolist()
    answers: list[_Words] = [{None: (chance, (0, 1), chance)} for chance in none]
    for number, a, b, chance in chosen:
        _add(answers[number], text[a : b + 1], (a, b + 1), chance)
    said = [_likeliest_first(words) for words in answers]
    return [said[n : n + pairs[1]] for n in range(0, len(said), pairs[1])]


_Words = dict[str | None, tuple[float, tuple[int, int], float]]
"""By an answer's words: its chance so far, its likeliest place, and the chance of that place."""


def _add(answers: _Words, words: str, span: tuple[int, int], chance: float) -> None:
    """Adds a place of an answer; the chances of words printed more than once add up."""
    total, at, best = answers.get(words, (0.0, (0, 0), 0.0))
    answers[words] = (total + chance, span, chance) if chance > best else (total + chance, at, best)


def _likeliest_first(answers: _Words) -> tuple[Said, ...]:
    said = [Said(words, span, total) for words, (total, span, _) in answers.items()]
    return tuple(sorted(said, key=_chance, reverse=True))


_chance = attrgetter("chance")


def _likeliest(chances: Array) -> NDArray[np.int64]:
    """Gives the likeliest places of each row, likeliest first, of equally likely ones the first."""
    size = chances.shape[-1]
    places = np.argpartition(chances, -_BEST, axis=-1)[..., -_BEST:] if size > _BEST else None
    if places is None:
        places = np.broadcast_to(np.arange(size), chances.shape)
    order = np.lexsort((places, -np.take_along_axis(chances, places, -1)), axis=-1)
    return np.take_along_axis(places, order, -1)


def _times(window: Window, first: Array, last: Array) -> list[tuple[Timed, ...]]:
    """Weighs the window's times against each other and against none; those of the same dates add up."""
    starts, ends = [0, *(t.start for t in window.times)], [0, *(t.end - 1 for t in window.times)]
    chances = softmax(first.take(starts, axis=1) + last.take(ends, axis=1))
    told: list[Offered | None] = [None]
    numbers: dict[object, int] = {}
    columns: list[int] = []
    for offer in window.times:
        column = numbers.setdefault(_dates(offer), len(told))
        columns.append(column)
        if column == len(told):
            told.append(offer)
    totals = np.zeros((len(chances), len(told)))
    totals[:, 0] = chances[:, 0]
    for number, column in enumerate(columns, 1):
        totals[:, column] += chances[:, number]
    order = np.argsort(-totals, axis=1, kind="stable")
    ranked = zip(order.tolist(), np.take_along_axis(totals, order, 1).tolist(), strict=True)
    return [tuple(Timed(told[n], total) for n, total in zip(*row, strict=True)) for row in ranked]


def _dates(offer: Offered) -> object:
    period = offer.period
    return (period.start, period.end) if period.start or period.end else period.text


def softmax(scores: Array) -> Array:
    """Turns scores (those of a row, or of each row) into chances that add up to one."""
    lifted = np.exp(scores - scores.max(-1, keepdims=True))
    out: Array = lifted / lifted.sum(-1, keepdims=True)
    return out
