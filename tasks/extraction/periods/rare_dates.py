"""What forms of dates mean that papers print seldom: 2018-05-01, Q1, 2023-24年度, 民國112年, 本月10日至12日.

What belongs here: one resolver for each such form. What does not: the common ones (`calendar_dates`).
"""

from __future__ import annotations

import re
from datetime import date

from tasks.extraction.periods.calendar_dates import resolve_part
from tasks.extraction.periods.calendar_spans import make_day, months_span, relative_month, year_span
from tasks.extraction.periods.year_meant import OPEN, Ends, Setting, resolve_year, shifts
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import read_numeral, small_number


def resolve_digits(printed: str, _: Setting) -> Ends:
    """Resolves 2018-05-01, 2018/5/1, 2018.5.1."""
    year, month, day = (int(part) for part in re.split(r"[-./]", printed))
    found = make_day(year, month, day)
    return found, found


_CODE = pattern("dates.code")


def resolve_code(printed: str, setting: Setting) -> Ends:
    """Resolves 2023年Q1, 2022年H1, 3Q."""
    found = _CODE.fullmatch(printed)
    if found is None:
        return OPEN
    bare = f"{found['year']}年" if found["year"].isdecimal() else found["year"]
    year = resolve_year(bare, setting) if bare else setting.told_of or (setting.issue.year if setting.issue else None)
    length = 3 if "Q" in (found["kind"], found["kind2"]) else 6
    last = int(found["n"] or found["n2"]) * length
    return (months_span(year, last - length + 1, last) or OPEN) if year and last <= 12 else OPEN


def resolve_quarter(printed: str, setting: Setting) -> Ends:
    """Resolves 2025年第四季, as papers of Taiwan and Hong Kong print it."""
    return resolve_part(printed.replace(" ", "") + "度", setting)


_FISCAL = pattern("dates.fiscal")


def resolve_fiscal(printed: str, setting: Setting) -> Ends:
    """Resolves the fiscal year of Hong Kong, 1 April to 31 March (2023-24年度, 2023/24年度); others stay open."""
    found = _FISCAL.fullmatch(printed)
    if found is None or not (setting.hongkong or found["rest"] != "年度" or found["sign"] == "/"):
        return OPEN
    first = int(found["first"])
    if (first + 1) % 100 != int(found["last"]):
        return OPEN
    return date(first, 4, 1), date(first + 1, 3, 31)


_CENTURY = pattern("dates.end_of_this_century")
_YEARS_OF_A_CENTURY = 100


def resolve_decade(printed: str, setting: Setting) -> Ends:
    """Resolves 本世纪末; decades and other centuries stay open."""
    if setting.issue is None or _CENTURY.fullmatch(printed) is None:
        return OPEN
    return None, date(-(-setting.issue.year // _YEARS_OF_A_CENTURY) * _YEARS_OF_A_CENTURY, 12, 31)


_REPUBLIC = pattern("dates.republic")
FIRST_OF_REPUBLIC = 1912
_FIRST_YEAR = "元"


def _year_count(printed: str) -> int:
    """Reads 112, 二十七, 一百一十 or 百〇八; 0 where it is no number."""
    read = read_numeral(printed.replace("○", "〇").replace("0", "〇") if not printed.isdecimal() else printed)
    if read is None:
        return 0
    return int(read.value) if read.high is None else small_number(printed)  # 民国二三年 is the 23rd


def resolve_roc(printed: str, _: Setting) -> Ends:
    """Resolves years of the Republic of China: 民國112年 is 2023, 民國112年第1季 its first quarter."""
    found = _REPUBLIC.fullmatch(printed)
    if found is None:
        return OPEN
    count = 1 if found["year"] == _FIRST_YEAR else _year_count(found["year"])
    if not count:
        return OPEN
    year = FIRST_OF_REPUBLIC - 1 + count
    if found["quarter"]:
        last = 3 * small_number(found["quarter"])
        return months_span(year, last - 2, last) or OPEN
    if found["month"]:
        return months_span(year, small_number(found["month"]), small_number(found["month"])) or OPEN
    return year_span(year) or OPEN


_DAYS_AWAY = pattern("dates.days_of_month_away")


def resolve_reldays(printed: str, setting: Setting) -> Ends:
    """Resolves 本月10日至12日, 上月21日到本月3日."""
    found = _DAYS_AWAY.fullmatch(printed)
    if found is None or setting.issue is None:
        return OPEN
    at = [
        relative_month(setting.issue.replace(day=1), shifts("month")[m])
        for m in (found["month"], found["month2"] or found["month"])
    ]
    first = make_day(*at[0], small_number(found["day"]))
    last = make_day(*at[1], small_number(found["day2"])) if found["day2"] else first
    return (first, last) if first and last and first <= last else OPEN
