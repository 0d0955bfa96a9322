"""What a paragraph's sentences hand on to the next ones besides subject and period.

What belongs here: the passage's outlook (does it speak of plans?) and its way of comparing.
What does not: single figures.
"""

from __future__ import annotations

from typing import NamedTuple

from tasks.extraction.facts.section.mood import NEITHER
from tasks.lexicon.grammar import pattern
from tasks.page import Modality

_BY_YEAR = pattern("section.by_a_year")
_TO_BE_BUILT = pattern("section.to_be_built")


def tells_of_building(text: str) -> bool:
    """Tells whether a text says that something is still to be built.

    >>> tells_of_building("柳溪大桥计划明年动工。"), tells_of_building("柳溪大桥去年通车。")
    (True, False)
    """
    return _TO_BE_BUILT.search(text) is not None


class Passage(NamedTuple):
    """What a paragraph has said so far.

    Attributes:
        latest: The last comparison the article has said (yoy, prior …), to which a bare 增长 falls back.
        outlook: Modality of its last figure.
        mood: Whether the paragraph reviews (review) or plans (plan), where its heading or its sentences say so.
        measured: The last indicator of an amount or a growth; sectors listed after it (分行业看) are measured by it.
        unbuilt: Whether its last sentence says that something is still to be built, whose size may follow.
    """

    latest: str | None = None
    outlook: str = Modality.ACTUAL
    mood: str = NEITHER
    measured: str | None = None
    unbuilt: bool = False

    def after_plain(self, text: str) -> Passage:
        """Gives the passage after a sentence without figures."""
        unbuilt = tells_of_building(text)
        return self if unbuilt == self.unbuilt else self._replace(unbuilt=unbuilt)

    def after(self, text: str, modality: str, latest: str | None, measured: str | None) -> Passage:
        """Gives the passage after a sentence with figures.

        A bare plan makes no passage of plans, one by a year (到2027年) does: what follows it is targets.

        Args:
            text: The sentence.
            modality: That of its last figure.
            latest: The last comparison said.
            measured: The last indicator of an amount or a growth.
        """
        by_year = modality == Modality.PLANNED and bool(_BY_YEAR.search(text))
        outlook = self.outlook
        if modality != Modality.PLANNED or by_year or outlook != Modality.ACTUAL:
            outlook = Modality.TARGET if by_year else modality
        return Passage(latest, outlook, self.mood, measured, tells_of_building(text))
