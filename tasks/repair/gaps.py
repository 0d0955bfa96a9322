"""Join or break: one scored, explainable decision for each gap between two printed lines.

What belongs here: the evidence a gap shows, how it adds up, and the best reading of a whole sheet.
What does not: what a paragraph is to an article (`articles`). Weights are log-odds in favour of joining; those of
text and fill are data (`gap_evidence.csv`), those of indents and blank lines are estimated from the page itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

import numpy as np

from tasks.lexicon import read_table
from tasks.repair.bylines import find_dateline, is_byline
from tasks.repair.lines import Line, column_edges

STOP_END = re.compile(r"(?:[。！？!?]|…|\.{3,})[”’」』）)》】\"]*$|[。！？][”’]?\s*[（(][^（()）]{2,40}[)）]$")
_CLOSING = "，。、；：！？,;!?”’」』）)》】…％%·"
_OPENING = "“‘「『（(《【〈"
_CHUNK = re.compile(r"[“‘「『（(《【〈]*(?:[0-9A-Za-z.,%％]+|——|……|.)[，。、；：！？,;”’」』）)》】…]*", re.DOTALL)
_MARK_START = re.compile(r"[□■●◆◇▲△▶◎○★☆▇◼◻▢❏※]")
_LIST_START = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.．、](?!\d)"
)
_PARTICLE_START = re.compile(
    r"[的了着过等们得地和与及者性化率]|之间|以上|以下|以来|左右|[万亿]|个百分点|平方|公里|％|%"
)
_HEAD_START = re.compile(
    r"据(?:了解|悉|介绍|统计)|近年来|近日|日前|目前|今年|去年|此外|同时|与此同时|下一步|截至|未来|为了?|随着|一直以来|如今|本报|其中|记者|另外|接下来"
    r"|\d{4}年|\d{1,2}月\d{1,2}日|\d{1,2}月\d{0,1}$"
)
_ALNUM = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.]")
_UNIT = re.compile(r"[万亿千百余多%％个名家元人年月日时分吨米亩户台套公平件项条次倍]")
_WINDOW = 40


@dataclass(slots=True)
class Block:
    """Lines that were joined: a paragraph, or one display line (headline, byline, single-line caption).

    Attributes:
        lines: The printed lines in order.
        reasons: One sentence a line: why it starts here or was joined.
        display: Whether it is set as display text rather than as running text.
    """

    lines: list[Line]
    reasons: list[str] = field(default_factory=list)
    display: bool = False

    @property
    def text(self) -> str:
        """The joined text."""
        return join_lines(self.lines)

    @property
    def open_end(self) -> bool:
        """Whether running text stops in mid-sentence."""
        return not self.display and not STOP_END.search(self.lines[-1].text[-48:])


def join_lines(lines: Sequence[Line]) -> str:
    """Joins printed lines: nothing between Chinese characters, a space between two Latin words.

    A number cut at the line end is closed up; a space that stood at the end of a line between two Latin words or
    numbers is kept.
    """
    if len(lines) == 1:
        return lines[0].text
    parts = [lines[0].text]
    for a, b in zip(lines, lines[1:], strict=False):
        left, right = a.text[-1], b.text[0]
        both_latin = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
        kept = a.spaced and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
        if both_latin or kept:
            parts.append(" ")
        parts.append(b.text)
    return "".join(parts)


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in read_table("gap_evidence")}


@cache
def _reasons() -> dict[str, str]:
    return {row["evidence"]: row["reason"] for row in read_table("gap_evidence")}


@cache
def _segmenter() -> Any:
    import rjieba

    return rjieba.Jieba()


def read_gaps(lines: Sequence[Line]) -> list[tuple[str, str, str, str]]:
    """Lists what each gap between neighbouring lines shows, as keys of `gap_evidence.csv`.

    Returns:
        For each gap: fill and end of the line before; start of the line after; what runs across; open quotes.
    """
    across = _words_across(lines)
    before, after = column_edges(lines)
    return [
        (
            f"{_fill(a, b, before[i], after[i])}/{_end(a.text)}",
            _start(b.text),
            _across(a.text, b.text, across[i]),
            _open_quote(a.text, b.text),
        )
        for i, (a, b) in enumerate(zip(lines, lines[1:], strict=False))
    ]


def _words_across(lines: Sequence[Line]) -> list[bool]:
    """Tells for each gap whether the dictionary knows a word that runs across it."""
    if len(lines) < 2:
        return []
    texts = [line.text for line in lines]
    bounds = set(accumulate(map(len, _segmenter().cut("".join(texts), False))))
    return [at not in bounds for at in list(accumulate(map(len, texts)))[:-1]]


def _fill(a: Line, b: Line, edge_before: int, edge_after: int) -> str:
    """Says how far a line fills its column, and whether what follows had room at its end."""
    slacks = [edge - a.edge for edge in (edge_before, edge_after) if edge]
    if not slacks:
        return "unknown"
    slack = min(slacks, key=abs)
    if slack <= 1:
        return "full"
    chunk = _CHUNK.match(b.text)
    needed = 0
    if chunk is not None:
        needed = sum(1 if c.isascii() else 2 for c in chunk[0][:24])
    if slack < needed:
        return "tight"
    return "near" if slack <= 3 else "short"


def _end(text: str) -> str:
    last = text[-1]
    if STOP_END.search(text[-48:]):
        return "stop"
    if last in "，、；,;":
        return "comma"
    if last in "：:":
        return "colon"
    if last in _OPENING:
        return "open"
    if last in "”’」』）)》】":
        return "close"
    return "word"


def _start(text: str) -> str:
    first = text[0]
    if first in _CLOSING:
        return "start/closing"
    if _MARK_START.match(first):
        return "start/mark"
    if find_dateline(text) is not None:
        return "start/dateline"
    if _LIST_START.match(text):
        return "start/list"
    if first in _OPENING:
        return "start/opening"
    if _HEAD_START.match(text):
        return "start/head"
    if _PARTICLE_START.match(text):
        return "start/particle"
    return "start/plain"


def _across(left: str, right: str, word: bool) -> str:
    if _ALNUM.match(left[-1]) and (_ALNUM.match(right[0]) or _UNIT.match(right[0])):
        return "across/number"
    return "across/word" if word else "across/plain"


def _open_quote(left: str, right: str) -> str:
    for opening, closing in ("“”", "《》", "（）", "‘’"):
        if left.rfind(opening) > left.rfind(closing):
            end, start = right.find(closing), right.find(opening)
            if end >= 0 and (start < 0 or end < start):
                return "quote/open"
    return "quote/plain"


def display_scores(lines: Sequence[Line], edges: Sequence[int]) -> list[float]:
    """Scores how much each line looks like display text (headline, byline, caption) rather than running text.

    Args:
        lines: Lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
    """
    return [_display_score(line, edge) for line, edge in zip(lines, edges, strict=True)]


def _display_score(line: Line, edge: int) -> float:
    text, width = line.text, line.width
    if width > 84:
        return -8.0
    if is_byline(text):
        return 8.0
    last = text[-1]
    score = 1.0 if width <= 40 else 0.0 if width <= 56 else -2.0
    if last == "。" or STOP_END.search(text[-8:]):
        score -= 1.5 if last in "！？!?" else 6.0
    elif last in "，、；,;":
        score -= 5.0
    elif last in _OPENING:
        score -= 3.0
    elif last == "摄":
        score += 5.0
    elif last in "：:":
        score += 1.0
    score -= 1.0 * text.count("，") + 5.0 * ("。" in text[:-1]) - 0.7 * (" " in text or "\u3000" in text)
    if text[0] in _CLOSING:
        score -= 8.0
    if find_dateline(text) is not None:
        score -= 6.0
    if line.indent >= 6:
        score += 0.5
    if not edge:
        return score
    filled = line.edge / edge
    return score + (-2.5 if filled > 0.93 else -1.0 if filled > 0.8 else 0.0 if filled > 0.65 else 1.0)


def split_blocks(lines: Sequence[Line]) -> list[Block]:
    """Puts the printed lines of a sheet together to paragraphs and display lines.

    Args:
        lines: All printed lines of one sheet.

    Returns:
        Blocks in the order of their first lines, every line in exactly one block.
    """
    if not lines:
        return []
    gaps = read_gaps(lines)
    display = display_scores(lines, [max(pair) for pair in zip(*column_edges(lines), strict=True)])
    static = np.array([_static(gap) for gap in gaps])
    indented = _indents(lines)
    blank = np.array([line.blanks > 0 for line in lines[1:]], dtype=float)
    usual = np.array([display[i] < 1 and display[i + 1] < 1 for i in range(len(gaps))], dtype=float)
    by_indent, by_blank, display_blank = _page_evidence(static, indented, blank, usual)
    joins = static + by_indent + by_blank
    shown, joined = _best_reading(display, joins.tolist(), display_blank.tolist())
    return _assemble(lines, gaps, shown, joined, by_indent.tolist(), by_blank.tolist())


@lru_cache(maxsize=20_000)
def _static(gap: tuple[str, str, str, str]) -> float:
    weights = _weights()
    return sum(weights[key] for key in gap)


def _indents(lines: Sequence[Line]) -> np.ndarray[Any, np.dtype[Any]]:
    """Tells for each gap whether the line after it is indented against its neighbourhood."""
    indents = [line.indent for line in lines]
    flags = []
    for i in range(1, len(lines)):
        base = min(indents[max(0, i - 12) : i + 13])
        flags.append(float(indents[i] - base >= 1))
    return np.array(flags)


def _page_evidence(static: Any, indented: Any, blank: Any, usual: Any) -> tuple[Any, Any, Any]:
    """Weighs indents and blank lines by how this part of the page uses them.

    Starting from what text and fill say, it counts how often breaks and joins nearby come with an indent and with a
    blank line, weighs both signs by the ratio, and counts once more with these weights.

    Returns:
        For each gap: log-odds for joining from the indent; the same from the blank line; and how much more usual
        its blank line (or its absence) is beside display text than between two paragraphs, as log-odds.
    """
    by_indent, by_blank = 1.0 - 3.0 * indented, 0.3 - 1.0 * blank
    for _ in range(3):
        join = 1.0 / (1.0 + np.exp(-np.clip(static + by_indent + by_blank, -30, 30)))
        by_indent = _ratio(
            flag=indented, yes=_rate(indented, join * usual, 0.1, 4.0), no=_rate(indented, (1 - join) * usual, 0.5, 0.5)
        )
        at_break = _rate(blank, (1 - join) * usual, 1.0, 1.0)
        by_blank = _ratio(flag=blank, yes=_rate(blank, join * usual, 0.4, 4.0), no=at_break)
    return by_indent, by_blank, _ratio(flag=blank, yes=np.full(len(blank), 0.75), no=at_break)


def _rate(flag: Any, weight: Any, yes: float, no: float) -> Any:
    """Estimates how often a flag comes with gaps of one kind near each gap, with a Beta prior."""
    with_flag = _local_sum(flag * weight) + yes
    return with_flag / (with_flag + _local_sum((1 - flag) * weight) + no)


def _ratio(flag: Any, yes: Any, no: Any) -> Any:
    """Gives the log-likelihood ratio of a flag or its absence under two rates."""
    return np.clip(np.where(flag > 0, np.log(yes / no), np.log((1 - yes) / (1 - no))), -6.0, 6.0)


def _local_sum(values: Any) -> Any:
    total = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    return total[np.minimum(at + _WINDOW + 1, len(values))] - total[np.maximum(at - _WINDOW, 0)]


def _best_reading(
    display: Sequence[float], joins: Sequence[float], beside: Sequence[float]
) -> tuple[list[bool], list[bool]]:
    """Finds the reading of a sheet with the highest sum: which lines are display text, which gaps are joined.

    Args:
        display: Score of each line as display text; running text scores 0.
        joins: Score of joining each gap; breaking it scores 0.
        beside: Score of a gap that has display text on one side or both.

    Returns:
        For each line, whether it is display text; for each gap, whether it is joined.
    """
    text_score, display_score = 0.0, display[0]
    back: list[tuple[bool, bool]] = []  # best predecessor is display, for a text line and for a display line
    for score, join, near in zip(display[1:], joins, beside, strict=True):
        stay = text_score + max(join, 0.0)
        back.append((display_score + near > stay, display_score > text_score))
        best = max(text_score, display_score)
        text_score, display_score = max(display_score + near, stay), best + near + score
    shown = [False] * len(display)
    shown[-1] = display_score > text_score
    for i in range(len(back) - 1, -1, -1):
        shown[i] = back[i][1] if shown[i + 1] else back[i][0]
    joined = [not shown[i] and not shown[i + 1] and join > 0 for i, join in enumerate(joins)]
    return shown, joined


def _assemble(
    lines: Sequence[Line],
    gaps: Sequence[tuple[str, str, str, str]],
    shown: Sequence[bool],
    joined: Sequence[bool],
    by_indent: Sequence[float],
    by_blank: Sequence[float],
) -> list[Block]:
    blocks = [Block([lines[0]], ["Starts here: first line."], shown[0])]
    for i, line in enumerate(lines[1:]):
        reason = _reason(
            gaps[i], joined[i], shown[i + 1], shown[i], round(by_indent[i], 1), round(by_blank[i], 1), line.blanks > 0
        )
        if joined[i]:
            blocks[-1].lines.append(line)
            blocks[-1].reasons.append(reason)
        else:
            blocks.append(Block([line], [reason], shown[i + 1]))
    return blocks


@lru_cache(maxsize=50_000)
def _reason(
    gap: tuple[str, str, str, str],
    join: bool,
    display: bool,
    after_display: bool,
    indent: float,
    blank: float,
    is_blank: bool,
) -> str:
    """Says in one sentence what decided a gap: the two strongest pieces of evidence on the side that won."""
    if display:
        return "Starts here: set as display text."
    if after_display:
        return "Starts here: the line before is display text."
    weights, words = _weights(), _reasons()
    found = [(weights[key], words[key]) for key in gap if words[key]]
    found.append((indent, "it is not indented" if indent > 0 else "it is indented"))
    found.append(
        (
            blank,
            "blank lines here cut paragraphs"
            if is_blank and blank > 0
            else "no blank line stands before it"
            if blank > 0
            else "a blank line stands before it"
            if is_blank
            else "paragraphs here have blank lines between",
        )
    )
    side = 1 if join else -1
    strongest = sorted((pair for pair in found if pair[0] * side > 0.2), key=lambda pair: -pair[0] * side)[:2]
    because = " and ".join(text for _, text in strongest) or "nothing speaks against it"
    return f"{'Joined' if join else 'Starts here'}: {because}."
