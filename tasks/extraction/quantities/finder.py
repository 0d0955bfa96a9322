"""Finds the quantities of a text: numbers with units, ranges, lists that share a unit, ranks.

What belongs here: the order of the steps, and the figures as the other stages get them.
What does not: reading one number (`numbers`), one unit (`measures`), several together (`ranges_and_lists`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate

from tasks.extraction.quantities.blanks import close_blanks
from tasks.extraction.quantities.doubtful import is_doubled, is_slipped_point, is_touched
from tasks.extraction.quantities.measures import Measure, read_measure
from tasks.extraction.quantities.numbers import Number, scan_numbers
from tasks.extraction.quantities.plain_numbers import read_plain_numbers
from tasks.extraction.quantities.qualifiers import qualifier_of
from tasks.extraction.quantities.ranges_and_lists import Draft, join, wait_for_unit
from tasks.extraction.quantities.ranks import find_ranks
from tasks.extraction.quantities.signs import is_currency_before
from tasks.extraction.quantities.unit_meant import is_in_a_name
from tasks.extraction.quantities.units import Unit, unit_at
from tasks.extraction.quantities.without_unit import MONEY, without_unit
from tasks.lexicon.grammar import pattern, words
from tasks.page import Quantity
from tasks.reading.folding import Folded
from tasks.reading.paragraph import read_paragraph

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")
"""An address of the web, whose signs and digits are no figures: ?q=30%25."""
_VAGUE = ("duration", "age")
_POINT = pattern("numbers.point_in_the_middle")
_MEASURABLE = pattern("numbers.measurable")
_DOUBLINGS = words("doubling_units")


@dataclass(frozen=True, slots=True)
class Refused:
    """A figure that was not read, because something that could not be read touches it.

    Attributes:
        start_char: Offset of its first character in the text searched.
        end_char: Offset after its last.
        text: As printed.
    """

    start_char: int
    end_char: int
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in a text.

    Attributes:
        quantities: The figures, in order, none over another.
        refused: What looks like a figure and was not read.
    """

    quantities: tuple[Quantity, ...]
    refused: tuple[Refused, ...]


def find_quantities(text: str) -> list[Quantity]:
    """Finds every quantity of a text, in order, none overlapping another.

    Args:
        text: Any text, in simplified or traditional script; offsets are its code points.

    Returns:
        Quantities whose `text` is `text[start_char:end_char]`, as printed; units are in simplified characters. A text
        that is nothing but numbers has no word that says what they count: they are given without unit.

    >>> [(q.text, q.value, q.unit) for q in find_quantities("完成产值45.3亿元，同比分别增长107、89%")]
    [('45.3亿元', 4530000000.0, '元'), ('107', 107.0, '%'), ('89%', 89.0, '%')]
    >>> [(q.value, q.unit) for q in find_quantities("一百五十二")]
    [(152.0, '')]
    """
    return list(read_figures(text).quantities) or read_plain_numbers(text)


def read_figures(text: str) -> Figures:
    """Finds every quantity of a text, and what looks like one and cannot be read.

    Args:
        text: Any text.

    >>> figures = read_figures("产值4O.5亿元，增长6.6%")
    >>> [q.text for q in figures.quantities], [r.text for r in figures.refused]
    (['6.6%'], ['5亿元'])
    """
    reading = read_paragraph(text)
    read = _POINT.sub(".", reading.signs) if "·" in reading.signs else reading.signs
    folded = close_blanks(Folded(read, reading.folded.offsets))
    drafts, refused = _drafts(folded.text)
    found = [_quantity(folded.text, draft) for draft in drafts]
    found = _with_ranks(found, find_ranks(folded.text))
    return Figures(
        tuple(_printed(text, folded, quantity) for quantity in found),
        tuple(Refused(*(span := folded.span(*r)), text[slice(*span)]) for r in refused),
    )


