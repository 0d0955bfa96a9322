"""Days that a masthead writes out: 一九五六年九月十八日, 中華民國四十五年九月十八日.

What belongs here: such a day in Arabic digits, so that it is read as any other. What does not: which day of a page is
the one it was published on (`issue_date`).
"""

from __future__ import annotations

import re

from tasks.extraction.periods.rare_dates import FIRST_OF_REPUBLIC
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import read_chinese

_DAY = pattern("issue.written_out")


def in_digits(line: str) -> str:
    """Gives a line with the days that are written out in Arabic digits, years of the Republic in those of our era.

    Args:
        line: A line of a page.

    >>> in_digits("一九五六年九月十八日 星期二"), in_digits("民國114年8月16日")
    ('1956年9月18日 星期二', '2025年8月16日')
    """
    return _DAY.sub(_written, line) if "年" in line else line


def _written(found: re.Match[str]) -> str:
    year = _number(found["year"] or found["count"])
    month, day = _number(found["month"]), _number(found["day"])
    if year is None or month is None or day is None:
        return found.group()
    return f"{year + FIRST_OF_REPUBLIC - 1 if found['republic'] else year}年{month}月{day}日"


def _number(printed: str) -> int | None:
    if printed.isdecimal():
        return int(printed)
    if printed == "元":
        return 1
    read = read_chinese(printed.replace("0", "〇").replace("○", "〇"))
    return int(read[0]) if read else None
