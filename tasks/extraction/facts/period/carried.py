"""What 5天里, 这三年 or 假期 refer back to.

What belongs here: time expressions that stand for an earlier one. What does not: which time governs a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.lexicon.grammar import pattern
from tasks.page import Period
from tasks.reading.numerals import read_numeral

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
