"""Trains the learned reader: `python -m tasks.learning.reader FOLDER…` (`pip install 'broadsheet[learn]'`).

What belongs here: the course of the training. What does not: the network and the lessons.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from tasks.extraction.facts.reader.cutting import Cut
from tasks.extraction.facts.reader.network import rows_by_character
from tasks.extraction.facts.reader.window import FIGURE
from tasks.learning.annotated import FOLDS, Example, examples_of, part_of, read_folders, sister_at
from tasks.learning.batches import Batch, batch_of
from tasks.learning.exchange import exchange_names, names_by_kind
from tasks.learning.export import store
from tasks.learning.losses import loss_of
from tasks.learning.network import ReaderNetwork
from tasks.lexicon import lexicon_path

CUTS = (Cut(400, 60), Cut(280, 120), Cut(400, 100), Cut(180, 60))
EPOCHS = 24
LAYERS = 2
EXCHANGED = 0.25
"""How many of a window's names are exchanged for others, in every other epoch."""
ENCODER = Path(__file__).parent / "encoder-4x256.npz"

_BATCH = 10
_HIDDEN = 0.5
"""How often a window's figures do without the rules' answers, so that these are not leant on."""

_KEPT = 0.998
"""How much of the running mean of the weights is kept at each step."""


def start_network(layers: int = LAYERS) -> tuple[ReaderNetwork, str]:
    """Builds a network whose encoder is the pretrained one (its first layers), and gives the characters it knows."""
    with np.load(ENCODER) as stored:
        vocabulary = str(stored["vocabulary"])
        known = {k: torch.from_numpy(stored[k].astype(np.float32)) for k in stored.files if k != "vocabulary"}
    network = ReaderNetwork(len(vocabulary), layers=layers)
    network.load_state_dict(known, strict=False)
    return network, vocabulary


def train(
    network: ReaderNetwork, lessons: Sequence[Sequence[Example]], vocabulary: str, epochs: int, seed: int
) -> ReaderNetwork:
    """Trains a network on annotated pages, on a GPU where there is one.

    Args:
        network: The network to start from.
        lessons: The pages' windows, cut in several ways; every round takes the next.
        vocabulary: The characters it knows.
        epochs: Rounds over the lessons.
        seed: Seed of chance.

    Returns:
        The mean of what the network was in the last part of its course: it reads a little better than its last state.
    """
    torch.manual_seed(seed)
    chance, device = random.Random(seed), _device()
    known = rows_by_character(vocabulary)
    others = names_by_kind(lessons[0])
    optimiser = _optimiser(network.to(device))
    steps, step, begun = sum(len(lessons[n % len(lessons)]) // _BATCH for n in range(epochs)), 0, time.time()
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(_KEPT))
    network.train()
    for epoch in range(epochs):
        total = 0.0
        batches = _batches(lessons[epoch % len(lessons)], chance)
        for examples in batches:
            if epoch % 2:
                examples = [exchange_names(e, others, EXCHANGED, chance) for e in examples]
            rate = min(1.0, (step + 1) / 60) * max(0.0, 1 - step / steps) + 0.01
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate
            batch, shown = (laid.to(device) for laid in _laid_out(examples, known, chance))
            loss = loss_of(network.answer(batch, shown), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            mean.update_parameters(network)
            step, total = step + 1, total + loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}, {time.time() - begun:.0f} s", flush=True)  # noqa: T201
    averaged: ReaderNetwork = mean.module.cpu()
    return averaged


def _laid_out(examples: Sequence[Example], known: np.ndarray, chance: random.Random) -> tuple[Batch, torch.Tensor]:
    """Lays out a batch, now and then with other digits, and draws which windows see the rules' answers."""
    batch = batch_of(examples, known)
    if chance.random() < 0.5:
        _shake_digits(batch.rows, batch.marks, known)
    seen = torch.tensor([float(chance.random() > _HIDDEN) for _ in examples])
    return batch, seen[batch.figures[:, 0]]


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _optimiser(network: ReaderNetwork) -> torch.optim.Optimizer:
    """What is new learns four times as fast as what was pretrained."""
    new = ("names", "flags", "cls1", "cls2", "fq", "tk", "trust", "dist")
    heads = [p for name, p in network.named_parameters() if name.startswith(new)]
    body = [p for name, p in network.named_parameters() if not name.startswith(new)]
    return torch.optim.AdamW(
        [{"params": body, "peak": 2.5e-4}, {"params": heads, "peak": 1e-3}], lr=1e-3, weight_decay=0.02
    )


def _batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Puts windows of about one length into a batch, in a new order each time."""
    ordered = sorted(examples, key=lambda e: len(e.window.text) + chance.random() * 60)
    batches = [ordered[n : n + _BATCH] for n in range(0, len(ordered), _BATCH)]
    chance.shuffle(batches)
    return batches


def _shake_digits(rows: torch.Tensor, marks: torch.Tensor, known: np.ndarray) -> None:
    """Exchanges the digits of the figures: what a figure is of does not hang on its value."""
    digits = torch.tensor([int(known[ord(c)]) for c in "0123456789"])
    there = torch.isin(rows, digits) & (marks[0] == FIGURE)
    rows[there] = digits[torch.randint(0, 10, (int(there.sum()),))]


def main(arguments: Sequence[str]) -> None:
    """Trains on the annotated pages of some folders and writes the weights."""
    parser = argparse.ArgumentParser(prog="python -m tasks.learning.reader", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="annotated pages, or folders with gold/")
    parser.add_argument("--out", type=Path, default=lexicon_path("reader"), help="where to write, without ending")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--sisters",
        action="store_true",
        help="five networks, PATH-0 to PATH-4, each without its fifth of the documents",
    )
    parser.add_argument("--share", type=float, default=1.0, help="learn on so much of the documents, drawn by chance")
    options = parser.parse_args(arguments)
    documents = list(read_folders(options.folders))
    if options.share < 1:
        documents = random.Random(options.seed).sample(documents, round(options.share * len(documents)))
    for part in range(FOLDS) if options.sisters else (None,):
        seen = [d for d in documents if part is None or part_of(d.name) != part]
        print(f"{len(seen)} documents, seed {options.seed}", flush=True)  # noqa: T201
        network, vocabulary = start_network(options.layers)
        lessons = [[e for d in seen for e in examples_of(d, cut)] for cut in CUTS]
        network = train(network, lessons, vocabulary, options.epochs, options.seed)
        store(network, vocabulary, options.out if part is None else sister_at(options.out, part))


if __name__ == "__main__":
    main(sys.argv[1:])
