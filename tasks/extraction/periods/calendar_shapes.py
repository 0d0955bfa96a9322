"""What quarters, months, days, years and plan periods mean in dates (今年1至9月, 三季度末, “十四五”期间).

What belongs here: one resolver for each shape that names its place in the calendar.
What does not: what leans on earlier text or on the day of issue alone (`resolve`).
"""

from __future__ import annotations

import re
from datetime import date

from tasks.extraction.periods.patterns import BARE_YEAR, N12, N31, PART, THIRD, YEAR
from tasks.extraction.periods.setting import (
    OPEN,
    SPRING,
    Ends,
    Setting,
    is_too_late,
    nearest_year,
    number,
    resolve_year,
    split_year,
    whole_year,
)
from tasks.extraction.periods.spans import (
    make_day,
    month_end,
    months_span,
    plan_span,
    relative_month,
    shift_years,
    year_span,
)


def resolve_years(printed: str, setting: Setting) -> Ends:
    """Resolves 2020年到2025年, 2024-2026年."""
    found = re.fullmatch(rf"({YEAR}|{BARE_YEAR})[ ]?(?:-{{1,2}}|~|至|到)[ ]?({YEAR})", printed)
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
        resolve_year(found["year"], setting) if found["year"] else setting.year or nearest_year((month, day), setting)
    )
    if not year:
        return OPEN
    month2 = number(found["month2"]) if found["month2"] else month
    year2 = resolve_year(found["year2"], setting) if found["year2"] else year + (month2 < month)
    first = make_day(year, month, day)
    last = make_day(year2, month2, number(found["day2"])) if year2 else None
    return (first, last) if first and last and first <= last else OPEN


_MONTHS = re.compile(
    rf"(?P<dotted>(?:19|20)\d\d[./])?(?P<first>{N12})(?:月份?)?[ ]?(?:-{{1,2}}|~|至|到)[ ]?"
    rf"(?P<year2>{YEAR})?(?P<last>{N12})月份?"
)


def resolve_months(printed: str, setting: Setting) -> Ends:
    """Resolves 1-10月, 1月至7月, 2021年11月至2022年3月."""
    year, rest, named = split_year(printed, setting)
    found = _MONTHS.fullmatch(rest)
    if found is None:
        return OPEN
    first, last = number(found["first"]), number(found["last"])
    if found["dotted"]:
        year, named = int(found["dotted"][:4]), True
    year = year or setting.told_of or (setting.issue.year if setting.issue else None)
    if not year:
        return OPEN
    if found["year2"]:
        year2 = resolve_year(found["year2"], setting)
        return (date(year, first, 1), month_end(year2, last)) if year2 else OPEN
    if last < first:
        return date(year, first, 1), month_end(year + 1, last)
    if not named and not setting.year and not setting.told_of and is_too_late(date(year, last, 1), setting):
        year -= 1
    return months_span(year, first, last) or OPEN


_DATE = re.compile(rf"(?P<month>{N12})[ ]?月[ ]?(?P<day>{N31})[ ]?[日号].*", re.DOTALL)


def resolve_date(printed: str, setting: Setting) -> Ends:
    """Resolves 12月17日, 今年4月20日上午."""
    year, rest, _ = split_year(printed, setting)
    found = _DATE.fullmatch(rest)
    if found is None:
        return OPEN
    month, day = number(found["month"]), number(found["day"])
    year = year or nearest_year((month, day), setting)
    resolved = make_day(year, month, day) if year else None
    return resolved, resolved


_PART_END = re.compile(rf"(?P<part>{PART})(?P<edge>[末底初])?")
_QUARTERS = re.compile(r"第?(?P<a>[一二三四两\d首头])(?:[、至到~-](?P<b>[二三四2-4]))*个?季度?")
_SHIFTS = {"上上": -2, "上": -1, "前": -1, "本": 0, "下": 1}
_RELATIVE = re.compile(r"(?P<shift>上上|上|下|本)一?个?季度|(?P<before>前)一个?季度")


def part_months(part: str, setting: Setting) -> tuple[int, int] | None:
    """Gives the months of 一季度, 上半年, 前三季度, 前5个月, 后四个月."""
    if part == "全年":
        return 1, 12
    if _RELATIVE.fullmatch(part):
        return None
    if part.startswith("最后"):
        return _last_months(part)
    if part.endswith("月") and not part.endswith("个月"):
        return 1, number(part[1:-1])
    if part.endswith("半年"):
        return (1, 6) if part[0] in "上前" else (7, 12)
    if part == "首季":
        return 1, 3
    if part.endswith("个月"):
        count = number(part[1:-2])
        return ((1, count) if part[0] in "前头首" else (13 - count, 12)) if 1 <= count <= 12 else None
    if part[0] == "前":
        count = number(part[1:].removesuffix("季度").removesuffix("个"))
        return (1, 3 * count) if 1 <= count <= 4 else None
    found = _QUARTERS.fullmatch(part)
    if found is None:
        return None
    first = number(found["a"])
    last = number(found["b"]) if found["b"] else first
    return (3 * first - 2, 3 * last) if 1 <= first <= last <= 4 else None


