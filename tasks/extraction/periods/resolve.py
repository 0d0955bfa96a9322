"""What a time expression means in dates, against the issue date and what the text said before.

What belongs here: the table of resolvers, and those of words that lean on the text (同期, 当天, 假期, 昨日).
What does not: finding the expressions; expressions that name their place in the calendar (`calendar_dates`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from tasks.extraction.periods.calendar_dates import (
    part_months,
    resolve_date,
    resolve_days,
    resolve_edge,
    resolve_month,
    resolve_months,
    resolve_part,
    resolve_plan,
    resolve_whole_year,
    resolve_years,
)
from tasks.extraction.periods.calendar_spans import (
    make_day,
    month_end,
    months_span,
    relative_month,
    shift_years,
    spring_festivals,
    week_span,
)
from tasks.extraction.periods.holidays import resolve_festival, resolve_holiday
from tasks.extraction.periods.rare_dates import (
    resolve_code,
    resolve_decade,
    resolve_digits,
    resolve_fiscal,
    resolve_quarter,
    resolve_reldays,
    resolve_roc,
)
from tasks.extraction.periods.year_meant import OPEN, Ends, Setting, split_year
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import small_number

_FIRST_MONTH = pattern("dates.first_month")
_PART = pattern("dates.part")
_COUNTED_DAYS = pattern("dates.counted_days")
_FIVE_YEARS = pattern("dates.five_years")
_DAY_AFTER = words("day_after")


def resolve_lunar(printed: str, setting: Setting) -> Ends:
    """Resolves days of the first lunar month (正月初六); other lunar dates stay open."""
    found = _FIRST_MONTH.fullmatch(printed)
    year = setting.year or (setting.issue.year if setting.issue else None)
    first = spring_festivals().get(year) if year else None
    if found is None or first is None:
        return OPEN
    day = first + timedelta(days=small_number(found["first"]) - 1)
    last = first + timedelta(days=small_number(found["last"]) - 1) if found["last"] else day
    return (day, last) if day <= last else OPEN


def resolve_today(printed: str, setting: Setting) -> Ends:
    """Resolves 当天, 当月, 次日 against the last date of the text."""
    if setting.last is None:
        return OPEN
    first, last = setting.last
    if printed.endswith("月"):
        if (first.year, first.month) != (last.year, last.month) and printed.startswith("同"):
            return OPEN
        return date(last.year, last.month, 1), month_end(last.year, last.month)
    if first != last:
        return OPEN
    day = last + timedelta(days=printed.startswith(_DAY_AFTER))
    return OPEN if printed.startswith("首") else (day, day)


def resolve_same(printed: str, setting: Setting) -> Ends:
    """Resolves 同期 to the period the text named last, 去年同期 to the same days a year before."""
    year, rest, named = split_year(printed, setting)
    part = _PART.match(rest)
    if part and year:
        months = part_months(part.group())
        return (months_span(year, *months) or OPEN) if months else OPEN
    if setting.last is None:
        return OPEN
    first, last = setting.last
    if not named:
        return first, last
    if not year:
        return OPEN
    shift = year - last.year
    return shift_years(first, shift), shift_years(last, shift)


@cache
def _rules() -> dict[str, tuple[str, int]]:
    rules = {}
    for row in read_table("period_words"):
        name, _, shift = row["rule"].partition(":")
        rules[row["word"]] = (name, int(shift or 0))
    return rules


def resolve_word(printed: str, setting: Setting) -> Ends:
    """Resolves 昨日, 上月, 上周末; 目前 and the like stay open."""
    rule, shift = _rules()[printed]
    issue = setting.issue
    if rule == "vague" or issue is None:
        return OPEN
    if rule == "day":
        day = (setting.today or issue) + timedelta(days=shift)
        return day, day
    if rule in ("week", "weekend"):
        monday, sunday = week_span(issue, shift)
        return (monday if rule == "week" else sunday - timedelta(days=1)), sunday
    year, month = relative_month(issue, shift * (3 if rule == "quarter" else 1))
    if rule == "month":
        return months_span(year, month, month) or OPEN
    if rule == "month_end":
        return month_end(year, month), month_end(year, month)
    first = (month - 1) // 3 * 3 + 1
    return months_span(year, first, first + 2) or OPEN


def resolve_day(printed: str, setting: Setting) -> Ends:
    """Resolves a bare 14日 to the month the text named last, else to the one nearest before the issue date."""
    found = re.match(r"\d{1,2}", printed)
    near = (
        setting.last[0] if setting.last and setting.last[1] - setting.last[0] <= timedelta(days=31) else setting.issue
    )
    if found is None or near is None:
        return OPEN
    day = make_day(near.year, near.month, int(found.group()))
    if (
        day
        and setting.issue
        and not setting.ahead
        and near is setting.issue
        and day > setting.issue + timedelta(days=3)
    ):
        year, month = relative_month(near, -1)
        day = make_day(year, month, int(found.group()))
    return day, day


def resolve_run(printed: str, setting: Setting) -> Ends:
    """Resolves 11日至13日 to days of one month, or over its end."""
    first, last = (resolve_day(day.group(), setting)[0] for day in list(re.finditer(r"\d{1,2}[ ]?日", printed))[:2])
    if first and last and last < first:
        year, month = relative_month(first, 1)
        last = make_day(year, month, last.day)
    return (first, last) if first and last else OPEN


def resolve_count(printed: str, setting: Setting) -> Ends:
    """Resolves 5天里 where the text has named a run of five days, 这五年 where it has named the plan that ends."""
    if _FIVE_YEARS.fullmatch(printed) and setting.plan and setting.issue:
        year = setting.issue.year
        return setting.plan if setting.plan[1].year in (setting.told_of, year, year - 1) else OPEN
    found = _COUNTED_DAYS.match(printed)
    if found and setting.run and (setting.run[1] - setting.run[0]).days + 1 == small_number(found["n"]) > 1:
        return setting.run
    return OPEN


RESOLVERS: dict[str, Callable[[str, Setting], Ends]] = {
    "years": resolve_years,
    "days": resolve_days,
    "months": resolve_months,
    "date": resolve_date,
    "same": resolve_same,
    "part": resolve_part,
    "month": resolve_month,
    "edge": resolve_edge,
    "year": resolve_whole_year,
    "plan": resolve_plan,
    "digits": resolve_digits,
    "code": resolve_code,
    "quarter": resolve_quarter,
    "fiscal": resolve_fiscal,
    "roc": resolve_roc,
    "decade": resolve_decade,
    "reldays": resolve_reldays,
    "lunar": resolve_lunar,
    "festival": resolve_festival,
    "today": resolve_today,
    "holiday": resolve_holiday,
    "word": resolve_word,
    "day": resolve_day,
    "run": resolve_run,
    "span": resolve_count,
    "length": resolve_count,
}
