"""Which days holidays mean: 国庆假期, 春节假期8天, 元旦当天, 假期前4天.

What belongs here: festivals against the yearly notices on days off. What does not: lunar dates (`resolve`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from tasks.extraction.periods.patterns import SMALL
from tasks.extraction.periods.setting import OPEN, Ends, Setting, number, split_year
from tasks.extraction.periods.spans import Span, make_day, spring_festivals
from tasks.lexicon import read_table


@cache
def _festivals() -> dict[str, tuple[int, int] | None]:
    rows = read_table("festivals")
    return {r["name"]: (int(r["month"]), int(r["day"])) if r["month"] else None for r in rows}


@cache
def _holidays() -> dict[tuple[str, int], Span]:
    rows = read_table("holidays")
    return {(r["name"], int(r["year"])): (date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in rows}


_FIRST_DAYS = re.compile(rf"(?:(?P<same>当[天日]|首日)|前(?P<count>{SMALL})[天日])$")
_DAYS_OFF = re.compile(r"假期|假日|长假|黄金周|期间|\d天|[一二两三四五六七八九]天")


def resolve_festival(printed: str, setting: Setting) -> Ends:
    """Resolves holidays by the yearly notices on days off: 国庆假期, 春节假期8天, 元旦当天; a bare 春节 stays open."""
    year, rest, named = split_year(printed, setting)
    bare = rest.lstrip('“"')
    name = next((n for n in sorted(_festivals(), key=len, reverse=True) if bare.startswith(n)), "")
    first_days = _FIRST_DAYS.search(rest)
    fixed = _festivals().get(name)
    if first_days and first_days["same"] and fixed and setting.issue:
        day = make_day(year or setting.issue.year, *fixed)
        return day, day
    if name == "春运":
        return _spring_travel(year or (setting.issue.year if setting.issue else None))
    if not _DAYS_OFF.search(rest):
        return OPEN
    if setting.holiday and not named and not re.search(rf"{SMALL}天", rest):
        return _first_days(setting.holiday, first_days)
    length = re.search(rf"({SMALL})天(?!$)|(?<!前)({SMALL})天$", rest)
    days = number(length[1] or length[2]) if length else None
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
    short = _SHORT.get(name, name)
    if year:
        return _holidays().get((short, year))
    issue = setting.issue
    if issue is None:
        return None
    near = [off for y in (issue.year - 1, issue.year, issue.year + 1) if (off := _holidays().get((short, y)))]
    begun = [off for off in near if off[0] <= issue + timedelta(days=_SOON)]
    return begun[-1] if begun else None


_SOON = 7
"""Days before a holiday in which papers already tell of it."""

_SHORT = {
    "全国两会期间": "全国两会",
    "国庆节": "国庆",
    "十一": "国庆",
    "劳动节": "五一",
    "清明节": "清明",
    "端午节": "端午",
    "中秋节": "中秋",
}


def _first_days(holiday: Span, found: re.Match[str] | None) -> Ends:
    """Gives the days of a holiday that 当天, 首日 or 前4天 after it mean."""
    if found is None:
        return holiday
    days = 1 if found["same"] else number(found["count"])
    return holiday[0], min(holiday[1], holiday[0] + timedelta(days=days - 1))


def resolve_holiday(printed: str, setting: Setting) -> Ends:
    """Resolves 假期 to the run of days the text named first, 假期前4天 to its first days."""
    return _first_days(setting.holiday, _FIRST_DAYS.search(printed)) if setting.holiday else OPEN
