"""From a number to a number with its unit: 3个多小时, 两年半, 五元三毛, 四成二, 2分半.

What belongs here: which unit a number has and what the two are worth together.
What does not: ranges and lists of several numbers, and words of degree around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tasks.extraction.quantities.inside_words import is_part_of_a_word, is_year
from tasks.extraction.quantities.numbers import Number
from tasks.extraction.quantities.two_units import read_two_units
from tasks.extraction.quantities.unit_meant import lookalikes, may_follow, unit_meant
from tasks.extraction.quantities.units import Unit, unit_at, units
from tasks.lexicon.grammar import words
from tasks.reading.numerals import small_number

_MEASURE_WORD, _MONTH, _HALF_SIGN, _YEAR = "个", "月", "半", "年"
_TENTHS = Unit("成", "%", "percent", "%")
_MONTHS = Unit(_MONTH, "个月", "duration")
_HALF = Decimal("0.5")
_TEN = Decimal(10)
_LARGE = 10_000
_HALVED = ("duration", "mass", "length", "area", "age", "ratio")
_BETWEEN = ("duration", "percentage_point")
"""What 多 and 半 may stand before: 三个多小时, 2个多百分点."""
_BLANKS = (" ", "\u3000", "\xa0")
_INFIXES = words("infix_after_ge")
_FUZZ = words("fuzz")
_NO_HALF = words("no_half_before")
_DIGITS = (*words("ones"), "两")


@dataclass(slots=True)
class Measure:
    """A number with the unit printed at it.

    Attributes:
        start: Offset of the first character of the number.
        end: Offset after the unit.
        value: In the canonical unit.
        high: Upper end of an inner range (七八条).
        unit: The unit; None where none was printed.
        about: 余, 多, 来 stands inside or right after.
        number: What was read.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    about: bool
    number: Number


def read_measure(text: str, number: Number) -> Measure | None:
    """Reads the unit at a number and what both are worth; a measure without unit where none stands there.

    Args:
        text: Folded text.
        number: A number of it.

    Returns:
        None where the number is part of a name, a date, a clock time or another word.
    """
    if number.value is None or (not number.unit and is_part_of_a_word(text, number)):
        return None
    if number.unit:
        own = units()[number.unit]
        return Measure(number.start, number.end, number.value, number.high, own, number.about, number)
    at = number.end
    while text[at : at + 1] in _BLANKS and at < number.end + 2 and at < len(text):
        at += 1
    tenths = _read_tenths(text, at, number)
    if tenths:
        return tenths
    together = read_two_units(text, number.start, at, number.value) if number.high is None else None
    if together:
        value, surface, end = together
        return Measure(number.start, end, value, None, units()[surface], number.about, number)
    at, infix = _infix(text, at)
    found = _MONTHS if infix and text[at] == _MONTH else unit_at(text, at)
    if found is None or (found.canonical == _YEAR and is_year(text, number)):
        return Measure(number.start, number.end, number.value, number.high, None, number.about, number)
    unit = unit_meant(text, at, found, number)
    if unit is None or not may_follow(text, at, unit, number):
        is_amount = number.scale >= _LARGE and not number.chinese  # 36万村民: the unit is none, the number is one
        return (
            Measure(number.start, number.end, number.value, number.high, None, number.about, number)
            if is_amount
            else None
        )
    return _finish(text, number, at, unit, infix)


def _finish(text: str, number: Number, at: int, unit: Unit, infix: str) -> Measure:
    end = at + len(unit.surface)
    value, high = number.value or Decimal(0), number.high
    about = number.about or infix in _FUZZ
    if unit.dimension == "discount" and value > _TEN and number.scale == 1:
        value = value / _TEN
    if infix == _HALF_SIGN:
        value += _HALF
    elif text[end : end + 1] == _HALF_SIGN and unit.dimension in _HALVED and text[end + 1 : end + 2] not in _NO_HALF:
        value, end = value + _HALF, end + 1
    if text[number.start - 2 : number.start] == "零下":
        value, high = (-high, -value) if high is not None else (-value, None)
    return Measure(number.start, end, value, high, unit, about, number)


def _infix(text: str, at: int) -> tuple[int, str]:
    """Steps over 个多, 个半 in 三个多月, 两个半小时."""
    if text[at : at + 1] != _MEASURE_WORD or text[at + 1 : at + 2] not in _INFIXES:
        return at, ""
    infix = text[at + 1]
    for ahead in (at + 2, at + 3):
        if text[ahead : ahead + 1] == _MONTH:
            return ahead, infix
        unit = unit_at(text, ahead)
        if unit is not None and unit.dimension in _BETWEEN and unit.surface != "天":
            return ahead, infix
        if text[ahead : ahead + 1] != _MEASURE_WORD:
            break
    return at, ""


def _read_tenths(text: str, at: int, number: Number) -> Measure | None:
    """Reads 八成, 三成半, 四成二, 六七成."""
    value, high = number.value or Decimal(0), number.high
    if text[at : at + 1] != _TENTHS.surface or not 0 < value <= _TEN or number.scale != 1:
        return None
    following = text[at + 1 : at + 2]
    if following in lookalikes(_TENTHS.surface, "chinese", "after"):
        return None
    end, extra = at + 1, Decimal(0)
    if following in _DIGITS and unit_at(text, at + 2) is None:
        extra, end = Decimal(small_number(following)), at + 2
    elif following == _HALF_SIGN:
        extra, end = Decimal(5), at + 2
    high = None if high is None else high * _TEN
    return Measure(number.start, end, value * _TEN + extra, high, _TENTHS, number.about, number)
