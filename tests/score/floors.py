"""The scores on the project's own pages that must not fall: `tests/gold/floors.toml`.

What belongs here: reading, comparing and rewriting the floors. What does not: the scores.

Scores are cut to four digits, never rounded up; the tolerance is 0. Confidence has no floor here: how often it is
right moves with every fact that is read better.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.score.samples import GOLD
from tests.score.tally import Tally

FLOORS = GOLD / "floors.toml"
_WATCHED = {
    "figures",
    "facts",
    "indicator",
    "subject",
    "period",
    "measure",
    "comparison",
    "modality",
    "planned_or_target",
    "names",
    "PER",
    "ORG",
    "LOC",
    "paragraphs",
    "articles",
    "headline",
    "kicker",
    "deck",
    "dateline",
    "authors",
    "role",
    "issue_date",
}
_HEAD = """# Scores that must not fall, of 10000: `make test` compares them with what `python -m tests.score` says.
# A commit that raises a score raises its floor: `python -m tests.score --raise-floors`.
"""

Floors = dict[str, dict[str, int]]


def read_floors(path: Path = FLOORS) -> Floors:
    """Reads the floors by group and score, in ten-thousandths."""
    return {group: dict(scores) for group, scores in tomllib.loads(path.read_text("utf-8")).items()}


def reached(sums: Mapping[str, Tally]) -> Floors:
    """Gives the scores of the groups that have floors or may get them, in ten-thousandths, cut."""
    return {
        group: {name: int(score * 10_000 + 1e-6) for name, score in tally.scores().items() if name in _WATCHED}
        for group, tally in sums.items()
    }


def fallen(floors: Floors, now: Floors) -> list[str]:
    """Says of each score below its floor, in a sentence, how far it fell."""
    return [
        f"{group}: {name} fell from {floor / 10_000:.4f} to {now[group].get(name, 0) / 10_000:.4f}"
        f" (by {(floor - now[group].get(name, 0)) / 10_000:.4f})."
        for group, scores in floors.items()
        for name, floor in scores.items()
        if now[group].get(name, 0) < floor
    ]


def raised(floors: Floors, now: Floors, lower_too: bool = False) -> Floors:
    """Gives the floors raised to what is reached; one above that stays, unless lowering is asked for."""
    return {
        group: {
            name: score if lower_too else max(score, floors.get(group, {}).get(name, 0)) for name, score in s.items()
        }
        for group, s in now.items()
    }


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Writes the floors."""
    tables = (
        f"\n[{group}]\n" + "".join(f"{name} = {score}\n" for name, score in sorted(scores.items()))
        for group, scores in sorted(floors.items())
    )
    path.write_text(_HEAD + "".join(tables), "utf-8")
