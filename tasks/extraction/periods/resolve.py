"""What a time expression means in dates, against the issue date and what the text said before.

What belongs here: one resolver for each shape of expression. What does not: finding the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tasks.extraction.periods.patterns import N12, N31, PART, SMALL, THIRD, YEAR
from tasks.extraction.periods.spans import (
    Span,
    make_day,
    month_end,
    months_span,
    plan_span,
    relative_month,
    shift_years,
    spring_festivals,
    week_span,
    year_span,
)
from tasks.lexicon import read_table

Ends = tuple[date | None, date | None]
OPEN: Ends = (None, None)
_DIGITS = {c: n for n, chars in enumerate(("〇零", "一首头", "二两", *"三四五六七八九")) for c in chars}
_YEAR_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}


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
    """

    issue: date | None
    year: int | None = None
    last_year: int | None = None
    last: Span | None = None
    run: Span | None = None
    holiday: Span | None = None
    today: date | None = None
    ahead: bool = False


def number(printed: str) -> int:
    """Reads a small number: 12, 十二, 二十三, 首.

    >>> number("二十三")
    23
    """
    if printed.isdecimal():
        return int(printed)
    tens, found, ones = printed.partition("十")
    if not found:
        return int("".join(str(_DIGITS[c]) for c in printed))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def resolve_year(printed: str, setting: Setting) -> int | None:
    """Gives the year that 2022年, 去年 or 当年 means."""
    word = printed.removesuffix("度").strip()
    if word in ("当年", "同年"):
        return setting.last_year
    if word in ("翌年", "次年"):
        return setting.last_year + 1 if setting.last_year else None
    if word in ("上年", "上一年") and setting.issue and setting.last_year == setting.issue.year - 1:
        return setting.last_year - 1
    if word in _YEAR_SHIFT:
        return setting.issue.year + _YEAR_SHIFT[word] if setting.issue else None
    digits = re.match(r"[\d〇零一二三四五六七八九]{4}", word)
    return number(digits.group()) if digits else None


_WITH_YEAR = re.compile(rf"(?P<year>{YEAR})?的?(?P<rest>.*)", re.DOTALL)


def _split_year(printed: str, setting: Setting) -> tuple[int | None, str, bool]:
    """Gives the year an expression names, the rest, and whether a year was printed."""
    found = _WITH_YEAR.fullmatch(printed)
    if found is None or not found["year"]:
        return setting.year, printed, False
    return resolve_year(found["year"], setting), found["rest"], True


def _nearest_year(first: tuple[int, int], setting: Setting) -> int | None:
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


def resolve_years(printed: str, setting: Setting) -> Ends:
    """Resolves 2020年到2025年, 2024-2026年."""
    found = re.fullmatch(rf"({YEAR}|\d{{4}})[ ]?(?:-{{1,2}}|~|至|到)[ ]?({YEAR})", printed)
    if found is None:
        return OPEN
    first, last = resolve_year(found[1], setting), resolve_year(found[2], setting)
    if not first or not last or first > last:
        return OPEN
    return date(first, 1, 1), date(last, 12, 31)


_DAYS = re.compile(
    rf"(?P<year>{YEAR})?的?(?P<month>{N12})月(?P<day>{N31})[^至到\-~]*(?:.*?)(?:至|到|-{{1,2}}|~)"
    rf"(?P<year2>{YEAR})?(?:(?P<month2>{N12})月)?(?P<day2>{N31})[日号]"
)


def resolve_days(printed: str, setting: Setting) -> Ends:
    """Resolves 5月1日至5日, 3月29日至4月1日."""
    found = _DAYS.fullmatch(printed)
    if found is None:
        return OPEN
    month, day = number(found["month"]), number(found["day"])
    year = (
        resolve_year(found["year"], setting) if found["year"] else setting.year or _nearest_year((month, day), setting)
    )
    if not year:
        return OPEN
    month2 = number(found["month2"]) if found["month2"] else month
    year2 = resolve_year(found["year2"], setting) if found["year2"] else year + (month2 < month)
    first = make_day(year, month, day)
    last = make_day(year2, month2, number(found["day2"])) if year2 else None
    return (first, last) if first and last and first <= last else OPEN


_MONTHS = re.compile(rf"(?P<first>{N12})(?:月份?)?[ ]?(?:-{{1,2}}|~|至|到)[ ]?(?P<year2>{YEAR})?(?P<last>{N12})月份?")


