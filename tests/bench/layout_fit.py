"""Fits the weights of `tasks/lexicon/gap_evidence.csv` on pages laid out from clean text.

`python -m tests.bench.layout_fit [--text FILE]` prints the table with new weights; FILE holds further clean
paragraphs, one a line. A logistic regression on the gaps of laid-out pages; the weights that stand in the table are
its prior, so evidence that such pages seldom show keeps its weight. Held fixed: what others are measured against
(plain), and colons, on which our clean paragraphs never end as printed ones do.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tasks.lexicon import lexicon_path, read_table
from tasks.repair.blocks import gap_odds
from tasks.repair.lines import read_sheet
from tests.bench.layout_pages import clean_paragraphs, random_style, set_page
from tests.bench.layout_roundtrip import styles


def sample_gaps(texts: Sequence[str], pages: int, seed: int) -> tuple[list[tuple[str, ...]], Any, Any]:
    """Lays pages out in styles drawn at random.

    Returns:
        The evidence of every gap; the log-odds its indent and blank line give; whether it is to be joined.
    """
    dice = random.Random(seed)
    listed = [style for _, _, style in styles()]
    plain = [style for style in listed if not style.indent and style.blanks in ("none", "columns")]
    evidence: list[tuple[str, ...]] = []
    offsets: list[Any] = []
    joined: list[bool] = []
    for _ in range(pages):
        style = random_style(dice, dice.choice(plain if dice.random() < 0.5 else listed))
        chosen = dice.sample(texts, 12)
        lines = read_sheet(set_page(chosen, replace(style), dice))
        found, habit = gap_odds(lines)
        evidence += found
        offsets.append(habit)
        ends = set()
        at = 0
        for text in chosen:
            at += len("".join(text.split()))
            ends.add(at)
        at = 0
        for line in lines[:-1]:
            at += len("".join(line.text.split()))
            joined.append(at not in ends)
    return evidence, np.concatenate(offsets), np.array(joined, dtype=float)


def fit(evidence: Sequence[tuple[str, ...]], offsets: Any, joined: Any, prior: dict[str, float]) -> dict[str, float]:
    """Finds the weights that explain which gaps are joined, held to the prior by a normal of deviation one."""
    keys = list(prior)
    place = {key: n for n, key in enumerate(keys)}
    columns = np.array([[place[key] for key in found] for found in evidence])
    start = np.array([prior[key] for key in keys])
    weights = start.copy()
    free = np.array([not key.endswith(("/plain", "/colon")) for key in keys], dtype=float)
    for _ in range(400):
        odds = offsets + weights[columns].sum(axis=1)
        miss = joined - 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        push = np.zeros(len(keys))
        np.add.at(push, columns.ravel(), np.repeat(miss, columns.shape[1]))
        seen = np.bincount(columns.ravel(), minlength=len(keys))
        weights += free * 2.0 * (push - (weights - start)) / (seen + 20)
    return dict(zip(keys, (round(float(w), 2) for w in weights), strict=True))


def main() -> None:
    """Prints the table with fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path)
    parser.add_argument("--pages", type=int, default=1500)
    args = parser.parse_args()
    texts = [text for n, text in enumerate(clean_paragraphs()) if n % 3 < 2]
    if args.text:
        texts += [line for line in args.text.read_text("utf-8").splitlines() if line]
    prior = {row["evidence"]: float(row["weight"]) for row in read_table("gap_evidence")}
    weights = fit(*sample_gaps(texts, args.pages, 1), prior)
    for line in lexicon_path("gap_evidence.csv").read_text("utf-8").splitlines():
        cells = line.split(",", 2)
        if cells[0] in weights:
            cells[1] = f"{weights[cells[0]]:g}"
        print(",".join(cells))


if __name__ == "__main__":
    main()
