"""The small network that reads a window: characters in, scores of every answer out.

What belongs here: running it. What does not: what an answer means (`answers`), and learning (`tasks.learning`).

The encoder, a transformer of a few layers, is run by ONNX Runtime in whole numbers of eight bits (`reader.onnx`); the
questions asked of it are a few matrices (`reader.npz`). Both lie in the lexicon; docs/reader-model-card.md says what
they were learned from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tasks.extraction.facts.reader.window import ASKED, BAR, BREAK, FLAGS, HOUSE, NAMES, Asked, Window
from tasks.lexicon import lexicon_path
from tasks.reading.word_finder import code_points

Array = NDArray[np.float64]
"""The questions are asked in long floats: editions of NumPy then give the same answers to every printed digit."""

HEADS = 4
SPAN_QUESTIONS = 2 * len(ASKED)
POINTERS = SPAN_QUESTIONS + 2
"""Two pointers (first and last place) for indicator and subject, two for the period."""

CLASSES = (5, 5, 3, 2)
"""Measures, comparisons, modalities, and whether the quantity is a figure at all."""

PLACES = 1024
"""More than any window has."""

_SPECIAL = {HOUSE: 3, BREAK: 7, BAR: 6}
_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a window's figures, before anything is chosen: raw scores.

    Attributes:
        classes: Scores of measures, comparisons, modalities and figure or not, one after another (figures × 15).
        pointers: For each of the six pointers the score of every place (figures × 6 × places).
    """

    classes: Array
    pointers: Array


def rows_by_character(vocabulary: str) -> NDArray[np.int64]:
    """Gives the row of the embedding by a character's number; one that is not known has a row of its own.

    Args:
        vocabulary: The characters that are known, in the order of the embedding.
    """
    rows = np.full(max(map(ord, vocabulary)) + 2, _UNKNOWN, dtype=np.int64)
    for row, character in enumerate(vocabulary):
        if character != "\0":
            rows[ord(character)] = row
    for character, row in _SPECIAL.items():
        rows[ord(character)] = row
    return rows


def place_numbers(window: Window, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Gives the row of the embedding for every place of a window."""
    return rows[np.minimum(code_points(window.text), len(rows) - 1)]


def place_marks(window: Window) -> NDArray[np.int64]:
    """Puts what is marked at every place into one number: the part it belongs to, the mark of a name, the flags."""
    parts, names, flags = np.array([window.parts, window.names, window.flags], dtype=np.int64)
    marks: NDArray[np.int64] = (parts * NAMES + names) * FLAGS + flags
    return marks


def distance_bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Puts distances in places into 80 buckets, near ones one by one, far ones by their logarithm."""
    far = np.abs(distance)
    log = 16 + (np.log2(np.maximum(far, 16) / 16.0) * 4).astype(np.int64)
    return np.clip(np.where(far < 16, distance, np.sign(distance) * log), -39, 39) + 40


def ruled_places(figure: Asked, places: int) -> NDArray[np.float32]:
    """Marks, for each pointer, the places where the rules' answers begin and end."""
    marks = np.zeros((POINTERS, places), np.float32)
    for n, question in enumerate(ASKED):
        for start, end in figure.ruled.get(question, ()):
            marks[2 * n, start] = marks[2 * n + 1, end - 1] = 1.0
    return marks


class Network:
    """The network with its weights.

    Args:
        encoder: File of the encoder, in ONNX.
        heads: Matrices of the questions by name.
        vocabulary: The characters it knows, in the order of the embedding.
    """

    def __init__(self, encoder: Path, heads: Mapping[str, Array], vocabulary: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._encoder = onnxruntime.InferenceSession(
            encoder, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        self._w = heads
        keys = heads["tk.weight"].reshape(POINTERS, -1, heads["tk.weight"].shape[1])
        self._keys = keys / np.sqrt(keys.shape[1])
        buckets = distance_bucket(np.arange(-PLACES, PLACES))
        self._far = heads["dist.weight"].reshape(POINTERS, -1)[:, buckets]
        self._rows = rows_by_character(vocabulary)

    def read(self, windows: Sequence[Window]) -> list[Scores]:
        """Reads windows and scores the answers for each of their figures.

        The questions of all figures are asked at once: their matrices are fetched once and not once a window.
        """
        if not windows:
            return []
        seen = [self._encoded(window) for window in windows]
        f = np.concatenate([_figures(h, w.figures) for h, w in zip(seen, windows, strict=True)])
        classes = self._linear(_gelu(self._linear(f, "cls1")), "cls2")
        aims = self._linear(f, "fq").reshape(len(f), POINTERS, -1).transpose(1, 0, 2)
        aims = (aims @ self._keys).transpose(1, 0, 2)
        leaning = self._linear(f, "trust")
        edges = accumulate((len(w.figures) for w in windows), initial=0)
        return [
            Scores(classes[a:b], self._pointed(h, window, aims[a:b], leaning[a:b]))
            for h, window, (a, b) in zip(seen, windows, pairwise(edges), strict=True)
        ]

    def _encoded(self, window: Window) -> Array:
        """Gives the vectors of a window's places."""
        rows, marks = place_numbers(window, self._rows)[None, :], place_marks(window)[None, :]
        out: Array = self._encoder.run(None, {"rows": rows, "marks": marks})[0][0].astype(np.float64)
        return out

    def _pointed(self, h: Array, window: Window, aims: Array, leaning: Array) -> Array:
        """Scores every place as the one that a pointer of a figure points at.

        Args:
            h: The vectors of the window's places.
            window: The window.
            aims: What each pointer of each figure looks for.
            leaning: How much it leans on the places of the rules' answers.
        """
        places, figures = len(h), len(window.figures)
        pointers: Array = (aims.reshape(figures * POINTERS, -1) @ h.T).reshape(figures, POINTERS, places)
        for figure, scores, leant in zip(window.figures, pointers, leaning, strict=True):
            scores += self._far[:, PLACES - figure.start : PLACES - figure.start + places]
            scores += ruled_places(figure, places) * leant[:, None]
        return pointers

    def _linear(self, x: Array, name: str) -> Array:
        out: Array = x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return out


def _figures(h: Array, figures: Sequence[Asked]) -> Array:
    """Gives what is known of a window's figures: their first and last place, their mean, and the rules' hints."""
    hints = np.array([a.hints for a in figures])
    means = [h[a.start : a.end].mean(0) for a in figures]
    return np.concatenate([h[[a.start for a in figures]], h[[a.end - 1 for a in figures]], means, hints], axis=1)


def _gelu(x: Array) -> Array:
    out: Array = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return out


def network_at(path: Path) -> Network:
    """Reads a network from `PATH.onnx` and `PATH.npz`."""
    with np.load(path.with_suffix(".npz")) as stored:
        heads = {name: stored[name].astype(np.float64) for name in stored.files if name != "vocabulary"}
        return Network(path.with_suffix(".onnx"), heads, str(stored["vocabulary"]))


@cache
def shipped_network() -> Network:
    """Reads the network that comes with the project, once a process, which from then on multiplies on one thread.

    A worker has one core: threads that wait for each other between small matrices take more time than they save.
    """
    threadpool_limits(1, "blas")
    return network_at(lexicon_path("reader.npz"))
