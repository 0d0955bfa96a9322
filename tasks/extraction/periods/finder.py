"""Finds the time expressions of a text and resolves them one after another.

What belongs here: what the text said before (its year, its last dates) and the words around an expression
(截至, 以来, 前, 比). What does not: the meaning of an expression itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tasks.extraction.periods.resolve import RESOLVERS
from tasks.extraction.periods.scanner import AFTER, BEFORE, LAST_BEFORE, scanner
from tasks.extraction.periods.year_meant import OPEN, Ends, Setting, is_of_no_century
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.page import Period
from tasks.reading.paragraph import Reading, read_paragraph

_AHEAD = pattern("periods.looks_ahead")
_PROMISED = pattern("periods.promised_after")
_COMPARED = pattern("periods.compared_after")
_HONG_KONG = pattern("periods.hong_kong")
_DATELINE = pattern("periods.dateline")
_AFTER_DATELINE = pattern("periods.after_dateline")
_PLAN = pattern("periods.plan")
_PRINTED_YEAR = pattern("periods.printed_year")
_NAMES_YEAR = pattern("periods.year")
_SENTENCE_END = re.compile(r"[。！？；]")
_WHOLE_YEARS = words("whole_years")
_LENGTHS = ("length", "span")
_UNREMEMBERED = ("word", "length", "decade", "holiday", "span")


@dataclass(slots=True)
class _Memory:
    """What the text has said so far."""

    setting: Setting
    read_to: int = 0
    ended: int = -1


def find_periods(
    text: str, issue_day: date | None, context: Sequence[Period] = (), told_of: int | None = None
) -> list[Period]:
    """Finds the time expressions of a text with the dates they stand for.

    Args:
        text: Any text; offsets are its code points.
        issue_day: Day of publication; without it only expressions with a year are resolved.
        context: The expressions before this text in the same article, in order, for 当天, 同期 and 假期.
        told_of: Year that the article or section tells of, where it is known, for 全年, 年末, 上年 and 一季度.

    Returns:
        Expressions in order, none overlapping; start and end are None where open or vague.

    >>> [(p.text, str(p.start), str(p.end)) for p in find_periods("今年1至9月增长8%", date(2023, 10, 20))]
    [('今年1至9月', '2023-01-01', '2023-09-30')]
    """
    reading = read_paragraph(text)
    moved = reading.folded.offsets is not None
    shown, folded = reading.text if moved else text, reading.signs
    memory = _Memory(_opening(folded, issue_day, context, told_of))
    periods: list[Period] = []
    for found in scanner().finditer(folded):
        if found.start() < (periods[-1].end_char if periods else 0):
            continue
        period = _read(shown, folded, found, memory)
        if period is not None:
            periods.append(period)
            memory.ended = period.end_char if period.kind != "compare" else -1
    return [_printed(text, reading, period) for period in periods] if moved else periods


def _printed(text: str, reading: Reading, period: Period) -> Period:
    """Gives a time with its place and text in the print."""
    start, end = reading.folded.span(period.start_char, period.end_char)
    return replace(period, start_char=start, end_char=end, text=text[start:end])


def resolve_period(
    text: str, issue_day: date | None, context: Sequence[Period] = (), told_of: int | None = None
) -> Period | None:
    """Resolves a text that is one time expression and nothing else; None where it is not.

    Args:
        text: A time expression as printed, such as 今年前三季度.
        issue_day: Day of publication.
        context: The expressions before it in the same article, in order.
        told_of: Year that its article or section tells of (`Section.year` of the outline).

    >>> resolve_period("前三季度", date(2023, 10, 20)).end
    datetime.date(2023, 9, 30)
    >>> resolve_period("年末", date(2023, 3, 20), told_of=2021).end
    datetime.date(2021, 12, 31)
    """
    found = find_periods(text, issue_day, context, told_of)
    return found[0] if len(found) == 1 and found[0].text == text.strip() else None


def _opening(text: str, issue_day: date | None, context: Sequence[Period], told_of: int | None) -> Setting:
    setting = Setting(issue_day, today=issue_day, told_of=told_of, hongkong=bool(_HONG_KONG.search(text)))
    for period in context:
        _remember(setting, period, "", "")
    dateline = _DATELINE.search(text, 0, 60) if issue_day else None
    if dateline and issue_day:
        try:
            day = date(issue_day.year, int(dateline[1]), int(dateline[2]))
        except ValueError:
            return setting
        setting.today = day if abs((issue_day - day).days) < 10 else issue_day - timedelta(days=1)
    return setting


def _read(text: str, folded: str, found: re.Match[str], memory: _Memory) -> Period | None:
    shape = (found.lastgroup or "").partition("_")[0]
    start, end = found.span()
    setting = memory.setting
    if _is_out_of_place(folded, start, end, shape):
        return None
    if _SENTENCE_END.search(folded, memory.read_to, start):
        setting.year = None
    memory.read_to = start
    before = BEFORE.search(folded, max(0, start - 6), start) if folded[start - 1 : start] in LAST_BEFORE else None
    beside = before is not None and before.lastgroup == "compare" and before.start() == memory.ended
    if beside and shape != "same" and not _COMPARED.match(folded, end):
        before = None  # 2007年和2012年: side by side
    after = AFTER.match(folded, end)
    printed = found.group()
    setting.ahead = _is_ahead(folded, start, after) or (printed in _WHOLE_YEARS and bool(_PROMISED.match(folded, end)))
    known = shape in RESOLVERS and not is_of_no_century(printed, setting)
    ends = RESOLVERS[shape](printed.replace(" ", ""), setting) if known else OPEN
    if shape == "span" and ends == OPEN:
        return None
    kind, start, end, ends = _open_ends(folded, before, after, shape, (start, end), ends)
    period = Period(start, end, text[start:end], *ends, kind, f"{rule_of(found)} {shape}")
    _remember(setting, period, printed, shape)
    return period


def _is_ahead(text: str, start: int, after: re.Match[str] | None) -> bool:
    if after is not None and after.lastgroup == "until":
        return True
    return bool(_AHEAD.search(text, max(0, start - 24), start))


def _open_ends(
    text: str,
    before: re.Match[str] | None,
    after: re.Match[str] | None,
    shape: str,
    place: tuple[int, int],
    ends: Ends,
) -> tuple[str, int, int, Ends]:
    """Takes 截至, 以来, 前 and 比 around an expression in and opens the end they open."""
    start, end = place
    lead = before.lastgroup if before else None
    tail = after.lastgroup if after else None
    if lead in ("until", "since") and before is not None:
        start = before.start()
    if shape == "same" and text[place[0]] != "同":
        return "compare", place[0], end, ends
    if lead == "compare" and not (after and tail == "since"):
        return "compare", place[0], end, ends
    if shape in _LENGTHS:
        return ("calendar" if ends != OPEN else "duration"), place[0], end, ends
    if after is not None and tail == "since" and shape != "word":
        return "since", start, after.end(), (ends[0], None)
    if after is not None and tail == "until":
        return "until", start, after.end(), (None, ends[1])
    if after is not None and tail == "after" and shape not in ("word", "year"):
        return "since", start, after.end(), (ends[1], None) if ends[0] == ends[1] else (None, None)
    if lead == "until":
        keeps_start = shape in ("year", "years", "days", "months") and text[start] != "截"
        return "until", start, end, ends if keeps_start else (None, ends[1])
    if ends == OPEN:
        return "vague", start, end, ends
    return ("since" if ends[1] is None else "calendar"), start, end, ends


def _remember(setting: Setting, period: Period, printed: str, shape: str) -> None:
    """Keeps what later expressions lean on: the plan, the year, the last dates, the last run of days."""
    if period.start and period.end and _PLAN.search(period.text):
        setting.plan = period.start, period.end
    first, last = period.start or period.end, period.end or period.start
    if period.kind in ("compare", "duration", "vague") or first is None or last is None or shape in _UNREMEMBERED:
        return
    if shape and shape != "years" and _PRINTED_YEAR.match(printed):
        setting.year = last.year
    if shape in ("plan", "years", "edge") or (last - first).days > 366:
        return
    setting.last_year = last.year
    _remember_year(setting, period, printed)
    if period.kind == "until" and period.start is None:
        first = last
    setting.last = (first, last)
    if 1 <= (last - first).days <= 14:
        setting.run = setting.last
        setting.holiday = setting.holiday or setting.last


def _remember_year(setting: Setting, period: Period, printed: str) -> None:
    """Keeps this or the past year where the text names it: what 全年 means in the sentences after it."""
    if setting.issue is None or period.kind not in ("calendar", "until", "since") or not _NAMES_YEAR.match(printed):
        return
    year = (period.end or period.start or setting.issue).year
    if year in (setting.issue.year, setting.issue.year - 1):
        setting.said_year = year


def _is_out_of_place(text: str, start: int, end: int, shape: str) -> bool:
    """Tells whether an expression stands in a title, a dateline or another word."""
    if shape in ("date", "day") and _AFTER_DATELINE.match(text, end):
        return True
    before = text[start - 1] if start else ""
    if before.isdecimal() and text[start].isdecimal():
        return True
    opened = text.rfind("《", max(0, start - 60), start)
    return opened >= 0 and text.find("》", opened, start) < 0
