"""Numbers printed without their unit: 游客突破5100万, 36万群众, an index value, 三万五 of a price.

What belongs here: which unit a number without one has. What does not: numbers that share a printed unit
(`ranges_and_lists`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tasks.extraction.quantities.measures import Measure
from tasks.extraction.quantities.ranges_and_lists import Draft
from tasks.extraction.quantities.units import Unit, unit_at, units
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import magnitude

MONEY = Unit("", "元", "money", "元")
_COUNT = Unit("", "", "count")
_INDEX = Unit("", "", "index")
_INDEX_VALUE = pattern("unnamed.index_value")
_HEADED = pattern("unnamed.headed_by_unit")
_THRESHOLD = pattern("unnamed.threshold_before")
_MARK = pattern("unnamed.threshold_after")
_CHANGE_OF_IT = pattern("unnamed.change_of_it")
_CLAUSE_ENDS = pattern("unnamed.clause_ends")
_DROPPED = pattern("unnamed.last_digit_dropped")
_SENTENCE_END = pattern("unnamed.sentence_end")
_DATES = words("part_of_date")
_SHARES = words("share_units")
_BRACKET_OR_COLON = tuple("）):： ")
_LARGE = 10_000
_LONGEST_HEAD = 18


def without_unit(text: str, measure: Measure, before: Draft | None) -> Draft | None:
    """Reads a number that has no unit beside it; None where it measures nothing without one.

    Args:
        text: Folded text.
        measure: The number, without unit.
        before: The figure before it, whose unit it may continue.
    """
    headed = _headed(text, measure)
    if headed is not None:
        return headed
    unit = _unit_of(text, measure, before)
    if unit is None:
        return None
    return Draft(measure.start, measure.end, measure.value, measure.high, unit, measure.about, measure.number)


def _headed(text: str, measure: Measure) -> Draft | None:
    """Reads a number under its head: 发行总额（亿元）10.00."""
    if text[measure.start - 1 : measure.start] not in _BRACKET_OR_COLON or measure.number.chinese:
        return None
    found = _HEADED.search(text, max(0, measure.start - _LONGEST_HEAD), measure.start)
    if found is None or text[measure.end : measure.end + 1] in _DATES:
        return None
    unit = unit_at(found["unit"], 0)
    if unit is None or len(unit.surface) != len(found["unit"]):
        return None
    unit = replace(unit, surface="")
    value = measure.value * magnitude(found["mag"])
    return Draft(measure.start, measure.end, value, None, unit, measure.about, measure.number)


def _unit_of(text: str, measure: Measure, before: Draft | None) -> Unit | None:
    number, start, end = measure.number, measure.start, measure.end
    printed = text[start:end]
    if number.scale == 10**8 and "个" in printed:
        return MONEY
    if number.bare:
        return None
    if number.chinese and not (_CLAUSE_ENDS.match(text, end) and _is_amount(measure, printed)):
        return None
    if number.scale < _LARGE and not number.chinese and measure.value < _LARGE:
        is_index = "." in printed and _INDEX_VALUE.search(text, max(0, start - 12), start)
        return _INDEX if is_index else None
    if number.scale < _LARGE and not _DROPPED.search(printed):
        return None
    return _noun_unit(text, start, end, before) or (_COUNT if not text[end : end + 1].isalnum() else None)


def _is_amount(measure: Measure, printed: str) -> bool:
    """Tells whether a Chinese numeral that ends a clause is an amount: 三万五, 四千万; 两百五 and 一万 may be words."""
    return bool(_DROPPED.search(printed)) or (measure.number.scale >= _LARGE and len(printed) > 2)


def _noun_unit(text: str, start: int, end: int, before: Draft | None) -> Unit | None:
    after, earlier = _patterns()
    found = after.match(text, end)
    if found:
        return _nouns("after")[found["noun"]]
    window = max(0, start - 22)
    found = earlier.search(text, window, start)
    if found:
        return _nouns("before")[found["noun"]]
    if before is None or _SENTENCE_END.search(text, before.end, start):
        return None
    if _THRESHOLD.search(text, window, start) and _MARK.match(text, end):
        return before.unit if before.unit.canonical not in _SHARES else None
    if not before.unit.surface and before.unit.canonical and _CHANGE_OF_IT.search(text, window, start):
        return before.unit
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Gives the pattern of nouns after a number and the one of nouns before it."""
    return (
        pattern("unnamed.counted_noun_after", nouns=_nouns("after")),
        pattern("unnamed.counted_noun_before", nouns=_nouns("before")),
    )


@cache
def _nouns(side: str) -> dict[str, Unit]:
    """Gives the units of numbers without one, by the nouns that stand on a side of them."""
    found: dict[str, Unit] = {}
    for row in read_table("unit_nouns"):
        base = units()[row["unit"]].base if row["dimension"] == "money" else ""
        for noun in row["words"].split() if row["side"] == side else ():
            found.setdefault(noun, Unit("", row["unit"], row["dimension"], base))
    return found