def resolve_months(printed: str, setting: Setting) -> Ends:
    """Resolves 1-10月, 1月至7月, 2021年11月至2022年3月."""
    year, rest, named = _split_year(printed, setting)
    found = _MONTHS.fullmatch(rest)
    if found is None:
        return OPEN
    first, last = number(found["first"]), number(found["last"])
    year = year or (setting.issue.year if setting.issue else None)
    if not year:
        return OPEN
    if found["year2"]:
        year2 = resolve_year(found["year2"], setting)
        return (date(year, first, 1), month_end(year2, last)) if year2 else OPEN
    if last < first:
        return date(year, first, 1), month_end(year + 1, last)
    if not named and not setting.year and _is_too_late(date(year, last, 1), setting):
        year -= 1
    return months_span(year, first, last) or OPEN


def _is_too_late(day: date, setting: Setting) -> bool:
    return setting.issue is not None and not setting.ahead and day > setting.issue


_DATE = re.compile(rf"(?P<month>{N12})[ ]?月[ ]?(?P<day>{N31})[ ]?[日号].*", re.DOTALL)


def resolve_date(printed: str, setting: Setting) -> Ends:
    """Resolves 12月17日, 今年4月20日上午."""
    year, rest, _ = _split_year(printed, setting)
    found = _DATE.fullmatch(rest)
    if found is None:
        return OPEN
    month, day = number(found["month"]), number(found["day"])
    year = year or _nearest_year((month, day), setting)
    resolved = make_day(year, month, day) if year else None
    return resolved, resolved


_PART_END = re.compile(rf"(?P<part>{PART})(?P<edge>[末底初])?")
_QUARTERS = re.compile(r"第?(?P<a>[一二三四两\d首头])(?:[、至到~-](?P<b>[三二四2-4]))?个?季度")


def _part_months(part: str, setting: Setting) -> tuple[int, int] | None:
    """Gives the months of 一季度, 上半年, 前三季度, 前5个月, 后四个月."""
    if part == "全年":
        return 1, 12
    if part.endswith("半年"):
        return (1, 6) if part[0] in "上前" else (7, 12)
    if part == "首季":
        return 1, 3
    if part.endswith("个月"):
        count = number(part[1:-2])
        return ((1, count) if part[0] in "前头" else (13 - count, 12)) if 1 <= count <= 12 else None
    if part[0] in "上下本":
        return None
    if part[0] == "前":
        count = number(part[1:].removesuffix("季度").removesuffix("个"))
        return (1, 3 * count) if 1 <= count <= 4 else None
    found = _QUARTERS.fullmatch(part)
    if found is None:
        return None
    first = number(found["a"])
    last = number(found["b"]) if found["b"] else first
    return (3 * first - 2, 3 * last) if 1 <= first <= last <= 4 else None


def resolve_part(printed: str, setting: Setting) -> Ends:
    """Resolves 一季度, 今年上半年, 前三季度, 前5个月, 三季度末, 全年."""
    year, rest, named = _split_year(printed, setting)
    found = _PART_END.fullmatch(rest)
    if found is None:
        return OPEN
    months = _part_months(found["part"], setting)
    if months is None:
        return _relative_quarter(found["part"], setting)
    if not year and setting.issue:
        year = setting.issue.year
    if not year:
        return OPEN
    first, last = date(year, months[0], 1), month_end(year, months[1])
    late = first if found["part"] != "全年" and not found["part"].startswith(("前", "头")) else date(year, months[1], 1)
    if found["part"] != "全年" and not named and not setting.year and setting.issue and not setting.ahead:
        early = setting.issue.month <= 3 and (late - setting.issue).days > 180
        counted = found["part"].startswith(("前", "头")) and late > setting.issue and setting.issue.month <= 3
        if early or counted:
            first, last = shift_years(first, -1), shift_years(last, -1)
    if found["edge"]:
        return (first, first) if found["edge"] == "初" else (last, last)
    return first, last


def _relative_quarter(part: str, setting: Setting) -> Ends:
    if setting.issue is None:
        return OPEN
    shift = {"上": -1, "本": 0, "下": 1}[part[0]]
    year, month = relative_month(setting.issue.replace(day=1), 3 * shift)
    first = (month - 1) // 3 * 3 + 1
    return months_span(year, first, first + 2) or OPEN


_MONTH = re.compile(rf"(?P<month>{N12})[ ]?月份?(?P<edge>{THIRD}|底|末|初|中)?")


def resolve_month(printed: str, setting: Setting) -> Ends:
    """Resolves 今年6月, 8月下旬, 9月末."""
    year, rest, _ = _split_year(printed, setting)
    found = _MONTH.fullmatch(rest)
    if found is None:
        return OPEN
    month = number(found["month"])
    if not year and setting.issue:
        year = _nearest_year((month, 1), setting)
        if found["edge"] in ("末", "底") and _is_too_late(date(setting.issue.year, month, 1), setting):
            year = setting.issue.year - 1
    return _month_edge(year, month, found["edge"]) if year else OPEN


