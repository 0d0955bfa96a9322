"""Which unit is meant where several are printed alike (度, 点, 块, 分), and whether it counts anything here.

What belongs here: a unit against the number before it and what stands around both. What does not: finding the unit
(`units`), what number and unit are worth (`measures`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from tasks.extraction.quantities.numbers import Number
from tasks.extraction.quantities.units import Unit, units
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words

_WINDOW = 26
"""Characters before a number that may say what its unit is."""
_LARGE = 10_000
_NOTHING, _AS_PLACES = "nothing", "as_places"
_ONE, _TWO, _YEAR, _MONTHS = "一", "二", "年", "个月"
_PLACE = "位"
_PLACES = Unit(_PLACE, _PLACE, "count")
_OPENS_A_SENTENCE = pattern("numbers.opens_a_line")
_AFTER_BARE = pattern("units.measured_after_bare")
_PLACES_COUNTED = pattern("units.places_counted")
_THRESHOLD = pattern("units.threshold_in_a_name")
_WHEN_BEFORE = pattern("units.when_before")
_OF_THE_YEARS = pattern("units.of_the_years")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_WHICH = words("which_not_how_many")
_NO_ORDINAL = words("no_ordinal_before")
_DIVISIONS = words("division_after_a_year")
_DEGREES = words("degree_letters")
_NUMBER_SIGNS = words("number_signs")
_UNTIL_NOW = words("until_now")
_COUNTED = "count"
_PLACES_TOGETHER = words("places_together")
_REACHED = ("length", "duration")
_FEW = 10
"""Places below this number are named together by it: 两市, 沿淮4省."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One row of `unit_readings.csv`."""

    number: str
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    reads: str


_RULES = {
    rule: pattern(f"units.{rule}")
    for rule in sorted({row[side] for row in read_table("unit_readings") for side in ("left", "right") if row[side]})
}


@cache
def _readings() -> dict[str, tuple[_Reading, ...]]:
    found: dict[str, list[_Reading]] = {}
    for row in read_table("unit_readings"):
        reading = _Reading(row["number"], _RULES.get(row["left"]), _RULES.get(row["right"]), row["reads"])
        found.setdefault(row["unit"], []).append(reading)
    return {unit: tuple(rows) for unit, rows in found.items()}


def unit_meant(text: str, at: int, unit: Unit, number: Number) -> Unit | None:
    """Decides which unit is meant by one that is printed as another is.

    Args:
        text: Folded text.
        at: Offset of the unit.
        unit: The unit as the table has it.
        number: The number before it.

    Returns:
        The unit, with the surface that is printed; None where it is none.
    """
    for reading in _readings().get(unit.surface, ()):
        if not _is_such(text, number, reading.number):
            continue
        if reading.left and not reading.left.search(text, max(0, number.start - _WINDOW), number.start):
            continue
        if reading.right and not reading.right.match(text, at + len(unit.surface)):
            continue
        if reading.reads == _NOTHING:
            return None
        if reading.reads == _AS_PLACES:
            return _PLACES
        return unit if reading.reads == unit.surface else replace(units()[reading.reads], surface=unit.surface)
    return unit


def _is_such(text: str, number: Number, kind: str) -> bool:
    """Tells whether a number is of a kind that `unit_readings.csv` names."""
    match kind:
        case "digits":
            return not number.chinese
        case "point":
            return not number.chinese and "." in text[number.start : number.end]
        case "one":
            return number.value == 1
        case "about":
            return number.about
        case "large":
            return number.scale >= _LARGE
        case "hundred_million":
            return number.bare and number.value is not None and number.value >= _LARGE**2
    return True


def may_follow(text: str, at: int, unit: Unit, number: Number) -> bool:
    """Tells whether this unit after this kind of number counts something here.

    Args:
        text: Folded text.
        at: Offset of the unit.
        unit: The unit that is meant.
        number: The number before it.
    """
    end = at + len(unit.surface)
    if unit.dimension == "duration" and _is_stretch(text, number.start, end, unit):
        return False
    if _is_another_word(text, end, unit, number):
        return False
    printed = text[number.start : number.end]
    counted = unit.dimension == _COUNTED
    if counted and number.scale == 1 and "." in printed and _OPENS_A_SENTENCE.search(text, 0, number.start):
        return False  # 3.1项目建设情况: the number of a section
    if not number.chinese:
        return not (unit.surface in _DIVISIONS and _YEAR_LIKE.fullmatch(printed))
    if counted and (printed == _TWO or _says_which(text, number.start)):
        return False  # 二区, 二组: what is counted takes 两; 前两项: which, not how many
    return _may_follow_chinese(text, end, unit, number)


