"""When a page was published, read off its file name or its text.

What belongs here: dates printed in a name or a masthead, and the day a page must have appeared on because of the
days it reports. What does not: options and sidecars, which state the date and need no reading, and time expressions
in an article (see `tasks.extraction.periods`).

A date is only given where something printed supports it: a digit run that merely looks like one, a number in a hash
and two dates that contradict each other give None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from tasks.lexicon.grammar import pattern
from tasks.page import IssueDate
from tasks.staging.written_days import in_digits

_FIRST_YEAR, _LAST_YEAR = 1872, 2079
"""Shen Bao, the first long-lived Chinese daily, began in 1872."""

_DIGITS = str.maketrans("０１２３４５６７８９〇○", "012345678900")

_NAME_DAY = pattern("issue.day_in_a_name")
_NAME_MONTH = pattern("issue.month_in_a_name")
_HEX_RUN = re.compile(r"(?<![0-9A-Za-z])(?=[0-9A-Fa-f]*[A-Fa-f])[0-9A-Fa-f]{8,}(?![0-9A-Za-z])")

_FULL_DAY = pattern("issue.full_day")
_MASTHEAD_MARK = pattern("issue.masthead")
_WEEKDAY = pattern("issue.day_of_the_week")
_STAMP = pattern("issue.stamp")
_CLOCK = re.compile(r"^\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)")
_STAMP_MARK = pattern("issue.beside_a_stamp")
_DAY = pattern("issue.day_reported")
_YEAR = pattern("issue.year_told_of")
_FUTURE_BEFORE = pattern("issue.before_a_year_to_come")
_FUTURE_AFTER = pattern("issue.after_a_year_to_come")
_THIS_YEAR_AFTER = pattern("issue.after_the_running_year")
_ITSELF = pattern("issue.the_year_itself")


def issue_date_from_name(name: str) -> IssueDate | None:
    """Reads the day of publication out of a file name or path, where one is printed there.

    Args:
        name: File name or path, such as `济南日报_2023-04-24_03版.txt`.

    Returns:
        The date with day or month precision, or None: no date, or two that contradict each other.

    >>> issue_date_from_name("要闻_20230424.txt").day.isoformat()
    '2023-04-24'
    >>> issue_date_from_name("000_625344e733e11c76.txt") is None
    True
    """
    plain = _HEX_RUN.sub(" ", name.translate(_DIGITS))
    days = {d for m in _NAME_DAY.finditer(plain) if not _in_hex(plain, m) and (d := _day_of(m)) is not None}
    if len(days) == 1:
        return IssueDate(days.pop(), "day", "filename")
    if days:
        return None
    months = {d for m in _NAME_MONTH.finditer(plain) if (d := _valid(m["y"], m["m"] or m["m2"], "1")) is not None}
    return IssueDate(months.pop(), "month", "filename") if len(months) == 1 else None


def issue_date_from_text(text: str) -> IssueDate | None:
    r"""Infers when a page appeared from its masthead, its time stamp or the newest day it reports.

    A daily prints a day's news the morning after, so a page that reports several days of one week is dated the day
    after the last of them; with a single day reported only the month is certain. Without a printed year it is None.

    Args:
        text: The raw text of the page.

    >>> issue_date_from_text("济南日报\n2023年4月24日 星期一 第03版\n…").day.isoformat()
    '2023-04-24'
    >>> issue_date_from_text("近日，槐荫区公布了一季度数据。") is None
    True
    """
    plain = text[:2_000_000].translate(_DIGITS)
    printed = _printed_day(plain.splitlines())
    if printed is not None:
        return IssueDate(printed, "day", "text")
    return _newest_reported(plain)


def _day_of(match: re.Match[str]) -> date | None:
    return _valid(match["y"], match["m"] or match["m2"] or match["m3"], match["d"] or match["d2"] or match["d3"])


def _in_hex(name: str, match: re.Match[str]) -> bool:
    """Tells whether eight bare digits are glued to letters that, with them, could be part of a hash."""
    if match["m3"] is None:
        return False
    start, end = match.span()
    while start and name[start - 1].isascii() and name[start - 1].isalnum():
        start -= 1
    while end < len(name) and name[end].isascii() and name[end].isalnum():
        end += 1
    run = name[start:end]
    return len(run) > 8 and (all(c in "0123456789abcdefABCDEF" for c in run) or len(run) >= 20)


def _valid(year: str, month: str, day: str) -> date | None:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _printed_day(lines: list[str]) -> date | None:
    """Finds the date of a masthead or a web page's time stamp among the first and last lines."""
    edge = [line for line in lines if line.strip()]
    found: set[date] = set()
    for line in map(in_digits, edge[:12] + edge[-6:]):
        if len(line) > 120:
            continue
        for match in (*_FULL_DAY.finditer(line), *_STAMP.finditer(line)):
            day = _valid(*match.groups()[:3])
            rest = line[: match.start()] + _CLOCK.sub("", line[match.end() :])
            alone = not rest.strip(" \t\u3000|-—·：:()（）")
            stamped = _STAMP_MARK.search(line if match.re is _STAMP else line[: match.start()])
            masthead = match.re is _FULL_DAY and _MASTHEAD_MARK.search(rest)
            marked = stamped or masthead or _CLOCK.match(line[match.end() :])
            if match.re is _FULL_DAY and re.search("[，。；]", rest):
                continue  # a sentence that tells of a day, not a masthead
            if day is not None and (alone or marked) and _weekday_agrees(rest, day):
                found.add(day)
    return found.pop() if len(found) == 1 else None


def _weekday_agrees(rest: str, day: date) -> bool:
    match = _WEEKDAY.search(rest)
    return match is None or "一二三四五六日".index(match[1].replace("天", "日")) == day.weekday()


def _newest_reported(text: str) -> IssueDate | None:
    full = [d for m in _FULL_DAY.finditer(text) if (d := _valid(*m.groups())) is not None]
    year, certain = _year_of(text)
    if year is None:
        return None
    days = Counter(d for d in _reported_days(text, year))
    if not days:
        return IssueDate(date(year, 1, 1), "year", "text") if certain else None
    days.update(d for d in full if d.year == year)
    newest = max(days)
    lately = sum(n for d, n in days.items() if newest - d <= timedelta(days=10))
    if lately >= 3:
        return IssueDate(newest + timedelta(days=1), "day", "text")
    return IssueDate(newest.replace(day=1), "month", "text")


def _reported_days(text: str, year: int) -> Iterable[date]:
    for match in _DAY.finditer(text):
        if "将" in match["after"] or "前" in match["after"][:1]:
            continue
        day = _valid(str(year), match[1], match[2])
        if day is not None:
            yield day


def _year_of(text: str) -> tuple[int | None, bool]:
    """Gives the year the page speaks from (the newest one it tells of as present or past) and whether it says so."""
    past: Counter[int] = Counter()
    present: set[int] = set()
    for match in _YEAR.finditer(text):
        year = int(match[1])
        if not _FIRST_YEAR <= year <= _LAST_YEAR or _FUTURE_AFTER.match(match["after"]):
            continue
        if _FUTURE_BEFORE.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        past[year] += 1
        if _THIS_YEAR_AFTER.match(match["after"]):
            present.add(year)
    if not past:
        return None, False
    newest = max(past)
    certain = any(int(match[1]) == newest for match in _ITSELF.finditer(text))
    return (newest, certain) if newest in present or past[newest] >= 2 else (None, False)
