"""Jumps: where an article goes on on another page （下转第三版）, and where one comes from another page （上接第一版）.

What belongs here: recognising the marks and reading the page they name. What does not: tying the two parts of an
article together (`tasks.repair.continuations`).
"""

from __future__ import annotations

import re

from tasks.lexicon.grammar import words
from tasks.reading.numerals import small_number

_ONES = "".join(words("ones"))
_IN_NUMERALS = re.compile(rf"[{_ONES}]?十[{_ONES}]?|[〇{_ONES}]{{1,3}}")
_PAGE = rf"第?\s?(?P<page>[A-Da-d]?\d{{1,3}}|[{_ONES}十]{{1,3}})\s?版?"
_OPEN, _CLOSE = r"[（(\[［【〔]?", r"[）)\]］】〕]?"
_IN = re.compile(rf"{_OPEN}\s?(?:上接|紧接|接|上承|续接|緊接)\s?(?:本报)?{_PAGE}[^（）()。，]{{0,12}}?{_CLOSE}")
_IN_MARKED = re.compile(
    r"[（(\[［【〔]\s?(?:上接|紧接|接|上承|续接|緊接)[^）)\]］】〕。]{0,16}(?:[）)\]］】〕]|$)"
    rf"|上接第?[A-D]?\d{{0,2}}[{_ONES}十]{{0,2}}版"
)
_OUT = re.compile(rf"{_OPEN}\s?(?:下转|转|紧转|下接|下轉|轉)\s?{_PAGE}[^（）()。，]{{0,12}}{_CLOSE}\s*$")

MAY_JUMP = "^.{0,3}[接承]|[转轉接][^。]{0,30}$"
"""Matches every text with the mark of a jump at either end, and few others; plain enough for any engine."""

_FIRST, _LAST = "（([［【〔上", "版）)］】]〕"
"""What a mark may begin and end with."""


def is_jump_in(text: str) -> bool:
    """Tells whether a text begins with the mark of an article that comes from another page.

    >>> [is_jump_in(text) for text in ("（上接第一版）新增就业", "[上接A01版]", "上接01版", "上接天线的塔")]
    [True, True, True, False]
    """
    return text[:1] in _FIRST and _IN_MARKED.match(text) is not None


def is_jump_out(text: str) -> bool:
    """Tells whether a text ends with the mark of an article that goes on on another page.

    >>> [is_jump_out(text) for text in ("改造民宿320户，（下转第四版）", "下转第3版", "由盈转亏")]
    [True, True, False]
    """
    match = _OUT.search(text[-30:]) if text[-1:] in _LAST else None
    return match is not None and (match[0].strip()[0] in "（([［【〔" or "下" in match[0][:2])


def jump_page(text: str, out: bool) -> str | None:
    """Reads the page that a jump mark names, as a plain number or label.

    Args:
        text: Text that begins or ends with the mark.
        out: Whether the mark says where the article goes on, rather than where it comes from.

    >>> jump_page("（上接第一版）新增就业", out=False), jump_page("改造民宿，（下转A12版）", out=True)
    ('1', 'A12')
    """
    match = _OUT.search(text[-30:]) if out else _IN.match(text)
    return page_number(match["page"]) if match else None


def page_number(label: str) -> str:
    """Gives a page's label without what does not tell pages apart: 第一版, 01版 and 1 are one page.

    >>> page_number("第十二版"), page_number("A03版"), page_number("01版")
    ('12', 'A3', '1')
    """
    label = label.strip().removeprefix("第").removesuffix("版").strip()
    if _IN_NUMERALS.fullmatch(label):
        return str(small_number(label))
    return re.sub(r"(?<!\d)0+(?=\d)", "", label.upper())
