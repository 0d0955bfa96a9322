"""Counts of right and wrong, and the scores made of them.

What belongs here: arithmetic. What does not: what is compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

SURE = 0.9
"""From this confidence on readers are told that they may build on a fact."""

F1 = ("figures", "names", "PER", "ORG", "LOC", "paragraphs", "authors")
SHARES = (
    "facts",
    "facts_of_found",
    "indicator",
    "subject",
    "period",
    "measure",
    "comparison",
    "modality",
    "planned_or_target",
    "qualifier",
    "value_high",
    "headline",
    "kicker",
    "deck",
    "dateline",
    "issue_date",
    "role",
    "whole",
    "furniture",
    "furniture_inside",
)


@dataclass
class Tally:
    """Counts over several pages, under `thing found/missed/extra` and `thing right/wrong`.

    Attributes:
        n: The counts.
        b3: Precision, recall and number of characters of articles, summed over characters.
        told: Confidence and truth of every figure found.
    """

    n: Counter[str] = field(default_factory=Counter)
    b3: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    told: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, thing: str, outcome: str, times: int = 1) -> None:
        """Counts an outcome."""
        self.n[f"{thing} {outcome}"] += times

    def judge(self, thing: str, right: bool) -> None:
        """Counts a thing as right or wrong."""
        self.add(thing, "right" if right else "wrong")

    def take(self, other: Tally) -> None:
        """Adds the counts of other pages."""
        self.n.update(other.n)
        self.b3 = [a + b for a, b in zip(self.b3, other.b3, strict=True)]
        self.told.extend(other.told)

    def f1(self, thing: str) -> float | None:
        """Gives the F1 of what was found, missed and extra; None where there was nothing."""
        right = self.n[f"{thing} found"]
        wrong = self.n[f"{thing} missed"] + self.n[f"{thing} extra"]
        return 2 * right / (2 * right + wrong) if right + wrong else None

    def share(self, thing: str) -> float | None:
        """Gives the share of right ones; None where there was nothing."""
        right, wrong = self.n[f"{thing} right"], self.n[f"{thing} wrong"]
        return right / (right + wrong) if right + wrong else None

    def articles(self) -> float | None:
        """F1 of B-cubed over the characters of the text: which belong to one article."""
        precision, recall, chars = self.b3
        return 2 * precision * recall / (precision + recall) / chars if precision + recall else (0.0 if chars else None)

    def scores(self) -> dict[str, float]:
        """Gives every score that there is something to say about, from 0 to 1 (1 is best, but for `ece`)."""
        made = {thing: self.f1(thing) for thing in F1} | {thing: self.share(thing) for thing in SHARES}
        made["articles"] = self.articles()
        made["characters_lost"] = self.n["characters lost"] / self.n["characters"] if self.n["characters"] else None
        made |= calibration(self.told)
        return {thing: value for thing, value in made.items() if value is not None}


def calibration(told: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Says how far what is told as confidence is from what is right.

    Returns:
        `ece`, the mean gap over ten bins; `ranking`, the area under the curve of right answers against answers given,
        surest first; `sure_right`, the share of right ones from 0.9 on, and `sure`, how many those are of all.
    """
    if not told:
        return {}
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in told:
        bins[min(int(confidence * 10), 9)].append((confidence, right))
    gap = sum(abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins.values())
    sure = [right for confidence, right in told if confidence >= SURE]
    made = {"ece": gap / len(told), "sure": len(sure) / len(told), "ranking": _ranking(told)}
    return made | ({"sure_right": sum(sure) / len(sure)} if sure else {})


def _ranking(told: Sequence[tuple[float, bool]]) -> float:
    """Gives how often a right one is told with more confidence than a wrong one, ties counted half."""
    below = better = 0.0
    right = sum(truth for _, truth in told)
    same: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for confidence, truth in told:
        same[confidence][truth] += 1
    for confidence in sorted(same):
        wrong_here, right_here = same[confidence]
        better += right_here * (below + wrong_here / 2)
        below += wrong_here
    return better / (right * (len(told) - right) or 1)
