"""Quantities printed in two units: 五元三毛, 3小时20分钟, 3分26秒71, 3米8, 三斤二两.

What belongs here: chains of a larger and a smaller unit read as one amount (`two_units.csv` says what each is worth).
What does not: single units.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import read_chinese

_LONGEST = 20
_DECIMALS = "decimals"
_HALF = "半"


@dataclass(frozen=True, slots=True)
class _TwoUnits:
    """A larger unit with the smaller ones that may follow it.

    Attributes:
        pattern: Matches from the larger unit on.
        unit: What the whole is read in.
        worth: How many of it one larger unit is.
        parts: How many a smaller one is, by the pattern's groups.
        not_after: Signs before the number that make it a time of day.
        largest: The most that the larger unit may count.
    """

    pattern: re.Pattern[str]
    unit: str
    worth: Decimal
    parts: tuple[tuple[str, Decimal], ...]
    not_after: str
    largest: Decimal


_PATTERNS = {row["rule"]: pattern(f"two_units.{row['rule']}") for row in read_table("two_units")}


@cache
def _by_sign() -> dict[str, tuple[_TwoUnits, ...]]:
    found: dict[str, list[_TwoUnits]] = defaultdict(list)
    for row in read_table("two_units"):
        pairs = (part.split("=") for part in row["parts"].split())
        parts = tuple((name, Decimal(worth)) for name, worth in pairs)
        largest = Decimal(row["largest"] or "Infinity")
        read = _TwoUnits(_PATTERNS[row["rule"]], row["unit"], Decimal(row["worth"]), parts, row["not_after"], largest)
        found[row["begins"]].append(read)
    return {sign: tuple(chains) for sign, chains in found.items()}


def read_two_units(text: str, start: int, at: int, value: Decimal) -> tuple[Decimal, str, int] | None:
    """Reads an amount printed in two units, the smaller one after the larger.

    Args:
        text: Folded text.
        start: Offset of the number's first character.
        at: Offset of the larger unit.
        value: Amount of the larger unit.

    Returns:
        Value, surface of the unit it is in, and offset after it; None where only one unit is printed.

    >>> read_two_units("3分26秒71", 0, 1, Decimal(3))
    (Decimal('206.71'), '秒', 7)
    """
    for chain in _by_sign().get(text[at : at + 1], ()):
        found = chain.pattern.match(text, at)
        if found and value <= chain.largest and not (start and text[start - 1] in chain.not_after):
            smaller = sum((_amount(name, found[name]) * worth for name, worth in chain.parts), Decimal(0))
            return value * chain.worth + smaller, chain.unit, found.end()
    return None


def _amount(name: str, printed: str | None) -> Decimal:
    if not printed:
        return Decimal(0)
    if printed == _HALF:
        amount = Decimal(5)
    elif printed[0].isdecimal():
        amount = Decimal(printed[:_LONGEST])
    else:
        read = read_chinese(printed)
        amount = read[0] if read else Decimal(0)
    return amount.scaleb(-len(printed)) if name == _DECIMALS else amount
