"""Lessons laid beside each other, so that the network reads many windows at once.

What belongs here: turning windows and their lessons into tables of numbers. What does not: the network, the losses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from tasks.extraction.facts.reader.network import distance_bucket, place_numbers, ruled_places
from tasks.extraction.facts.reader.window import ASKED
from tasks.learning.annotated import Example, Lesson


class Answered(NamedTuple):
    """What a network says of the figures of a batch, as raw scores.

    Attributes:
        classes: Measures, comparisons, modalities, figure or not (figures × 15).
        pointers: First and last place of indicator and subject (figures × 4 × places).
        times: The times to choose from, none first (figures × times).
    """

    classes: Tensor
    pointers: Tensor
    times: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows beside each other, padded with 0, and their figures one below the other.

    Attributes:
        rows: Rows of the embedding (windows × places).
        marks: Parts, names and flags (3 × windows × places).
        figures: Window, first place, place after the last (figures × 3).
        hints: What the rules made of each figure.
        buckets: How far each place is from the figure (figures × places).
        ruled: Where the rules' answers begin and end (figures × pointers × places).
        times: First and last place of each time to choose (figures × times × 2).
        offered: Which of those are there.
        classes: Right measure, comparison, modality, and figure or not (figures × 4).
        spans: For each question the right answers' first and last places (figures × answers × 2).
        spanned: For each question which of those are there.
        timed: Which of the times are right.
        weights: What each figure counts, by question: figure or not, classes, each span, time (figures × 5).
    """

    rows: Tensor
    marks: Tensor
    figures: Tensor
    hints: Tensor
    buckets: Tensor
    ruled: Tensor
    times: Tensor
    offered: Tensor
    classes: Tensor
    spans: tuple[Tensor, ...]
    spanned: tuple[Tensor, ...]
    timed: Tensor
    weights: Tensor

    def to(self, device: torch.device) -> Batch:
        """Moves it to where the network is."""
        moved = {}
        for field in fields(self):
            value = getattr(self, field.name)
            moved[field.name] = tuple(v.to(device) for v in value) if isinstance(value, tuple) else value.to(device)
        return replace(self, **moved)


def batch_of(examples: Sequence[Example], known: np.ndarray) -> Batch:
    """Lays windows and their lessons beside each other.

    Args:
        examples: The windows with what is right.
        known: Row of the embedding by a character's number (`rows_by_character`).
    """
    places = max(len(e.window.text) for e in examples)
    rows = np.zeros((len(examples), places), np.int64)
    marks = np.zeros((3, len(examples), places), np.int64)
    for n, example in enumerate(examples):
        window, length = example.window, len(example.window.text)
        rows[n, :length] = place_numbers(window, known)
        marks[:, n, :length] = window.parts, window.names, window.flags
    asked = [
        (n, a, lesson) for n, e in enumerate(examples) for a, lesson in zip(e.window.figures, e.lessons, strict=True)
    ]
    figures = np.array([(n, a.start, a.end) for n, a, _ in asked])
    times, offered = _padded([[(0, 0), *((t.start, t.end - 1) for t in examples[n].window.times)] for n, _, _ in asked])
    spans = [_padded([lesson.spans[q] for _, _, lesson in asked]) for q in range(len(ASKED))]
    timed = np.zeros(offered.shape, bool)
    for row, (_, _, lesson) in enumerate(asked):
        timed[row, list(lesson.times)] = True
    ruled = np.stack([ruled_places(a, places) for _, a, _ in asked])
    hints = np.array([a.hints for _, a, _ in asked], np.float32)
    buckets = distance_bucket(np.arange(places)[None, :] - figures[:, 1:2])
    classes = np.array([(x.measure, x.comparison, x.modality, x.is_figure) for _, _, x in asked])
    weights = np.concatenate([_weights(e.lessons) for e in examples]) / len(examples)
    tensor = torch.from_numpy
    return Batch(
        *(tensor(rows), tensor(marks), tensor(figures), tensor(hints), tensor(buckets), tensor(ruled)),
        times=tensor(times),
        offered=tensor(offered),
        classes=tensor(classes),
        spans=tuple(tensor(s) for s, _ in spans),
        spanned=tuple(tensor(there) for _, there in spans),
        timed=tensor(timed),
        weights=tensor(weights),
    )


def _padded(pairs: Sequence[Iterable[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray]:
    """Lays pairs of places of each figure beside each other, and says which are there."""
    listed = [list(p) for p in pairs]
    width = max(1, *map(len, listed))
    table, there = np.zeros((len(listed), width, 2), np.int64), np.zeros((len(listed), width), bool)
    for row, found in enumerate(listed):
        if found:
            table[row, : len(found)] = found
            there[row, : len(found)] = True
    return table, there


def _weights(lessons: Sequence[Lesson]) -> np.ndarray:
    """What each figure of a window counts: the questions' means are added, long windows count less a figure."""
    asked = np.array(
        [
            (True, x.is_figure, *(x.is_figure and bool(s) for s in x.spans), x.is_figure and bool(x.times))
            for x in lessons
        ]
    )
    counts = np.maximum(asked.sum(0), 1)
    return (asked / counts * (len(lessons) ** 0.5 / 2)).astype(np.float32)
