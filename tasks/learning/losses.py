"""How far a network's answers are from what is right, and from what other networks answer.

What belongs here: the losses. What does not: the network, and the course of the training.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def distance_from(said: Answered, teachers: Sequence[Answered], batch: Batch) -> Tensor:
    """Says how far a network's answers are from the mean of its teachers' answers (relative entropy)."""
    figured, classed, *spanned, timed = batch.weights.unbind(1)
    total = said.classes.new_zeros(())
    for (a, b), weight in zip(_PARTS, (classed, classed, classed, figured), strict=True):
        total = total + (_apart(said.classes[:, a:b], [t.classes[:, a:b] for t in teachers]) * weight).sum()
    for q, weight in enumerate(spanned):
        for place in (2 * q, 2 * q + 1):
            apart = _apart(said.pointers[:, place], [t.pointers[:, place] for t in teachers])
            total = total + _POINTING * (apart * weight).sum()
    return total + _POINTING * (_apart(said.times, [t.times for t in teachers]) * timed).sum()


def _apart(scores: Tensor, others: Sequence[Tensor]) -> Tensor:
    taught = torch.stack([o.softmax(-1) for o in others]).mean(0)
    return F.kl_div(scores.log_softmax(-1), taught, reduction="none").sum(-1)
