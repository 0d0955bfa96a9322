"""The small network that reads a window: characters in, scores of every answer out.

What belongs here: running it. What does not: what an answer means (`answers`), and learning (`tasks.learning`).

The encoder, a transformer of a few layers, is run by ONNX Runtime in whole numbers of eight bits (`reader.onnx`); the
questions asked of it are a few matrices (`reader.npz`). Both lie in the lexicon; docs/reader-model-card.md says what
they were learned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tasks.extraction.facts.reader.window import ASKED, BAR, BREAK, HINTS, HOUSE, Asked, Window
from tasks.lexicon import lexicon_path

Array = NDArray[np.float64]
"""The questions are asked in long floats: editions of NumPy then give the same answers to every printed digit."""

HEADS = 4
SPAN_QUESTIONS = 2 * len(ASKED)
POINTERS = SPAN_QUESTIONS + 2
"""Two pointers (first and last place) for indicator and subject, two for the period."""

CLASSES = (5, 5, 3, 2)
"""Measures, comparisons, modalities, and whether the quantity is a figure at all."""

_SPECIAL = {HOUSE: 3, BREAK: 7, BAR: 6}
_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one figure, before anything is chosen: raw scores.

    Attributes:
        classes: Scores of measures, comparisons, modalities and figure or not, one after another (15).
        pointers: For each of the six pointers the score of every place (6 × places).
    """

    classes: Array
    pointers: Array


def place_numbers(window: Window, numbers: Mapping[str, int]) -> NDArray[np.int64]:
    """Gives the row of the embedding for every place of a window."""
    return np.array([_SPECIAL.get(c) or numbers.get(c, _UNKNOWN) for c in window.text], dtype=np.int64)


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
        self._encoder = onnxruntime.InferenceSession(encoder, options, providers=["CPUExecutionProvider"])
        self._w = heads
        self._numbers = {c: n for n, c in enumerate(vocabulary) if c != "\0"}

    def read(self, window: Window) -> list[Scores]:
        """Reads a window and scores the answers for each of its figures."""
        rows = place_numbers(window, self._numbers)[None, :]
        marks = np.array([window.parts, window.names, window.flags], dtype=np.int64)[:, None, :]
        h, keys = self._encoder.run(None, {"rows": rows, "marks": marks})
        return self._ask(h[0].astype(np.float64), keys[0].astype(np.float64), window)

    def _ask(self, h: Array, keys: Array, window: Window) -> list[Scores]:
        """Scores the answers for each figure of a window: its places × width, and what is pointed at."""
        f = np.stack([np.concatenate([h[a.start], h[a.end - 1], h[a.start : a.end].mean(0)]) for a in window.figures])
        f = np.concatenate([f, np.array([a.hints for a in window.figures]).reshape(-1, HINTS)], axis=1)
        classes = self._linear(_gelu(self._linear(f, "cls1")), "cls2")
        places, figures = len(h), len(f)
        aims = self._linear(f, "fq").reshape(figures, POINTERS, -1).transpose(1, 0, 2)
        keys = keys.reshape(places, POINTERS, -1).transpose(1, 2, 0)
        pointers = (aims @ keys).transpose(1, 0, 2) / np.sqrt(keys.shape[1])
        at = np.array([a.start for a in window.figures])
        bucket = distance_bucket(np.arange(places)[None, :] - at[:, None])
        pointers = pointers + np.moveaxis(self._w["dist.weight"].reshape(POINTERS, 80)[:, bucket], 0, 1)
        ruled = np.stack([ruled_places(a, places) for a in window.figures])
        pointers = pointers + ruled * self._linear(f, "trust")[:, :, None]
        return [Scores(c, p) for c, p in zip(classes, pointers, strict=True)]

    def _linear(self, x: Array, name: str) -> Array:
        out: Array = x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return out


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
