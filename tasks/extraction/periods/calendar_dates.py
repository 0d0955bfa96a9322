"""What quarters, months, days, years and plan periods mean in dates (今年1至9月, 三季度末, “十四五”期间).

What belongs here: one resolver for each shape that names its place in the calendar.
What does not: what leans on earlier text or on the day of issue alone (`resolve`).
"""

from __future__ import annotations

from datetime import date

from tasks.extraction.periods.calendar_spans import (
    Span,
    make_day,
    month_end,
    months_span,
    plan_span,
    relative_month,
    shift_years,
    year_span,
)
from tasks.extraction.periods.year_meant import (
    OPEN,
    SPRING,
    Ends,
    Setting,
    is_too_late,
    nearest_year,
    resolve_year,
    shifts,
    split_year,
    whole_year,
)
from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import small_number

_YEARS = pattern("dates.years")
_DAYS = pattern("dates.days")
_MONTHS = pattern("dates.months")
_DAY = pattern("dates.day")
_PART_AND_EDGE = pattern("dates.part_and_edge")
_PART_MEANT = pattern("dates.part_meant")
_QUARTERS = pattern("dates.quarters")
_RELATIVE_QUARTER = pattern("dates.relative_quarter")
_MONTH = pattern("dates.month")
_PLAN_NUMBER = pattern("dates.plan_number")
_PLAN_EDGE = pattern("dates.plan_edge")
_FROM_THE_FIRST = words("from_the_first")
_EDGE_OF_MONTH = pattern("dates.edge_of_month")
_EDGE_OF_YEAR = pattern("dates.edge_of_year")
_SPELL = "期"
"""年中 is the end of June; 中期 is a longer and a looser time."""
_THIRDS = {"first": (1, 10), "second": (11, 20), "third": (21, None)}
_MONTHS_OF = {
    "year": (1, 12),
    "first_half": (1, 6),
    "second_half": (7, 12),
    "first_quarter": (1, 3),
    "last_quarter": (10, 12),
}


def resolve_years(printed: str, setting: Setting) -> Ends:
    """Resolves 2020年到2025年, 2024-2026年, 2024、2025两年."""
    found = _YEARS.fullmatch(printed)
    if found is None:
        return OPEN
    end = found["last"] or f"{found['listed']}年"
    first, last = resolve_year(found["first"], setting), resolve_year(end, setting)
    if not first or not last or first > last:
        return OPEN
    return date(first, 1, 1), date(last, 12, 31)


def resolve_days(printed: str, setting: Setting) -> Ends:
    """Resolves 5月1日至5日, 3月29日至4月1日."""
    found = _DAYS.fullmatch(printed)
    if found is None:
        return OPEN
    month, day = small_number(found["month"]), small_number(found["day"])
    year = (
        resolve_year(found["year"], setting) if found["year"] else setting.year or nearest_year((month, day), setting)
    )
    if not year:
        return OPEN
    month2 = small_number(found["month2"]) if found["month2"] else month
    year2 = resolve_year(found["year2"], setting) if found["year2"] else year + (month2 < month)
    first = make_day(year, month, day)
    last = make_day(year2, month2, small_number(found["day2"])) if year2 else None
    return (first, last) if first and last and first <= last else OPEN


def resolve_months(printed: str, setting: Setting) -> Ends:
    """Resolves 1-10月, 1月至7月, 2021年11月至2022年3月."""
    year, rest, named = split_year(printed, setting)
    found = _MONTHS.fullmatch(rest)
    if found is None:
        return OPEN
    first, last = small_number(found["first"]), small_number(found["last"])
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


def resolve_date(printed: str, setting: Setting) -> Ends:
    """Resolves 12月17日, 今年4月20日上午."""
    year, rest, _ = split_year(printed, setting)
    found = _DAY.fullmatch(rest)
    if found is None:
        return OPEN
    month, day = small_number(found["month"]), small_number(found["day"])
    year = year or nearest_year((month, day), setting)
    resolved = make_day(year, month, day) if year else None
    return resolved, resolved


def part_months(part: str) -> tuple[int, int] | None:
    """Gives the months of 一季度, 上半年, 前三季度, 前5个月, 后四个月; None of what is counted from today (上季度).

    Args:
        part: A part of a year, as printed.
    """
    if _RELATIVE_QUARTER.fullmatch(part):
        return None
    found = _PART_MEANT.fullmatch(part)
    if found is None or found.lastgroup is None:
        return _quarter_months(part)
    kind = found.lastgroup
    if kind in _MONTHS_OF:
        return _MONTHS_OF[kind]
    count = small_number(found[kind])
    if kind == "first_quarters":
        return (1, 3 * count) if 1 <= count <= 4 else None
    if not 1 <= count <= 12:
        return None
    return (13 - count, 12) if kind == "last_months" else (1, count)


