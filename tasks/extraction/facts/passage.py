"""What a paragraph's sentences hand on to the next ones besides subject and period.

What belongs here: the passage's outlook (does it speak of plans?) and its way of comparing.
What does not: single figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tasks.extraction.facts.mood import NEITHER
from tasks.extraction.periods.setting import number
from tasks.extraction.periods.spans import plan_span

_PLANS = re.compile(r"下一步|今后|未来[一二三五十\d]|力争|目标是|规划提出")
_PLAN_YEARS = re.compile(r"“十(?P<tens>[一二三四五六])五”(?:期间|时期|末)")

_INTENDS = re.compile(r"将|计划|力争|下一步|目标|打算|规划|准备|还要|拟|提出|年底前|明年")
_BY_YEAR = re.compile(r"到(?:20\d\d|明|后)年")


@dataclass(slots=True)
class Passage:
    """A paragraph while it is read.

    Attributes:
        latest: The last comparison the article has said (yoy, prior …), to which a bare 增长 falls back.
        outlook: Modality of its last figure, or of a plain sentence that speaks of plans.
        mood: Whether the paragraph reviews (review) or plans (plan), where its heading or its sentences say so.
        day: Day of publication.
        measured: The last indicator of an amount or a growth; sectors listed after it (分行业看) are measured by it.
    """

    latest: str | None = None
    outlook: str = "actual"
    mood: str = NEITHER
    measured: str | None = None
    day: date | None = None

    def read_figures(self, text: str, modality: str) -> None:
        """Notes what a sentence with figures speaks of; a forecast (预计) alone makes no passage of plans."""
        by_year = modality == "planned" and bool(_BY_YEAR.search(text))
        if modality == "planned" and self.outlook == "actual" and not (by_year or _INTENDS.search(text)):
            return
        self.outlook = "target" if by_year else modality

    def read_plain(self, text: str) -> None:
        """Notes what a sentence without figures speaks of."""
        if _PLANS.search(text) or self._names_running_plan(text):
            self.outlook = "target"

    def _names_running_plan(self, text: str) -> bool:
        """Tells whether a five-year plan is named that runs on for a year at least (“十五五”时期)."""
        found = _PLAN_YEARS.search(text)
        span = plan_span(10 + number(found["tens"])) if found else None
        return span is not None and (self.day is None or span[1].year > self.day.year)
