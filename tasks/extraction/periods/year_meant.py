"""What is known where a time expression stands, and the year that it then means.

What belongs here: the setting of an expression, years. What does not: shapes of expressions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from tasks.extraction.periods.calendar_spans import Span, make_day
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import small_number

Ends = tuple[date | None, date | None]
OPEN: Ends = (None, None)
_IN_SIGNS = pattern("dates.year_in_signs")
_IN_WORDS = pattern("dates.year_in_words")
_OF_TWO_DIGITS = pattern("dates.year_of_two_digits")
_WITH_YEAR = pattern("dates.with_year")
_IN_FULL = "度"
_SAID, _TOLD = "said", "told"


@dataclass(slots=True)
class Setting:
    """What is known where an expression stands.

    Attributes:
        issue: Issue date.
        year: Year the sentence has named before, for months without one.
        last_year: Year the text has named last, for 当年 and 同年.
        last: Dates the text has named last, for 同期, 当天, 当月.
        run: Run of days the text has named last, for 5天里.
        holiday: First run of days the text has named, for 假期 and 春节期间.
        today: Day the text calls 今天 (its dateline), else the issue date.
        ahead: True where the words around point to the future (前, 力争, 计划).
        told_of: Year that the article or section tells of, on which 全年, 年末, 上年 and months without a year lean.
        hongkong: True where the text speaks of Hong Kong, whose fiscal year begins on 1 April.
        plan: Years of the five-year plan the text has named, for 这五年 and 五年来 in its last year.
        said_year: This or the past year, where the text named it last (今年, 2022年, 去年): it goes before `told_of`.
    """

    issue: date | None
    year: int | None = None
    last_year: int | None = None
    last: Span | None = None
    run: Span | None = None
    holiday: Span | None = None
    today: date | None = None
    ahead: bool = False
    told_of: int | None = None
    said_year: int | None = None
    hongkong: bool = False
    plan: Span | None = None


def resolve_year(printed: str, setting: Setting) -> int | None:
    """Gives the year that 2022年, 去年 or 当年 means."""
    word = printed.removesuffix(_IN_FULL).strip()
    if word in _relative_years():
        return _relative_year(*_relative_years()[word], setting)
    if digits := _IN_SIGNS.match(word):
        return small_number(digits.group())
    if in_words := _IN_WORDS.match(word):
        return 2000 + small_number(in_words[1])
    short = _OF_TWO_DIGITS.match(word)
    return century_of(int(short[1]), setting) if short else None


@cache
def _relative_years() -> dict[str, tuple[int, str]]:
    rows = (row for row in read_table("relative_times") if row["of"] == "year")
    return {row["word"]: (int(row["shift"]), row["leans_on"]) for row in rows}


@cache
def shifts(of: str) -> dict[str, int]:
    """Gives how far from the paper's quarter or month a word counts: 上 is -1, 下 is 1.

    Args:
        of: `quarter` or `month`.
    """
    return {row["word"]: int(row["shift"]) for row in read_table("relative_times") if row["of"] == of}


def _relative_year(shift: int, leans_on: str, setting: Setting) -> int | None:
    if leans_on == _SAID:
        return setting.last_year + shift if setting.last_year else None
    if leans_on == _TOLD:
        told = setting.told_of if not shift else setting.year or setting.told_of
        if told:
            return told + shift
        if shift and setting.issue and setting.last_year == setting.issue.year - 1:
            return setting.last_year + shift
    return setting.issue.year + shift if setting.issue else None


def century_of(year: int, setting: Setting) -> int | None:
    """Gives the year that 07年 or 98年 means: the latest one not long after the issue, if it is since 1800.

    >>> century_of(98, Setting(date(2023, 4, 24)))
    1998
    """
    latest = setting.issue.year + 10 if setting.issue else 2049
    return next((y for y in (2000 + year, 1900 + year, 1800 + year) if y <= latest), None)


def is_of_no_century(printed: str, setting: Setting) -> bool:
    """Tells whether an expression begins with a year in two digits that no century makes one up to the issue."""
    short = _OF_TWO_DIGITS.match(printed)
    return short is not None and century_of(int(short[1]), setting) is None


def split_year(printed: str, setting: Setting) -> tuple[int | None, str, bool]:
    """Gives the year an expression names, the rest, and whether a year was printed."""
    found = _WITH_YEAR.fullmatch(printed)
    if found is None or not found["year"]:
        return setting.year, printed, False
    return resolve_year(found["year"], setting), found["rest"], True


def nearest_year(first: tuple[int, int], setting: Setting) -> int | None:
    """Gives the year in which an unnamed month and day most likely lies: this, or the one next to it."""
    issue = setting.issue
    if issue is None:
        return None
    day = make_day(issue.year, first[0], min(first[1], 28))
    if day is None:
        return None
    if not setting.ahead and (day - issue).days > 183:
        return issue.year - 1
    if (issue - day).days > 320:
        return issue.year + 1
    return issue.year


SPRING = 3
"""Until the end of this month 全年 and 年末 are those of the year before: the running year has none yet."""


def whole_year(setting: Setting) -> int | None:
    """Gives the year that a bare 全年, 年末 or 年底 is of.

    It is the year that the sentence names, else the one that the text named just before, else the one that article or
    section tells of, else the issue's; in a paper of January to March the year before, unless the text looks ahead.
    """
    said = None if setting.ahead and not setting.told_of else setting.said_year
    year = setting.year or said or setting.told_of
    if year or setting.issue is None:
        return year
    return setting.issue.year - (setting.issue.month <= SPRING and not setting.ahead)


def is_too_late(day: date, setting: Setting) -> bool:
    """Tells whether a day lies after the issue date though the text does not look ahead."""
    return setting.issue is not None and not setting.ahead and day > setting.issue