def _quarter_months(part: str) -> tuple[int, int] | None:
    found = _QUARTERS.fullmatch(part)
    if found is None:
        return None
    first = small_number(found["a"])
    last = small_number(found["b"]) if found["b"] else first
    return (3 * first - 2, 3 * last) if 1 <= first <= last <= 4 else None


def resolve_part(printed: str, setting: Setting) -> Ends:
    """Resolves 一季度, 今年上半年, 前三季度, 前5个月, 三季度末, 全年."""
    year, rest, named = split_year(printed, setting)
    found = _PART_AND_EDGE.fullmatch(rest.replace(" ", ""))
    if found is None:
        return OPEN
    months = part_months(found["part"])
    if months is None:
        return _relative_quarter(found["part"], setting)
    if not year:
        running = setting.issue.year if setting.issue else None
        year = whole_year(setting) if months == (1, 12) else setting.told_of or running
    if not year:
        return OPEN
    first, last = date(year, months[0], 1), month_end(year, months[1])
    if not (named or setting.told_of or setting.year) and _is_of_last_year(
        found["part"], found["end"] is not None, (first, last), setting
    ):
        first, last = shift_years(first, -1), shift_years(last, -1)
    if found["start"]:
        return first, first
    return (last, last) if found["end"] else (first, last)


def _is_of_last_year(part: str, ended: bool, span: Span, setting: Setting) -> bool:
    """Tells whether a part of a year without one has not come yet, so that last year's is meant."""
    issue = setting.issue
    meant = _PART_MEANT.fullmatch(part)
    if issue is None or setting.ahead or (meant and meant["year"]):
        return False
    counted = part.startswith(_FROM_THE_FIRST)
    late = span[1].replace(day=1) if counted else span[0]
    begun = issue.month <= SPRING and ((late - issue).days > 180 or (counted and late > issue))
    return begun or (ended and span[1] > issue)


def _relative_quarter(part: str, setting: Setting) -> Ends:
    if setting.issue is None:
        return OPEN
    found = _RELATIVE_QUARTER.fullmatch(part)
    if found is None:
        return OPEN
    shift = shifts("quarter")[found["shift"] or found["before"]]
    year, month = relative_month(setting.issue.replace(day=1), 3 * shift)
    first = (month - 1) // 3 * 3 + 1
    return months_span(year, first, first + 2) or OPEN


def resolve_month(printed: str, setting: Setting) -> Ends:
    """Resolves 今年6月, 8月下旬, 9月末."""
    year, rest, _ = split_year(printed, setting)
    found = _MONTH.fullmatch(rest)
    if found is None:
        return OPEN
    month = small_number(found["month"])
    year = year or setting.told_of
    if not year and setting.issue:
        year = nearest_year((month, 1), setting)
        if found["end"] and is_too_late(date(setting.issue.year, month, 1), setting):
            year = setting.issue.year - 1
    return _month_edge(year, month, found.lastgroup) if year else OPEN


def _month_edge(year: int, month: int, edge: str | None) -> Ends:
    first, last = date(year, month, 1), month_end(year, month)
    if edge in _THIRDS:
        begins, ends = _THIRDS[edge]
        return first.replace(day=begins), first.replace(day=ends or last.day)
    if edge == "end":
        return last, last
    return OPEN if edge == "vague" else (first, last)


def resolve_edge(printed: str, setting: Setting) -> Ends:
    """Resolves 年底, 2023年末, 去年底, 年初, 年内, 月底."""
    year, rest, named = split_year(printed, setting)
    if month := _EDGE_OF_MONTH.match(printed):
        if setting.issue is None or not month["end"]:
            return OPEN
        last = month_end(setting.issue.year, setting.issue.month)
        return last, last
    found = _EDGE_OF_YEAR.search(rest)
    edge = found.lastgroup if found else None
    if not named:
        started = setting.issue.year if setting.issue else None
        year = whole_year(setting) if edge == "end" else setting.year or setting.told_of or started
    if not year:
        return OPEN
    span = year_span(year)
    if span is None:
        return OPEN
    if edge == "middle":
        return OPEN if rest.endswith(_SPELL) else (None, month_end(span[0].year, 6))
    if edge == "within":
        return span
    return (span[0], span[0]) if edge == "start" else (None, span[1])


def resolve_whole_year(printed: str, setting: Setting) -> Ends:
    """Resolves 2022年, 去年; a season of a year stays open."""
    year, rest, _ = split_year(printed, setting)
    span = year_span(year) if year and not rest else None
    return span or OPEN


def resolve_plan(printed: str, _: Setting) -> Ends:
    """Resolves “十四五”期间, “十四五”末, 第一个五年计划期间."""
    named = _PLAN_NUMBER.match(printed)
    span = plan_span(small_number(named["ordinal"] or named["n"])) if named else None
    if span is None:
        return OPEN
    edge = _PLAN_EDGE.search(printed)
    if edge is None:
        return span
    if edge.lastgroup == "since":
        return span[0], None
    return (span[1], span[1]) if edge.lastgroup == "end" else OPEN
