"""What a printed number is worth: Arabic, Chinese and mixed, exactly.

What belongs here: numerals to exact values. What does not: where numbers stand and what they count.
"""

from __future__ import annotations

import re
from decimal import Decimal

_FORMS = ("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: digit for digit, chars in enumerate(_FORMS) for char in chars}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"兆": 10**12, "亿": 10**8, "万": 10**4}
_MAGNITUDES = {**_SMALL, **_LARGE}
_LONGEST = 24
_PIECE = re.compile(r"([\d,]+(?:\.\d+)?)[ \u3000\xa0个余多来几]*([十百千万亿兆]*)[余多来几]*")
_PAIR = re.compile(r"[一二三四五六七八九两](?=[一二三四五六七八九两])")


def magnitude(printed: str) -> int:
    """Gives what 万, 千万, 万亿 multiply by.

    >>> magnitude("千万")
    10000000
    """
    product = 1
    for char in printed:
        product *= _MAGNITUDES.get(char, 1)
    return product


def read_arabic(printed: str) -> Decimal | None:
    """Reads a number of Arabic digits with its magnitudes; None where it is no plain number.

    >>> read_arabic("45.3亿")
    Decimal('4530000000.0')
    >>> read_arabic("1亿2000万")
    Decimal('120000000')
    """
    total = Decimal(0)
    for digits, scale in _PIECE.findall(printed):
        if len(digits) > _LONGEST:
            return None
        total += Decimal(digits.replace(",", "")) * magnitude(scale)
    return total


def read_chinese(printed: str) -> tuple[Decimal, Decimal | None] | None:
    """Reads a number of Chinese numerals, with its upper end where two neighbours make a range (七八十).

    Args:
        printed: Numerals only, 余/多/来 taken out.

    Returns:
        Value and upper end, or None where the characters are no number.

    >>> read_chinese("三千二百五十七万")
    (Decimal('32570000'), None)
    >>> read_chinese("七八十")
    (Decimal('70'), Decimal('80'))
    """
    if len(printed) > _LONGEST:
        return None
    printed = printed.replace("廿", "二十").replace("卅", "三十")
    whole, dot, decimals = printed.partition("点")
    if dot:
        return _with_decimals(whole, decimals)
    if not any(c in _MAGNITUDES for c in printed):
        return _bare_digits(printed)
    pair = _PAIR.search(printed)
    if pair is None:
        value = _read_scaled(printed)
        return None if value is None else (Decimal(value), None)
    at = pair.start()
    low = _read_scaled(printed[: at + 1] + printed[at + 2 :])
    high = _read_scaled(printed[:at] + printed[at + 1 :])
    if low is None or high is None or not low < high:
        return None
    return Decimal(low), Decimal(high)


def _bare_digits(printed: str) -> tuple[Decimal, Decimal | None] | None:
    digits = [_DIGITS[c] for c in printed]
    if len(digits) == 2 and 1 <= digits[0] < digits[1] == digits[0] + 1:
        return Decimal(digits[0]), Decimal(digits[1])
    return Decimal("".join(map(str, digits))), None


def _with_decimals(whole: str, decimals: str) -> tuple[Decimal, None] | None:
    scale = 1
    while decimals and decimals[-1] in _MAGNITUDES:
        scale *= _MAGNITUDES[decimals[-1]]
        decimals = decimals[:-1]
    before = read_chinese(whole)
    if before is None or before[1] is not None or not decimals or any(c in _MAGNITUDES for c in decimals):
        return None
    fraction = "".join(str(_DIGITS[c]) for c in decimals)
    return Decimal(f"{before[0]}.{fraction}") * scale, None


def _read_scaled(printed: str) -> int | None:
    """Reads numerals with magnitudes: split at the highest one, then each side."""
    for char, scale in _LARGE.items():
        above, found, below = printed.rpartition(char)
        if found:
            high, low = (_read_scaled(above) if above else 1), _read_below(below, scale)
            return None if high is None or low is None else high * scale + low
    return _read_thousands(printed)


def _read_below(printed: str, scale: int) -> int | None:
    if not printed:
        return 0
    if len(printed) == 1 and printed in _DIGITS and scale > 10:
        return _DIGITS[printed] * scale // 10
    return _read_scaled(printed.lstrip("零〇") or "零")


def _read_thousands(printed: str) -> int | None:
    total, digit, last = 0, None, 0
    for char in printed:
        if char in _SMALL:
            scale = _SMALL[char]
            if last and scale >= last:
                return None
            total += (1 if digit is None else digit) * scale
            digit, last = None, scale
        elif digit:
            return None
        else:
            digit = _DIGITS[char] or None
    if digit is None:
        return total
    return total + digit * (last // 10 if last > 10 and printed[-2:-1] not in tuple("零〇") else 1)
