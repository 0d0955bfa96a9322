"""The reader's network in PyTorch, for learning; `tasks.extraction.facts.reader.network` runs it without.

What belongs here: the same arithmetic as there, with gradients. What does not: data (`batches`), losses and schedules.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from tasks.extraction.facts.reader.network import CLASSES, HEADS, POINTERS, SPAN_QUESTIONS
from tasks.extraction.facts.reader.window import HINTS
from tasks.learning.batches import Answered, Batch

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

    def answer(self, batch: Batch, shown: Tensor) -> Answered:
        """Scores the answers for every figure of a batch.

        Args:
            batch: Windows and their figures.
            shown: 1 for each figure that sees the rules' answers, 0 for those that have to do without.
        """
        h = self(batch.rows, batch.marks)
        w, a, b = batch.figures.unbind(1)
        sums = F.pad(h, (0, 0, 1, 0)).cumsum(1)
        mean = (sums[w, b] - sums[w, a]) / (b - a)[:, None]
        f = torch.cat([h[w, a], h[w, b - 1], mean, batch.hints * shown[:, None]], 1)
        classes = self.cls2(self.drop(F.gelu(self.cls1(f), approximate="tanh")))
        places = h.shape[1]
        keys = self.tk(h).view(len(h), places, POINTERS, POINTER_WIDTH)[w]
        queries = self.fq(f).view(len(f), POINTERS, POINTER_WIDTH)
        scores = torch.einsum("fpd,ftpd->fpt", queries, keys) / math.sqrt(POINTER_WIDTH)
        scores = scores + self.dist.weight.view(POINTERS, 80)[:, batch.buckets].transpose(0, 1)
        scores = scores + batch.ruled * (self.trust(f) * shown[:, None])[:, :, None]
        scores = scores.masked_fill((batch.rows[w] == 0)[:, None, :], -1e9)
        first, last = batch.times[:, :, 0], batch.times[:, :, 1]
        times = scores[:, SPAN_QUESTIONS].gather(1, first) + scores[:, SPAN_QUESTIONS + 1].gather(1, last)
        return Answered(classes, scores[:, :SPAN_QUESTIONS], times.masked_fill(~batch.offered, -1e9))

    def forward(self, numbers: Tensor, marks: Tensor) -> Tensor:
        """Encodes a batch."""
        places = numbers.shape[1]
        frequency = self.get_buffer("frequency")
        angle = torch.outer(torch.arange(places, dtype=torch.float32, device=frequency.device), frequency)
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