def _may_follow_chinese(text: str, end: int, unit: Unit, number: Number) -> bool:
    printed = text[number.start : number.end]
    if unit.dimension == "discount":
        return True  # 八五折
    if unit.surface == "两":
        return printed != _ONE and not text[end : end + 1].isalnum()
    if unit.after == "digits" or (unit.after == "many" and printed == _ONE):
        return False
    if text[end : end + 1] == unit.surface[-1:]:
        return False
    if number.bare:
        degree = text[number.start - 1 : number.start] in _DEGREES
        return degree or number.about or unit.surface == "级" or _AFTER_BARE.match(text, end) is not None
    return len(printed) == 1 or number.high is not None or any(sign in printed for sign in _NUMBER_SIGNS)


def _says_which(text: str, start: int) -> bool:
    """Tells whether 前 or 首 before a number says which ones are meant, not how many."""
    before = text[max(0, start - 2) : start]
    return before.endswith(_WHICH) and before not in _NO_ORDINAL


def is_in_a_name(text: str, end: int, unit: Unit, number: Number) -> bool:
    """Tells whether number and unit name places together, or a rate by what it reaches, and measure nothing.

    Args:
        text: Folded text.
        end: Offset after the unit.
        unit: The unit that is meant.
        number: The number before it.
    """
    if unit.surface in _PLACES_TOGETHER:
        if number.value is None or number.value >= _FEW or number.about:
            return False
        follows = text[end : end + 1].isdecimal()  # 3市17个镇
        counted = follows or _PLACES_COUNTED.search(text, max(0, number.start - 3), number.start)
        return number.chinese or not counted
    return unit.dimension in _REACHED and not number.chinese and _THRESHOLD.match(text, end) is not None


def _is_stretch(text: str, start: int, end: int, unit: Unit) -> bool:
    """Tells whether a duration only says when: 前7个月, 五年来, 五年前."""
    if _says_which(text, start):
        return True
    before = _WHEN_BEFORE.search(text, max(0, start - 1), start)
    if before and (before["any"] or (before["months"] and unit.canonical == _MONTHS)):
        return True
    if before and before["years"] and unit.canonical == _YEAR and not _OF_THE_YEARS.match(text, end):
        return True
    return unit.canonical in (_YEAR, _MONTHS) and text.startswith(_UNTIL_NOW, end)


def _is_another_word(text: str, end: int, unit: Unit, number: Number) -> bool:
    """Tells whether the signs of a unit begin another word, or the number belongs to the word before it."""
    kind = "chinese" if number.chinese else "digits"
    after = lookalikes(unit.surface, kind, "after")
    listed = _end_of_list(text, end, unit) if number.chinese else end
    if after and unit.dimension != "energy" and text.startswith(after, listed):
        return True  # 三十度，: an angle or none; 三亿二千万度， of a power station are kilowatt-hours
    before = lookalikes(unit.surface, kind, "before")
    return bool(before) and text.endswith(before, 0, number.start)


def lookalikes(surface: str, kind: str, side: str) -> tuple[str, ...]:
    """Gives what makes the signs of a unit no unit.

    Args:
        surface: Of the unit.
        kind: How the number is written, `chinese` or `digits`.
        side: `after` the unit or `before` the number.
    """
    return _lookalikes().get((surface, kind, side), ())


@cache
def _lookalikes() -> dict[tuple[str, str, str], tuple[str, ...]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in read_table("unit_lookalikes"):
        for kind in ("chinese", "digits") if row["numerals"] == "any" else (row["numerals"],):
            found.setdefault((row["unit"], kind, row["side"]), []).extend(row["words"].split())
    return {key: tuple(listed) for key, listed in found.items()}


@cache
def _further(unit: str) -> re.Pattern[str]:
    return re.compile(f"(?:[、和][{''.join(words('ones'))}十]+{re.escape(unit)})*")


def _end_of_list(text: str, end: int, unit: Unit) -> int:
    """Reaches over further numbers with the same unit: 四次|、五次和六次|全会."""
    found = _further(unit.surface).match(text, end)
    return found.end() if found else end
