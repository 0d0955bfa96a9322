"""Which printed lines look set for display: headlines, subheads, bylines, captions of one line.

What belongs here: the looks of one line in its column. What does not: what kind of display line it is (`units`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.repair.bylines import find_dateline, is_byline, is_lone_credit
from tasks.repair.evidence import CLOSING, OPENING, STOP_END, STOP_LAST, is_figure, is_initial, start_odds
from tasks.repair.lines import Line
from tasks.repair.stamps import is_row, is_stamp

PHOTO_CREDIT = re.compile(
    r"(?:\s|[。”）)！？]|记者|通讯员)\S{2,4} ?(?:摄|摄影|供图|图)。?$|[（(]?(?:资料图片|资料图|资料照片)[）)]?$"
)
_LIST_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])[^，。、；！？：]{2,}$"
)
_NUMERALS = "一二三四五六七八九十（("
_LISTED = 44
"""Half-width units that a numbered heading (一、种子) takes at most."""
_QUOTED = re.compile(r"“[^”]*”")
_PHOTO_LAST = "摄影图片照）)。"
_NEVER = -8.0
DECK_DASH = re.compile(r"^[—–―－-]{1,2}\s*(?:记|写在|访|来自|读|看|评|献给|探访|专访|走进)")


def display_scores(lines: Sequence[Line], edges: Sequence[int]) -> list[float]:
    """Scores how much each line looks like display text rather than running text.

    Args:
        lines: Lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
    """
    margin = min((line.indent for line in lines), default=0)
    return [
        _NEVER if is_figure(line.text) or is_initial(line, after) else _display_score(line, edge, margin)
        for line, edge, after in zip(lines, edges, [*lines[1:], None], strict=True)
    ]


def _display_score(line: Line, edge: int, margin: int) -> float:
    text, width = line.text, line.width
    if width <= 160 and text[-1] in _PHOTO_LAST and PHOTO_CREDIT.search(text[-16:]):
        return 6.0
    if width > 84:
        return 8.0 if width < 2 * 84 and (_is_english_title(text) or is_stamp(text)) else -8.0
    if "。" not in text and "，" not in text and _is_sure_display(text):
        return 8.0
    score = 1.0 if width <= 40 else 0.0 if width <= 56 else -2.0
    score += _end_score(text) + (0.7 if " " in text or "\u3000" in text else 0.0)
    commas = _QUOTED.sub("", text).count("，") if "“" in text else text.count("，")
    score -= 1.0 * commas + 0.3 * text.count("、") + 5.0 * ("。" in text[:-1])
    if "，" in text and start_odds(text) >= 2.0:
        score -= 2.0
    if text[0] in CLOSING:
        score -= 8.0
    elif text.startswith("—"):
        score += 3.0 if DECK_DASH.match(text) else 1.0
    elif find_dateline(text) is not None:
        score -= 6.0
    if line.indent - margin >= 6:
        score += 0.5
    if text[0] in _NUMERALS and width <= _LISTED and _LIST_HEAD.match(text) and (not edge or line.edge < 0.8 * edge):
        score += 3.0
    if not edge:
        return score + 1.0  # where no column is set, running text fills more than a headline's width
    filled = line.edge / edge
    return score + (-2.0 if 0.93 < filled < 1.05 else -1.0 if filled > 0.8 else 0.0 if filled > 0.65 else 1.0)


def _is_sure_display(text: str) -> bool:
    return is_byline(text) or is_lone_credit(text) or is_stamp(text) or is_row(text) or _is_english_title(text)


def _is_english_title(text: str) -> bool:
    """Tells whether a line is an English headline: its longer words are capitalised and no full stop ends it."""
    if not text.isascii() or text[-1] in ".,;:":
        return False
    words = [word for word in text.split() if len(word) > 3 and word.isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _end_score(text: str) -> float:
    last = text[-1]
    if "\u4e00" <= last <= "\u9fff":
        return 0.0
    if last == "。" or (last in STOP_LAST and STOP_END.search(text[-8:])):
        return -1.5 if last in "！？!?" else -6.0
    if last in "，、；,;":
        return -5.0
    if last in OPENING:
        return -3.0
    return 1.0 if last in "：:" else 0.0