def _drafts(text: str) -> tuple[list[Draft], list[tuple[int, int]]]:
    drafts: list[Draft] = []
    refused: list[tuple[int, int]] = []
    waiting: list[Measure] = []
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if "://" in text or "www." in text else []
    for number in scan_numbers(text):
        if drafts and number.start < drafts[-1].end:
            continue
        if any(start <= number.start < end for start, end in addresses):
            continue
        if number.value is None or is_touched(text, number.start, number.end, number.chinese):
            waiting = []
            refused.extend(_refusal(text, number))
            continue
        measure = read_measure(text, number)
        if measure is None:
            waiting = []
        elif measure.unit is None:
            waiting = wait_for_unit(text, waiting, measure)
            alone = _alone(text, measure, drafts[-1] if drafts else None)
            if alone is not None:
                join(text, drafts, waiting[:-1], replace(measure, value=alone.low, unit=alone.unit))
        elif _is_doubtful(text, measure, measure.unit):
            waiting = []
            refused.append((measure.start, measure.end))
            if drafts and is_slipped_point(text, measure.start, number.end, measure.unit.canonical):
                _drop_digit_before(text, drafts, measure.start)
        else:
            join(text, drafts, waiting, measure)
            waiting = []
    return drafts, refused


def _alone(text: str, measure: Measure, before: Draft | None) -> Draft | None:
    if not measure.number.chinese and is_currency_before(text, measure.start):
        return Draft(measure.start, measure.end, measure.value, None, MONEY, measure.about, measure.number)
    return without_unit(text, measure, before)


def _refusal(text: str, number: Number) -> list[tuple[int, int]]:
    """Gives the span of a number that was not read, where it would have been a figure."""
    if number.value is not None:
        measure = read_measure(text, number)
        return [] if measure is None or (measure.unit is None and number.scale == 1) else [(measure.start, measure.end)]
    unit = unit_at(text, number.end)
    if unit is None and not _MEASURABLE.search(text, number.end - 1, number.end + 1):
        return []
    return [(number.start, number.end + (len(unit.surface) if unit else 0))]


def _is_doubtful(text: str, measure: Measure, unit: Unit) -> bool:
    """Tells whether a figure is one only by a slip of print: doubled characters, a point lost between two digits."""
    number = measure.number
    if number.chinese:
        return False
    following = text[measure.end : measure.end + 1]
    if following == unit.surface[-1:] and is_doubled(text[number.start : number.end], unit.surface, following):
        return True
    return number.end - number.start == 1 and is_slipped_point(text, number.start, number.end, unit.canonical)


def _drop_digit_before(text: str, drafts: list[Draft], start: int) -> None:
    if drafts[-1].end == start - 1:
        drafts.pop()


def _printed(text: str, folded: Folded, quantity: Quantity) -> Quantity:
    """Gives a figure with its place and text in the print."""
    if folded.text == text:
        return quantity
    start, end = folded.span(quantity.start_char, quantity.end_char)
    return replace(quantity, start_char=start, end_char=end, text=text[start:end])


def _quantity(text: str, draft: Draft) -> Quantity:
    unit, number = draft.unit, draft.number
    start, end = draft.start, draft.end
    if text[end : end + 1] == "级" and number.scale > 1 and number.bare:
        end += 1
    kind = "multiple" if unit.canonical in _DOUBLINGS else "quantity"
    base = _to_base(draft.low, unit)
    counted = number.chinese and number.scale < 10_000 and unit.dimension not in ("percent", "permille", "permyriad")
    optional = (
        counted
        or number.bare
        or unit.dimension in _VAGUE
        or not unit.canonical
        or ("分之" in text[start:end] and text[start] not in "百千万")
    )
    return Quantity(
        start_char=start,
        end_char=end,
        text=text[start:end],
        value=float(draft.low),
        unit=unit.canonical,
        dimension=unit.dimension,
        value_high=None if draft.high is None else float(draft.high),
        value_base=base,
        unit_base=unit.base if base is not None else None,
        qualifier=qualifier_of(text, start, end, draft.about, number.bare),
        kind=kind,
        shared=draft.shared,
        optional=optional,
        named=is_in_a_name(text, draft.end, unit, number),
    )


def _to_base(value: Decimal, unit: Unit) -> float | None:
    if unit.factor is None:
        return None
    return float(value * unit.factor.numerator / unit.factor.denominator)


def _with_ranks(found: list[Quantity], ranks: list[Quantity]) -> list[Quantity]:
    if not ranks:
        return found
    starts = [rank.start_char for rank in ranks]
    ends = list(accumulate((rank.end_char for rank in ranks), max))
    taken = []
    for q in found:
        before = bisect_left(starts, q.end_char)  # the ranks that begin before its end
        if not before or ends[before - 1] <= q.start_char:
            taken.append(q)
    return sorted([*taken, *ranks], key=lambda q: q.start_char)
