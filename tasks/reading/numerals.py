"""What a printed number is worth: Arabic, Chinese, financial and mixed numerals by one grammar, exactly.

What belongs here: numerals to exact values. What does not: where numbers stand and what they count.

The grammar, over folded text without blanks:

    numeral  = large ( '点' digits large? )?
    large    = part ( 亿 | 万 | 兆 | 百万 … ) ( 零? part )*      each part below the magnitude before it
    part     = coefficient ( 千 | 百 | 十 ) … coefficient?       falling
    coefficient = Arabic number | Chinese digit | Chinese digits place by place (一八八一亿)

余, 多, 来 and 几 may stand after a digit or a magnitude and make it `about`. A last digit without its magnitude takes
the next lower one (三万五); two neighbouring digits are a range (七八十). What is no numeral as a whole has no value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tasks.lexicon import read_table
from tasks.lexicon.grammar import words


def _worth(name: str) -> dict[str, int]:
    return {row["sign"]: int(row["value"]) for row in read_table("numerals") if name in row["classes"].split()}


ONES = "".join(words("ones"))
"""一 to 九, for patterns."""
TO_TEN = ONES + "十"
"""What the small numbers of headings, days and pages are written with."""
_DIGITS = _worth("digit")
_LARGE = _worth("large")
_MAGNITUDES = _worth("magnitudes") | _worth("formal_magnitudes") | _LARGE
_SMALL = _worth("small")
_TENS = {sign: f"{words('ones')[value // 10 - 1]}十" for sign, value in _worth("joined_tens").items()}
_POINT = "点"
_LONGEST = 40
_FUZZ = words("fuzz")
_ZEROS = "".join(words("zeros"))
_ATOM = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?|.")
_NO_COMMAS = str.maketrans("", "", ",，")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_RANGES = {(Decimal(n), Decimal(m)) for n, m in ((3, 5), *((n, n + 1) for n in range(1, 9)))}


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral is worth.

    Attributes:
        value: Exact.
        high: Upper end of two neighbouring digits (七八十).
        about: 余, 多, 来 or 几 stands in it.
        scale: The magnitude it ends with: 10,000 for 3至5万's 5万, 1 for 35000.
        bare: Magnitudes alone, without a digit (百家, 亿元).
    """

    value: Decimal
    high: Decimal | None = None
    about: bool = False
    scale: int = 1
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """One sign of a numeral: a digit, an Arabic number, or a magnitude."""

    kind: str  # digit, number, magnitude
    value: Decimal
    printed: str = ""


def magnitude(printed: str) -> int:
    """Gives what 万, 千万, 万亿 multiply by.

    >>> magnitude("千万")
    10000000
    """
    product = 1
    for char in printed:
        product *= _MAGNITUDES.get(char, 1)
    return product


def read_numeral(printed: str) -> Numeral | None:
    """Reads a numeral as a whole; None where it is none, however much of it could be read.

    Args:
        printed: Digits, magnitudes and 余多来几 only, folded, without blanks.

    >>> read_numeral("3亿零500万").value
    Decimal('305000000')
    >>> read_numeral("三万五").value, read_numeral("七八十").high
    (Decimal('35000'), Decimal('80'))
    >>> read_numeral("亿亿"), read_numeral("3万5"), read_numeral("1.5万3千")
    (None, None, None)
    """
    about = any(sign in printed for sign in _FUZZ)
    plain = _without_fuzz(printed) if about else printed
    if not plain or len(plain) > _LONGEST:
        return None
    for short, long in _TENS.items():
        plain = plain.replace(short, long)
    whole, dot, decimals = plain.partition(_POINT)
    if dot:
        value, high = _with_decimals(whole, decimals), None
    else:
        value, high = _read_ends(_tokens(plain))
    if value is None:
        return None
    bare = all(sign in _MAGNITUDES for sign in plain) and _MAGNITUDES[plain[0]] != 10
    return Numeral(value, high, about, _last_scale(plain), bare)


def read_chinese(printed: str) -> tuple[Decimal, Decimal | None] | None:
    """Reads a numeral, with its upper end where two neighbours make a range.

    Args:
        printed: Numerals only.

    Returns:
        Value and upper end, or None where the characters are no number.

    >>> read_chinese("三千二百五十七万")
    (Decimal('32570000'), None)
    """
    read = read_numeral(printed)
    return None if read is None else (read.value, read.high)


def small_number(printed: str) -> int:
    """Reads the number of a day, a month, a year or a quarter (12, 十二, 二十三, 〇七, 首); 0 where it is none.

    Args:
        printed: Digits, or 〇 to 九 with 十 between tens and ones.

    >>> small_number("二十三"), small_number("二〇一九"), small_number("十十")
    (23, 2019, 0)
    """
    if printed.isdecimal():
        return int(printed)
    tens, ten, ones = printed.partition("十")
    if not ten:
        return int("".join(str(_SMALL.get(sign, 0)) for sign in printed) or 0)
    if (tens and tens not in _SMALL) or (ones and ones not in _SMALL):
        return 0
    return _SMALL.get(tens, 1) * 10 + _SMALL.get(ones, 0)


def _without_fuzz(printed: str) -> str | None:
    """Takes 余, 多, 来, 几 and 个 out where they may stand: after something counted, no two at once."""
    kept = ""
    for before, sign, after in zip(" " + printed, printed, printed[1:] + " ", strict=False):
        if sign in _FUZZ:
            if not kept or before in _FUZZ or not (after in _MAGNITUDES or after == " "):
                return None
            kept = kept.rstrip(_ZEROS)  # 一百零几万
        else:
            kept += sign
    return kept