def _month_edge(year: int, month: int, edge: str | None) -> Ends:
    first, last = date(year, month, 1), month_end(year, month)
    tens = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last.day)}
    if edge in tens:
        return first.replace(day=tens[edge][0]), first.replace(day=tens[edge][1])
    if edge in ("底", "末"):
        return last, last
    return (first, last) if edge is None else OPEN


def resolve_edge(printed: str, setting: Setting) -> Ends:
    """Resolves 年底, 2023年末, 去年底, 年初, 年内, 月底."""
    year, rest, named = _split_year(printed, setting)
    if printed.startswith("月"):
        if setting.issue is None:
            return OPEN
        last = month_end(setting.issue.year, setting.issue.month)
        return (last, last) if printed[-1] in "底末" else OPEN
    if not named and setting.issue and not setting.year:
        year = setting.issue.year
    if not year:
        return OPEN
    span = year_span(year)
    if span is None or "中" in rest:
        return OPEN
    if rest.endswith("内"):
        return span
    return (span[0], span[0]) if "初" in rest else (span[1], span[1])


def resolve_whole_year(printed: str, setting: Setting) -> Ends:
    """Resolves 2022年, 去年; a season of a year stays open."""
    year, rest, _ = _split_year(printed, setting)
    span = year_span(year) if year and not rest else None
    return span or OPEN


def resolve_plan(printed: str, _: Setting) -> Ends:
    """Resolves “十四五”期间, “十四五”末."""
    digits = printed.strip('“"「')
    count = number(digits[: digits.index("五", 1) if digits[0] == "五" else digits.rindex("五")])
    span = plan_span(count)
    if span is None:
        return OPEN
    if "末" in digits or "收官" in digits:
        return span[1], span[1]
    if "以来" in digits:
        return span[0], None
    return OPEN if "初" in digits or "开局" in digits else span


def resolve_lunar(printed: str, setting: Setting) -> Ends:
    """Resolves days of the first lunar month (正月初六); other lunar dates stay open."""
    found = re.fullmatch(rf"(?:农历|阴历)?(?:正月|大年)初?({N31})", printed)
    year = setting.year or (setting.issue.year if setting.issue else None)
    first = spring_festivals().get(year) if year else None
    if found is None or first is None:
        return OPEN
    day = first + timedelta(days=number(found[1]) - 1)
    return day, day


@cache
def _festivals() -> dict[str, tuple[int, int] | None]:
    rows = read_table("festivals")
    return {r["name"]: (int(r["month"]), int(r["day"])) if r["month"] else None for r in rows}


def resolve_festival(printed: str, setting: Setting) -> Ends:
    """Resolves 国庆7天假期; without a length a holiday stays open, for its days differ from year to year."""
    year, rest, _ = _split_year(printed, setting)
    name = next((n for n in sorted(_festivals(), key=len, reverse=True) if rest.lstrip('“"').startswith(n)), "")
    fixed = _festivals().get(name)
    length = re.search(rf"({SMALL})天", rest)
    if length is None and setting.holiday and rest.endswith(("期", "期间", "周", "假")):
        return setting.holiday
    if fixed is None or length is None or setting.issue is None:
        return OPEN
    first = make_day(year or setting.issue.year, *fixed)
    days = number(length[1])
    if first is None or not 1 <= days <= 10:
        return OPEN
    return first, first + timedelta(days=days - 1)


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
    day = last + timedelta(days=printed.startswith(("次", "翌")))
    return OPEN if printed.startswith("首") else (day, day)


def resolve_holiday(_: str, setting: Setting) -> Ends:
    """Resolves 假期 to the run of days the text named first."""
    return setting.holiday or OPEN


def resolve_same(printed: str, setting: Setting) -> Ends:
    """Resolves 同期 to the period the text named last, 去年同期 to the same days a year before."""
    year, rest, named = _split_year(printed, setting)
    part = re.match(PART, rest)
    if part and year:
        months = _part_months(part.group(), setting)
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


def resolve_count(printed: str, setting: Setting) -> Ends:
    """Resolves 5天里 where the text has named a run of five days."""
    found = re.match(rf"({SMALL})天", printed)
    if found and setting.run and (setting.run[1] - setting.run[0]).days + 1 == number(found[1]) > 1:
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
    "lunar": resolve_lunar,
    "festival": resolve_festival,
    "today": resolve_today,
    "holiday": resolve_holiday,
    "word": resolve_word,
    "day": resolve_day,
    "span": resolve_count,
    "length": resolve_count,
}
