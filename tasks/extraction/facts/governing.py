"""The time expression that governs a figure.

What belongs here: carrying a period from the head of a sentence to the figures after it.
What does not: finding or resolving time expressions.
"""

from __future__ import annotations

from tasks.extraction.facts.slots import Sentence, Slot
from tasks.extraction.facts.tokens import TIME, Block
from tasks.page import PageContext, Paragraph, Period

_GOVERNS = ("calendar", "since", "until", "vague")


class PeriodFocus:
    """The period in force while a page is read from top to bottom."""

    def __init__(self, context: PageContext) -> None:
        self._day = context.day
        self._periods: list[Period] = []
        self._sentence: list[Period] = []
        self._carried: Period | None = None
        self._all: list[Period] = []
        self._span = (0, 0)

    def enter_paragraph(self, paragraph: Paragraph, periods: list[Period]) -> None:
        """Starts a paragraph."""
        self._periods = sorted((p for p in periods if p.kind in _GOVERNS), key=lambda p: p.start_char)
        self._carried = None
        self._sentence = []
        self._all = periods

    def enter_sentence(self, start: int, end: int) -> None:
        """Starts a sentence of the paragraph."""
        self._span = (start, end)
        if self._sentence:
            self._carried = self._sentence[-1]
        self._sentence = [p for p in self._periods if start <= p.start_char < end]

    def blocks(self) -> list[Block]:
        """Gives the sentence's time expressions as blocks, offsets in the sentence."""
        a, b = self._span
        return [(p.start_char - a, p.end_char - a, TIME) for p in self._all if a <= p.start_char and p.end_char <= b]

    def governing(self, sentence: Sentence, slot: Slot) -> Period | None:
        """Gives the period that governs a figure, or None."""
        here = [p for p in self._sentence if p.start_char - sentence.start < slot.start]
        if here:
            return here[-1]
        if slot.measure == "growth" and self._carried:
            return self._carried
        return None

    def is_future(self, period: Period | None) -> bool:
        """Tells whether a period lies after the issue date."""
        if period is None or self._day is None:
            return False
        if period.start is not None:
            return period.start > self._day
        return period.end is not None and period.end > self._day
