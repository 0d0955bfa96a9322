"""Dates that calendar words stand for: quarters, half-years, months, plan periods.

What belongs here: calendar arithmetic on plain dates. What does not: text.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache

from tasks.lexicon import read_table

Span = tuple[date, date]
_PLANS = {1: (1953, 1957), 2: (1958, 1962), 3: (1966, 1970), 4: (1971, 1975), 5: (1976, 1980)}
"""The first five-year plans; from the sixth on they follow each other without a gap."""


def make_day(year: int, month: int, day: int) -> date | None:
    """Gives a day, or None where the calendar has none such (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_span(year: int) -> Span | None:
    """Gives 1 January to 31 December."""
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9999 else None


def months_span(year: int, first: int, last: int) -> Span | None:
    """Gives the first day of one month to the last of another in the same year."""
    if not (1 <= year <= 9999 and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), month_end(year, last)


def month_end(year: int, month: int) -> date:
    """Gives the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def plan_span(number: int) -> Span | None:
    """Gives the years of a five-year plan: 14 is 2021 to 2025.

    >>> plan_span(14)
    (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
    """
    if number in _PLANS:
        first, last = _PLANS[number]
    elif 6 <= number <= 40:
        first = 1981 + 5 * (number - 6)
        last = first + 4
    else:
        return None
    return date(first, 1, 1), date(last, 12, 31)


def shift_years(day: date, years: int) -> date:
    """Moves a day by whole years; 29 February becomes 28, the end of February stays its end."""
    year = day.year + years
    if day == month_end(day.year, day.month):
        return month_end(year, day.month)
    return date(year, day.month, day.day)


def same_days(before: Span, after: Span, years: int) -> bool:
    """Tells whether a span holds the same days of the year as another some years later."""
    return tuple(shift_years(day, years) for day in before) == after


def week_span(day: date, weeks: int) -> Span:
    """Gives Monday to Sunday of the week some weeks away."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def relative_month(day: date, months: int) -> tuple[int, int]:
    """Gives year and month some months away."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


@cache
def spring_festivals() -> dict[int, date]:
    """Gives the first day of the lunar year by calendar year."""
    rows = read_table("spring_festivals")
    return {int(r["year"]): date(int(r["year"]), int(r["month"]), int(r["day"])) for r in rows}
