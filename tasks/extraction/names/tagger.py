"""The trained tagger: which characters begin or go on a person, place or organisation.

What belongs here: reading the weights and finding the best labels, for a whole text at once. What does not: the
training (`train`), the features (`features`).

A linear-chain CRF: a character's score for a label is the sum of the weights of its features, and neighbours are tied
by transition weights. The text is cut at punctuation that no name holds; the pieces are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.extraction.names.features import BUCKETS, character_features, clause_ends, with_breaks
from tasks.extraction.names.reading import Reading
from tasks.extraction.names.spans import Span
from tasks.lexicon import lexicon_path

Scores = npt.NDArray[np.float32]

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
MODEL_FILE = "tagger.npz"
_NEVER = np.float32(-1e4)
_CHUNK = 512  # characters scored at once: keeps the gathered weights in the processor's cache


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained tagger.

    Attributes:
        row: For each feature number the row of `emission` with its weights; row 0 is all zeros.
        emission: Weights by row and label.
        transition: Weight of each label (column) after each label (row).
    """

    row: npt.NDArray[np.int32]
    emission: Scores
    transition: Scores


def make_weights(features: npt.NDArray[Any], emission: npt.NDArray[Any], transition: npt.NDArray[Any]) -> Weights:
    """Puts trained weights into the form that is fast to read.

    Args:
        features: Numbers of the features that have weights.
        emission: Their weights, one row a feature, one column a label.
        transition: Weight of each label after each label.
    """
    row = np.zeros(BUCKETS, np.int32)
    row[features] = np.arange(1, len(features) + 1)
    table = np.zeros((len(features) + 1, len(LABELS) + 1), np.float32)  # 32 bytes a row: gathered twice as fast
    table[1:, : len(LABELS)] = emission
    allowed = transition.astype(np.float32)
    for i, label in enumerate(LABELS):
        for j, before in enumerate(LABELS):
            if label[0] == "I" and before[2:] != label[2:]:
                allowed[j, i] = _NEVER
    return Weights(row, table, allowed)


@cache
def trained_weights() -> Weights:
    """Reads the weights that come with the project (docs/tagger-model-card.md)."""
    with np.load(lexicon_path(MODEL_FILE)) as model:
        return make_weights(model["features"], model["emission"], model["transition"])


def emission_scores(reading: Reading, weights: Weights) -> Scores:
    """Gives each character's score for each label, before its neighbours are looked at."""
    features = character_features(reading)
    size = len(reading.text)
    scores = np.empty((size, weights.emission.shape[1]), np.float32)
    for at in range(0, size, _CHUNK):
        part = features[:, at : at + _CHUNK]
        # mode "clip" spares NumPy a copy of what it gathers; no number is out of range
        rows = np.take(weights.row, part, mode="clip")
        np.add.reduce(np.take(weights.emission, rows, axis=0, mode="clip"), axis=0, out=scores[at : at + _CHUNK])
    return scores[:, : len(LABELS)]


def best_labels(scores: Scores, stops: npt.NDArray[np.bool_], transition: Scores) -> npt.NDArray[np.int8]:
    """Finds the best labels (Viterbi), all pieces between stops side by side.

    Args:
        scores: Score of each character and label.
        stops: Characters that no name holds; they are `O` and part the pieces.
        transition: Weight of each label after each label.

    Returns:
        Number of the label of each character.
    """
    labels = np.zeros(len(scores), np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], stops, [True])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return labels
    order = np.argsort(starts - ends, kind="stable")
    starts, lengths = starts[order], (ends - starts)[order]
    begin = np.where([label[0] == "I" for label in LABELS], _NEVER, np.float32(0)) + transition[0]
    best = scores[starts] + begin
    came_from: list[npt.NDArray[np.int8]] = []
    # the longest pieces stand first, so those still going on are always a head of the arrays
    finals = np.zeros(len(starts), np.int8)
    going = len(starts)
    for step in range(1, int(lengths[0]) + 1):
        still = int(np.searchsorted(-lengths, -step, side="left"))
        finals[still:going] = (best[still:going] + transition[:, 0]).argmax(1)
        going = still
        if not going:
            break
        paths = best[:going, :, None] + transition
        came_from.append(paths.argmax(1).astype(np.int8))
        best = paths.max(1) + scores[starts[:going] + step]
    return _walk_back(labels, starts, lengths, finals, came_from)


def _walk_back(
    labels: npt.NDArray[np.int8],
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    finals: npt.NDArray[np.int8],
    came_from: list[npt.NDArray[np.int8]],
) -> npt.NDArray[np.int8]:
    labels[starts + lengths - 1] = finals
    current = finals.copy()
    for step in range(len(came_from), 0, -1):
        going = len(came_from[step - 1])
        current[:going] = came_from[step - 1][np.arange(going), current[:going]]
        labels[starts[:going] + step - 1] = current[:going]
    return labels


def spans_of(labels: npt.NDArray[np.int8]) -> list[Span]:
    """Reads the names off a row of labels."""
    inside = labels > 0
    begins = (labels % 2 == 1) & inside
    starts = np.flatnonzero(begins)
    if not len(starts):
        return []
    goes_on = inside & ~begins
    breaks = np.flatnonzero(~goes_on)
    ends = np.append(breaks, len(labels))[np.searchsorted(breaks, starts, side="right")]
    types = ("", "PER", "PER", "LOC", "LOC", "ORG", "ORG")
    return [
        Span(start, end, types[label])
        for start, end, label in zip(starts.tolist(), ends.tolist(), labels[starts].tolist(), strict=True)
    ]


def tag_names(reading: Reading, weights: Weights | None = None) -> list[Span]:
    """Finds the names in a text as the trained tagger sees them.

    Args:
        reading: Any text; paragraphs parted by two line breaks.
        weights: Another tagger than the one that comes with the project.

    Returns:
        Names in the order of the text; the score says how much their letters speak for the name, 0.5: no more than
        against it.
    """
    if not reading.text:
        return []
    weights = weights or trained_weights()
    scores = emission_scores(reading, weights)
    labels = best_labels(scores, with_breaks(clause_ends(reading.chars)), weights.transition)
    spans = spans_of(labels)
    if not spans:
        return spans
    gains = np.append(0, np.cumsum(scores[np.arange(len(labels)), labels] - scores[:, 0], dtype=np.float64))
    starts, ends = np.array([(s.start, s.end) for s in spans]).T
    sureness = 1 / (1 + np.exp(-(gains[ends] - gains[starts]) / (ends - starts)))
    return [span._replace(score=round(value, 3)) for span, value in zip(spans, sureness.tolist(), strict=True)]
