"""Where numbers stand in a text: one pass that takes in everything that belongs to a numeral and reads it whole.

What belongs here: the shapes of printed numbers. What does not: what a numeral is worth (`numerals`), units, and
whether the number measures anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tasks.extraction.quantities.units import first_characters, unit_begins
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import magnitude, read_numeral

_PARTS = {100: "%", 1000: "‰", 10_000: "‱", 100_000: "/10万"}
_WORDS = {row["word"]: (Decimal(row["value"]), row["unit"]) for row in read_table("number_words")}
_PLAIN = pattern("numbers.plain")
_SCALES = {"": 1} | {mag: magnitude(mag) for mag in words("joined_magnitudes")}
_KILO_UNITS = words("kilo_units")
_MAGNITUDES = words("magnitudes")
_ZEROS = words("zeros")
_FUZZ = words("fuzz")
_LONGEST = 24
_THOUSANDS = {"k": 1000, "K": 1000, "M": 10**6}
_TALK = str.maketrans({"个": "", "k": "千", "K": "千", "M": "百万"})
_HUNDRED = Decimal(100)
_COUNTABLE = 20
"""Digits before the point beyond which a value is not rounded: decimal arithmetic has 28 in all."""


@dataclass(slots=True)
class Number:
    """A printed number.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last, 余/多/来 and magnitude taken in.
        value: What it is worth; None where it is no plain number (1.2.3) or cannot be read as a whole.
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


@cache
def _scanner(shares: bool) -> re.Pattern[str]:
    """Gives the pattern that finds numbers.

    Args:
        shares: Whether fractions and rows of shares are looked for too; few texts have any.
    """
    return pattern("numbers.number_or_share" if shares else "numbers.number", unit_starts=first_characters())


def scan_numbers(text: str) -> Iterator[Number]:
    """Yields the numbers of a folded text in order.

    Args:
        text: A reading's `signs`, blanks inside numbers taken out.
    """
    for found in _scanner("分之" in text or "/" in text or ":" in text).finditer(text):
        kind = found.lastgroup
        if kind == "arabic":
            yield _arabic(found)
        elif kind == "ratio":
            yield from _ratio(found)
        elif kind is not None:
            number = _READERS[kind](found) if kind in _READERS else None
            if number is not None:
                yield number


def _arabic(found: re.Match[str]) -> Number:
    start, end = found.span("arabic")
    plain = _PLAIN.fullmatch(found.string, start, end)
    if plain is not None and end - start <= _LONGEST:
        digits, before, mag, after = plain.groups()
        scale = _SCALES.get(mag)
        if scale is not None:
            value = Decimal(digits)
            return Number(start, end, value * scale if scale > 1 else value, None, bool(before or after), scale=scale)
    read = read_numeral(found.group().translate(_TALK))
    if read is None:
        return Number(start, end, None)
    return Number(start, end, read.value, read.high, read.about, scale=read.scale)


def _share(found: re.Match[str]) -> Number:
    """Reads 百分之三点五, 千分之二, 三分之二, 10万分之9.7, and the range of 百分之十到八十."""
    below, above = read_numeral(found.group("below")), read_numeral(found.group("above"))
    start, end = found.span("share")
    if below is None or above is None or not below.value:
        return Number(start, end, None)
    about = found.group("sharefuzz") is not None
    unit = _PARTS.get(int(below.value))
    if found.group("sharek"):
        return Number(
            start, end, above.value * _THOUSANDS[found.group("sharek").strip()], chinese=True, unit=unit or "%"
        )
    if unit is None:
        value = _rounded(above.value * _HUNDRED / below.value)
        return Number(start, end, value, about=about, chinese=True, unit="%")
    upto = read_numeral(found.group("upto")) if found.group("upto") else None
    high = upto.value if upto and upto.value > above.value else above.high
    if found.group("upto") and (upto is None or high != upto.value):
        return Number(start, end, None)
    return Number(start, end, above.value, high, about, chinese=True, unit=unit)


