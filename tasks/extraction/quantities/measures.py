"""From a number to a number with its unit: 3个多小时, 两年半, 五元三毛, 四成二, 2分半.

What belongs here: which unit a number has and what the two are worth together.
What does not: ranges and lists of several numbers, and words of degree around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from tasks.extraction.quantities.compounds import read_compound
from tasks.extraction.quantities.tokens import Number
from tasks.extraction.quantities.units import Unit, unit_at, units
from tasks.lexicon import read_table

_PERCENT = Unit("%", "%", "percent", "%")
_TENTHS = Unit("成", "%", "percent", "%")
_MONTHS = Unit("月", "个月", "duration")
_HALF = Decimal("0.5")
_TEN = Decimal(10)
_LARGE = 10_000
_NOT_TENTHS = "为立功员果本长都交份千上名全熟人绩效品分语就因年型套形不"
_NUMERAL_SIGNS = frozenset("半十百千万亿廿卅余多来把几点拾佰仟")
_VAGUE_BEFORE = "超过破近逾上达满足"
_DIGITS = dict(zip("一二三四五六七八九两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_HALVED = ("duration", "mass", "length", "area", "age", "ratio")
_HOT = re.compile(r"(?:零下|温|度差|发烧|烧到)[^，。；]{0,12}$")
_SCALE = re.compile(r"(?P<scale>华氏|摄氏)(?:温度)?(?:零[下上])?$")
_CURRENT = re.compile(r"(?:电|用量)[^，。；元]{0,8}$")
_INDEX = re.compile(r"(?:指数|股指|大盘|点位|沪指|深成指|收于|收报|报|涨|跌)[^，。；]{0,8}$")
_MONEY_BLOCK = re.compile(r"(?:[元钱卖赚花价涨跌省补贴收付]|工资|块)[^，。；]{0,6}$")
_MOVED = re.compile(
    r"(?:(?:排名|名次|位次|座次|排行|第[0-9一二三四五六七八九十]+位?)[^。；]{0,14}(?:上升|下降|提升|下滑|前进|跃升|提高|跌落?|升|降)|[前后]移)了?$"
)
_TURNED = re.compile(r"(?:翻|增长|增加|提高)[^，。；]{0,3}$")
_DIVISIONS = ("市", "区", "县", "省")
_NO_STRETCH = ("提前", "之前", "此前", "目前", "以前", "日前", "年前", "当前", "生前", "会前", "赛前")
_HEADING = re.compile(r"(?:^|[。；！？\n]|[）)]) *$")
_SILVER = ("黄金", "白银", "银子", "酒", "茶", "米", "肉", "重")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_IDENTIFIED = (
    "这",
    "那",
    "某",
    "同",
    "另",
    "每",
    "哪",
    "该",
    "上",
    "下",
    "前",
    "后",
    "头",
    "唯",
    "任何",
    "统",
    "专",
    "单",
)


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
    if number.value is None or (not number.unit and _is_part_of_a_word(text, number)):
        return None
    if number.unit:
        own = units()[number.unit]
        return Measure(number.start, number.end, number.value, number.high, own, number.about, number)
    at = number.end
    while text[at : at + 1] in (" ", "\u3000", "\xa0") and at < number.end + 2 and at < len(text):
        at += 1
    tenths = _read_tenths(text, at, number)
    if tenths:
        return tenths
    compound = read_compound(text, number.start, at, number.value, number.chinese) if number.high is None else None
    if compound:
        value, surface, end = compound
        return Measure(number.start, end, value, None, units()[surface], number.about, number)
    at, infix = _infix(text, at)
    found = _MONTHS if infix and text[at] == "月" else unit_at(text, at)
    if found is None or (found.canonical == "年" and _is_year(text, number)):
        return Measure(number.start, number.end, number.value, number.high, None, number.about, number)
    unit = _settle(text, at, found, number)
    if unit is None or not _may_follow(text, at, unit, number):
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
    about = number.about or infix in ("多", "余", "来")
    if unit.canonical == "折" and value > _TEN and number.scale == 1:
        value = value / _TEN
    if infix == "半":
        value += _HALF
    elif (
        text[end : end + 1] == "半"
        and unit.dimension in _HALVED
        and text[end + 1 : end + 2] not in tuple("个径岛天年月")
    ):
        value, end = value + _HALF, end + 1
    if text[number.start - 2 : number.start] == "零下":
        value, high = (-high, -value) if high is not None else (-value, None)
    return Measure(number.start, end, value, high, unit, about, number)


def _infix(text: str, at: int) -> tuple[int, str]:
    """Steps over 个多, 个半 in 三个多月, 两个半小时."""
    if text[at : at + 1] != "个" or text[at + 1 : at + 2] not in ("多", "半", "余", "来"):
        return at, ""
    infix = text[at + 1]
    for ahead in (at + 2, at + 3):
        if text[ahead : ahead + 1] == "月":
            return ahead, infix
        unit = unit_at(text, ahead)
        if unit is not None and unit.dimension in ("duration", "percentage_point") and unit.surface != "天":
            return ahead, infix
        if text[ahead : ahead + 1] != "个":
            break
    return at, ""


def _read_tenths(text: str, at: int, number: Number) -> Measure | None:
    """Reads 八成, 三成半, 四成二, 六七成."""
    value, high = number.value or Decimal(0), number.high
    if text[at : at + 1] != "成" or not 0 < value <= _TEN or number.scale != 1:
        return None
    following = text[at + 1 : at + 2]
    if following and following in _NOT_TENTHS:
        return None
    end, extra = at + 1, Decimal(0)
    if following in _DIGITS and unit_at(text, at + 2) is None:
        extra, end = Decimal(_DIGITS[following]), at + 2
    elif following == "半":
        extra, end = Decimal(5), at + 2
    high = None if high is None else high * _TEN
    return Measure(number.start, end, value * _TEN + extra, high, _TENTHS, number.about, number)


def _is_part_of_a_word(text: str, number: Number) -> bool:
    """Tells whether the signs around a number make it part of a name, a code, a date or a word."""
    start = number.start
    before = text[start - 1] if start else ""
    if before.isascii() and before.isalpha():
        unit = unit_at(text, number.end)
        return unit is None or unit.dimension not in ("percent", "percentage_point", "money") or number.chinese
    if before == "第" or (before and before in "数几" and number.chinese and number.bare):
        return True
    if number.bare and text.endswith(("成百上", "成千上", "成百", "成千"), 0, start):
        return True
    first = text[start]
    if first == "0" and text[start + 1 : start + 2].isdecimal() and number.end - start > 1:
        return True
    if before in (":", "：", ".", "·", "/") and start > 1 and text[start - 2].isdecimal():
        return True
    if number.chinese and first == "一" and number.end == start + 1:
        return _is_determined(text, start)
    return before in tuple("周初") and number.chinese


def _is_determined(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return before.endswith(_IDENTIFIED)


def _is_year(text: str, number: Number) -> bool:
    """Tells whether a number before 年 names a calendar year."""
    if number.about or number.high is not None:
        return False
    printed = text[number.start : number.end]
    if number.chinese:
        return len(printed) >= 2 and not any(c in "十百千万亿" for c in printed)
    if len(printed) == 4 and printed.isdecimal():
        return 1000 <= int(printed) <= 2100 and not text.startswith(("历史", "的历史", "古"), number.end + 1)
    return False


def _settle(text: str, at: int, unit: Unit, number: Number) -> Unit | None:
    """Decides units that are printed alike: 度, 点, 块, 分."""
    left = text[max(0, number.start - 14) : number.start]
    if unit.surface == "度":
        named = _SCALE.search(left)
        if named:
            return replace(units()["℉" if named["scale"] == "华氏" else "℃"], surface="度")
        if _HOT.search(left) or text.startswith(("高温", "低温", "的高温", "的低温"), at + 1):
            return replace(units()["℃"], surface="度")
        if text.startswith("电", at + 1) or number.scale >= _LARGE:
            return Unit("度", "千瓦时", "energy", "焦耳", units()["千瓦时"].factor)
        return Unit("度", "千瓦时", "energy", "焦耳", units()["千瓦时"].factor) if _CURRENT.search(left) else unit
    if unit.surface == "点":
        printed = text[number.start : number.end]
        return unit if not number.chinese and ("." in printed or _INDEX.search(left)) else None
    if unit.surface == "块":
        following = text[at + 1 : at + 2]
        is_money = number.value != 1 and (following in tuple("，。、；！？”） 的到至多") or not following)
        return Unit("块", "元", "money", "元") if is_money and (_MONEY_BLOCK.search(left) or number.about) else unit
    if unit.surface == "级" and number.bare and (number.value or 0) >= 10**8:
        return Unit("级", "元", "money")
    if unit.surface == "位" and _MOVED.search(text, max(0, number.start - 26), number.start):
        return Unit("位", "位", "count")
    if unit.surface == "番":
        return unit if _TURNED.search(left) else None
    if unit.surface in ("分", "秒", "秒钟") and text[max(0, number.start - 1) : number.start] in tuple("时点分:"):
        return None
    return unit


def _is_stretch(text: str, start: int, end: int, unit: Unit) -> bool:
    """Tells whether a duration only says when: 前7个月, 五年来, 五年前."""
    before = text[max(0, start - 2) : start]
    if (before[-1:] in ("前", "首", "头") and before not in _NO_STRETCH) or (
        before[-1:] == "后" and unit.canonical == "个月"
    ):
        return True
    if text[start - 1 : start] == "近" and unit.canonical == "年" and text[end : end + 1] not in ("的", "历"):
        return True
    return unit.canonical in ("年", "个月") and text.startswith(("来，", "以来", "来，"), end)


@cache
def _lookalikes() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in read_table("unit_lookalikes"):
        for kind in ("chinese", "digits") if row["numerals"] == "any" else (row["numerals"],):
            found.setdefault((row["unit"], kind + row["side"]), []).extend(row["words"].split())
    return {key: tuple(words) for key, words in found.items()}


@cache
def _further(unit: str) -> re.Pattern[str]:
    return re.compile(f"(?:[、和][一二三四五六七八九十]+{re.escape(unit)})*")


def _end_of_list(text: str, end: int, unit: Unit) -> int:
    """Reaches over further numbers with the same unit: 四次|、五次和六次|全会."""
    found = _further(unit.surface).match(text, end)
    return found.end() if found else end


def _may_follow(text: str, at: int, unit: Unit, number: Number) -> bool:
    """Tells whether this unit after this kind of number counts something here."""
    end = at + len(unit.surface)
    if unit.dimension == "duration" and _is_stretch(text, number.start, end, unit):
        return False
    kind = "chinese" if number.chinese else "digits"
    known = _lookalikes()
    words = known.get((unit.surface, kind + "after"))
    listed = _end_of_list(text, end, unit) if number.chinese else end
    if words and unit.dimension != "energy" and text.startswith(words, listed):
        return False  # 三十度，: an angle or none; 三亿二千万度， of a power station are kilowatt-hours
    words = known.get((unit.surface, kind + "before"))
    if words and text.endswith(words, 0, number.start):
        return False
    printed = text[number.start : number.end]
    if unit.dimension == "count" and number.scale == 1 and "." in printed and _HEADING.search(text, 0, number.start):
        return False  # 3.1项目建设情况: the number of a section
    if not number.chinese:
        return not (unit.surface in _DIVISIONS and _YEAR_LIKE.fullmatch(printed))
    if printed == "二" and unit.dimension == "count":
        return False  # 二区, 二组: what is counted takes 两
    before = text[max(0, number.start - 2) : number.start]
    if before[-1:] in ("前", "首") and before not in _NO_STRETCH and unit.dimension == "count":
        return False  # 前两项: which, not how many
    if unit.canonical == "折":
        return True  # 八五折
    if unit.surface == "两":
        return (printed != "一" and not text[end : end + 1].isalnum()) or text.startswith(_SILVER, end)
    if unit.after == "digits" and not (unit.dimension in ("percent", "energy") or unit.surface == "℃"):
        return False
    if unit.after == "many" and printed == "一":
        return False
    if text[end : end + 1] == unit.surface[-1:]:
        return False
    if number.bare:
        degree = text[number.start - 1 : number.start] in tuple(_VAGUE_BEFORE)
        return (
            degree
            or number.about
            or unit.surface == "级"
            or text.startswith(("以上", "级", "以下", "以内", "左右"), end)
        )
    return (
        len(printed) == 1 or any(c in "半十百千万亿廿卅余多来把几点拾佰仟" for c in printed) or number.high is not None
    )
