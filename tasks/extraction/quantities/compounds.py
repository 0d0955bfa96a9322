"""Quantities printed in two units: 五元三毛, 3小时20分钟, 3分26秒71, 3米8, 三斤二两.

What belongs here: chains of a larger and a smaller unit read as one amount.
What does not: single units.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from tasks.extraction.quantities.numerals import read_chinese

_N = r"\d+(?:\.\d+)?|[一二三四五六七八九十两]+"
_Reader = Callable[[Decimal, re.Match[str]], tuple[Decimal, str]]
_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))


def _small(printed: str | None) -> Decimal:
    if not printed:
        return Decimal(0)
    if printed[0].isdecimal():
        return Decimal(printed[:20])
    if printed == "半":
        return Decimal(5)
    read = read_chinese(printed)
    return read[0] if read else Decimal(0)


def _money(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    jiao, fen = _small(found["jiao"]), _small(found["fen"])
    return value + jiao / 10 + fen / 100, "元"


def _dollars(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return _money(value, found)[0], "美元"


def _euros(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return _money(value, found)[0], "欧元"


def _jiao(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return value / 10 + _small(found[1]) / 100, "元"


def _hours(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    minutes = value * 60 + _small(found["minutes"])
    if found["seconds"]:
        return minutes * 60 + _small(found["seconds"]), "秒"
    return minutes, "分钟"


def _minutes(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    hundredths = found["hundredths"] or ""
    parts = Decimal(f"0.{hundredths}") if hundredths else Decimal(0)
    return value * 60 + _small(found["seconds"]) + parts, "秒"


def _seconds(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return value + Decimal(f"0.{found[1]}"), "秒"


def _half_minute(value: Decimal, _: re.Match[str]) -> tuple[Decimal, str]:
    return value + Decimal("0.5"), "分钟"


def _metres(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    digits = found[1]
    decimals = digits if digits.isdecimal() else "5" if digits == "半" else str(_DIGITS[digits])
    return value + Decimal(f"0.{decimals}"), "米"


def _weight(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return value + _small(found[1]) / 10, "斤"


def _years(value: Decimal, found: re.Match[str]) -> tuple[Decimal, str]:
    return value * 12 + _small(found[1]), "个月"


_END = r"(?![\d.点个多年月时分%倍万亿千百十至到、\-])"
_COMPOUNDS: dict[str, tuple[tuple[re.Pattern[str], _Reader], ...]] = {
    "元": ((re.compile(rf"元(?P<jiao>{_N})[角毛](?:(?P<fen>{_N})分?{_END})?"), _money),),
    "块": (
        (re.compile(rf"块(?P<jiao>{_N})[角毛](?:(?P<fen>{_N})分?{_END})?钱?"), _money),
        (re.compile(rf"块(?P<jiao>[1-9一二三四五六七八九半])(?P<fen>)(?:钱|{_END}(?![块张片根条名家]))"), _money),
    ),
    "美": ((re.compile(rf"美[元金](?:又|零)?(?P<fen>{_N})美分(?P<jiao>)"), _dollars),),
    "欧": ((re.compile(rf"欧元(?:又|零)?(?P<fen>{_N})欧分(?P<jiao>)"), _euros),),
    "毛": ((re.compile(rf"毛([1-9一二三四五六七八九])分?(?:钱|{_END})"), _jiao), (re.compile(r"毛()钱"), _jiao)),
    "角": ((re.compile(rf"角([1-9一二三四五六七八九])分{_END}"), _jiao),),
    "小": ((re.compile(rf"小时(?:零)?(?P<minutes>{_N})分钟?(?:(?P<seconds>{_N})秒)?"), _hours),),
    "分": (
        (re.compile(rf"分(?:钟)?(?P<seconds>{_N})秒(?P<hundredths>\d{{1,3}})?(?!\d)"), _minutes),
        (re.compile(r"分半(?!钟?内)(?:钟)?"), _half_minute),
    ),
    "秒": ((re.compile(r"秒(\d{2,3})(?![\d.%万亿])"), _seconds),),
    "米": ((re.compile(rf"米(\d{{1,2}}|[一二三四五六七八九半]){_END}(?=[高长宽深的左多以，。、；）”]|$)"), _metres),),
    "斤": ((re.compile(r"斤([1-9一二三四五六七八九两半])两(?![个名种])"), _weight),),
    "年": ((re.compile(rf"年(?:零|又)?({_N})个月"), _years),),
}


def read_compound(text: str, start: int, at: int, value: Decimal, chinese: bool) -> tuple[Decimal, str, int] | None:
    """Reads an amount printed in two units, the smaller one after the larger.

    Args:
        text: Folded text.
        start: Offset of the number's first character.
        at: Offset of the larger unit.
        value: Amount of the larger unit.
        chinese: Whether it was written in Chinese numerals.

    Returns:
        Value, surface of the unit it is in, and offset after it; None where only one unit is printed.

    >>> read_compound("3分26秒71", 0, 1, Decimal(3), False)
    (Decimal('206.71'), '秒', 7)
    """
    clock = start and text[start - 1] in "时点日:"
    for pattern, reader in _COMPOUNDS.get(text[at : at + 1], ()):
        found = pattern.match(text, at)
        if found and not (clock and text[at] == "分") and not (text[at] == "年" and value > 100):
            result, surface = reader(value, found)
            return result, surface, found.end()
    return None
