"""The time expression that governs a figure.

What belongs here: how far a period at the head of a sentence reaches, and when it is carried further.
What does not: finding or resolving time expressions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from operator import attrgetter

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import TIME, Block
from tasks.extraction.facts.period.carried import is_range, refer_back
from tasks.extraction.facts.period.frames import may_govern
from tasks.extraction.facts.period.outlook import is_until, last_day, outlook
from tasks.extraction.facts.period.reach import (
    follows_origin,
    holds_in_its_clause,
    is_adverbial,
    is_origin,
    reaches,
    tells_of_now,
)
from tasks.extraction.facts.period.times_apart import share_out_times, since_new_year
from tasks.extraction.facts.section.mood import PLAN
from tasks.extraction.facts.section.outline import UNKNOWN, Outline, Section
from tasks.lexicon.grammar import words
from tasks.page import PageContext, Paragraph, Period

_SAME_DAY = words("same_day")
_RUNNING_YEAR = words("running_year")
_CUMULATIVE, _DAY = "累计", "天"
_SOON = 8
"""Code points after 今年 in which 累计 makes it a count from New Year on."""

_MANY = 3
"""Figures that make a period the one an article reports on."""

_HEADS = ("", "，", "。", "；", "：", "、")
"""What stands before a time at the head of a clause."""

Governed = tuple[Period | None, str]
"""The period of a figure, and how it was found."""

_start_of = attrgetter("start_char")


class PeriodFocus:
    """The period in force while a page is read from top to bottom."""

    def __init__(self, context: PageContext) -> None:
        self.day = context.day
        self._day = last_day(context)
        self._all: list[Period] = []
        self._span = (0, 0)
        self._here: list[Period] = []
        self._inside: list[Period] = []
        self._carried: Period | None = None
        self._article: int | None = -1
        self._ranges: list[Period] = []
        self._apart: dict[int, Period] | None = None
        self._told: Counter[tuple[date | None, date | None]] = Counter()
        self._chief: Period | None = None
        self._text = ""
        self._section: Section = UNKNOWN.sections[0]

    def enter_paragraph(self, paragraph: Paragraph, periods: list[Period], outline: Outline = UNKNOWN) -> None:
        """Starts a paragraph.

        Args:
            paragraph: The paragraph.
            periods: Its time expressions.
            outline: The outline of its article.
        """
        if self._here:
            self._hand_on()
        section = outline.section_at(paragraph.seq)
        if section.first != self._section.first and section.heading is not None:
            self._carried, self._chief, self._told = None, None, Counter()
        self._section = section
        if paragraph.article != self._article:
            self._article, self._carried, self._ranges = paragraph.article, None, []
            self._told, self._chief = Counter(), None
        self._all = sorted(periods, key=lambda p: p.start_char)
        self._here = self._inside = []
        self._return_to_chief(outline.mood_at(paragraph.seq))

    def _return_to_chief(self, mood: str) -> None:
        """At a new paragraph, takes up the period most figures were told for again, if the last one was a side step.

        A time to come, for which the paragraph before set a goal, is one too, but in a plan.
        """
        if self._chief is None or self._carried is None:
            return
        if mood != PLAN and self._is_to_come(self._carried):
            self._carried = self._chief
        if self._weight(self._chief) < _MANY:
            return
        ahead = self._carried.end is not None and self._day is not None and self._carried.end > self._day
        if not ahead and self._weight(self._carried) < self._weight(self._chief):
            self._carried = self._chief

    def _is_to_come(self, period: Period) -> bool:
        """Whether all of a time lies after the issue date."""
        if self._day is None or period.end is None:
            return False
        return period.end > self._day and (period.start is None or period.start > self._day)

    def _weight(self, period: Period) -> int:
        return self._told[period.start, period.end]

    def tell(self, period: Period | None) -> None:
        """Notes that a figure was told for a period."""
        if period is None or not (period.start or period.end):
            return
        self._told[period.start, period.end] += 1
        if self._chief is None or self._weight(period) > self._weight(self._chief):
            self._chief = period

    def enter_sentence(self, text: str, start: int, end: int) -> None:
        """Starts a sentence of the paragraph; the last period of the one before is carried."""
        if self._here:
            self._hand_on()
        self._apart = None
        self._span, self._text = (start, end), text
        first = bisect_left(self._all, start, key=_start_of)
        self._inside = [
            p for p in self._all[first : bisect_left(self._all, end, lo=first, key=_start_of)] if p.end_char <= end
        ]
        here = [p for p in self._inside if may_govern(text, p)]
        self._here = self._taking_over([refer_back(p, self._ranges) for p in here])

    def _taking_over(self, periods: list[Period]) -> list[Period]:
        """Leaves out what stands inside a clause and only widens a time said before (1—5月，已下达今年前两批资金).

        With 今年累计 after 截至9月底 the count begins on 1 January.
        """
        kept: list[Period] = []
        for period in periods:
            heads = self._text[max(0, period.start_char - 1) : period.start_char] in _HEADS
            if heads or not any(_widens(period, before) for before in kept):
                kept.append(period)
            elif _CUMULATIVE in self._text[period.end_char : period.end_char + _SOON]:
                kept = [since_new_year(before, period) or before for before in kept]
        return kept

    def _hand_on(self) -> None:
        """Takes the sentence's main period as the one in force from here on."""
        lasting = [p for p in self._here if (p.start or p.end) and not holds_in_its_clause(p)]
        main = [p for p in lasting or self._here if not is_origin(self._text, p, p.start_char)]
        if not main:
            return
        self._ranges.extend(p for p in main if is_range(p))
        if main[-1].text in _SAME_DAY and self._carried is not None:
            return
        self._carried = main[-1]

    def blocks(self) -> list[Block]:
        """Gives the sentence's time expressions as blocks, offsets in the sentence."""
        a, _ = self._span
        return [(p.start_char - a, p.end_char - a, TIME) for p in self._inside]

    def governing(self, sentence: Sentence, slot: Slot) -> Governed:
        """Gives the period that governs a figure (or None), and how it was found."""
        return self._in_sentence(sentence, slot) or self._from_before()

    def _in_sentence(self, sentence: Sentence, slot: Slot) -> Governed | None:
        """Finds the time in the figure's own sentence that governs it."""
        if self._apart is None:
            self._apart = share_out_times(sentence, self._here)
        if slot.start in self._apart:
            return self._apart[slot.start], "clause"
        offset = sentence.start
        own = [p for p in self._inside if slot.left <= p.start_char - offset and p.end_char - offset <= slot.start]
        if own and follows_origin(sentence.text, slot.left, own[-1].start_char - offset):
            return own[-1], "origin"
        later = next((p for p in self._here if slot.end <= p.start_char - offset < slot.right), None)
        if later and slot.order == 0 and not own:
            return later, "after"
        reaching = [p for p in self._here if p.end_char - offset <= slot.start and reaches(sentence, slot, p)]
        return self._nearest(sentence, slot, reaching) if reaching else self._days_named(sentence, slot)

    def _nearest(self, sentence: Sentence, slot: Slot, reaching: list[Period]) -> Governed:
        """Chooses the last time that reaches a figure; one without dates that stands aside leaves it to a dated one."""
        chosen = reaching[-1]
        dated = [p for p in reaching if p.start or p.end]
        if dated and chosen is not dated[-1] and is_adverbial(sentence, chosen):
            chosen = dated[-1]
        if tells_of_now(sentence, slot, chosen):
            return None, "stock"
        near = chosen.start_char - sentence.start >= slot.clause[0]
        return (chosen, "clause") if near else (chosen, "sentence")

    def _days_named(self, sentence: Sentence, slot: Slot) -> Governed | None:
        """Takes so many days said as a figure of their own for the range of days named before (5天|接待游客3万人)."""
        if not slot.order or not self._ranges:
            return None
        counted = [s.quantity for s in sentence.slots if s.end <= slot.start and s.quantity.unit == _DAY]
        if not counted:
            return None
        days = counted[-1]
        meant = refer_back(Period(days.start_char, days.end_char, days.text, kind="duration"), self._ranges)
        return (meant, "sentence") if meant.start else None

    def _from_before(self) -> Governed:
        """Carries the time last in force on; for want of one in the text, the heading's."""
        if self._carried is not None:
            return self._carried, "carried"
        return self._section.period, "section" if self._section.period is not None else "none"

    def outlook_at(self, sentence: Sentence, slot: Slot, period: Period | None) -> str:
        """Tells how the time a figure is told for lies to the issue date, a wider period around 每年 included."""
        if period is None or period.start or period.end or is_until(period):
            return outlook(period, self._day)
        wider = [p for p in self._here if p.end_char - sentence.start <= slot.start and (p.start or p.end)]
        return outlook(wider[-1] if wider else None, self._day)


def _widens(period: Period, before: Period) -> bool:
    """Whether a time holds another one whole and more (今年 and 1—5月)."""
    if not (period.start and period.end and before.end) or period.text not in _RUNNING_YEAR:
        return False
    inside = period.start <= (before.start or before.end) and before.end <= period.end
    return inside and (period.start, period.end) != (before.start, before.end)
