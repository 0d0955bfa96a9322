"""What a paragraph's sentences hand on to the next ones besides subject and period.

What belongs here: the passage's outlook (does it speak of plans?) and its way of comparing.
What does not: single figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.extraction.facts.mood import NEITHER

_PLANS = re.compile(r"下一步|今后|未来[一二三五十\d]|力争|目标是|规划提出|“十[四五六]五”(?:期间|时期|末)")

_INTENDS = re.compile(r"将|计划|力争|下一步|目标|打算|规划|准备|还要|拟|提出|年底前|明年")
_BY_YEAR = re.compile(r"到(?:20\d\d|明|后)年")
_WILL = re.compile(r"将(?:全力|继续|进一步|加快|持续|着力|聚力|不断|重点|大力|以更)")


@dataclass(slots=True)
class Passage:
    """A paragraph while it is read.

    Attributes:
        latest: The last comparison the article has said (yoy, prior …), to which a bare 增长 falls back.
        outlook: Modality of its last figure, or of a plain sentence that speaks of plans.
        level: Indicator and unit of the last level; clauses that only name others go on with it.
        mood: Whether the paragraph reviews (review) or plans (plan), where its heading or its sentences say so.
        measured: The last indicator of an amount or a growth; sectors listed after it (分行业看) are measured by it.
    """

    latest: str | None = None
    outlook: str = "actual"
    mood: str = NEITHER
    measured: str | None = None
    level: tuple[str, str] | None = None

    def read_figures(self, text: str, modality: str) -> None:
        """Notes what a sentence with figures speaks of; a forecast (预计) alone makes no passage of plans."""
        if modality == "planned" and self.outlook == "actual" and not _INTENDS.search(text):
            return
        self.outlook = "target" if modality == "planned" and _BY_YEAR.search(text) else modality

    def read_plain(self, text: str) -> None:
        """Notes what a sentence without figures speaks of."""
        if _PLANS.search(text):
            self.outlook = "target"
        elif _WILL.search(text):
            self.outlook = "planned"
