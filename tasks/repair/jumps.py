"""Jumps: where an article goes on on another page （下转第三版）, and where one comes from another page （上接第一版）.

What belongs here: recognising the marks and reading the page they name. What does not: tying the two parts of an
article together (`tasks.repair.continuations`).
"""

from __future__ import annotations

import re

from tasks.lexicon.grammar import pattern
from tasks.reading.numerals import small_number

_IN_NUMERALS = pattern("repair.number_of_a_page")
_IN = pattern("repair.comes_from_a_page")
_IN_MARKED = pattern("repair.comes_from_elsewhere")
_OUT = pattern("repair.goes_on_on_a_page")

MAY_JUMP = pattern("repair.may_jump").pattern
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
