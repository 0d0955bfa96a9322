"""Reads the days that `--since` and `--until` give."""

from __future__ import annotations

from datetime import date, timedelta


def days_between(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Reads both ends of a stretch of days.

    Args:
        since: A day, month or year; of the last two the first day.
        until: The same; of a month or year the last day.

    Raises:
        UserError: One is no date, or the first is later than the last.
    """
    from warehouse.errors import UserError

    first, last = day_of(since, last=False), day_of(until, last=True)
    if first and last and first > last:
        raise UserError(f"--since {since} is later than --until {until}: exchange them.")
    return first, last


def day_of(given: str | None, *, last: bool) -> date | None:
    """Reads a day, month or year.

    Args:
        given: 2023-04-24, 2023-04 or 2023; None for none.
        last: Of a month or year take the last day, not the first.

    Raises:
        UserError: It is no date.
    """
    if given is None:
        return None
    from tasks.staging.sidecar import parse_issue_date

    issued = parse_issue_date(given, "--until" if last else "--since", "option")
    if not last or issued.precision == "day":
        return issued.day
    later = issued.day.replace(day=28) + timedelta(days=4) if issued.precision == "month" else None
    following = later.replace(day=1) if later else issued.day.replace(year=issued.day.year + 1)
    return following - timedelta(days=1)