def _rounded(value: Decimal) -> Decimal:
    """Gives two decimals, of a value below 1 as many as make four digits; what is beyond counting stays as it is."""
    if not value or value.adjusted() > _COUNTABLE:
        return value
    return round(value, 2 if value >= 1 else 3 - value.adjusted())


def _whole_and_part(found: re.Match[str]) -> Number:
    """Reads 三百五十又三分之一: a whole and a part of one are one number."""
    whole, parts, of = (read_numeral(found.group(name)) for name in ("whole", "parts", "of"))
    start, end = found.span("whole_and_part")
    if whole is None or parts is None or of is None or not parts.value:
        return Number(start, end, None)
    return Number(start, end, whole.value + of.value / parts.value, chinese=True)


def _slash(found: re.Match[str]) -> Number | None:
    above, _, below = found.group().partition("/")
    if int(above) >= int(below):
        return None
    return Number(*found.span(), _rounded(Decimal(above) * _HUNDRED / Decimal(below)), chinese=True, unit="%")


def _ratio(found: re.Match[str]) -> Iterator[Number]:
    """Reads a row of three shares (4.8:38.8:56.4); a row that is no whole has none."""
    pieces = list(re.finditer(r"[0-9.]+", found.group()))
    values = [Decimal(piece.group()) for piece in pieces]
    if abs(sum(values) - _HUNDRED) <= Decimal("0.3"):
        for piece, value in zip(pieces, values, strict=True):
            yield Number(found.start() + piece.start(), found.start() + piece.end(), value, chinese=True, unit="%")


def _formal(found: re.Match[str]) -> Number | None:
    printed, end = _without_unit_sign(found.string, found.group(), found.end())
    read = read_numeral(printed)
    return Number(found.start(), end, read.value, chinese=True, scale=read.scale) if read else None


def _without_unit_sign(text: str, printed: str, end: int) -> tuple[str, int]:
    """Leaves a last sign to the unit that it belongs to: 十|千瓦, 三千两百|两."""
    following = text[end : end + 1]
    is_kilo = printed[-1] == "千" and following in _KILO_UNITS
    is_tael = printed[-1] == "两" and (printed[-2:-1] in _MAGNITUDES or not unit_begins(following))
    return (printed[:-1], end - 1) if len(printed) > 1 and (is_kilo or is_tael) else (printed, end)


def _teens(found: re.Match[str]) -> Number | None:
    read = read_numeral(found.group().replace("几", ""))
    scale = magnitude(found.group("teensmag"))
    return Number(*found.span(), read.value, about=True, chinese=True, scale=scale) if read else None


def _hundred(found: re.Match[str]) -> Number:
    scale = magnitude(found.group()[0])
    return Number(*found.span(), Decimal(scale), about=True, chinese=True, scale=scale)


def _chinese(found: re.Match[str]) -> Number | None:
    printed, end = _without_unit_sign(found.string, found.group("chinese"), found.end("chinese"))
    if printed in _ZEROS or printed[0] == "点":
        return None  # 零组件, 零距离
    read = read_numeral(printed)
    mixed = bool(found.group("mixed"))
    if read is None:
        return Number(found.start(), end, None) if mixed else None
    return Number(
        found.start(), end, read.value, read.high, read.about, not mixed, read.scale, bare=read.bare and not read.about
    )


def _yi(found: re.Match[str]) -> Number | None:
    """Reads 三个亿, 两个多亿, as people say them."""
    read = read_numeral(found.group().partition("个")[0])
    if read is None:
        return None
    about = found.group()[-2] in _FUZZ
    return Number(*found.span(), read.value * 10**8, about=about, chinese=True, scale=10**8)


def _half(found: re.Match[str]) -> Number:
    return Number(*found.span(), Decimal("0.5"), chinese=True)


def _word(found: re.Match[str]) -> Number:
    value, unit = _WORDS[found.group()]
    return Number(*found.span(), value, chinese=True, unit=unit)


_READERS = {
    "whole_and_part": _whole_and_part,
    "share": _share,
    "slash": _slash,
    "half": _half,
    "word": _word,
    "formal": _formal,
    "teens": _teens,
    "hundred": _hundred,
    "yi": _yi,
    "chinese": _chinese,
}
