"""What a growth is compared with, once the time it is told for is known.

What belongs here: bases of comparison against the figure's own period, and a bare 增长.
What does not: finding the words of comparison (`predicates`).
"""

from __future__ import annotations

from datetime import date

from tasks.extraction.facts.clause.slots import BARE, LAST_YEAR, Slot
from tasks.extraction.periods import find_periods, same_days
from tasks.lexicon.grammar import pattern, words
from tasks.page import Comparison, Measure, Modality, Period

_PART_OF_YEAR = pattern("statement.part_of_a_year")
_FESTIVAL = pattern("statement.festival")
_LAST_YEAR = pattern("statement.year_before")
_SAME_PART = pattern("statement.same_part_of_a_named_year")
_YEAR_END = pattern("statement.end_of_a_named_year")
_SAME, _YEAR = "同", "年"
_RUNNING = words("since_new_year")
AGAINST_A_YEAR = (Comparison.YOY, Comparison.PRIOR, LAST_YEAR)
"""Comparisons that hang on the figure's own time, and to which a bare growth after them falls back."""

_WHOLE = 360
_LONG = 400
"""Days from which on a period is a whole year, and from which on it is more than one."""


def settle_comparison(
    slot: Slot, modality: str, period: Period | None, latest: str | None, issue_day: date | None = None
) -> str | None:
    """Settles what a growth is compared with, once period and modality are known.

    Args:
        slot: The figure.
        modality: actual, target or planned.
        period: The time it is told for.
        latest: The last comparison said in the article before it (yoy, prior …).
        issue_day: Day of publication.
    """
    if slot.measure != Measure.GROWTH:
        return None
    base = slot.statement.base
    if slot.comparison in AGAINST_A_YEAR and base and period is not None:
        against = _against(base, period, issue_day)
        if against is not None:
            return against
    if slot.comparison == Comparison.YTD and base and not _is_year_begun(base, period, issue_day):
        return Comparison.PRIOR
    if slot.comparison == LAST_YEAR:
        return Comparison.PRIOR if is_whole_year(period) else Comparison.YOY
    if slot.comparison != BARE:
        return slot.comparison
    if modality != Modality.ACTUAL or _is_long(period):
        return Comparison.PRIOR
    if _is_part_of_year(period):
        return Comparison.YOY
    if latest is None:
        return Comparison.PRIOR
    return Comparison.PRIOR if latest == Comparison.PRIOR and is_whole_year(period) else Comparison.YOY


def _against(base: str, period: Period, issue_day: date | None) -> str | None:
    """Compares a base that names a part of a year with the figure's own: the same part a year before is yoy."""
    same = _SAME_PART.search(base)
    if same and period.end:
        return Comparison.YOY if int(same[1]) == period.end.year - 1 else Comparison.PRIOR
    if not _PART_OF_YEAR.search(base) or _SAME in base:
        return None
    found = find_periods(base, issue_day)
    if not found or not period.end:
        return None
    festival = _FESTIVAL.search(base)
    if festival:
        before = _LAST_YEAR.search(base) or base.startswith(str(period.end.year - 1))
        other = _FESTIVAL.search(period.text)
        return Comparison.YOY if before and (other is None or other.group() == festival.group()) else Comparison.PRIOR
    if found[0].start is None or period.start is None or not found[0].end:
        return None
    if same_days((found[0].start, found[0].end), (period.start, period.end), 1):
        return None if is_whole_year(period) else Comparison.YOY
    return Comparison.PRIOR


def _is_year_begun(base: str, period: Period | None, issue_day: date | None) -> bool:
    """Whether a year's end as base (2012年底) is the one before the figure's own time."""
    named = _YEAR_END.search(base)
    told = (period.end or period.start) if period else issue_day
    return named is None or told is None or int(named[1]) == told.year - 1


def is_whole_year(period: Period | None) -> bool:
    """Tells whether a period is a whole calendar year, or unknown."""
    if period is None or period.start is None or period.end is None:
        return period is None or period.start is None
    return (period.end - period.start).days > _WHOLE


def _is_part_of_year(period: Period | None) -> bool:
    return bool(period and period.start and period.end and 1 < (period.end - period.start).days <= _WHOLE)


def _is_long(period: Period | None) -> bool:
    """Whether a period spans years, or says 近年来 and the like: nothing is told against the year before then."""
    if period is None:
        return False
    if period.start and period.end:
        return (period.end - period.start).days > _LONG
    if period.start and period.kind == "since":
        return not any(word in period.text for word in _RUNNING)
    return period.kind in ("vague", "duration") and _YEAR in period.text and period.end is None
