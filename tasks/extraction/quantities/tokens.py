"""Where numbers stand in a text: one pass that reads each number with its magnitude and its 余/多/来.

What belongs here: the shapes of printed numbers and their values.
What does not: units, and whether the number measures anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tasks.extraction.quantities.numerals import magnitude, read_arabic, read_chinese
from tasks.extraction.quantities.units import first_characters
from tasks.reading.folding import fold_characters, fold_signs

_PART = {"百": "%", "千": "‰", "万": "‱"}
_WORDS = {"翻番": (1, "番"), "翻倍": (1, "倍"), "对折": (5, "折")}
_COME = r"来(?![自往回到源])"
_MORE = rf"余|多(?![种次类样地方名元])|{_COME}"
_MAG = r"(?:[百万亿](?!分[点之])|千(?![瓦克米卡伏帕焦赫字])|兆(?=[元美日韩新]))"
_CN = "〇零一二三四五六七八九十百千万亿两廿卅壹贰叁"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟零万亿"
_SIMPLE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class Number:
    """A printed number.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last, 余/多/来 and magnitude taken in.
        value: What it is worth; None where it is no plain number (1.2.3).
        high: Upper end of 七八十.
        about: True where 余, 多, 来, 几 or 十几 stands in it.
        chinese: Written in Chinese numerals.
        scale: Magnitude it was printed with.
        unit: Surface of a unit the number brings along: % of 百分之三.
        bare: True for a magnitude without a digit (亿元, 千家).
    """

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None = None
    about: bool = False
    chinese: bool = False
    scale: int = 1
    unit: str = ""
    bare: bool = False


def fold(text: str) -> str:
    """Folds full-width signs and traditional characters that numbers and units use; the length stays the same.

    >>> fold("５萬噸，３０％")
    '5万吨，30%'
    """
    return fold_signs(fold_characters(text))


@cache
def _scanner() -> re.Pattern[str]:
    follow = re.escape(first_characters()) + r" 余多来几把成分\d至到~\-、和及与或/半%‰"
    return re.compile(
        rf"""
        (?=[\d{_CN}{_FORMAL}大小半翻对数几好成])  # passes over most characters in one step
        (?:(?P<part>(?:百|千|万)分之(?:(?P<partnum>[\d.]++)|(?P<partcn>[{_CN}]++(?:点[{_CN}]++)?)))
        |(?P<fraction>[一二三四五六七八九十百千两\d]++分之[一二三四五六七八九十两\d]++)
        |(?P<arabic>(?:\d{{1,3}}(?:,\d{{3}})++(?!\d)|\d++)(?:\.\d++)*+
            (?:[ \u3000\xa0]?(?:个(?=[多余]?亿))?(?P<fuzz>[余多几]|{_COME})?
               (?:[ \u3000\xa0]?(?P<mag>{_MAG}++)(?P<tail>{_MORE})?
               (?P<more>(?:\d++(?:\.\d++)?(?:{_MAG}|十)++)++)?)?)?)
        |(?P<half>(?<![上下前后一二三四五六七八九十两\d个年月天分点成斤对过夜])[大小]?半(?=个?多?(?:小时|钟头|月)|年|天|分钟|公?斤|公里|吨|亩))
        |(?P<word>翻番|翻倍|对折)
        |(?P<formal>[{_FORMAL}]{{2,}}(?=[元圆]))
        |(?P<teens>[一二两三四五六七八九]?十几(?P<teensmag>[万亿]*))
        |(?P<vague>[数几好成][十百千万亿]++)
        |(?P<hundred>(?:百|千|万)把(?=[个人块元斤亩家户]))
        |(?P<yi>[一二三四五六七八九十两百]++个[多余]?亿)
        |(?P<chinese>[{_CN}]++(?:点[{_CN}]++)?(?P<cfuzz>[余多]|{_COME}|几(?=[万亿]))?(?P<cmag>(?<=[余多来几])[百万亿]++)?(?=[{follow}]))
        |[{_CN}]++)
        """,
        re.VERBOSE,
    )


def scan_numbers(text: str) -> Iterator[Number]:
    """Yields the numbers of a folded text in order.

    Args:
        text: Text after `fold`.
    """
    for found in _scanner().finditer(text):
        kind = found.lastgroup
        number = _arabic(found) if kind in ("arabic", "fuzz", "mag", "tail", "more") else None
        if number is None:
            reader = _READERS.get(_kind_of(found))
            number = reader(found) if reader else None
        if number is not None:
            yield number


def _kind_of(found: re.Match[str]) -> str:
    return next((name for name in _READERS if found.group(name) is not None), "")


def _arabic(found: re.Match[str]) -> Number | None:
    printed = found.group("arabic")
    start, end = found.span("arabic")
    mag = found.group("mag")
    about = found.group("fuzz") is not None or found.group("tail") is not None
    if mag is None and not about:
        value = Decimal(printed) if _SIMPLE.fullmatch(printed) and len(printed) <= 24 else None
        if value is None and "," in printed and printed.count(".") < 2:
            value = read_arabic(printed)
        return Number(start, end, value)
    if printed.count(".") > 1 and found.group("more") is None:
        return Number(start, end, None)
    return Number(start, end, read_arabic(printed), about=about, scale=magnitude(mag or ""))


def _part(found: re.Match[str]) -> Number | None:
    chinese = found.group("partcn")
    value = read_chinese(chinese) if chinese else None
    arabic = found.group("partnum") or ""
    if not chinese:
        value = (Decimal(arabic), None) if _SIMPLE.fullmatch(arabic) and len(arabic) < 12 else None
    if value is None:
        return None
    return Number(*found.span(), value[0], value[1], chinese=True, unit=_PART[found.group()[0]])


def _fraction(found: re.Match[str]) -> Number | None:
    below, _, above = found.group().partition("分之")
    ends = [Decimal(s) if s.isdecimal() and len(s) < 6 else (read_chinese(s) or (None,))[0] for s in (above, below)]
    if ends[0] is None or not ends[1]:
        return None
    return Number(*found.span(), round(ends[0] * 100 / ends[1], 2), chinese=True, unit="%")


def _formal(found: re.Match[str]) -> Number | None:
    value = read_chinese(found.group())
    return Number(*found.span(), *value, chinese=True) if value else None


def _teens(found: re.Match[str]) -> Number | None:
    printed = found.group().replace("几", "")
    value = read_chinese(printed)
    scale = magnitude(found.group("teensmag"))
    return Number(*found.span(), value[0], about=True, chinese=True, scale=scale) if value else None


def _hundred(found: re.Match[str]) -> Number:
    scale = magnitude(found.group()[0])
    return Number(*found.span(), Decimal(scale), about=True, chinese=True, scale=scale)


def _chinese(found: re.Match[str]) -> Number | None:
    printed = found.group("chinese")
    fuzz, mag = found.group("cfuzz"), found.group("cmag")
    digits = printed[: len(printed) - len(fuzz or "") - len(mag or "")]
    start, end = found.span("chinese")
    if digits[-1] == "千" and not fuzz and found.string[end : end + 1] in ("瓦", "克", "米", "伏", "卡"):
        digits, end = digits[:-1], end - 1
    if digits in ("零", "〇"):
        return None  # 零组件, 零距离
    value = read_chinese(digits) if digits and digits[0] not in "点" else None
    if value is None:
        return None
    scale = magnitude(mag or "") * (magnitude(digits[-1]) if digits[-1] in "万亿" else 1)
    low = value[0] * magnitude(mag or "")
    high = None if value[1] is None else value[1] * magnitude(mag or "")
    bare = not mag and all(c in "十百千万亿" for c in digits) and digits[0] != "十"
    return Number(start, end, low, high, about=bool(fuzz), chinese=True, scale=scale, bare=bare)


def _yi(found: re.Match[str]) -> Number | None:
    """Reads 三个亿, 两个多亿, as people say them."""
    value = read_chinese(found.group().partition("个")[0])
    if value is None:
        return None
    about = found.group()[-2] in "多余"
    return Number(*found.span(), value[0] * 10**8, about=about, chinese=True, scale=10**8)


def _half(found: re.Match[str]) -> Number:
    return Number(*found.span(), Decimal("0.5"), chinese=True)


def _word(found: re.Match[str]) -> Number:
    value, unit = _WORDS[found.group()]
    return Number(*found.span(), Decimal(value), chinese=True, unit=unit)


_READERS = {
    "part": _part,
    "fraction": _fraction,
    "half": _half,
    "word": _word,
    "formal": _formal,
    "teens": _teens,
    "hundred": _hundred,
    "yi": _yi,
    "chinese": _chinese,
}
