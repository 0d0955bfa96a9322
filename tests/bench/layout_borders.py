"""Fits the weights of `tasks/lexicon/border_evidence.csv` on pages laid out at random.

`python -m tests.bench.layout_borders [--articles FOLDER …]` prints the table with new weights. Each FOLDER holds clean
articles in the form of `*.layout.json`; our own annotated articles are always among them. A logistic regression on the
gaps between the texts of laid-out pages, held to no weight at all by a normal prior; a third of the pages is kept
apart, and what the weights find there is printed to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tasks.lexicon import lexicon_path, read_table
from tasks.repair.articles import chain_of
from tasks.repair.borders import read_borders
from tasks.repair.gaps import Gap
from tasks.repair.lines import read_sheet
from tasks.repair.sheet import read_blocks
from tasks.repair.units import Unit, read_units
from tests.bench.layout_compose import compose_pages
from tests.bench.layout_pages import clean_articles
from tests.bench.layout_unkind import unkind_pages
from tests.score.notions import squeeze

_SPREAD = 2.0
"""Deviation of the normal that holds each weight to none."""
_LOOK = 12


def read_articles(folder: Path) -> Iterator[dict[str, Any]]:
    """Reads clean articles out of annotations."""
    for path in sorted(folder.glob("*.layout.json")):
        layout = json.loads(path.read_text("utf-8"))
        for article in layout["articles"]:
            yield {**article, "blocks": [(block["role"], block["text"]) for block in article["blocks"]]}


def read_page(raw: str) -> tuple[list[Unit], list[Gap]]:
    """Gives the units of a raw page between which borders are sought, and the gaps between its texts."""
    units = [unit for unit in read_units(read_blocks(read_sheet(raw))) if unit.kind != "furniture"]
    chain = chain_of(units)
    return chain, read_borders(chain)


def samples(pages: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[dict[str, float], bool]]:
    """Gives the evidence of each gap on pages, and whether an article ends in it."""
    for raw, layout in pages:
        texts = [
            (article["seq"], squeeze(block["text"])) for article in layout["articles"] for block in article["blocks"]
        ]
        chain, gaps = read_page(raw)
        for gap in gaps:
            left = _owner(squeeze(chain[gap.left].text)[-_LOOK:], texts)
            right = _owner(squeeze(chain[gap.right].text)[:_LOOK], texts)
            if left is not None and right is not None:
                yield dict.fromkeys(gap.keys, 1.0), left != right


def _owner(piece: str, texts: Sequence[tuple[int, str]]) -> int | None:
    """Gives the article in which a piece of text stands, if it stands in one alone."""
    found = {seq for seq, text in texts if piece in text}
    return found.pop() if len(found) == 1 else None


def fit(
    evidence: Sequence[Iterable[tuple[str, float]]], truth: Sequence[bool], keys: Sequence[str]
) -> dict[str, float]:
    """Finds the weights of evidence that explain what is true: a logistic regression, by Newton's method.

    Args:
        evidence: Of each case, what it shows and how much.
        truth: Of each case, whether it is so.
        keys: All that may be shown, with `always`, which every case shows.
    """
    place = {key: n for n, key in enumerate(keys)}
    shown = np.zeros((len(evidence), len(keys)))
    for row, found in zip(shown, evidence, strict=True):
        for key, value in found:
            row[place[key]] = value
        row[place["always"]] = 1.0
    right = np.array(truth, dtype=float)
    weights = np.zeros(len(keys))
    for _ in range(30):
        share = 1 / (1 + np.exp(-np.clip(shown @ weights, -30, 30)))
        push = shown.T @ (right - share) - weights / _SPREAD**2
        bend = (shown * (share * (1 - share))[:, None]).T @ shown + np.eye(len(keys)) / _SPREAD**2
        weights += np.linalg.solve(bend, push)
    return dict(zip(keys, (round(float(w), 2) for w in weights), strict=True))


def main() -> None:
    """Prints the table with fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=4000)
    args = parser.parse_args()
    sources = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    made = list(samples([*unkind_pages(args.pages, 1, sources), *compose_pages(args.pages // 3, 1)]))
    kept = list(samples(unkind_pages(args.pages // 3, 2, sources)))
    weights = print_weights("border_evidence", made)
    _report(kept, weights)


def print_weights(table: str, made: Sequence[tuple[Mapping[str, float], bool]]) -> dict[str, float]:
    """Fits a table of evidence, prints it with the new weights, what it does not list behind, and gives them."""
    listed = [row["evidence"] for row in read_table(table)]
    unlisted = {key for shown, _ in made for key in shown} - set(listed)
    weights = fit([shown.items() for shown, _ in made], [true for _, true in made], [*listed, *sorted(unlisted)])
    for line in lexicon_path(f"{table}.csv").read_text("utf-8").splitlines():
        cells = line.split(",", 2)
        if cells[0] in weights:
            cells[1] = f"{weights[cells[0]] + 0.0:g}"
        print(",".join(cells))
    for key in sorted(unlisted):
        print(f"{key},{weights[key]:g},")
    return weights


def _report(kept: Sequence[tuple[Iterable[str], bool]], weights: dict[str, float]) -> None:
    told = [(weights["always"] + sum(weights.get(key, 0.0) for key in keys) > 0, border) for keys, border in kept]
    found = sum(a and b for a, b in told)
    wrong, missed = sum(a and not b for a, b in told), sum(b and not a for a, b in told)
    print(f"{len(told)} gaps kept apart: {found} borders found, {missed} missed, {wrong} wrong", file=sys.stderr)


if __name__ == "__main__":
    main()
