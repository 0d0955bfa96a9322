"""Numbers that are part of a word, a name, a code or a date: 第三, 成千上万, A4, 统一, 2024年.

What belongs here: which signs beside a number take it in. What does not: signs that make it doubtful (`doubtful`).
"""

from __future__ import annotations

from tasks.extraction.quantities.numbers import Number
from tasks.extraction.quantities.units import unit_at
from tasks.lexicon.grammar import words

_BY_HUNDREDS = words("by_hundreds")
_DETERMINERS = words("determiners")
_HISTORY = words("years_of_history")
_MAGNITUDES = words("magnitudes")
_NUMBERED = words("numbered_by")
_MEASURED = ("percent", "percentage_point", "money")
_PART_SIGNS = frozenset(":：.·/")
_EARLIEST, _LATEST = 1000, 2100
"""Years that four digits before 年 name."""


def is_part_of_a_word(text: str, number: Number) -> bool:
    """Tells whether the signs around a number make it part of a name, a code, a date or a word.

    Args:
        text: Folded text.
        number: A number of it.
    """
    start = number.start
    before = text[start - 1] if start else ""
    first = text[start]
    if before.isascii() and before.isalpha():
        unit = unit_at(text, number.end)
        return unit is None or unit.dimension not in _MEASURED or number.chinese
    if before == "第" or (number.chinese and before in _NUMBERED):
        return True
    if number.bare and text.endswith(_BY_HUNDREDS, 0, start):
        return True
    if first == "0" and text[start + 1 : start + 2].isdecimal() and number.end - start > 1:
        return True
    if before in _PART_SIGNS and start > 1 and text[start - 2].isdecimal():
        return True
    is_one = number.chinese and first == "一" and number.end == start + 1
    return is_one and text.endswith(_DETERMINERS, max(0, start - 2), start)


def is_year(text: str, number: Number) -> bool:
    """Tells whether a number before 年 names a calendar year.

    Args:
        text: Folded text.
        number: A number of it.
    """
    if number.about or number.high is not None:
        return False
    printed = text[number.start : number.end]
    if number.chinese:
        return len(printed) >= 2 and not any(sign in _MAGNITUDES for sign in printed)
    if len(printed) == 4 and printed.isdecimal():
        return _EARLIEST <= int(printed) <= _LATEST and not text.startswith(_HISTORY, number.end + 1)
    return False
