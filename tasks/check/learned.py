"""Sets confidence right by the figures that people checked, beside the shipped weights and never in them.

What belongs here: learning a curve of two numbers for the whole fact and for each field, the file that keeps them, and
what they are worth on checked figures that were held out. What does not: where confidence is written
(`warehouse.load.confidence`).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tasks.check.own_score import Row, calibration_gap, is_right
from warehouse.errors import UserError
from warehouse.load.confidence import LEAST, TOLD
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import read_given

FEWEST = 50
"""Checked figures below which nothing is learned: two numbers want some right and some wrong ones."""
PARTS = 5
"""Parts of the checked figures that are held out in turn."""
_PRIOR = 4.0
"""How strongly the shipped confidence is held to: as so many figures' worth of odds."""

Told = tuple[str, float, bool]
"""Document, confidence as shipped, whether that was right."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What was learned about the confidence of the whole fact, or of a field.

    Attributes:
        slope: By how much the odds of the shipped confidence count.
        offset: What is added to them.
        figures: Checked figures it was learned from.
    """

    slope: float
    offset: float
    figures: int = 0

    def tell(self, shipped: float) -> float:
        """Gives the learned confidence.

        Args:
            shipped: What the shipped weights tell.
        """
        return chance_of(self.slope * odds_of(shipped) + self.offset)


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned.

    Attributes:
        curves: By what they tell: `fact`, or a field.
        learned_at: When, UTC.
        agreements: By the name of a second reader's model, what is added to the odds of a figure where it agrees.
    """

    curves: Mapping[str, Curve] = field(default_factory=dict)
    learned_at: str = ""
    agreements: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a confidence is worth on figures it was not learned from.

    Attributes:
        gap: Mean gap between confidence and truth over ten bins (ECE); less is better.
        surprise: Mean negative logarithm of what was told of the truth; less is better.
    """

    gap: float
    surprise: float


def told_of(rows: Sequence[Row]) -> dict[str, list[Told]]:
    """Says what was told of checked figures, and whether it was right: of the whole fact, and of each field.

    What is no figure is a wrong fact; its fields are judged by nobody.

    Args:
        rows: Checked figures that the machine had read, as `warehouse.ask.desk.checked_figures` has them.
    """
    told: dict[str, list[Told]] = {question: [] for question in TOLD}
    for row in rows:
        for question, column in TOLD.items():
            judged = question == "fact" or row["status"] != "rejected"
            if judged and row[column] is not None:
                told[question].append((row["document_id"], row[column], is_right(row, question)))
    return told


def learn(told: Sequence[Told]) -> Curve:
    """Learns from checked figures, holding to the shipped confidence where they say little.

    Args:
        told: The figures.

    >>> round(learn([("d", 0.9, n % 2 == 0) for n in range(200)]).tell(0.9), 1)
    0.5
    """
    odds = np.array([odds_of(shipped) for _, shipped, _ in told])
    truth = np.array([right for _, _, right in told], dtype=float)
    signs = np.stack([odds, np.ones_like(odds)], axis=1)
    prior = np.array([1.0, 0.0])
    weights = prior.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(signs @ weights)))
        slope = signs.T @ (chance - truth) + _PRIOR * (weights - prior)
        bend = (signs * (chance * (1 - chance))[:, None]).T @ signs + _PRIOR * np.eye(2)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    # A figure that the shipped weights hold for surer must not come out less sure.
    return Curve(round(max(float(weights[0]), 0.05), 4), round(float(weights[1]), 4), len(told))


