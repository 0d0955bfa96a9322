"""What touches a numeral and could belong to it: then the numeral is not read, for a part is never given for the whole.

What belongs here: which signs beside a number make it doubtful. What does not: numbers that can be read (`tokens`).
"""

from __future__ import annotations

import re
import string

_AFTER_MARK = re.compile(r"[0-9a-zA-Z.,·:/][.·]$|[0-9OolI][,]$")
_LETTER_AND_DIGIT = re.compile(r"[0-9.][a-zA-Z]{1,2}$")
_LONE_LETTER = re.compile(r"(?<![a-zA-Z])[OoQDlI|iZzSsB]$")
_NUMERAL_END = re.compile(r"[〇零二三四五六七八九十百千万亿几]$|(?<![第周期统唯同其五六七八三一])一$")
_NAMED = re.compile(
    r"(?:[五六七八]一|双?十[一二]|三八|第[一二三四五六七八九十百]+|[周期][一二三四五六]|[初卷册级段区组号楼院中之])$"
)
_LETTER_APART = re.compile(r"(?<![a-zA-Z])[OolI|] $")
_LETTER_NEXT = re.compile(r"[OolI|][0-9.十百千万亿]|[零〇][OolI|]")
_COMMA_FOR_POINT = re.compile(r",[0-9]{1,2}(?![0-9,.])")
_SHORT_WHOLE = re.compile(r"(?<![0-9.,])[0-9]{1,3}")
_TWO = re.compile(r"[0-9]{1,2}(?![0-9,.])")
_BROKEN_GROUP = re.compile(r"(?<![0-9.,])[0-9]{1,3}[ ,]$")
_THREE = re.compile(r"[0-9]{3}(?![0-9])")
_FOUR = re.compile(r"[0-9]{4}")
_DOUBLED = re.compile(r"(?:([0-9.])\1)+")
_NUMERAL_START = re.compile(
    r"[0-9]|[.·][0-9]|(?:十|百(?![帕升])|千(?![瓦克米卡伏帕焦赫字分])|[万亿]|兆(?![瓦赫帕焦比字伏]))(?![分年])|[一二三四五六七八九](?=[十百千万亿])"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")
_MAY_FOLLOW = frozenset("0123456789.·,OolI|零〇十百千万亿兆一二三四五六七八九")
_MAY_PRECEDE = frozenset("0123456789.·,:/| 〇零一二三四五六七八九十百千万亿几" + string.ascii_letters)
_LONE_DIGITS = re.compile(r"(?<![0-9.,、，第])[0-9][、,，。]$")


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
    if end < len(text) and text[end] in _MAY_FOLLOW and _touched_after(text, start, end, chinese):
        return True
    last = text[start - 1] if start else ""
    if last not in _MAY_PRECEDE or not last:
        return False
    before = text[max(0, start - 6) : start]
    if chinese:
        return last in string.digits or (last in "十百千万亿" and text[start] not in "十百千万亿")
    if last in "一二三四五六七八九十百千万亿零〇几":
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
    return bool(_AFTER_MARK.search(before)) or _is_glued_point(before)


def _touched_after(text: str, start: int, end: int, chinese: bool) -> bool:
    if chinese:
        return text[end] in string.digits
    if text[end] == ",":
        return bool(_COMMA_FOR_POINT.match(text, end) and _SHORT_WHOLE.fullmatch(text, start, end))
    if text[end] in string.ascii_letters or text[end] in "|零〇":
        return bool(_LETTER_NEXT.match(text, end))
    if _NUMERAL_START.match(text, end):
        return not _YEAR.match(text, end)
    return False


def _is_glued_point(before: str) -> bool:
    """Tells whether a blank stands between a point and its decimals: 45. 3."""
    return bool(re.search(r"[0-9]\. $", before))


def is_doubled(printed: str, unit: str, following: str) -> bool:
    """Tells whether every character was printed twice, as copied bold type is: 113300家家.

    Args:
        printed: The number as printed.
        unit: Surface of its unit.
        following: The character after the unit.

    >>> is_doubled("113300", "家", "家"), is_doubled("30万", "人", "人")
    (True, False)
    """
    return following == unit[-1:] != "" and bool(_DOUBLED.fullmatch(printed.rstrip("万亿千百")))


def is_slipped_point(text: str, start: int, end: int, unit: str) -> bool:
    """Tells whether a lone digit before a mark may be what stands before a decimal point: 6、7个百分点.

    Args:
        text: Folded text.
        start: Offset of the number's first character.
        end: Offset after its last.
        unit: Canonical unit.
    """
    if end - start != 1 or unit not in ("%", "个百分点", "‰"):
        return False
    left = text[max(0, start - 12) : start]
    return bool(_LONE_DIGITS.search(left)) and "分别" not in left and "各" not in left
