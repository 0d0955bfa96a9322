"""Texts that are nothing but numbers: 一百五十二, 1,050.5, 三百五十又三分之一, 2e5, 2^5.

What belongs here: numbers that no word says a unit of, as a cell of a table or another program hands them in. What does
not: numbers in sentences (`finder`), where one without a unit and a noun is no figure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tasks.lexicon.grammar import pattern
from tasks.page import Quantity
from tasks.reading.numerals import read_numeral
from tasks.reading.paragraph import read_paragraph

_SEPARATOR = pattern("numbers.between_plain")
_SIGN = pattern("numbers.plain_sign")
_SCIENTIFIC = re.compile(r"([0-9]{0,20}\.?[0-9]{1,20})[eE]([+-]?[0-9]{1,2})")
_POWER = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\^([+-]?[0-9]{1,2})")
_PARTS = pattern("numbers.plain_parts")
_SLASH = re.compile(r"(?:(?P<whole>[0-9]{1,9}) )?(?P<above>[0-9]{1,9})/(?P<below>[0-9]{1,9})")
_SCALES = {"k": 1000, "K": 1000, "M": 10**6}
_BLANK = re.compile(r"(?<![0-9.]) +| +(?![0-9.]|$)")
_NO_NUMBER = pattern("numbers.no_plain_number")
"""How codes (007) and words (万一) begin."""
_LONGEST = 60
_LARGEST = Decimal("1e30")
"""What is more measures nothing, and a double would lose it."""


def read_plain_numbers(text: str) -> list[Quantity]:
    """Reads a text that is one number, or a list of them, and nothing else; empty where it is more.

    Args:
        text: Any text.

    Returns:
        Quantities without unit, of dimension count.

    >>> [q.value for q in read_plain_numbers("二百三十三，五百七十七，负一又二分之一")]
    [233.0, 577.0, -1.5]
    >>> read_plain_numbers("第二百三十三")
    []
    """
    reading = read_paragraph(text)
    read = reading.signs
    found: list[Quantity] = []
    at = 0
    ends = [*((m.start(), m.end()) for m in _SEPARATOR.finditer(read)), (len(read), len(read))]
    for end, following in ends:
        piece = read[at:end]
        start = at + len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if piece:
            value = _value(piece) if len(piece) <= _LONGEST else None
            if value is None or abs(value) > _LARGEST:
                return []
            first, stop = reading.folded.span(start, start + len(piece))
            found.append(Quantity(first, stop, text[first:stop], float(value), "", "count", optional=True))
        at = following
    return found


def _value(piece: str) -> Decimal | None:
    sign = _SIGN.match(piece)
    rest = piece[1:] if sign else piece
    value = _unsigned(_BLANK.sub("", rest))
    return -value if value is not None and sign and sign.group() != "+" else value


def _unsigned(printed: str) -> Decimal | None:
    if found := _SCIENTIFIC.fullmatch(printed):
        return Decimal(found[1]).scaleb(int(found[2]))
    if found := _POWER.fullmatch(printed):
        return Decimal(found[1]) ** int(found[2]) if found[1].strip("0.") else None
    if found := _PARTS.fullmatch(printed) or _SLASH.fullmatch(printed):
        whole, above, below = (_numeral(found[name] or "0") for name in ("whole", "above", "below"))
        if whole is None or above is None or not below:
            return None
        part = above / below
        return whole + (-part if found.groupdict().get("minus") else part)
    return _numeral(printed)


def _numeral(printed: str) -> Decimal | None:
    scale = _SCALES.get(printed[-1:], 1)
    printed = printed if scale == 1 else printed[:-1]
    if _NO_NUMBER.match(printed):
        return None
    read = read_numeral("0" + printed if printed[:1] == "." else printed)
    return None if read is None or read.bare or read.high is not None else read.value * scale
