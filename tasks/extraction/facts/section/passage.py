"""What a paragraph's sentences hand on to the next ones besides subject and period.

What belongs here: the passage's outlook (does it speak of plans?) and its way of comparing.
What does not: single figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tasks.extraction.facts.section.mood import NEITHER
from tasks.extraction.periods.calendar_spans import plan_span
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import small_number

_PLANS = pattern("section.speaks_of_plans")
_PLAN_YEARS = pattern("section.five_year_plan_named")
_INTENDS = pattern("section.intends")
_BY_YEAR = pattern("section.by_a_year")


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
        span = plan_span(10 + small_number(found["tens"])) if found else None
        return span is not None and (self.day is None or span[1].year > self.day.year)
