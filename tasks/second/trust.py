"""Learns from checked figures how much surer a figure is where a second reader agrees, one number a model.

What belongs here: learning it, and the file that keeps it beside the shipped weights. What does not: where confidence
is written (`warehouse.second_readings`).

Until a model's agreement was learned, it is shown and changes nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.durable import write_atomically
from warehouse.errors import UserError
from warehouse.given import read_given
from warehouse.lake import DataFolder

FEWEST = 40
"""Checked figures that a model agreed on, below which nothing is learned of it."""
_PRIOR = 1.0
"""How strongly it is held that agreement says nothing: as so many figures' worth of odds."""
_LEAST = 0.005

Agreed = tuple[str, float, bool]
"""Page, confidence without the agreement, whether the figure was right."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a model's agreement was found to be worth.

    Attributes:
        offset: What is added to the odds of the confidence where it agrees; 0 where that is no better.
        figures: Checked figures it was learned from.
        before: Mean negative logarithm of what was told of the truth on held-out figures, without it.
        after: The same with it; less is better.
    """

    offset: float
    figures: int
    before: float
    after: float


def learn_agreement(told: Sequence[Agreed]) -> Worth:
    """Learns what a model's agreement is worth; it never makes a figure less sure.

    Args:
        told: Checked figures that it agreed on.

    >>> learn_agreement([(f"d{n % 9}", 0.6, n % 10 > 0) for n in range(100)]).offset > 1
    True
    >>> learn_agreement([(f"d{n % 9}", 0.6, n % 10 > 5) for n in range(100)]).offset
    0.0
    """
    pages = sorted({page for page, _, _ in told})
    parts = {page: number % 5 for number, page in enumerate(pages)}
    before = after = 0.0
    for held in range(5):
        offset = _fit([row for row in told if parts[row[0]] != held])
        for page, confidence, right in told:
            if parts[page] == held:
                before += _surprise(_odds(confidence), right)
                after += _surprise(_odds(confidence) + offset, right)
    offset = _fit(told) if after < before else 0.0
    return Worth(round(offset, 4), len(told), before / len(told), after / len(told))


def _fit(told: Sequence[Agreed]) -> float:
    """Finds the likeliest offset, held to none; the sum is convex, so halving its range finds it."""
    low, high = 0.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        slope = _PRIOR * middle + sum(_chance(_odds(c) + middle) - right for _, c, right in told)
        low, high = (low, middle) if slope > 0 else (middle, high)
    return low


def _odds(chance: float) -> float:
    held = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _surprise(odds: float, right: bool) -> float:
    return math.log1p(math.exp(-odds if right else odds))


def read_trust(folder: DataFolder) -> Mapping[str, float]:
    """Reads what was learned of each model; empty where nothing was.

    Args:
        folder: The data directory.

    Raises:
        UserError: The file is not as it was written.
    """
    path = _file(folder)
    if not path.exists():
        return {}
    try:
        held = {str(model): float(each["offset"]) for model, each in json.loads(read_given(path)).items()}
        if not all(math.isfinite(offset) and offset >= 0 for offset in held.values()):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UserError(
            f"{path} is not as `broadsheet learn` wrote it: `broadsheet learn --undo` removes it."
        ) from None
    return held


def keep_trust(folder: DataFolder, learned: Mapping[str, Worth]) -> None:
    """Keeps what was learned of each model in the data directory.

    Args:
        folder: The data directory.
        learned: By model.
    """
    held = {model: {"offset": worth.offset, "figures": worth.figures} for model, worth in sorted(learned.items())}
    write_atomically(_file(folder), (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode())


def forget_trust(folder: DataFolder) -> bool:
    """Forgets what was learned of all models; says whether there was anything.

    Args:
        folder: The data directory.
    """
    there = _file(folder).exists()
    _file(folder).unlink(missing_ok=True)
    return there


def _file(folder: DataFolder) -> Path:
    return folder.root / "learned-second-reader.json"
