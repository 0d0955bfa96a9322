"""The units that newspapers print, as one table: measures, currencies and classifiers.

What belongs here: loading the unit tables of the lexicon and finding the longest unit at a place.
What does not: numbers, and whether a number with a unit is a quantity at all.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import words

_BELOW = "below"
_LONGEST_RATE = 3
_COUNTS = frozenset("0123456789") | frozenset(words("magnitudes"))
_MEASURED = ("length", "mass", "volume", "money", "area", "energy", "data")
_PER = ("duration", "mass", "length", "area", "volume", "energy")


@dataclass(frozen=True, slots=True)
class Unit:
    """One printed form of a unit.

    Attributes:
        surface: As printed, simplified characters, half-width signs: 千米, ㎡, 元/斤.
        canonical: The unit it is folded to: 公里, 平方米, 元/斤.
        dimension: money, count, percent, …
        base: Unit of `factor`; empty where no exact conversion exists.
        factor: How many `base` one of it is, exact.
        after: Numbers it may follow: `any`; `many`, not 一; `digits`, Arabic ones only; `below`, none: it
            only stands below another unit (吨/日).
    """

    surface: str
    canonical: str
    dimension: str
    base: str = ""
    factor: Fraction | None = None
    after: str = "any"


@cache
def units() -> dict[str, Unit]:
    """Gives every unit by its printed form."""
    found: dict[str, Unit] = {}
    for row in read_table("units"):
        factor = Fraction(row["factor"]) if row["factor"] else None
        found[row["surface"]] = Unit(
            row["surface"], row["canonical"], row["dimension"], row["base"], factor, row["after"]
        )
    for row in read_table("currencies"):
        factor = Fraction(row["factor"]) if row["factor"] else None
        found[row["surface"]] = Unit(row["surface"], row["canonical"], "money", row["base"], factor)
    for row in read_table("classifiers"):
        found.setdefault(row["surface"], Unit(row["surface"], row["canonical"], row["dimension"], after=row["after"]))
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Gives, for the first character of a unit, the lengths of the units that begin so, longest first."""
    lengths: dict[str, set[int]] = {}
    for surface in units():
        lengths.setdefault(surface[0], set()).add(len(surface))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def unit_at(text: str, start: int) -> Unit | None:
    """Gives the longest unit that begins at a place of the text, a rate (元/斤, 千米每小时) taken whole.

    Args:
        text: Text in simplified characters and half-width signs.
        start: Offset to look at.

    >>> unit_at("45.3元/斤", 4).canonical, unit_at("0.45吨标准煤/万元", 4).canonical
    ('元/斤', '吨标准煤/万元')
    """
    unit = _plain_unit(text, start)
    if unit is None or unit.after == _BELOW:
        return None
    rate = unit
    for _ in range(_LONGEST_RATE):
        end = start + len(rate.surface)
        found = _below(text, end, unit)
        if found is None:
            return rate
        below, after = found
        rate = _rate(rate, text[start:after], text[end + 1 : after - len(below.surface)] + below.canonical)
    return rate


def _below(text: str, slash: int, above: Unit) -> tuple[Unit, int] | None:
    """Gives the unit below a slash or 每, a number or magnitude before it taken in (万元 of 吨/万元), and its end."""
    sign = text[slash : slash + 1]
    if sign == "/" or (sign == "每" and above.dimension in _MEASURED):
        at = slash + 1
        while at < len(text) and text[at] in _COUNTS:
            at += 1
        below = _plain_unit(text, at)
        if below is not None and (sign == "/" or below.dimension in _PER):
            return below, at + len(below.surface)
    return None


def unit_table() -> list[dict[str, str | float | None]]:
    """Gives all units as rows for the warehouse's table `units`, one row a printed form."""
    rows: list[dict[str, str | float | None]] = []
    for unit in units().values():
        row = asdict(unit)
        del row["after"]
        rows.append({**row, "base": unit.base or None, "factor": float(unit.factor) if unit.factor else None})
    return rows


@cache
def first_characters() -> str:
    """Gives the characters a unit at a number can begin with."""
    return "".join(sorted({surface[0] for surface, unit in units().items() if unit.after != _BELOW}))


def unit_begins(sign: str) -> bool:
    """Tells whether a unit at a number can begin with a character.

    Args:
        sign: One character, or none at the end of a text.
    """
    return bool(sign) and sign in first_characters()


def _plain_unit(text: str, start: int) -> Unit | None:
    known = units()
    for length in _lengths().get(text[start : start + 1], ()):
        unit = known.get(text[start : start + length])
        if unit is not None and not _cuts_a_latin_word(text, start + length, unit):
            return unit
    return None


def _cuts_a_latin_word(text: str, end: int, unit: Unit) -> bool:
    last, following = unit.surface[-1], text[end : end + 1]
    return last.isascii() and last.isalpha() and following.isascii() and following.isalnum()


@cache
def _rate(above: Unit, printed: str, below: str) -> Unit:
    return Unit(printed, f"{above.canonical}/{below}", "rate", after=above.after)
