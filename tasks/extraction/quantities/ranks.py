"""Places in an order: 第二位, 首位, 第1名, TOP10.

What belongs here: which ordinals are ranks. What does not: what is ranked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tasks.extraction.quantities.numerals import read_chinese
from tasks.page import Quantity

_N = r"(\d{1,4}|[一二三四五六七八九十百]{1,5})"
_ORDINAL = re.compile(
    rf"第[ ]?{_N}(?P<place>[位名](?![学居村市职工员党干教医护顾客患者嘉宾代表选手成队])"
    r"|(?=[，。；、！？”’）)…：\s]|$|的|和|与|及|以|到|升|提|上升|前移|跃|达))"
)
_HEAD = re.compile(
    r"(?:首位(?!度|患|学|老|居|获|女|男|登|中|华|来|嘉|业|顾|客|游|受)|榜首|(?i:TOP)[ ]?(\d{1,4})(?![\d%]))"
)
_RANKED = re.compile(
    r"(?:[位排名]列|列|位居|居|排(?:名|在|到|行|位)?|名次|位次|排序|跃|升(?:至|到|为)|提(?:升)?[至到]|前移[至到]|移[至到]|降[至到]|退居|位于"
    r"|获|夺|得|拿下|荣膺|斩获|总分|成绩|总量|增速|综合|[全同]?[国省市区县州组球]|城市|保持|稳|占|均为|并列|达到|规模)"
    r"[^，。；！？]{0,14}$"
)
_MOVED = re.compile(r"(?:提|升|降|前移|后移|跃|上升|下降|下滑|退|跌)")
_NO_RANK = re.compile(r"(?:[这那每]|星期|年级|农历|公元|倒数|末位)$")


def find_ranks(text: str) -> list[Quantity]:
    """Finds ordinals that say which place something takes.

    Args:
        text: Folded text.

    >>> [q.text for q in find_ranks("总量位列全市第二，居全省首位，第二批企业")]
    ['第二', '首位']
    """
    ranks: list[Quantity] = []
    if "第" in text:
        ranks.extend(q for m in _ORDINAL.finditer(text) if (q := _ordinal(text, m)))
    if "首" in text or "TOP" in text or "Top" in text or "top" in text:
        ranks.extend(q for m in _HEAD.finditer(text) if (q := _head(text, m)))
    return sorted(ranks, key=lambda q: q.start_char)


def _ordinal(text: str, found: re.Match[str]) -> Quantity | None:
    left = text[max(0, found.start() - 24) : found.start()]
    moves = found["place"] and _MOVED.match(text, found.end())
    if not (moves or _RANKED.search(left)) or _NO_RANK.search(left):
        return None
    printed = found[1]
    value = int(printed) if printed.isdecimal() else _chinese(printed)
    if not value:
        return None
    return _rank(text, found.start(), found.end(), float(value))


def _chinese(printed: str) -> Decimal | None:
    read = read_chinese(printed)
    return read[0] if read and read[1] is None else None


def _head(text: str, found: re.Match[str]) -> Quantity | None:
    left = text[max(0, found.start() - 24) : found.start()]
    if found[1]:
        return _rank(text, found.start(), found.end(), float(found[1]))
    if not re.search(r"(?:居|列|排|占|跃|升|稳|夺|登|在|为|荣登|保持|问鼎)[^，。；]{0,14}$", left):
        return None
    return _rank(text, found.start(), found.end(), 1.0)


def _rank(text: str, start: int, end: int, value: float) -> Quantity:
    return Quantity(start, end, text[start:end], value, "位", "rank", kind="rank")
