"""The gap between two neighbouring texts of a page, and how it compares with the page's other gaps.

What belongs here: what a gap is, boxes of short news, and the page's habits of setting gaps apart. What does not: what
the texts beside it say (`borders`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table, read_words
from tasks.repair.units import Unit

BULLET = re.compile(r"[●■◆★▲◎○□◇☆▶]")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{1,6}[：:]\s?\S")
FEW_BLANKS = 2
_SERIES = 3
"""Gaps alike from which display lines are a series."""


@dataclass(slots=True)
class Gap:
    """What stands between two neighbouring units of text.

    Attributes:
        left: Index of the unit of text before.
        right: Index of the unit of text after.
        keys: What it shows, as keys of `border_evidence.csv`.
        odds: Log-odds that an article ends in it.
    """

    left: int
    right: int
    keys: list[str]
    odds: float = 0.0

    @property
    def reason(self) -> str:
        """One sentence: the two strongest pieces of evidence for what was decided."""
        side = 1 if self.odds > 0 else -1
        words = [(border_weights().get(key, 0.0) * side, _reasons()[key]) for key in self.keys if _reasons().get(key)]
        strongest = sorted((pair for pair in words if pair[0] > 0.2), reverse=True)[:2]
        because = " and ".join(text for _, text in strongest) or "nothing speaks against it"
        return f"{'A new article' if side > 0 else 'The same article'}: {because}."


@cache
def border_weights() -> dict[str, float]:
    """Gives the log-odds of each piece of evidence."""
    return {row["evidence"]: float(row["weight"]) for row in read_table("border_evidence")}


@cache
def _reasons() -> dict[str, str]:
    return {row["evidence"]: row["reason"] for row in read_table("border_evidence")}


@cache
def box_names() -> frozenset[str]:
    """Gives the names under which papers print short news of several kinds."""
    return frozenset(read_words("brief_names"))


def heads_between(chain: Sequence[Unit], a: int, b: int) -> list[Unit]:
    """Gives the display lines between two units of text."""
    return [unit for unit in chain[a + 1 : b] if unit.kind == "head"]


def add_boxes(chain: Sequence[Unit], gaps: Sequence[Gap]) -> None:
    """Marks the gaps inside a box of short news: below its name, between its items."""
    boxed = False
    bulleted = False
    for gap in gaps:
        heads = heads_between(chain, gap.left, gap.right)
        if any(unit.text.strip("●■◆★▲ ") in box_names() for unit in heads):
            boxed, bulleted = True, BULLET.match(chain[gap.right].text) is not None
            continue
        if gap is gaps[0]:
            above = [unit for unit in chain[: gap.left] if unit.kind == "head"]
            boxed = any(unit.text.strip("●■◆★▲ ") in box_names() for unit in above)
            bulleted = boxed and BULLET.match(chain[gap.left].text) is not None
        sure = {"begins/dateline", "begins/jump", "between/byline", "begins/reporter"} & set(gap.keys)
        both = BULLET.match(chain[gap.right].text) is not None and BULLET.match(chain[gap.left].text) is not None
        if boxed and (sure or (bulleted and (heads or not both)) or (not bulleted and not heads)):
            boxed = False
        if boxed:
            gap.keys.append("box/inside")
        elif both:
            gap.keys.append("begins/bullets")


def add_habits(chain: Sequence[Unit], gaps: Sequence[Gap]) -> None:
    """Compares the gaps with display lines: with those in which articles surely end, and with all of the page."""
    headed = [(gap, _signature(chain, gap)) for gap in gaps if "heads/none" not in gap.keys]
    sure = Counter(signature for gap, signature in headed if _sure(gap))
    unsure = Counter(signature for gap, signature in headed if not _sure(gap))
    above = [signature[0] for _, signature in headed]
    plain = [chain[gap.right].blanks for gap in gaps if "heads/none" in gap.keys]
    usual = sorted(plain)[len(plain) // 2] if plain else 0
    labelled = [gap for gap, _ in headed if "heads/1" in gap.keys and _LABELLED.match(chain[gap.left + 1].text)]
    for gap in labelled if len(labelled) > 1 else ():
        gap.keys.append("series/labels")
    for gap, signature in headed:
        if _sure(gap):
            continue
        if sure:
            share = sure[signature] / sure.total()
            gap.keys.append("habit/usual" if share >= 0.5 else "habit/seen" if share else "habit/unusual")
        alike = unsure[signature] - 1
        gap.keys.append("series/alone" if not alike else "series/few" if alike < _SERIES else "series/many")
        if min(above) < max(above):
            place = "most" if signature[0] == max(above) else "least" if signature[0] == min(above) else "between"
            gap.keys.append(f"apart/{place}")
        if signature[0] > usual + 1:
            gap.keys.append("apart/wide")


def _sure(gap: Gap) -> bool:
    return any(key in ("begins/dateline", "begins/jump", "between/byline", "begins/reporter") for key in gap.keys)


def _signature(chain: Sequence[Unit], gap: Gap) -> tuple[int, int]:
    return min(chain[gap.left + 1].blanks, FEW_BLANKS + 1), min(chain[gap.right].blanks, FEW_BLANKS)
