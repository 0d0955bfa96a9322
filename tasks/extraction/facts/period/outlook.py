"""How the time a figure is told for lies to the day of publication: done by then, running, or still to come.

What belongs here: comparing a period with the day. What does not: whether the figure is done or planned (`modality`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from tasks.lexicon.grammar import words
from tasks.page import PageContext, Period

_BY = words("up_to")
_UNTIL = "截"
_LONG = 400
"""Days from which on a period spans more than one year."""


def is_until(period: Period) -> bool:
    """Tells whether a period says up to when something was reached (截至6月底)."""
    return period.text.startswith(_UNTIL)


def outlook(period: Period | None, day: date | None) -> str:
    """Tells how a period lies to the issue date.

    Args:
        period: The time a figure is told for.
        day: The last day on which the page may have been published.

    Returns:
        `ahead`, `goal` (到2025年), `open` (it runs beyond the day), `long` (so for years), `told` (截至…: what was
        reached by then) or `past`.
    """
    if period is None or day is None:
        return "past"
    if is_until(period) and (period.end is None or period.end <= day):
        return "told"
    if period.end is not None and period.end > day:
        return _not_over(period, period.end, day)
    return "ahead" if period.start is not None and period.start > day else "past"


def _not_over(period: Period, end: date, day: date) -> str:
    """Tells of a period that ends after the day whether it is a goal, runs on, or has not begun."""
    if period.text.startswith(_BY):
        return "goal"
    if period.start is None or period.start > day:
        return "ahead"
    if (end - period.start).days > _LONG:
        return "long" if end.year > day.year else "past"
    return "open"


def last_day(context: PageContext) -> date | None:
    """Gives the last day on which the page may have been published: what lies before it need not be the future.

    Args:
        context: What is known about the page.
    """
    day = context.day
    if day is None or context.issue_date is None or context.issue_date.precision == "day":
        return day
    if context.issue_date.precision == "year":
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1])
