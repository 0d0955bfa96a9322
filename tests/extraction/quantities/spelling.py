"""Numbers spelled in every way that a paper prints them, each with what it is worth: the forms of the grammar.

`FORMS` is the table that the tests draw from and that docs/figures-numbers.md shows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

_CN = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEPS = (("", "十", "百", "千"), ("", "拾", "佰", "仟"))
_FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_WAN, _YI = 10**4, 10**8
UNITS = ("元", "吨", "亩", "户", "台", "平方米", "公里", "千瓦时", "人次", "美元")


@dataclass(frozen=True)
class Printed:
    """A number as printed, without its unit, and its value; `about` where 多 or 余 stands in it."""

    text: str
    value: Decimal
    about: bool = False
    high: Decimal | None = None


def chinese(number: int, formal: bool = False) -> str:
    """Spells a whole number below 10,000,000,000,000,000 in Chinese numerals."""
    if number >= _YI:
        high, low = divmod(number, _YI)
        gap = "零" if low and low < _YI // 10 else ""
        return chinese(high, formal) + "亿" + gap + (chinese(low, formal) if low else "")
    if number >= _WAN:
        high, low = divmod(number, _WAN)
        gap = "零" if low and low < _WAN // 10 else ""
        return chinese(high, formal) + "万" + gap + (chinese(low, formal) if low else "")
    digits, steps = (_FORMAL, _STEPS[1]) if formal else (_CN, _STEPS[0])
    spelled, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            spelled += ("零" if zero and spelled else "") + digits[digit] + steps[place]
        zero = not digit
    if not formal and spelled.startswith("一十"):
        spelled = spelled[1:]
    return spelled


def _digits(rng: random.Random, places: int) -> Decimal:
    """A number with some decimals, the last of them not 0."""
    whole = rng.choice((rng.randint(1, 9), rng.randint(10, 99), rng.randint(100, 999), rng.randint(1000, 9999)))
    if not places:
        return Decimal(whole)
    return Decimal(
        f"{whole}.{rng.randint(0, 10 ** (places - 1) - 1):0{places - 1}d}{rng.randint(1, 9)}".replace("..", ".")
    )


def _arabic(rng: random.Random) -> Printed:
    value = _digits(rng, rng.randint(0, 4))
    return Printed(str(value), value)


def _large(rng: random.Random) -> int:
    return rng.randint(1000, 10 ** rng.randint(4, 12))


def _grouped(rng: random.Random) -> Printed:
    value = _large(rng)
    return Printed(f"{value:,}", Decimal(value))


def _grouped_wide(rng: random.Random) -> Printed:
    value = _large(rng)
    return Printed(f"{value:,}".translate(_FULL), Decimal(value))


def _grouped_by_blanks(rng: random.Random) -> Printed:
    value = rng.randint(10**6, 10**10)
    return Printed(f"{value:,}".replace(",", " "), Decimal(value))


def _full_width(rng: random.Random) -> Printed:
    value = _digits(rng, rng.randint(0, 2))
    return Printed(str(value).translate(_FULL), value)


def _with_magnitude(rng: random.Random) -> Printed:
    value = _digits(rng, rng.randint(0, 3))
    sign, scale = rng.choice(
        (("万", _WAN), ("亿", _YI), ("万亿", _WAN * _YI), ("千万", 10**7), ("百万", 10**6), ("萬", _WAN))
    )
    return Printed(f"{value}{sign}", value * scale)


def _with_fuzz(rng: random.Random) -> Printed:
    value = rng.randint(1, 9999)
    text, scale = rng.choice(
        (
            ("{}多万", _WAN),
            ("{}余亿", _YI),
            ("{}万多", _WAN),
            ("{}亿余", _YI),
            ("{}万余", _WAN),
            ("{}余", 1),
            ("{}多", 1),
        )
    )
    return Printed(text.format(value), Decimal(value * scale), about=True)


def _in_two(rng: random.Random) -> Printed:
    """1亿2000万, 3万5千, 3亿零500万, 1万零800, 3万4000."""
    high, kind = rng.randint(1, 9999), rng.randrange(5)
    if kind == 0:
        low = rng.randint(1000, 9999)
        return Printed(f"{high}亿{low}万", Decimal(high * _YI + low * _WAN))
    if kind == 1:
        low = rng.randint(1, 9)
        return Printed(f"{high}万{low}千", Decimal(high * _WAN + low * 1000))
    if kind == 2:
        low = rng.randint(100, 999)
        return Printed(f"{high}亿零{low}万", Decimal(high * _YI + low * _WAN))
    if kind == 3:
        low = rng.randint(10, 999)
        return Printed(f"{high}万零{low}", Decimal(high * _WAN + low))
    low = rng.choice((rng.randint(1000, 1899), rng.randint(2100, 9999)))
    return Printed(f"{high}万{low}", Decimal(high * _WAN + low))


def _chinese(rng: random.Random) -> Printed:
    value = rng.choice((rng.randint(21, 9999), rng.randint(10**4, 10**8), rng.randint(10**8, 10**12)))
    return Printed(chinese(value), Decimal(value))


def _chinese_rounded(rng: random.Random) -> Printed:
    value = rng.randint(1, 9999) * rng.choice((_WAN, _YI))
    return Printed(chinese(value), Decimal(value))


def _formal(rng: random.Random) -> Printed:
    value = rng.randint(10, 10**9)
    return Printed(chinese(value, formal=True), Decimal(value))


def _chinese_decimals(rng: random.Random) -> Printed:
    whole, digits = rng.randint(1, 999), [rng.randint(1, 9) for _ in range(rng.randint(1, 3))]
    sign, scale = rng.choice((("万", _WAN), ("亿", _YI), ("万亿", _WAN * _YI)))
    value = Decimal(f"{whole}.{''.join(map(str, digits))}") * scale
    return Printed(f"{chinese(whole)}点{''.join(_CN[d] for d in digits)}{sign}", value)


def _place_by_place(rng: random.Random) -> Printed:
    digits = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(rng.randint(2, 3)))]
    sign, scale = rng.choice((("万", _WAN), ("亿", _YI)))
    spelled = "".join("〇一二三四五六七八九"[d] for d in digits)
    return Printed(spelled + sign, Decimal("".join(map(str, digits))) * scale)


def _old_tens(rng: random.Random) -> Printed:
    sign, tens = rng.choice((("廿", 20), ("卅", 30)))
    one = rng.randint(0, 9)
    return Printed(f"{sign}{_CN[one] if one else ''}万", Decimal((tens + one) * _WAN))


def _mixed(rng: random.Random) -> Printed:
    """十亿3000万, 100万两千."""
    if rng.random() < 0.5:
        high, low = rng.randint(1, 99), rng.randint(1000, 9999)
        return Printed(f"{chinese(high)}亿{low}万", Decimal(high * _YI + low * _WAN))
    high, low = rng.randint(1, 999), rng.randint(1, 9)
    return Printed(f"{high}万{_CN[low]}千", Decimal(high * _WAN + low * 1000))


def _neighbours(rng: random.Random) -> Printed:
    low = rng.randint(1, 8)
    sign, scale = rng.choice((("十", 10), ("百", 100), ("千", 1000), ("万", _WAN), ("十万", 10 * _WAN)))
    return Printed(f"{_CN[low]}{_CN[low + 1]}{sign}", Decimal(low * scale), high=Decimal((low + 1) * scale))


def _teens(rng: random.Random) -> Printed:
    tens = rng.randint(1, 9)
    head = chinese(tens * 10)
    sign, scale = rng.choice((("几万", _WAN), ("几亿", _YI), ("余万", _WAN), ("多亿", _YI)))
    return Printed(head + sign, Decimal(tens * 10 * scale), about=True)


def _blank_before_unit(rng: random.Random) -> Printed:
    made = rng.choice((_arabic, _with_magnitude))(rng)
    return Printed(made.text + rng.choice((" ", "\u3000", "\u00a0")), made.value)


def _blank_at_point(rng: random.Random) -> Printed:
    value = _digits(rng, 1)
    whole, _, tenth = str(value).partition(".")
    sign, scale = rng.choice((("亿", _YI), ("万", _WAN)))
    return Printed(f"{whole}{rng.choice(('. ', ' .', ' . '))}{tenth}{sign}", value * scale)


def _invisible(rng: random.Random) -> Printed:
    made = _with_magnitude(rng)
    at = rng.randint(1, len(made.text) - 1)
    return Printed(made.text[:at] + rng.choice("\u200b\u00ad\u2060\ufeff") + made.text[at:], made.value)


def _middle_point(rng: random.Random) -> Printed:
    value = _digits(rng, 1)
    return Printed(str(value).replace(".", rng.choice("·・")) + "亿", value * _YI)


FORMS: dict[str, Callable[[random.Random], Printed]] = {
    "Arabic": _arabic,
    "thousands by comma": _grouped,
    "thousands by full-width comma": _grouped_wide,
    "thousands by blank": _grouped_by_blanks,
    "full width": _full_width,
    "magnitude": _with_magnitude,
    "多, 余": _with_fuzz,
    "two magnitudes": _in_two,
    "Chinese": _chinese,
    "Chinese, rounded": _chinese_rounded,
    "financial": _formal,
    "Chinese decimals": _chinese_decimals,
    "place by place": _place_by_place,
    "廿, 卅": _old_tens,
    "Chinese and Arabic": _mixed,
    "two neighbours": _neighbours,
    "几 inside": _teens,
    "blank before the unit": _blank_before_unit,
    "blank at the point": _blank_at_point,
    "invisible sign": _invisible,
    "point in the middle": _middle_point,
}


def printed_numbers(seed: int) -> Iterator[tuple[str, Printed]]:
    """Yields numbers for ever: the name of the form, and the number; the same seed gives the same ones."""
    rng = random.Random(seed)
    names = list(FORMS)
    while True:
        name = rng.choice(names)
        yield name, FORMS[name](rng)


def table() -> str:
    """Gives the table of forms for the guide: each form with three numbers printed so, and their values."""
    rows = ["| form | printed | value |", "|---|---|---|"]
    for name, make in FORMS.items():
        rng = random.Random(name)
        made = [make(rng) for _ in range(3)]
        printed = ", ".join(f"`{_visible(number.text)}`" for number in made)
        values = ", ".join(_value(number) for number in made)
        rows.append(f"| {name} | {printed} | {values} |")
    return "\n".join(rows)


def _visible(text: str) -> str:
    return "".join(
        f"<U+{ord(sign):04X}>" if sign in "\u200b\u00ad\u2060\ufeff\u3000\u00a0" else sign for sign in text
    ).strip()


def _value(number: Printed) -> str:
    value = f"{number.value.normalize():f}"
    high = f" to {number.high.normalize():f}" if number.high is not None else ""
    return f"{value}{high}{' about' if number.about else ''}"


if __name__ == "__main__":
    print(table())
