"""What a printed line looks like by itself: stamp, byline, dateline, caption, furniture, a figure alone, how it ends.

What belongs here: one place where any stage of repair asks, so that nothing is asked twice of the same line. What does
not: how each look is recognised where that is a matter of its own (`bylines`, `jumps`, `photos`, `stamps`), and what
two lines show together (`evidence`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Generic, TypeVar

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.segmenter import plain_segmenter
from tasks.repair.bylines import find_dateline, is_bare_names, is_byline, is_lone_credit
from tasks.repair.jumps import is_jump_in, is_jump_out
from tasks.repair.photos import is_caption, is_photo_text
from tasks.repair.stamps import is_furniture, is_stamp

STOP_END = re.compile(r"(?:[。！？!?]|…|\.{3,})[”’」』）)》】\"]*$|[。！？][”’]?\s*[（(][^（()）]{2,40}[)）]$")
_PLAIN_STOP = re.compile(r"[\u4e00-\u9fff%％‰”’》）)] {0,2}[.．]$")
STOP_LAST = '。！？!?….”’」』）)》】"'
"""What a line that `STOP_END` matches may end in."""
OPENING = "“‘「『（(《【〈"
OPENER = pattern("repair.opens_a_paragraph")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.．,，]*")
_YEAR = pattern("repair.digits_of_a_year")
JUMP_LAST = "版）)]］】"
_FIGURE_FIRST = "0123456789０１２３４５６７８９-+－" + "".join(words("before_a_lone_figure"))
_FIGURE = pattern("repair.lone_figure")


T = TypeVar("T")


class _Look(Generic[T]):
    """One look of a text, found when it is first asked for: the stages of repair ask of the same lines in turn.

    Args:
        found: Finds it; a lambda where it calls what the ablation switches off by its name in this module.
    """

    def __init__(self, found: Callable[[str], T]) -> None:
        self._once = lru_cache(1 << 12)(found)

    def __get__(self, looks: Looks, _: type) -> T:
        return self._once(looks.text)


def _ends(text: str) -> str:
    last = text[-1]
    if last in JUMP_LAST and is_jump_out(text):
        return "stop"
    if "\u4e00" <= last <= "\u9fff":
        return "word"
    if last == "。" or (last in STOP_LAST and STOP_END.search(text[-48:])):
        return "stop"
    if last in "．." and _PLAIN_STOP.search(text[-4:]):
        return "stop"  # a full stop as old or careless prints set it
    if last in "，、；,;":
        return "comma"
    if last in "：:":
        return "colon"
    if last in OPENING:
        return "open"
    return "close" if last in "”’」』）)》】" else "word"


def _begins(text: str) -> float:
    if OPENER.match(text):
        return 2.5
    head = _NUMBER.sub("0", _YEAR.sub("Y", text[:12])) if text[0].isdigit() else text
    table = _starts()
    odds = table.get(head[:2])
    if odds is None:
        odds = table.get(head[:1], 0.0)
        if odds < 0 and plain_segmenter().has_word(head[:2]):
            return 0.0  # 地方 begins with 地, but not with the particle
    return odds


@cache
def _starts() -> dict[str, float]:
    return {row["beginning"]: float(row["log_odds"]) for row in read_table("starts")}


def _figure(text: str) -> bool:
    return len(text) <= 12 and text[0] in _FIGURE_FIRST and _FIGURE.match(text) is not None


class Looks:
    """What a text looks like by itself.

    Args:
        text: A printed line, or lines that were joined; not empty.

    >>> [Looks(line).ends for line in ("新增就业12万人。", "其中，", "有三条：", "他说“", "全市")]
    ['stop', 'comma', 'colon', 'open', 'word']
    >>> Looks("截至目前，共推进重点项目57个").begins > 2 > -2 > Looks("的年轻干部分别走上").begins
    True
    >>> [Looks(line).figure for line in ("95%，", "50%~", "240", "3月", "第3版")]
    [True, True, True, False, False]
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    ends = _Look(_ends)
    """How it ends: `stop`, `comma`, `colon`, `open`, `close` or `word` (within a sentence)."""
    begins = _Look(_begins)
    """The log-odds that a text that begins so begins a sentence rather than goes on with one."""
    figure = _Look(_figure)
    """Whether it holds nothing but a figure, which typesetters of formulas put on a line of its own."""
    dateline = _Look(lambda text: find_dateline(text))
    """The dateline that it begins with: 本报济南讯."""
    byline = _Look(lambda text: is_byline(text))
    """Whether it is a byline as a whole."""
    lone_credit = _Look(lambda text: is_lone_credit(text))
    """Whether it holds nothing but a credit in brackets."""
    bare_names = _Look(lambda text: is_bare_names(text))
    """Whether it holds nothing but one to three persons' names."""
    stamp = _Look(lambda text: is_stamp(text))
    """Whether it is a site's stamp."""
    furniture = _Look(lambda text: is_furniture(text))
    """Whether it belongs to the page and to none of its articles."""
    caption = _Look(lambda text: is_caption(text))
    """Whether it says itself that it is a caption."""
    photo_text = _Look(lambda text: is_photo_text(text))
    """Whether it ends with a photographer's credit."""
    jump_in = _Look(lambda text: is_jump_in(text))
    """Whether it begins with the mark of an article that comes from another page."""
    jump_out = _Look(lambda text: is_jump_out(text))
    """Whether it ends with the mark of an article that goes on on another page."""
