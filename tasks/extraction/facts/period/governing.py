"""The time expression that governs a figure.

What belongs here: how far a period at the head of a sentence reaches, and when it is carried further.
What does not: finding or resolving time expressions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from datetime import date
from operator import attrgetter

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import TIME, Block
from tasks.extraction.facts.period.carried import Carried, carry_signs, is_range, refer_back
from tasks.extraction.facts.period.frames import may_govern
from tasks.extraction.facts.period.times_apart import share_out_times, since_new_year
from tasks.extraction.facts.ranking import probability
from tasks.extraction.facts.section.mood import NEITHER
from tasks.extraction.facts.section.outline import UNKNOWN, Outline, Section
from tasks.extraction.facts.subject.owner import Subject
from tasks.page import PageContext, Paragraph, Period

_ORIGIN = re.compile(r"(?:从|由)[^，。；]{0,3}$")
_FROM_TO = re.compile(r"[至到~\-－—]")
_GROUND = re.compile(r"[^，。；]{1,24}(?:基础上)")
_GROUND_BEFORE = re.compile(r"在[^，。；]{0,4}$")
_SOON = 8
"""Code points after 今年 in which 累计 makes it a count from New Year on."""

_RUNNING_YEAR = ("今年", "本年", "本年度")
_TERM = re.compile(r"(?:年|个月)(?:时间|内|之内|左右)?$")
_TERM_LEAD = re.compile(r"(?:用|在|力争|争取|计划|将|确保)[^，。；]{0,3}$")
_SAME_DAY = ("当天", "当日", "同日", "这天", "当晚")
_CARRY = 0.29
"""A period is carried on from this probability: readers take it for granted more often than papers repeat it."""

_MANY = 3
"""Figures that make a period the one an article reports on."""

_OWN_ONLY = re.compile(r"连续|每年|每月|每天|每周|日均")
_RECURRING = re.compile(r"每[年月天日周]|[日月]均|连续|那时|当时|彼时")
_HELD = re.compile(r"现有|现存|现住")

_start_of = attrgetter("start_char")


Observer = Callable[[str, Slot, "tuple[str, ...]", "Period | None"], None]


class PeriodFocus:
    """The period in force while a page is read from top to bottom."""

    def __init__(self, context: PageContext, observe: Observer | None = None) -> None:
        self.day = context.day
        self._day = last_day(context)
        self.observe = observe
        self._all: list[Period] = []
        self._span = (0, 0)
        self._here: list[Period] = []
        self._inside: list[Period] = []
        self._carried: Period | None = None
        self._paragraphs = 0
        self._article: int | None = -1
        self._ranges: list[Period] = []
        self._reported = self._compares = False
        self._verdict: tuple[Period | None, str, float] | None = None
        self._apart: dict[int, Period] | None = None
        self._told: Counter[tuple[date | None, date | None]] = Counter()
        self._chief: Period | None = None
        self._told_of = ""
        self._text = ""
        self._section: Section = UNKNOWN.sections[0]
        self._genre, self._mood = UNKNOWN.genre, NEITHER

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
        self._section, self._genre, self._mood = section, outline.genre, outline.mood_at(paragraph.seq)
        if paragraph.article != self._article:
            self._article, self._carried, self._ranges = paragraph.article, None, []
            self._told, self._chief = Counter(), None
        self._all = sorted(periods, key=lambda p: p.start_char)
        self._paragraphs += 1
        self._here = self._inside = []
        self._return_to_chief()

    def _return_to_chief(self) -> None:
        """At a new paragraph, takes up the period most figures were told for again, if the last one was a side step."""
        if self._chief is None or self._carried is None or self._weight(self._chief) < _MANY:
            return
        ahead = self._carried.end is not None and self._day is not None and self._carried.end > self._day
        if not ahead and self._weight(self._carried) < self._weight(self._chief):
            self._carried = self._chief

    def _weight(self, period: Period) -> int:
        return self._told[period.start, period.end]

    def tell(self, period: Period | None, whose: Subject) -> None:
        """Notes that a figure of a subject was told for a period."""
        if period is None or not (period.start or period.end):
            return
        self._told[period.start, period.end] += 1
        self._told_of = whose.name or ""
        if self._chief is None or self._weight(period) > self._weight(self._chief):
            self._chief = period

    def enter_sentence(self, text: str, start: int, end: int) -> None:
        """Starts a sentence of the paragraph; the last period of the one before is carried."""
        if self._here:
            self._hand_on()
        self._verdict, self._apart = None, None
        self._span, self._text = (start, end), text
        first = bisect_left(self._all, start, key=_start_of)
        self._inside = [
            p for p in self._all[first : bisect_left(self._all, end, lo=first, key=_start_of)] if p.end_char <= end
        ]
        here = [p for p in self._inside if may_govern(text, p)]
        self._here = self._taking_over([refer_back(p, self._ranges) for p in here])
        self._compares = "同比" in text[start:end] or "同期" in text[start:end]

    def _taking_over(self, periods: list[Period]) -> list[Period]:
        """Leaves out what stands inside a clause and only widens a time said before (1—5月，已下达今年前两批资金).

        With 今年累计 after 截至9月底 the count begins on 1 January.
        """
        kept: list[Period] = []
        for period in periods:
            heads = self._text[max(0, period.start_char - 1) : period.start_char] in ("", "，", "。", "；", "：", "、")
            if heads or not any(_widens(period, before) for before in kept):
                kept.append(period)
            elif "累计" in self._text[period.end_char : period.end_char + _SOON]:
                kept = [since_new_year(before, period) or before for before in kept]
        return kept

    def _hand_on(self) -> None:
        """Takes the sentence's main period as the one in force from here on."""
        lasting = [p for p in self._here if (p.start or p.end) and not _OWN_ONLY.search(p.text)]
        main = [p for p in lasting or self._here if not self._is_origin(p)]
        if not main:
            return
        self._ranges.extend(p for p in main if is_range(p))
        if main[-1].text in _SAME_DAY and self._carried is not None:
            return
        self._carried, self._paragraphs, self._reported = main[-1], 0, self._compares

    def _is_origin(self, period: Period) -> bool:
        """Whether an expression only says from when something changed (由2019年的5%升至8%)."""
        if period.kind == "since" or _FROM_TO.search(period.text, 1):
            return False
        return period.text[0] in "从由" or bool(
            _ORIGIN.search(self._text, max(0, period.start_char - 5), period.start_char)
        )

    def blocks(self) -> list[Block]:
        """Gives the sentence's time expressions as blocks, offsets in the sentence."""
        a, _ = self._span
        return [(p.start_char - a, p.end_char - a, TIME) for p in self._inside]

    def governing(self, sentence: Sentence, slot: Slot, whose: Subject) -> tuple[Period | None, str, float]:
        """Gives the period that governs a figure (or None), how it was found, and how sure that is."""
        period, how, chance = self._said(sentence, slot, whose)
        if period is None and how in self._falls_back() and self._section.period is not None:
            return self._section.period, "section", 0.8
        return period, how, chance

    def _falls_back(self) -> tuple[str, ...]:
        """How a figure must have been left without a time for the heading's to govern it."""
        told = self._section.heading is not None or self._genre == "communique"
        return ("none", "dropped") if told else ()

    def _said(self, sentence: Sentence, slot: Slot, whose: Subject) -> tuple[Period | None, str, float]:
        offset = sentence.start
        if self._apart is None:
            self._apart = share_out_times(sentence, self._here)
        if slot.start in self._apart:
            return self._apart[slot.start], "clause", 0.95
        before = [p for p in self._here if p.end_char - offset <= slot.start]
        own = [p for p in self._inside if slot.left <= p.start_char - offset and p.end_char - offset <= slot.start]
        if own and _ORIGIN.search(sentence.text[slot.left : own[-1].start_char - offset]):
            return own[-1], "origin", 0.9
        reaching = [p for p in before if self._reaches(sentence, slot, p)]
        later = [p for p in self._here if slot.end <= p.start_char - offset < slot.right]
        if later and slot.order == 0 and not own and sentence.text[slot.clause[0] : slot.start].count("，") == 0:
            return later[0], "after", 0.8
        if reaching:
            chosen = reaching[-1]
            dated = [p for p in reaching if p.start or p.end]
            side = self._is_adverbial(sentence, chosen) and not self._is_term(chosen)
            if dated and chosen is not dated[-1] and side:
                chosen = dated[-1]
            held = _HELD.search(sentence.text, chosen.end_char - offset, slot.start)
            if held and chosen.kind == "since" and chosen.start and chosen.start_char - offset < slot.clause[0]:
                return None, "stock", 0.8  # 从2014年起开设课程，现有学员152人: what there is now
            near = "clause" if chosen.start_char - offset >= slot.clause[0] else "sentence"
            return chosen, near, 0.95 if near == "clause" else 0.9
        if slot.order and self._ranges:
            counted = [s.quantity for s in sentence.slots if s.end <= slot.start and s.quantity.unit == "天"]
            said = (
                Period(counted[-1].start_char, counted[-1].end_char, counted[-1].text, kind="duration")
                if counted
                else None
            )
            meant = refer_back(said, self._ranges) if said else None
            if meant is not None and meant.start:
                return meant, "sentence", 0.8
        last = self._last(whose)
        if last is None:
            return None, "none", 0.97
        if slot.source in ("carried", "list") and self._verdict is not None and slot.start != sentence.slots[0].start:
            return self._verdict
        features = carry_signs(sentence, slot, last)
        if self.observe:
            self.observe("carry", slot, features, last.period)
        chance = probability("carry", features)
        how = "section" if last.heading else "carried"
        self._verdict = (last.period, how, chance) if chance >= _CARRY else (None, "dropped", 1 - chance)
        return self._verdict

    def _last(self, whose: Subject) -> Carried | None:
        """Gives the period last in force; for want of one in the text the heading's."""
        period, heading = self._carried, False
        if period is None:
            period, heading = self._section.period, True
        if period is None:
            return None
        same = self._told_of == (whose.name or "")
        return Carried(period, self._paragraphs, self._reported, same, self._genre, self._mood, heading)

    def _is_term(self, period: Period) -> bool:
        """Whether an expression is the term of a goal (力争用五年时间, 计划三年内)."""
        before = self._text[max(0, period.start_char - 6) : period.start_char]
        return period.kind == "duration" and bool(_TERM.search(period.text) and _TERM_LEAD.search(before))

    def _is_adverbial(self, sentence: Sentence, period: Period) -> bool:
        """Whether an expression without dates only colours its clause (每年, 历年): it takes nothing over."""
        at = period.start_char - sentence.start
        heads = any(at == start for start, _ in sentence.clauses)
        return bool(_RECURRING.match(period.text)) or not heads

    def _reaches(self, sentence: Sentence, slot: Slot, period: Period) -> bool:
        at = period.start_char - sentence.start
        if at >= slot.left:
            return True
        text = sentence.text
        if self._is_origin(period) and (at < slot.clause[0] or any(at <= s.start < slot.start for s in sentence.slots)):
            return False
        stood = _GROUND.search(text, at + len(period.text), slot.start)
        if stood and _GROUND_BEFORE.search(text, max(0, at - 8), at):
            return False
        if self._is_term(period):
            return True
        if _OWN_ONLY.search(period.text) or (period.kind == "duration" and not (period.start or period.end)):
            return at >= slot.clause[0]
        return True

    def outlook_at(self, sentence: Sentence, slot: Slot, period: Period | None) -> str:
        """Tells how the time a figure is told for lies to the issue date, a wider period around 每年 included."""
        if period is None or period.start or period.end or period.text.startswith("截"):
            return self.outlook(period)
        wider = [p for p in self._here if p.end_char - sentence.start <= slot.start and (p.start or p.end)]
        return self.outlook(wider[-1] if wider else None)

    def outlook(self, period: Period | None) -> str:
        """Tells how a period lies to the issue date.

        Returns:
            `ahead`, `goal` (到2025年), `open` (it runs beyond the day), `long` (so for years), `told` (截至…: what
            was reached by then) or `past`.
        """
        if period is None or self._day is None:
            return "past"
        if period.text.startswith("截") and (period.end is None or period.end <= self._day):
            return "told"
        ahead = period.end is not None and period.end > self._day
        if ahead and period.text.startswith(("到", "至")):
            return "goal"
        if period.start is not None and period.start > self._day:
            return "ahead"
        if ahead:
            if period.start is not None and period.end is not None and (period.end - period.start).days > 400:
                return "long" if period.end.year > self._day.year else "past"
            return "ahead" if period.start is None else "open"
        return "past"


def _widens(period: Period, before: Period) -> bool:
    """Whether a time holds another one whole and more (今年 and 1—5月)."""
    if not (period.start and period.end and before.end) or period.text not in _RUNNING_YEAR:
        return False
    inside = period.start <= (before.start or before.end) and before.end <= period.end
    return inside and (period.start, period.end) != (before.start, before.end)


def last_day(context: PageContext) -> date | None:
    """Gives the last day on which the page may have been published: what lies before it need not be the future."""
    day = context.day
    if day is None or context.issue_date is None or context.issue_date.precision == "day":
        return day
    if context.issue_date.precision == "year":
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1])
