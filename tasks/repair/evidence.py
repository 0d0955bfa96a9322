"""What the gap between two printed lines shows: fill, ends and beginnings, words and quotations that run across.

What belongs here: reading evidence off two neighbouring lines, as keys of `gap_evidence.csv`.
What does not: how evidence adds up (`blocks`), and what a page's own habits say (`habits`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import accumulate, pairwise, zip_longest

from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import TO_TEN
from tasks.reading.segmenter import plain_segmenter
from tasks.repair.lines import Line, display_width
from tasks.repair.looks import JUMP_LAST, OPENER, OPENING, Looks
from tasks.repair.photos import closes_with_credit

Evidence = tuple[str, str, str, str]
"""Keys of one gap: fill and end of the line before; beginning of the line after; what runs across; open quotations."""

CLOSING = "，。、；：！？,;!?”’」』）)》】…％%·"
_SQUEEZED = "，。、；：“”！？）》（《·"
_NUMBER_PART = r"[0-9A-Za-z.,%％]+|——|……|."
_CHUNKS = {
    # by whether the page keeps marks off line ends and beginnings, and whether it keeps numbers whole
    (True, True): re.compile(rf"[{OPENING}]*(?:{_NUMBER_PART})[，。、；：！？,;”’」』）)》】…]*", re.DOTALL),
    (True, False): re.compile(rf"[{OPENING}]*(?:——|……|.)[，。、；：！？,;”’」』）)》】…]*", re.DOTALL),
    (False, True): re.compile(_NUMBER_PART, re.DOTALL),
    (False, False): re.compile(r".", re.DOTALL),
}
_MARK = pattern("repair.mark_of_a_paragraph")
_MARK_FIRST = "□■●◆◇▲△▶◎○★☆▇◼◻▢❏※QAK" + "".join(words("paragraph_mark_first"))
LIST_ITEM = re.compile(rf"[{TO_TEN}]{{1,3}}、|[①-⑳㈠-㈩⑴-⒇❶-❿]|[（(][{TO_TEN}\d]{{1,3}}[）)]|\d{{1,2}}[.．、](?!\d)")
_INNER = pattern("repair.goes_on_in_a_paragraph")
_NO_START = "，。、；：！？”’）》】"
_LEAD = pattern("repair.opens_a_report")
_DIGIT_PAIR = re.compile(r"[0-9]{2}")
_ALNUM = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.]")
_UNIT = pattern("repair.letter_of_a_unit")
_SIZES = words("size_of_a_number")
_AMOUNT = pattern("repair.amount_at_the_end")
_MONEY = pattern("repair.begins_with_a_unit")
_AROUND = 6
"""Characters at either end of a line in which words are looked for."""
_BRIEF = 56
"""Half-width units up to which a line can be a headline's."""


def is_initial(line: Line, following: Line | None) -> bool:
    """Tells whether a line is a paragraph's large first character, set apart from the text that goes on after it."""
    return (
        len(line.text) == 1
        and "\u3400" <= line.text <= "\u9fff"
        and following is not None
        and following.width >= 12
        and not following.indent
        and "\u3400" <= following.text[0] <= "\u9fff"
    )


def read_gaps(
    lines: Sequence[Line], before: Sequence[int], after: Sequence[int], points: Set[int] = frozenset()
) -> list[Evidence]:
    """Lists what each gap between neighbouring lines shows.

    Args:
        lines: Printed lines of a sheet.
        before: Column edge at each line by the lines before.
        after: Column edge at each line by the lines after.
        points: Lines that begin with a number in a series of such lines.
    """
    across = _words_across(lines)
    chunk = _unbreakable(lines)
    initials = [len(a.text) == 1 and is_initial(a, b) for a, b in zip_longest(lines, lines[1:])]
    gaps = []
    ended = True
    for i, (a, b) in enumerate(pairwise(lines)):
        left, right = a.text, b.text
        fill = (
            "initial"
            if initials[i]
            else "figure"
            if a.looks.figure
            else _fill(a, right, before[i], after[i], chunk, ended)
        )
        end = a.looks.ends
        if left[-1] in JUMP_LAST and i and Looks(lines[i - 1].text[-16:] + left).jump_out:
            end = "stop"
        above = lines[i - 1].text[-40:] if i else ""
        signed = end in ("stop", "word", "close") and closes_with_credit(above + left[-64:])
        start = _start(right, end, fill)
        if initials[i + 1]:
            start = "start/initial"
        elif i + 1 in points:
            start = "start/series"
        ended = end == "stop" and fill not in ("full", "tight")
        filled = "any/credit" if signed else f"{fill}/{end}"
        gaps.append((filled, start, _across(left, right, across[i], fill), _quote(left, right)))
    return gaps


def _words_across(lines: Sequence[Line]) -> list[bool]:
    """Tells for each gap whether the dictionary knows a word that runs across it."""
    texts = [t if len(t := line.text) <= 2 * _AROUND else t[:_AROUND] + t[-_AROUND:] for line in lines]
    bounds = set(accumulate(map(len, plain_segmenter().cut("".join(texts), False))))
    return [at not in bounds for at in list(accumulate(map(len, texts)))[:-1]]


