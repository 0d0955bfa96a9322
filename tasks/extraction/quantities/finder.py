"""Finds the quantities of a text: numbers with units, ranges, lists that share a unit, ranks.

What belongs here: putting measures together. What does not: reading one number (tokens) or one unit (measures).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tasks.extraction.quantities.measures import Measure, read_measure
from tasks.extraction.quantities.qualifiers import qualifier_of
from tasks.extraction.quantities.ranks import find_ranks
from tasks.extraction.quantities.tokens import Number, fold, scan_numbers
from tasks.extraction.quantities.units import Unit
from tasks.page import Quantity

_RANGE = re.compile(r"[ ]?(?:-{1,2}|~|至|到)[ ]?")
_LIST = re.compile(r"[ ]?(?:、|和|与|及|以及|或|,|/)[ ]?")
_CHANGE = re.compile(r"(?:从|由|自)[^，。；、]{0,6}$")
_NEGATIVE = re.compile(
    r"(?<![\d\w.%％℃）)])-$|(?<=[为至到达是率比降长幅值约同速度温低高])-$|(?<![增减抱背欠亏担胜自肩承])负$"
)
_INDEX_WORD = re.compile(
    r"(?:指数|系数|PMI|CPI|PPI|评分|得分|存贷比|市盈率|容积率|pH值?|ROE)(?:已|也|则|均|分别)?(?:降|升|涨|跌|提|回落|上升|下降)?(?:为|是|达|达到|到|至|报)?$"
)
_LONGEST_LIST = 30
_VAGUE = ("duration", "age")
_PEOPLE = re.compile(
    r"(?:多)?(?:人口|群众|居民|村民|市民|农民|职工|学生|师生|党员|干部|游客|旅客|观众|老人|儿童|孩子|网民|百姓|民众|考生|粉丝|用户|会员|志愿者|贫困|劳动力|患者|球迷|读者)"
)


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: Unit
    about: bool
    number: Number
    shared: bool = False


def find_quantities(text: str) -> list[Quantity]:
    """Finds every quantity of a text, in order, none overlapping another.

    Args:
        text: Any text; offsets are its code points.

    Returns:
        Quantities whose `text` is `text[start_char:end_char]`.

    >>> [(q.text, q.value, q.unit) for q in find_quantities("完成产值45.3亿元，同比分别增长107、89%")]
    [('45.3亿元', 4530000000.0, '元'), ('107', 107.0, '%'), ('89%', 89.0, '%')]
    """
    folded = fold(text)
    drafts: list[_Draft] = []
    waiting: list[Measure] = []
    for number in scan_numbers(folded):
        if drafts and number.start < drafts[-1].end:
            continue
        measure = read_measure(folded, number)
        if measure is None:
            waiting = []
        elif measure.unit is None:
            waiting = _wait(folded, waiting, measure)
            alone = _without_unit(folded, measure)
            if alone is not None:
                drafts.append(alone)
                waiting = []
        else:
            _join(folded, drafts, waiting, measure)
            waiting = []
    found = [_quantity(text, folded, draft) for draft in drafts]
    return _with_ranks(found, find_ranks(folded), text)


def _wait(text: str, waiting: list[Measure], measure: Measure) -> list[Measure]:
    """Keeps numbers without unit that may share the unit of a later one."""
    if waiting and _is_linked(text, waiting[-1].end, measure.start):
        return [*waiting[-_LONGEST_LIST:], measure]
    return [measure]


def _is_linked(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return len(between) <= 4 and bool(_RANGE.fullmatch(between) or _LIST.fullmatch(between))


def _join(text: str, drafts: list[_Draft], waiting: list[Measure], measure: Measure) -> None:
    """Adds a measure to the drafts, with the numbers before it that share its unit or begin its range."""
    assert measure.unit is not None
    draft = _Draft(measure.start, measure.end, measure.value, measure.high, measure.unit, measure.about, measure.number)
    if waiting and _is_linked(text, waiting[-1].end, measure.start):
        first = waiting[-1]
        is_range = bool(_RANGE.fullmatch(text[first.end : measure.start]))
        if is_range and _shares(first.number, measure):
            low = _shared_value(first.number, measure)
            if low < draft.low and draft.high is None:
                draft.start, draft.low, draft.high = first.start, low, draft.low
                waiting = waiting[:-1]
        drafts.extend(_shared(text, waiting, measure, draft.start))
    elif drafts and _makes_range(text, drafts[-1], draft):
        before = drafts.pop()
        before.high, before.end = draft.low, draft.end
        before.about = before.about or draft.about
        draft = before
    drafts.append(_signed(text, draft))


def _shares(number: Number, measure: Measure) -> bool:
    assert number.value is not None
    return number.chinese == measure.number.chinese or number.value < 100 or not number.chinese


def _shared(text: str, waiting: list[Measure], measure: Measure, before: int) -> list[_Draft]:
    """Gives the numbers of a list that take their unit from its last one (10.9、13.9个百分点)."""
    assert measure.unit is not None
    taken: list[_Draft] = []
    for number in reversed(waiting):
        linked = _LIST.fullmatch(text, number.end, before)
        if not linked or number.number.chinese or number.number.unit:
            break
        value = _shared_value(number.number, measure)
        taken.append(
            _signed(
                text, _Draft(number.start, number.end, value, None, measure.unit, number.about, number.number, True)
            )
        )
        before = number.start
    return taken[::-1]


def _shared_value(number: Number, measure: Measure) -> Decimal:
    """Gives a number the magnitude and the tenths of the measure it shares a unit with."""
    value = number.value or Decimal(0)
    unit, last = measure.unit, measure.number
    if unit is not None and unit.surface == "成" and value <= 10:
        return value * 10
    if number.scale == 1 and last.scale > 1 and last.value is not None and value <= last.value / last.scale:
        return value * last.scale
    return value


def _makes_range(text: str, before: _Draft, draft: _Draft) -> bool:
    if before.high is not None or draft.high is not None or before.unit.canonical != draft.unit.canonical:
        return False
    between = text[before.end : draft.start]
    if len(between) > 4 or not _RANGE.fullmatch(between) or before.shared:
        return False
    changed = between.strip() in ("到", "至") and _CHANGE.search(text, max(0, before.start - 8), before.start)
    return before.low < draft.low and not changed


def _signed(text: str, draft: _Draft) -> _Draft:
    """Takes a minus sign or 负 before the number in."""
    if text[draft.start - 1 : draft.start] in ("-", "负") and draft.start and draft.low >= 0:
        sign = _NEGATIVE.search(text, max(0, draft.start - 3), draft.start)
        if sign:
            draft.start -= 1
            draft.low = -draft.low
            if draft.high is not None and draft.high < draft.low:
                draft.low, draft.high = draft.high, draft.low
    return draft


def _without_unit(text: str, measure: Measure) -> _Draft | None:
    """Reads a number that needs no unit: an index value, 78万群众."""
    number, end = measure.number, measure.end
    if number.scale == 10**8 and "个" in text[measure.start : end]:
        return _Draft(measure.start, end, measure.value, None, Unit("", "元", "money", "元"), measure.about, number)
    if number.chinese:
        return None
    if number.scale > 1 and _PEOPLE.match(text, end):
        return _Draft(measure.start, end, measure.value, None, Unit("", "人", "count"), measure.about, number)
    printed = text[measure.start : end]
    if "." in printed and _INDEX_WORD.search(text, max(0, measure.start - 12), measure.start):
        return _Draft(measure.start, end, measure.value, None, Unit("", "", "index"), False, number)
    following = text[end : end + 1]
    if number.scale >= 10_000 and not following.isalnum():
        return _Draft(measure.start, end, measure.value, None, Unit("", "", "count"), measure.about, number)
    return None


def _quantity(text: str, folded: str, draft: _Draft) -> Quantity:
    unit, number = draft.unit, draft.number
    start, end = draft.start, draft.end
    if text[end : end + 1] == "级" and number.scale > 1 and number.bare:
        end += 1
    kind = "multiple" if unit.canonical in ("倍", "番") else "quantity"
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
        qualifier=qualifier_of(folded, start, end, draft.about),
        kind=kind,
        shared=draft.shared,
        optional=optional,
    )


def _to_base(value: Decimal, unit: Unit) -> float | None:
    if unit.factor is None:
        return None
    return float(value * unit.factor.numerator / unit.factor.denominator)


def _with_ranks(found: list[Quantity], ranks: list[Quantity], text: str) -> list[Quantity]:
    if not ranks:
        return found
    ranks = [
        Quantity(r.start_char, r.end_char, text[r.start_char : r.end_char], r.value, r.unit, r.dimension, kind=r.kind)
        for r in ranks
    ]
    taken = [q for q in found if not any(r.start_char < q.end_char and q.start_char < r.end_char for r in ranks)]
    return sorted([*taken, *ranks], key=lambda q: q.start_char)
