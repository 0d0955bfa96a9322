"""What touches a numeral and could belong to it: then the numeral is not read, for a part is never given for the whole.

What belongs here: which signs beside a number make it doubtful. What does not: numbers that can be read (`numbers`).
"""

from __future__ import annotations

import re
import string

from tasks.lexicon.grammar import pattern, words

_AFTER_MARK = re.compile(r"[0-9a-zA-Z.,·:/][.·]$|[0-9OolI][,]$")
_LETTER_AND_DIGIT = re.compile(r"[0-9.][a-zA-Z]{1,2}$")
_LONE_LETTER = re.compile(r"(?<![a-zA-Z])[OoQDlI|iZzSsB]$")
_NUMERAL_END = pattern("numbers.numeral_end")
_NAMED = pattern("numbers.named_by_number")
_LETTER_APART = re.compile(r"(?<![a-zA-Z])[OolI|] $")
_LETTER_NEXT = pattern("numbers.letter_for_digit")
_TWO = re.compile(r"[0-9]{1,2}(?![0-9,.])")
_BROKEN_GROUP = re.compile(r"(?<![0-9.,])[0-9]{1,3}[ ,]$")
_THREE = re.compile(r"[0-9]{3}(?![0-9])")
_FOUR = re.compile(r"[0-9]{4}")
_DOUBLED = re.compile(r"(?:([0-9.])\1)+")
_MAGNITUDES = frozenset(words("magnitudes"))
_BEFORE_DIGITS = frozenset(words("ones")) | frozenset(words("zeros")) | _MAGNITUDES | {"几"}
_MAY_FOLLOW = frozenset(string.digits + "OolI|") | frozenset(words("zeros"))
_MAY_PRECEDE = frozenset("0123456789.·,:/| " + string.ascii_letters) | _BEFORE_DIGITS
_SHARES = words("share_units")
_LONE_DIGITS = pattern("numbers.lone_digit_and_mark")


def is_touched(text: str, start: int, end: int, chinese: bool) -> bool:
    """Tells whether something beside a number may be a part of it that could not be read.

    Args:
        text: Folded text.
        start: Offset of the number's first character.
        end: Offset after its last.
        chinese: Whether it is written in Chinese numerals throughout.

    >>> is_touched("产值4O.5亿元", 5, 7, False), is_touched("产值45.3亿元", 2, 7, False)
    (True, False)
    """
    if end < len(text) and text[end] in _MAY_FOLLOW and _touched_after(text, end, chinese):
        return True
    last = text[start - 1] if start else ""
    if last not in _MAY_PRECEDE or not last:
        return False
    before = text[max(0, start - 6) : start]
    if chinese:
        return last in string.digits or (last in _MAGNITUDES and text[start] not in _MAGNITUDES)
    if last in _BEFORE_DIGITS:
        return bool(_NUMERAL_END.search(before)) and not _NAMED.search(before)
    if (last.isascii() and last.isalpha()) or last == "|":
        return bool(_LETTER_AND_DIGIT.search(before) or _LONE_LETTER.search(before))
    if last in ".·":
        return True
    if last == " " and _LETTER_APART.search(before):
        return True
    if last in " ," and _BROKEN_GROUP.search(before):
        wrong = _THREE.match(text, start) or (last == "," and (_FOUR.match(text, start) or _TWO.match(text, start)))
        return bool(wrong)
    return bool(_AFTER_MARK.search(before))


def _touched_after(text: str, end: int, chinese: bool) -> bool:
    if chinese:
        return text[end] in string.digits
    return _LETTER_NEXT.match(text, end) is not None


def is_doubled(printed: str, unit: str, following: str) -> bool:
    """Tells whether every character was printed twice, as copied bold type is: 113300家家.

    Args:
        printed: The number as printed.
        unit: Surface of its unit.
        following: The character after the unit.

    >>> is_doubled("113300", "家", "家"), is_doubled("30万", "人", "人")
    (True, False)
    """
    return following == unit[-1:] != "" and bool(_DOUBLED.fullmatch(printed.rstrip("".join(_MAGNITUDES))))


def is_slipped_point(text: str, start: int, end: int, unit: str) -> bool:
    """Tells whether a lone digit before a mark may be what stands before a decimal point: 6、7个百分点.

    Args:
        text: Folded text.
        start: Offset of the number's first character.
        end: Offset after its last.
        unit: Canonical unit.
    """
    if end - start != 1 or unit not in _SHARES:
        return False
    left = text[max(0, start - 12) : start]
    return bool(_LONE_DIGITS.search(left))
