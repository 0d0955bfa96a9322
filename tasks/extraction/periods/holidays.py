"""Which days holidays mean: 国庆假期, 春节假期8天, 元旦当天, 假期前4天.

What belongs here: festivals against the yearly notices on days off. What does not: lunar dates (`resolve`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from tasks.extraction.periods.calendar_spans import Span, make_day, spring_festivals
from tasks.extraction.periods.year_meant import OPEN, Ends, Setting, split_year
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import small_number


@cache
def _festivals() -> dict[str, tuple[int, int] | None]:
    rows = read_table("festivals")
    return {r["name"]: (int(r["month"]), int(r["day"])) if r["month"] else None for r in rows}


@cache
def _off_names() -> dict[str, str]:
    """Gives the names under which `holidays.csv` has the days off of a festival."""
    return {row["name"]: row["off"] for row in read_table("festivals") if row["off"]}


@cache
def _holidays() -> dict[tuple[str, int], Span]:
    rows = read_table("holidays")
    return {(r["name"], int(r["year"])): (date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in rows}


_FIRST_DAYS = pattern("dates.first_days")
_DAYS_OFF = pattern("dates.days_off")
_NUMBER_OF_DAYS = pattern("dates.number_of_days")
_COUNTED_DAYS = pattern("dates.counted_days")
_SPRING_TRAVEL = "春运"
_QUOTES = '“"'
_SOON = 7
"""Days before a holiday in which papers already tell of it."""


def resolve_festival(printed: str, setting: Setting) -> Ends:
    """Resolves holidays by the yearly notices on days off: 国庆假期, 春节假期8天, 元旦当天; a bare 春节 stays open."""
    year, rest, named = split_year(printed, setting)
    bare = rest.lstrip(_QUOTES)
    name = next((n for n in sorted(_festivals(), key=len, reverse=True) if bare.startswith(n)), "")
    first_days = _FIRST_DAYS.search(rest)
    fixed = _festivals().get(name)
    if first_days and first_days["same"] and fixed and setting.issue:
        day = make_day(year or setting.issue.year, *fixed)
        return day, day
    if name == _SPRING_TRAVEL:
        return _spring_travel(year or (setting.issue.year if setting.issue else None))
    if not _DAYS_OFF.search(rest):
        return OPEN
    if setting.holiday and not named and not _COUNTED_DAYS.search(rest):
        return _first_days(setting.holiday, first_days)
    length = _NUMBER_OF_DAYS.search(rest)
    days = small_number(length["n"] or length["last"]) if length else None
    off = _days_off(name, year, setting)
    if off and days in (None, (off[1] - off[0]).days + 1):
        return _first_days(off, first_days)
    if fixed is None or days is None or setting.issue is None:
        return OPEN
    first = make_day(year or setting.issue.year, *fixed)
    if first is None or not 1 <= days <= 10:
        return OPEN
    return _first_days((first, first + timedelta(days=days - 1)), first_days)


def _spring_travel(year: int | None) -> Ends:
    """Gives the forty days of the spring travel season: it begins fifteen days before the lunar year."""
    first = spring_festivals().get(year) if year else None
    if first is None:
        return OPEN
    begins = first - timedelta(days=15)
    return begins, begins + timedelta(days=39)


def _days_off(name: str, year: int | None, setting: Setting) -> Span | None:
    """Gives the days off of a festival in a year, else of the last one before the issue."""
    short = _off_names().get(name, name)
    if year:
        return _holidays().get((short, year))
    issue = setting.issue
    if issue is None:
        return None
    near = [off for y in (issue.year - 1, issue.year, issue.year + 1) if (off := _holidays().get((short, y)))]
    begun = [off for off in near if off[0] <= issue + timedelta(days=_SOON)]
    return begun[-1] if begun else None


def _first_days(holiday: Span, found: re.Match[str] | None) -> Ends:
    """Gives the days of a holiday that 当天, 首日 or 前4天 after it mean."""
    if found is None:
        return holiday
    days = 1 if found["same"] else small_number(found["count"])
    return holiday[0], min(holiday[1], holiday[0] + timedelta(days=days - 1))


def resolve_holiday(printed: str, setting: Setting) -> Ends:
    """Resolves 假期 to the run of days the text named first, 假期前4天 to its first days."""
    return _first_days(setting.holiday, _FIRST_DAYS.search(printed)) if setting.holiday else OPEN