def _last_months(part: str) -> tuple[int, int] | None:
    if part.endswith("季度"):
        return 10, 12
    count = number(part[2:-2])
    return (13 - count, 12) if 1 <= count <= 12 else None


def resolve_part(printed: str, setting: Setting) -> Ends:
    """Resolves 一季度, 今年上半年, 前三季度, 前5个月, 三季度末, 全年."""
    year, rest, named = split_year(printed, setting)
    found = _PART_END.fullmatch(rest.replace(" ", ""))
    if found is None:
        return OPEN
    months = part_months(found["part"], setting)
    if months is None:
        return _relative_quarter(found["part"], setting)
    if not year:
        running = setting.issue.year if setting.issue else None
        year = whole_year(setting) if months == (1, 12) else setting.told_of or running
    if not year:
        return OPEN
    first, last = date(year, months[0], 1), month_end(year, months[1])
    if setting.told_of:
        named = True
    late = (
        first
        if found["part"] != "全年" and not found["part"].startswith(("前", "头", "首"))
        else date(year, months[1], 1)
    )
    if found["part"] != "全年" and not named and not setting.year and setting.issue and not setting.ahead:
        early = setting.issue.month <= SPRING and (late - setting.issue).days > 180
        counted = (
            found["part"].startswith(("前", "头", "首")) and late > setting.issue and setting.issue.month <= SPRING
        )
        ended = found["edge"] in ("末", "底") and last > setting.issue
        if early or counted or ended:
            first, last = shift_years(first, -1), shift_years(last, -1)
    if found["edge"]:
        return (first, first) if found["edge"] == "初" else (last, last)
    return first, last


def _relative_quarter(part: str, setting: Setting) -> Ends:
    if setting.issue is None:
        return OPEN
    found = _RELATIVE.fullmatch(part)
    if found is None:
        return OPEN
    shift = _SHIFTS[found["shift"] or found["before"]]
    year, month = relative_month(setting.issue.replace(day=1), 3 * shift)
    first = (month - 1) // 3 * 3 + 1
    return months_span(year, first, first + 2) or OPEN


_MONTH = re.compile(rf"(?P<month>{N12})[ ]?月份?(?:月?(?P<edge>{THIRD}|底|末|初|中期?))?")


def resolve_month(printed: str, setting: Setting) -> Ends:
    """Resolves 今年6月, 8月下旬, 9月末."""
    year, rest, _ = split_year(printed, setting)
    found = _MONTH.fullmatch(rest)
    if found is None:
        return OPEN
    month = number(found["month"])
    year = year or setting.told_of
    if not year and setting.issue:
        year = nearest_year((month, 1), setting)
        if found["edge"] in ("末", "底") and is_too_late(date(setting.issue.year, month, 1), setting):
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
    year, rest, named = split_year(printed, setting)
    if printed.startswith("月"):
        if setting.issue is None:
            return OPEN
        last = month_end(setting.issue.year, setting.issue.month)
        return (last, last) if printed[-1] in "底末" else OPEN
    if not named:
        started = setting.issue.year if setting.issue else None
        year = whole_year(setting) if rest[-1] in "末底尾" else setting.year or setting.told_of or started
    if not year:
        return OPEN
    span = year_span(year)
    if span is None or "中" in rest:
        return OPEN
    if rest.endswith("内"):
        return span
    return (span[0], span[0]) if "初" in rest else (None, span[1])


def resolve_whole_year(printed: str, setting: Setting) -> Ends:
    """Resolves 2022年, 去年; a season of a year stays open."""
    year, rest, _ = split_year(printed, setting)
    span = year_span(year) if year and not rest else None
    return span or OPEN


_ORDINAL_PLAN = re.compile(r"第(.+)个五年")


def resolve_plan(printed: str, _: Setting) -> Ends:
    """Resolves “十四五”期间, “十四五”末, 第一个五年计划期间."""
    digits = printed.strip('“"「')
    ordinal = _ORDINAL_PLAN.match(digits)
    count = number(
        ordinal[1] if ordinal else digits[: digits.index("五", 1) if digits[0] == "五" else digits.rindex("五")]
    )
    span = plan_span(count)
    if span is None:
        return OPEN
    if "末" in digits or "收官" in digits:
        return span[1], span[1]
    if "以来" in digits:
        return span[0], None
    return OPEN if "初" in digits or "开局" in digits else span
