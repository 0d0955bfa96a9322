"""The trained tagger: which characters begin or go on a person, place or organisation.

What belongs here: reading the weights and finding the best labels, for a whole text at once. What does not: the
training (`tasks.learning.tagger`), the features (`find.features`).

A linear-chain CRF: a character's score for a label is the sum of the weights of its features, and neighbours are tied
by transition weights. The text is cut at punctuation that no name holds; the pieces are decoded side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.extraction.names.find.features import BUCKETS, clause_ends, feature_values, mix_features, with_breaks
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import lexicon_path
from tasks.reading.page import PageReading

Scores = npt.NDArray[np.float32]

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
MODEL_FILE = "tagger.npz"
_NEVER = np.float32(-1e4)
_CHUNK = 256  # characters scored at once: keeps the gathered weights in the processor's cache
_BLOCK_BITS = 8
_BLOCK = 1 << _BLOCK_BITS  # feature numbers of which one byte each says which row is theirs: no block has that many


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained tagger.

    Attributes:
        row: For each feature number its row among those of its block, from 1 on; 0 where it has no weights.
        base: For each block of `_BLOCK` feature numbers how many rows stand before its own.
        emission: Weights by row and label; row 0 is all zeros.
        transition: Weight of each label (column) after each label (row).
    """

    row: npt.NDArray[np.uint8]
    base: npt.NDArray[np.uint32]
    emission: Scores
    transition: Scores


def make_weights(features: npt.NDArray[Any], emission: npt.NDArray[Any], transition: npt.NDArray[Any]) -> Weights:
    """Puts trained weights into the form that is fast to read.

    Args:
        features: Numbers of the features that have weights.
        emission: Their weights, one row a feature, one column a label.
        transition: Weight of each label after each label.

    Raises:
        ValueError: A block of feature numbers holds more rows than one byte can tell apart.
    """
    order = np.argsort(features)
    numbers = features[order].astype(np.int64)
    base = np.searchsorted(numbers, np.arange(0, BUCKETS, _BLOCK))
    if np.bincount(numbers >> _BLOCK_BITS, minlength=1).max(initial=0) > np.iinfo(np.uint8).max:
        raise ValueError(f"{len(numbers)} features are too many for {BUCKETS} numbers: train with fewer.")
    row = np.zeros(BUCKETS, np.uint8)
    row[numbers] = np.arange(1, len(numbers) + 1) - base[numbers >> _BLOCK_BITS]
    table = np.zeros((len(features) + 1, len(LABELS) + 1), np.float32)  # 32 bytes a row: gathered twice as fast
    table[1:, : len(LABELS)] = emission[order]
    allowed = transition.astype(np.float32)
    for i, label in enumerate(LABELS):
        for j, before in enumerate(LABELS):
            if label[0] == "I" and before[2:] != label[2:]:
                allowed[j, i] = _NEVER
    return Weights(row, base.astype(np.uint32), table, allowed)


@cache
def trained_weights() -> Weights:
    """Reads the weights that come with the project (docs/tagger-model-card.md)."""
    with np.load(lexicon_path(MODEL_FILE)) as model:
        return make_weights(model["features"], model["emission"], model["transition"])


def emission_scores(reading: PageReading, weights: Weights) -> Scores:
    """Gives each character's score for each label, before its neighbours are looked at."""
    values = feature_values(reading)
    scores = np.empty((len(reading.text), weights.emission.shape[1]), np.float32)
    for at in range(0, len(scores), _CHUNK):
        features = mix_features(values[:, at : at + _CHUNK])
        # mode "clip" spares NumPy a copy of what it gathers; no number is out of range
        within = weights.row.take(features, mode="clip")
        features >>= np.uint32(_BLOCK_BITS)
        rows = weights.base.take(features, mode="clip")
        rows += within
        rows *= within != 0
        np.add.reduce(weights.emission.take(rows, axis=0, mode="clip"), axis=0, out=scores[at : at + _CHUNK])
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
    # the longest pieces stand first, so those that have a further character are always a head of the arrays
    going = np.searchsorted(-lengths, -np.arange(1, lengths[0] + 1), side="right").tolist()
    by_label = np.ascontiguousarray(scores.T)
    begin = np.where([label[0] == "I" for label in LABELS], _NEVER, np.float32(0)) + transition[0]
    best = by_label.take(starts, axis=1) + begin[:, None]
    final = best.copy()
    reached = [best]
    after = transition[:, :, None]
    for step, count in enumerate(going[1:], 1):
        best = np.maximum.reduce(best[:, None, :count] + after, axis=0)
        best += by_label.take(starts[:count] + step, axis=1)
        final[:, :count] = best
        reached.append(best)
    current = (final + transition[:, :1]).argmax(0)
    labels[starts + lengths - 1] = current
    for step in range(len(reached) - 1, 0, -1):
        count = going[step]
        current[:count] = (reached[step - 1][:, :count] + transition.take(current[:count], axis=1)).argmax(0)
        labels[starts[:count] + step - 1] = current[:count]
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


def tag_names(reading: PageReading, weights: Weights | None = None) -> list[Span]:
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
    return [Span(s.start, s.end, s.type, round(value, 3)) for s, value in zip(spans, sureness.tolist(), strict=True)]
