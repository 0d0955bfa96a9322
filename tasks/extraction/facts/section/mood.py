"""Whether a paragraph of a report tells what was done or sets what is to be done.

What belongs here: the signs of a paragraph's mood and their learned weights.
What does not: headings (`headings`), and whether a single figure is done (`modality`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache

from tasks.extraction.facts.ranking import weights_of
from tasks.lexicon import read_table

REVIEW, PLAN, NEITHER = "review", "plan", "none"

KINDS = ("head", "result", "done", "intended", "grown", "hedged", "exact", "round")
"""What is counted in a paragraph: `moods.csv` says what each kind is."""

_CLAUSE = re.compile(r"[^，。；：！\n]+")
_NEAR = 2
_NOTHING = "(?!)"
"""What a kind without words is: a pattern that fits nowhere."""
_HEADED = {"review": -2.0, "plan": 2.0, "target": 2.5, "measures": 1.5, "none": 0.0}
"""What the kind of a section's heading adds to the log-odds of its paragraphs being plans."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    joined = {kind: "|".join(r["pattern"] for r in read_table("moods") if r["kind"] == kind) for kind in KINDS}
    spelled = {kind: f"(?:{words or _NOTHING})" for kind, words in joined.items()}
    return {kind: re.compile(words + "$" * (kind == "result")) for kind, words in spelled.items()}


def mood_signs(text: str) -> dict[str, float]:
    """Counts the signs of a paragraph's mood, each by the number of its clauses.

    >>> mood_signs("加快建设通道，新建公路5公里。")["head"]
    1.0
    """
    clauses = [c.group().strip() for c in _CLAUSE.finditer(text)]
    clauses = [c for c in clauses if c]
    many = max(1, len(clauses))
    patterns = _patterns()
    counts = {kind: len(patterns[kind].findall(text)) for kind in KINDS[2:]}
    counts["head"] = sum(bool(patterns["head"].match(c)) for c in clauses)
    counts["result"] = sum(bool(patterns["result"].search(c)) for c in clauses)
    return {"bias": 1.0, **{kind: counts[kind] / many for kind in KINDS}}


def plan_odds(text: str) -> float:
    """Gives the log-odds that a report's paragraph sets plans rather than tells what was done."""
    weights = weights_of("mood")
    return math.fsum(weights.get(sign, 0.0) * rate for sign, rate in mood_signs(text).items())


def moods_of(texts: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Gives the mood of each paragraph of a report: plan, review.

    A paragraph's neighbours in the same kind of section speak with half its own weight, its heading by a fixed sum.

    Args:
        texts: The paragraphs, in order.
        kinds: The kinds of their sections' headings.
    """
    odds = [plan_odds(text) for text in texts]
    moods = []
    for n, own in enumerate(odds):
        near = [
            odds[m] for m in range(max(0, n - _NEAR), min(len(odds), n + _NEAR + 1)) if m != n and kinds[m] == kinds[n]
        ]
        total = own + (math.fsum(near) / len(near) / 2 if near else 0.0) + _HEADED[kinds[n]]
        moods.append(PLAN if total > 0 else REVIEW)
    return moods
