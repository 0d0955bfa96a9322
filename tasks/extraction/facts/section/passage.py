"""What a paragraph's sentences hand on to the next ones besides subject and period.

What belongs here: the passage's outlook (does it speak of plans?) and its way of comparing.
What does not: single figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.extraction.facts.section.mood import NEITHER
from tasks.lexicon.grammar import pattern
from tasks.page import Modality

_BY_YEAR = pattern("section.by_a_year")


@dataclass(slots=True)
class Passage:
    """A paragraph while it is read.

    Attributes:
        latest: The last comparison the article has said (yoy, prior …), to which a bare 增长 falls back.
        outlook: Modality of its last figure.
        mood: Whether the paragraph reviews (review) or plans (plan), where its heading or its sentences say so.
        measured: The last indicator of an amount or a growth; sectors listed after it (分行业看) are measured by it.
    """

    latest: str | None = None
    outlook: str = Modality.ACTUAL
    mood: str = NEITHER
    measured: str | None = None

    def read_figures(self, text: str, modality: str) -> None:
        """Notes what a sentence with figures speaks of: a bare plan makes no passage of plans, one by a year does."""
        by_year = modality == Modality.PLANNED and bool(_BY_YEAR.search(text))
        if modality != Modality.PLANNED or by_year or self.outlook != Modality.ACTUAL:
            self.outlook = Modality.TARGET if by_year else modality
