"""The reader's network in PyTorch, for learning; `tasks.extraction.facts.reader.network` runs it without.

What belongs here: the same arithmetic as there, with gradients, and the losses. What does not: data and schedules.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from tasks.extraction.facts.reader.network import (
    CLASSES,
    HEADS,
    POINTERS,
    SPAN_QUESTIONS,
    distance_bucket,
    place_numbers,
    ruled_places,
)
from tasks.extraction.facts.reader.window import ASKED, HINTS
from tasks.learning.annotated import Example, Lesson

POINTER_WIDTH = 128


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, mask: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Reads a batch (windows × places × width); `mask` is true where there is a character."""
        many, places, width = x.shape
        q, k, v = self.qkv(self.n1(x)).view(many, places, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        q, k = _turned(torch.stack((q, k)), cos, sin)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.drop(self.o(seen.transpose(1, 2).reshape(many, places, width)))
        out: Tensor = x + self.drop(self.f2(F.gelu(self.f1(self.n2(x)), approximate="tanh")))
        return out


class ReaderNetwork(nn.Module):
    """Encoder and heads; the names of the parameters are those of the stored weights."""

    def __init__(self, characters: int, width: int = 256, layers: int = 4, drop: float = 0.1) -> None:
        super().__init__()
        figure = 3 * width + HINTS
        self.e, self.t = nn.Embedding(characters, width), nn.Embedding(6, width)
        self.names, self.flags = nn.Embedding(7, width), nn.Embedding(8, width)
        self.b = nn.ModuleList(Layer(width, drop) for _ in range(layers))
        self.n, self.drop = nn.LayerNorm(width), nn.Dropout(drop)
        self.cls1, self.cls2 = nn.Linear(figure, width), nn.Linear(width, sum(CLASSES))
        self.fq, self.tk = nn.Linear(figure, POINTERS * POINTER_WIDTH), nn.Linear(width, POINTERS * POINTER_WIDTH)
        self.trust, self.dist = nn.Linear(figure, POINTERS), nn.Embedding(POINTERS * 80, 1)
        for new in (self.names, self.flags, self.dist):
            nn.init.zeros_(new.weight)
        for linear in (self.cls1, self.cls2, self.fq, self.tk, self.trust):
            nn.init.normal_(linear.weight, std=0.02)
            nn.init.zeros_(linear.bias)
        nn.init.zeros_(self.trust.weight)
        nn.init.constant_(self.trust.bias, 1.0)
        frequency = 1 / (10000 ** (torch.arange(0, width // HEADS, 2) / (width // HEADS)))
        self.register_buffer("frequency", frequency, persistent=False)

    def embedded(self, numbers: Tensor, marks: Tensor) -> Tensor:
        """Puts rows of the embeddings (windows × places) and parts, names, flags (3 × the same) into vectors."""
        out: Tensor = self.e(numbers) + self.t(marks[0]) + self.names(marks[1]) + self.flags(marks[2])
        return out

    def forward(self, numbers: Tensor, marks: Tensor) -> Tensor:
        """Encodes a batch."""
        places = numbers.shape[1]
        angle = torch.outer(torch.arange(places, dtype=torch.float32), self.get_buffer("frequency"))
        angle = torch.cat([angle, angle], -1)
        x = self.drop(self.embedded(numbers, marks))
        mask = (numbers != 0)[:, None, None, :]
        for layer in self.b:
            x = layer(x, mask, angle.cos(), angle.sin())
        out: Tensor = self.n(x)
        return out


def _turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


def batch_of(examples: Sequence[Example], numbers: dict[str, int]) -> tuple[Tensor, Tensor]:
    """Lays the windows of a batch beside each other, padded with 0."""
    places = max(len(e.window.text) for e in examples)
    rows = torch.zeros(len(examples), places, dtype=torch.long)
    marks = torch.zeros(3, len(examples), places, dtype=torch.long)
    for n, example in enumerate(examples):
        window, length = example.window, len(example.window.text)
        rows[n, :length] = torch.from_numpy(place_numbers(window, numbers))
        for m, marked in enumerate((window.parts, window.names, window.flags)):
            marks[m, n, :length] = torch.tensor(marked)
    return rows, marks


def loss_of(network: ReaderNetwork, h: Tensor, example: Example, trusting: bool) -> Tensor:
    """Says how far a window's answers are from its lessons.

    Args:
        network: The network.
        h: The window, encoded (places × width).
        example: The window and what is right.
        trusting: Whether the rules' answers are shown; hidden now and then, so that they are not leant on.
    """
    window = example.window
    f = torch.stack([torch.cat([h[a.start], h[a.end - 1], h[a.start : a.end].mean(0)]) for a in window.figures])
    hints = torch.tensor([a.hints for a in window.figures])
    f = torch.cat([f, hints if trusting else torch.zeros_like(hints)], 1)
    classes = network.cls2(network.drop(F.gelu(network.cls1(f), approximate="tanh")))
    real = [n for n, lesson in enumerate(example.lessons) if lesson.is_figure]
    loss = F.cross_entropy(classes[:, 13:], torch.tensor([x.is_figure for x in example.lessons]))
    if real:
        lessons = [example.lessons[n] for n in real]
        loss = loss + _class_loss(classes[real], lessons)
        scores = _pointers(network, h, f[real], example, real, trusting)
        loss = loss + 0.7 * _pointer_loss(scores, lessons, example)
    return loss * len(window.figures) ** 0.5 / 2


def _class_loss(classes: Tensor, lessons: Sequence[Lesson]) -> Tensor:
    return (
        F.cross_entropy(classes[:, :5], torch.tensor([x.measure for x in lessons]))
        + F.cross_entropy(classes[:, 5:10], torch.tensor([x.comparison for x in lessons]))
        + F.cross_entropy(classes[:, 10:13], torch.tensor([x.modality for x in lessons]))
    )


def _pointers(
    network: ReaderNetwork, h: Tensor, f: Tensor, example: Example, asked: Sequence[int], trusting: bool
) -> Tensor:
    places, figures = len(h), [example.window.figures[n] for n in asked]
    keys = network.tk(h).view(places, POINTERS, -1)
    queries = network.fq(f).view(len(f), POINTERS, -1)
    scores = torch.einsum("fpd,tpd->fpt", queries, keys) / math.sqrt(POINTER_WIDTH)
    at = np.array([a.start for a in figures])
    bucket = torch.from_numpy(distance_bucket(np.arange(places)[None, :] - at[:, None]))
    scores = scores + network.dist.weight.view(POINTERS, 80)[:, bucket].transpose(0, 1)
    if trusting:
        ruled = torch.from_numpy(np.stack([ruled_places(a, places) for a in figures]))
        scores = scores + ruled * network.trust(f)[:, :, None]
    return scores


def _pointer_loss(scores: Tensor, lessons: Sequence[Lesson], example: Example) -> Tensor:
    total = scores.new_zeros(())
    log = F.log_softmax(scores[:, :SPAN_QUESTIONS], -1)
    for q in range(len(ASKED)):
        parts = []
        for n, lesson in enumerate(lessons):
            if lesson.spans[q]:
                first, last = (torch.tensor(places) for places in zip(*lesson.spans[q], strict=True))
                parts.append(-torch.logsumexp(log[n, 2 * q, first] + log[n, 2 * q + 1, last], 0))
        if parts:
            total = total + torch.stack(parts).mean()
    first = torch.tensor([0, *(t.start for t in example.window.times)])
    last = torch.tensor([0, *(t.end - 1 for t in example.window.times)])
    chosen = F.log_softmax(scores[:, SPAN_QUESTIONS, first] + scores[:, SPAN_QUESTIONS + 1, last], -1)
    parts = [-torch.logsumexp(chosen[n, list(x.times)], 0) for n, x in enumerate(lessons) if x.times]
    return total + torch.stack(parts).mean() if parts else total