def _last_scale(plain: str) -> int:
    """Gives the magnitude a numeral ends with; of Chinese ones only 万 and 亿, for 三百 is a number by itself."""
    digits = plain.rstrip("".join(_MAGNITUDES))
    ending = plain[len(digits) :]
    if digits and digits[-1].isascii():
        return magnitude(ending)
    return magnitude("".join(sign for sign in ending if sign in _LARGE))


def _tokens(plain: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    for atom in _ATOM.findall(plain):
        if atom in _MAGNITUDES:
            tokens.append(_Token("magnitude", Decimal(_MAGNITUDES[atom]), atom))
        elif atom in _DIGITS:
            tokens.append(_Token("digit", Decimal(_DIGITS[atom]), atom))
        elif _GROUPED.fullmatch(atom):
            tokens.append(_Token("number", Decimal(atom.translate(_NO_COMMAS)), atom))
        else:
            return None
    return tokens


def _read_ends(tokens: list[_Token] | None) -> tuple[Decimal | None, Decimal | None]:
    """Reads the value, or both ends where two neighbouring digits make a range."""
    if tokens is None:
        return None, None
    pair = _pair(tokens)
    if pair is None:
        return _read(tokens), None
    low, high = _read(tokens[: pair + 1] + tokens[pair + 2 :]), _read(tokens[:pair] + tokens[pair + 1 :])
    return (low, high) if low is not None and high is not None and low < high else (None, None)


def _pair(tokens: list[_Token]) -> int | None:
    """Finds the two neighbouring digits of 七八十, 十三四, 二三亿; longer rows of digits are read place by place."""
    runs: list[list[int]] = []
    for at, token in enumerate(tokens):
        if token.kind != "digit":
            continue
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    twos = [run for run in runs if len(run) == 2 and (tokens[run[0]].value, tokens[run[1]].value) in _RANGES]
    return twos[0][0] if len(twos) == 1 else None


def _read(tokens: list[_Token]) -> Decimal | None:
    """Reads numerals split at their highest magnitude, then each side by itself."""
    large = [at for at, token in enumerate(tokens) if token.printed in _LARGE]
    if not large:
        return _read_part(tokens)
    highest = max(tokens[at].value for at in large)
    at = max(at for at in large if tokens[at].value == highest)
    scale = tokens[at].value
    above = _read(tokens[:at]) if at else Decimal(1)
    below = _read_below(tokens[at + 1 :], scale)
    if above is None or below is None or (at and tokens[at - 1].value == scale and not _is_old(tokens, scale)):
        return None
    if tokens[at + 1 :] and above != int(above):
        return None  # 1.5万3千
    return above * scale + below


def _is_old(tokens: list[_Token], scale: Decimal) -> bool:
    """Tells whether a magnitude may stand twice: 四万万 is an old hundred million, 万万 and 3亿亿 are slips."""
    return scale == 10_000 and any(token.kind != "magnitude" for token in tokens)


def _read_below(tokens: list[_Token], scale: Decimal) -> Decimal | None:
    if not tokens:
        return Decimal(0)
    last = tokens[0]
    if len(tokens) == 1 and last.kind == "digit" and scale > 10:
        return last.value * scale / 10
    if len(tokens) == 1 and last.kind == "number" and len(last.printed.partition(".")[0]) == 1:
        return None  # 3万5: thirty-five thousand to some, a slip to others
    while tokens and tokens[0].printed in _ZEROS:
        tokens = tokens[1:]
    below = _read(tokens) if tokens else None
    return below if below is not None and below < scale else None


def _read_part(tokens: list[_Token]) -> Decimal | None:
    """Reads what stands below 万: coefficients with falling magnitudes, or digits place by place."""
    if all(token.kind == "digit" for token in tokens):
        return Decimal("".join(str(token.value) for token in tokens)) if tokens else None
    if len(tokens) == 1 and tokens[0].kind == "number":
        return tokens[0].value
    total, last, coefficient, zero = Decimal(0), Decimal(0), None, False
    for token in tokens:
        if token.kind == "magnitude":
            if (last and token.value >= last) or coefficient == 0:
                return None
            total += (1 if coefficient is None else coefficient) * token.value
            coefficient, last, zero = None, token.value, False
        elif coefficient is not None:
            return None
        elif token.kind == "digit" and token.value == 0:
            zero = True
        else:
            coefficient = token.value
    if coefficient is None:
        return None if zero else total
    return _with_last(total, last, coefficient, zero, tokens[-1])


def _with_last(total: Decimal, last: Decimal, rest: Decimal, zero: bool, token: _Token) -> Decimal | None:
    """Adds what stands after the last magnitude: 三百五 is 350, 三百零五 305, 3千500 3500."""
    if not last or rest >= last:
        return None
    if token.kind == "number":
        return None if len(token.printed) == 1 and last > 10 and not zero else total + rest
    return total + rest * (last / 10 if last > 10 and not zero else 1)


def _with_decimals(whole: str, decimals: str) -> Decimal | None:
    digits = decimals.rstrip("".join(_MAGNITUDES))
    scale = decimals[len(digits) :]
    before = _read(tokens) if (tokens := _tokens(whole)) else None
    if before is None or not digits or any(sign not in _DIGITS for sign in digits) or len(set(scale)) < len(scale):
        return None
    fraction = "".join(str(_DIGITS[sign]) for sign in digits)
    return Decimal(f"{before}.{fraction}") * magnitude(scale)