def _unbreakable(lines: Sequence[Line]) -> re.Pattern[str]:
    """Gives the pattern of what this sheet never cuts at a line end, judged by what it does cut."""
    marks = sum(1 for line in lines if line.text[0] in _NO_START or line.text[-1] in OPENING)
    numbers = sum(1 for a, b in pairwise(lines) if _DIGIT_PAIR.match(a.text[-1] + b.text[0]))
    return _CHUNKS[marks < 2 + len(lines) // 100, numbers < 2 + len(lines) // 100]


def _fill(a: Line, following: str, edge_before: int, edge_after: int, unbreakable: re.Pattern[str], fresh: bool) -> str:
    """Says how far a line fills its column, and whether what follows had room at its end.

    Where a paragraph ended just before (`fresh`), a line wider than the column below it is none of that column's.
    A line may run over by half a character for each mark in it, which typesetters squeeze, but no further.
    """
    if fresh and edge_after and a.edge > 1.12 * edge_after and edge_before > 1.12 * edge_after:
        return "wide"
    if not edge_before and not edge_after:
        return "long" if a.width > _BRIEF else "brief"
    at = a.edge
    edge = edge_before or edge_after
    if edge_after and abs(edge_after - at) < abs(edge - at):
        edge = edge_after
    slack = edge - at
    if slack < -1 and -slack > 1 + sum(map(a.text.count, _SQUEEZED)):
        return "over"
    if slack <= 1:
        return "full"
    chunk = unbreakable.match(following)
    if chunk is not None and slack < display_width(chunk[0][:24]):
        return "tight"
    return "near" if slack <= max(3, edge // 8) else "short"


def had_room(line: Line, following: str, edge: int) -> bool:
    """Tells whether what follows a line would have fitted on it, with the marks and the number it can't be parted from.

    Args:
        line: A printed line.
        following: Text of the line after.
        edge: Edge of its column, half-width units.
    """
    chunk = _CHUNKS[True, True].match(following)
    return edge - line.edge > 1 and (chunk is None or edge - line.edge >= display_width(chunk[0][:24]))


def _start(text: str, end: str, fill: str) -> str:
    """Names how a line begins; after a full stop only what tells a paragraph's beginning from a sentence's counts."""
    first, looks = text[0], Looks(text)
    if first in CLOSING:
        return "start/closing"
    if first in "（([［【" and looks.jump_in:
        return "start/jump"
    if looks.figure:
        return "start/figure" if end != "stop" else "restart/plain"
    if first in _MARK_FIRST and _MARK.match(text):
        return "start/mark"
    if looks.dateline is not None:
        return "start/dateline"
    if LIST_ITEM.match(text):
        return "start/item" if end == "comma" and fill not in ("full", "tight") else "start/list"
    if end == "stop":
        if text.startswith("——"):
            return "restart/dash"
        if first in OPENING:
            return "restart/opening"
        return "restart/opener" if OPENER.match(text) else "restart/inner" if _INNER.match(text) else "restart/plain"
    if first in OPENING:
        return "start/opening"
    odds = looks.begins
    if odds >= 2.0:
        return "start/head"
    if odds <= -2.0:
        return "start/never"
    return "start/likely" if odds >= 0.7 else "start/unlikely" if odds <= -0.7 else "start/plain"


def _across(left: str, right: str, word: bool, fill: str) -> str:
    if _ALNUM.match(left[-1]) and (_ALNUM.match(right[0]) or _UNIT.match(right[0])):
        return "across/number"
    if left[-1] in _SIZES and _AMOUNT.search(left[-8:]) and _MONEY.match(right):
        return "across/number"
    if not word:
        return "across/plain"
    return "across/word" if fill in ("full", "tight", "near", "long") else "across/chance"


def opens_report(text: str) -> bool:
    """Tells whether a text begins as news does: with a day, its source or a reporter.

    >>> [opens_report(text) for text in ("7月10日，全市完成投资", "近日，全区开展行动", "其中，农业增长2%")]
    [True, True, False]
    """
    return _LEAD.match(text) is not None


def runs_across(left: str, right: str) -> bool:
    """Tells whether a word or a number and its unit run across the end of one text and the beginning of another.

    >>> runs_across("总投资约510亿", "元，总建设量"), runs_across("将进一步聚焦楼", "宇商圈、园区市场")
    (True, True)
    """
    tail = left[-6:]
    bounds = accumulate(map(len, plain_segmenter().cut(tail + right[:6], False)))
    return _across(left, right, len(tail) not in set(bounds), "full") != "across/plain"


def _quote(left: str, right: str) -> str:
    """Tells whether a quotation or bracket that opens in one line closes in the next."""
    for opening, closing in ("“”", "《》", "（）", "‘’", "【】"):
        if opening in left and left.rfind(opening) > left.rfind(closing):
            end, start = right.find(closing), right.find(opening)
            if end >= 0 and (start < 0 or end < start):
                return "quote/open"
    return "quote/plain"
