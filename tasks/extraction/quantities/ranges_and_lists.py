"""Measures put together: ranges, and lists whose numbers share the unit of the last.

What belongs here: what several numbers beside each other make. What does not: reading one of them (`measures`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tasks.extraction.quantities.measures import Measure
from tasks.extraction.quantities.numbers import Number
from tasks.extraction.quantities.signs import draw_in
from tasks.extraction.quantities.units import Unit
from tasks.lexicon.grammar import pattern, words

_RANGE = pattern("quantities.range_sign")
_LIST = pattern("quantities.list_sign")
_CHANGES_FROM = pattern("quantities.changes_from")
_UP_TO = words("up_to")
_LONGEST_LIST = 30
_SHORT = "个"
"""What 个百分点 is shortened to in a list: 2.1个、0.4个、3.5个百分点."""
_TENTHS = "成"


@dataclass(slots=True)
class Draft:
    """A figure in the making.

    Attributes:
        start: Offset of its first character, sign and currency taken in.
        end: Offset after its last.
        low: Its value, or the lower end of a range.
        high: The upper end.
        unit: Its unit, printed or not.
        about: 余, 多, 来 stands in it.
        number: The number it was read from.
        shared: The unit was printed at another number of its list.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: Unit
    about: bool
    number: Number
    shared: bool = False


def wait_for_unit(text: str, waiting: list[Measure], measure: Measure) -> list[Measure]:
    """Keeps numbers without unit that may share the unit of a later one."""
    if waiting and _is_linked(text, waiting[-1].end, measure.start):
        return [*waiting[-_LONGEST_LIST:], measure]
    return [measure]


def join(text: str, drafts: list[Draft], waiting: list[Measure], measure: Measure) -> None:
    """Adds a measure to the drafts, with the numbers before it that share its unit or begin its range.

    Args:
        text: Folded text.
        drafts: The figures so far, in order; the new ones are added.
        waiting: The numbers without unit right before.
        measure: A number with its unit.
    """
    assert measure.unit is not None
    draft = Draft(measure.start, measure.end, measure.value, measure.high, measure.unit, measure.about, measure.number)
    if waiting and _is_linked(text, waiting[-1].end, measure.start):
        first = waiting[-1]
        is_range = bool(_RANGE.fullmatch(text[first.end : measure.start]))
        if is_range and _shares(first.number, measure):
            low = _shared_value(first.number, measure)
            if low < draft.low and draft.high is None:
                draft.start, draft.low, draft.high = first.start, low, draft.low
                draft.about = draft.about or first.about
                waiting = waiting[:-1]
        taken = _shared(text, waiting, measure, draft.start)
        first_start = taken[0].start if taken else draft.start
        while drafts and drafts[-1].end > first_start:
            drafts.pop()  # a number that was read alone and shares this unit after all
        drafts.extend(taken)
    elif drafts and _makes_range(text, drafts[-1], draft):
        before = drafts.pop()
        before.high, before.end = draft.low, draft.end
        before.about = before.about or draft.about
        draft = before
    elif drafts and measure.unit.surface.startswith(_SHORT) and len(measure.unit.surface) > 1:
        _lengthen(text, drafts, draft)
    drafts.append(draw_in(text, draft))


def _lengthen(text: str, drafts: list[Draft], draft: Draft) -> None:
    """Gives 2.1个、0.4个 before 3.5个百分点 the whole unit."""
    following = draft
    for before in reversed(drafts):
        if before.unit.surface != _SHORT or not _LIST.fullmatch(text[before.end : following.start]):
            break
        before.unit, before.shared = draft.unit, True
        following = before


def _is_linked(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return len(between) <= 4 and bool(_RANGE.fullmatch(between) or _LIST.fullmatch(between))


def _shares(number: Number, measure: Measure) -> bool:
    assert number.value is not None
    return number.chinese == measure.number.chinese or number.value < 100 or not number.chinese


def _shared(text: str, waiting: list[Measure], measure: Measure, before: int) -> list[Draft]:
    """Gives the numbers of a list that take their unit from its last one (10.9、13.9个百分点)."""
    assert measure.unit is not None
    taken: list[Draft] = []
    for number in reversed(waiting):
        linked = _LIST.fullmatch(text, number.end, before)
        if not linked or number.number.chinese or number.number.unit:
            break
        value = _shared_value(number.number, measure)
        shared = Draft(number.start, number.end, value, None, measure.unit, number.about, number.number, True)
        taken.append(draw_in(text, shared))
        before = number.start
    return taken[::-1]


def _shared_value(number: Number, measure: Measure) -> Decimal:
    """Gives a number the magnitude and the tenths of the measure it shares a unit with."""
    value = number.value or Decimal(0)
    unit, last = measure.unit, measure.number
    if unit is not None and unit.surface == _TENTHS and value <= 10:
        return value * 10
    if number.scale == 1 and last.scale > 1 and last.value is not None and value <= last.value / last.scale:
        return value * last.scale
    return value


def _makes_range(text: str, before: Draft, draft: Draft) -> bool:
    if before.high is not None or draft.high is not None or before.unit.canonical != draft.unit.canonical:
        return False
    between = text[before.end : draft.start]
    if len(between) > 4 or not _RANGE.fullmatch(between) or before.shared:
        return False
    changed = between.strip() in _UP_TO and _CHANGES_FROM.search(text, max(0, before.start - 8), before.start)
    return before.low < draft.low and not changed
