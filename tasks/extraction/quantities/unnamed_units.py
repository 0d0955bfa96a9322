"""Numbers printed without their unit: 游客突破5100万, 36万群众, an index value, 三万五 of a price.

What belongs here: which unit a number without one has. What does not: numbers that share a printed unit (`drafts`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tasks.extraction.quantities.drafts import Draft
from tasks.extraction.quantities.measures import Measure
from tasks.extraction.quantities.numerals import magnitude
from tasks.extraction.quantities.units import Unit, unit_at, units
from tasks.lexicon import read_table

_MONEY = Unit("", "元", "money", "元")
_COUNT = Unit("", "", "count")
_INDEX = Unit("", "", "index")
_INDEX_WORD = re.compile(
    r"(?:指数|系数|PMI|CPI|PPI|评分|得分|存贷比|市盈率|容积率|pH值?|ROE)(?:已|也|则|均|分别)?(?:降|升|涨|跌|提|回落|上升|下降)?(?:为|是|达|达到|到|至|报)?$"
)
_FILLER = (
    r"(?:数量?|总[数量])?(?:[已将也共均约近超达破逾为是有从由自至到了仅高降增升跌涨和、]|超过|突破|达到|接近|跃升|下降|减少|增加|增长|首次|历史性"
    r"|第一次|分别|预计|有望|累计|合计|全年|站上|迈上|跨上|连续|跨越|不足|不到|超出|比上年|较上年|控制在){0,4}$"
)
_MODIFIER = (
    r"(?:农村|农业|城镇|城市|重点|困难|低收入|特殊|失能|留守|银发|贫困|脱贫|残疾|在校|常住|户籍|流动|境外|入境|海外"
    r"|失业|受灾|返乡|新|老|小|多|以[上下])"
)
_LARGE = 10_000
_HEAD = re.compile(r"[（(](?:单位[:：]?)?(?P<mag>[十百千万亿]*)(?P<unit>[^（）()，。；]{1,8})[)）][:： ]{0,3}$")
_LONGEST_HEAD = 18
_THRESHOLD = re.compile(r"(?:突破|站上|跨上|迈上|超过|越过|跃上|登上|冲破)[^，。；0-9]{0,2}$")
_MARK = re.compile(r"(?:大关|台阶|关口|门槛|级)")
_CHANGED = re.compile(r"(?:增加|减少|多|少|增|减|净增|上升|下降|提高|到|至|为|和|、)了?[约近超]?$")
_ASIDE = re.compile(r"[一二三四五六七八九十百千两0-9]*?(?:[倍番类种样])")
_STOP = re.compile(r"[，。；、！？）)”’…\s]|$")
_DROPPED = re.compile(r"[百千万亿][二两三四五六七八九]$")


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
    if text[measure.start - 1 : measure.start] not in tuple("）):： ") or measure.number.chinese:
        return None
    found = _HEAD.search(text, max(0, measure.start - _LONGEST_HEAD), measure.start)
    if found is None or text[measure.end : measure.end + 1] in ("年", "月"):
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
        return _MONEY
    if number.bare:
        return None
    if number.chinese and not (_STOP.match(text, end) and _is_amount(measure, printed)):
        return None
    if number.scale < _LARGE and not number.chinese and measure.value < _LARGE:
        is_index = "." in printed and _INDEX_WORD.search(text, max(0, start - 12), start)
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
    if found and not _ASIDE.match(text, end):
        return _unit(found)
    window = max(0, start - 22)
    found = earlier.search(text, window, start)
    if found:
        return _unit(found)
    if before is None or re.search(r"[。；！？]", text[before.end : start]):
        return None
    if _THRESHOLD.search(text, window, start) and _MARK.match(text, end):
        return before.unit if before.unit.canonical not in ("%", "个百分点") else None
    if not before.unit.surface and before.unit.canonical and _CHANGED.search(text, window, start):
        return before.unit
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Gives the pattern of nouns after a number and the one of nouns before it, a group for each row of the lexicon."""
    groups: dict[str, list[str]] = {"after": [], "before": []}
    for at, row in enumerate(read_table("unit_nouns")):
        words = sorted(row["words"].split(), key=len, reverse=True)
        groups[row["side"]].append(f"(?P<row{at}>{'|'.join(map(re.escape, words))})")
    after = rf"多?{_MODIFIER}{{0,3}}(?:{'|'.join(groups['after'])})"
    return re.compile(after), re.compile(rf"(?:{'|'.join(groups['before'])}){_FILLER}")


def _unit(found: re.Match[str]) -> Unit:
    row = read_table("unit_nouns")[int((found.lastgroup or "row0")[3:])]
    base = units()[row["unit"]].base if row["dimension"] == "money" else ""
    return Unit("", row["unit"], row["dimension"], base)
