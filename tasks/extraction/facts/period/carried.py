"""When a period said before still governs a figure, and what 5天里 or 假期 refer back to.

What belongs here: the signs for carrying a period on, and time expressions that stand for an earlier one.
What does not: a period that stands in the figure's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.section.mood import NEITHER, PLAN
from tasks.lexicon.grammar import pattern
from tasks.page import Measure, Period
from tasks.reading.numerals import read_numeral

_LISTS = pattern("period.list_goes_on")
_DAYS = pattern("period.days")
_THESE_YEARS = pattern("period.these_years")
_MOST_DAYS = 46
_HOLIDAY = pattern("period.holiday_again")


def is_range(period: Period) -> bool:
    """Tells whether a period is a run of some days (5月1日至5日) or years, to which 5天里, 这三年 may refer back."""
    return 1 < _length(period) <= _MOST_DAYS or _years(period) > 1


def days_named(text: str) -> int | None:
    """Gives the number of days an expression names (5天里 → 5)."""
    return _count(_DAYS.search(text))


def _count(found: re.Match[str] | None) -> int | None:
    number = read_numeral(found[1]) if found else None
    return int(number.value) if number else None


def refer_back(period: Period, ranges: Sequence[Period]) -> Period:
    """Gives an unresolved expression (5天里, 假期, 这三年) the days of the earlier period it stands for, if any."""
    if period.start or period.end or not ranges:
        return period
    count = _count(_THESE_YEARS.match(period.text))
    if count:
        said = next((r for r in reversed(ranges) if _years(r) == count), None)
        return replace(period, start=said.start, end=said.end, kind="calendar") if said else period
    days = days_named(period.text)
    for earlier in reversed(ranges):
        length = _length(earlier)
        if days == length or (days is None and _HOLIDAY.search(period.text) and 3 <= length <= 16):
            return replace(period, start=earlier.start, end=earlier.end, kind="calendar")
    return period


def _years(period: Period) -> int:
    """How many whole years a period spans; 0 for any other."""
    if not (period.start and period.end) or period.start.timetuple().tm_yday != 1:
        return 0
    return period.end.year - period.start.year + 1 if (period.end.month, period.end.day) == (12, 31) else 0


def _length(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0


@dataclass(frozen=True, slots=True)
class Carried:
    """A period that was said before and may still govern.

    Attributes:
        period: The period.
        paragraphs: How many paragraphs ago.
        reported: Whether its own sentence compared with earlier figures (同比 …).
        same_subject: Whether the last of them was the same subject's.
        genre: What the article is: news, communique, work report.
        mood: Whether the paragraph reviews or plans, where that is known.
        heading: Whether only the headline said it.
    """

    period: Period
    paragraphs: int
    reported: bool
    same_subject: bool
    genre: str = "news"
    mood: str = NEITHER
    heading: bool = False


def carry_signs(sentence: Sentence, slot: Slot, last: Carried) -> tuple[str, ...]:
    """Lists the signs for and against carrying a period on to a sentence's figures; their weights are learned.

    They are few on purpose: of forty signs tried, those that cross-validation by article did not bear out were dropped.

    Args:
        sentence: The figure's sentence.
        slot: The figure.
        last: The period last in force.
    """
    span = _span(last.period)
    growth = any(s.measure == Measure.GROWTH for s in sentence.slots)
    return (
        "bias",
        f"listed:{bool(_LISTS.match(sentence.text))}",
        f"plan:{last.mood == PLAN}",
        f"resolved:{bool(last.period.start or last.period.end)}",
        f"growth:{growth}:{last.reported}",
        f"growth:{growth}:{span}",
        f"reported:{last.reported}:{min(last.paragraphs, 2)}",
        f"same:{last.same_subject}",
        f"same:{last.same_subject}:{min(last.paragraphs, 2)}",
        f"dimension:{slot.quantity.dimension}",
        f"genre:{last.genre}",
    )


def _span(period: Period) -> str:
    if not (period.start and period.end):
        return "open"
    days = (period.end - period.start).days
    if days > 400:
        return "years"
    return "day" if days < 2 else "days" if days < 20 else "part" if days < 350 else "year"