def worth_before_and_after(told: Sequence[Told]) -> tuple[Worth, Worth]:
    """Says what shipped and learned confidence are worth on held-out figures: each page by what others taught.

    Args:
        told: Checked figures of at least two pages, or of one, whose figures are parted then.
    """
    pages = {page for page, _, _ in told}
    part = {n: part_of(page if len(pages) > 1 else f"{page}{n}") for n, (page, _, _) in enumerate(told)}
    after: list[tuple[float, bool]] = []
    for held in range(PARTS):
        rest = [row for n, row in enumerate(told) if part[n] != held]
        if len(rest) == len(told):
            continue
        learned = learn(rest)
        after += [(learned.tell(shipped), right) for n, (_, shipped, right) in enumerate(told) if part[n] == held]
    return _worth([(shipped, right) for _, shipped, right in told]), _worth(after)


def part_of(page: str) -> int:
    """Gives the part in which a page's figures are held out, by its name alone.

    Args:
        page: Its id.
    """
    return int(hashlib.sha256(page.encode()).hexdigest()[:8], 16) % PARTS


def _worth(told: Sequence[tuple[float, bool]]) -> Worth:
    held = [(min(max(confidence, LEAST), 1 - LEAST), right) for confidence, right in told]
    surprise = -math.fsum(math.log(confidence if right else 1 - confidence) for confidence, right in held) / len(held)
    return Worth(calibration_gap(told), surprise)


def odds_of(chance: float) -> float:
    """Gives the logarithm of the odds of a chance, which is held a little from 0 and 1.

    Args:
        chance: 0 to 1.
    """
    chance = min(max(chance, LEAST), 1 - LEAST)
    return math.log(chance / (1 - chance))


def chance_of(odds: float) -> float:
    """Gives the chance whose odds have this logarithm.

    Args:
        odds: Any number.

    >>> chance_of(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-odds))


def read_learned(folder: DataFolder) -> Learned | None:
    """Reads what was learned; None where nothing was.

    Args:
        folder: The data directory.

    Raises:
        UserError: The file is not as it was written.
    """
    path = learned_file(folder)
    if not path.exists():
        return None
    try:
        said = json.loads(read_given(path))
        curves = {question: Curve(**curve) for question, curve in said["curves"].items()}
        agreements = {str(model): float(offset) for model, offset in said.get("agreements", {}).items()}
        if not set(curves) <= set(TOLD) or not all(map(_is_sound, curves.values())):
            raise ValueError
        if not all(math.isfinite(offset) and offset >= 0 for offset in agreements.values()):
            raise ValueError
        return Learned(curves, str(said["learned_at"]), agreements)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise UserError(
            f"{path} is not as `broadsheet learn` wrote it: `broadsheet learn --undo` removes it."
        ) from None


def _is_sound(curve: Curve) -> bool:
    return math.isfinite(curve.slope) and math.isfinite(curve.offset) and curve.slope > 0


def keep_learned(folder: DataFolder, learned: Learned) -> None:
    """Keeps what was learned in the data directory.

    Args:
        folder: The data directory.
        learned: The curves.
    """
    write_atomically(learned_file(folder), (json.dumps(asdict(learned), indent=1) + "\n").encode())


def learn_anew(
    folder: DataFolder, *, curves: Mapping[str, Curve] | None = None, agreements: Mapping[str, float] | None = None
) -> None:
    """Keeps one part of what was learned and leaves the other as it is; without either, no file is left.

    Args:
        folder: The data directory.
        curves: The curves, where they are what was learned.
        agreements: What second readers' agreement is worth, where that is.
    """
    held = read_learned(folder) or Learned()
    learned = Learned(
        held.curves if curves is None else curves,
        datetime.now(UTC).isoformat(timespec="seconds"),
        held.agreements if agreements is None else agreements,
    )
    if learned.curves or learned.agreements:
        keep_learned(folder, learned)
    else:
        forget_learned(folder)


def forget_learned(folder: DataFolder) -> bool:
    """Forgets what was learned; says whether there was anything.

    Args:
        folder: The data directory.
    """
    there = learned_file(folder).exists()
    learned_file(folder).unlink(missing_ok=True)
    return there


def learned_file(folder: DataFolder) -> Path:
    """Tells where what was learned lies.

    Args:
        folder: The data directory.
    """
    return folder.root / "learned.json"
