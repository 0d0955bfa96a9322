"""How far a network's answers are from what is right.

What belongs here: the loss. What does not: the network, and the course of the training.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from tasks.extraction.facts.reader.network import CLASSES
from tasks.learning.batches import Answered, Batch

_PARTS = tuple(pairwise(accumulate(CLASSES, initial=0)))
_POINTING = 0.7
"""What the pointers count beside the classes."""


def loss_of(said: Answered, batch: Batch) -> Tensor:
    """Says how far answers are from the lessons: 0 where all are right and sure."""
    measure, comparison, modality, figure = (
        F.cross_entropy(said.classes[:, a:b], batch.classes[:, n], reduction="none") for n, (a, b) in enumerate(_PARTS)
    )
    figured, classed, *spanned, timed = batch.weights.unbind(1)
    total = (figure * figured).sum() + ((measure + comparison + modality) * classed).sum()
    log = F.log_softmax(said.pointers, -1)
    for q, (right, there, weight) in enumerate(zip(batch.spans, batch.spanned, spanned, strict=True)):
        chance = log[:, 2 * q].gather(1, right[:, :, 0]) + log[:, 2 * q + 1].gather(1, right[:, :, 1])
        total = total - _POINTING * (_any_of(chance, there) * weight).sum()
    chosen = F.log_softmax(said.times, -1)
    return total - _POINTING * (_any_of(chosen, batch.timed) * timed).sum()


def _any_of(chances: Tensor, right: Tensor) -> Tensor:
    """Logarithm of the chance that any of the right ones was meant; what has none counts nothing elsewhere."""
    return torch.logsumexp(chances.masked_fill(~right, -1e4), 1).clamp(min=-1e3)
