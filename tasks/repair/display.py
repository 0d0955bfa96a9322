"""Which printed lines look set for display: headlines, subheads, bylines, captions of one line.

What belongs here: the looks of one line in its column. What does not: what kind of display line it is (`units`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from tasks.lexicon.grammar import pattern, words
from tasks.reading.numerals import TO_TEN
from tasks.repair.evidence import (
    CLOSING,
    LIST_ITEM,
    Evidence,
    had_room,
    is_initial,
    opens_report,
    runs_across,
)
from tasks.repair.lines import Line
from tasks.repair.looks import OPENING, STOP_END, STOP_LAST, Looks
from tasks.repair.setting import display_evidence, weights

PHOTO_CREDIT = pattern("repair.caption_in_a_line")
NUMBERED = pattern("repair.numbered_heading")
NOTE = pattern("repair.editors_note")
_NUMERALS = f"{TO_TEN}（(第123456789"
_IN_SENTENCE = re.compile(r"[。！？；]")
_LONGEST_HEAD, _MOST_LINES = 60, 4
"""Characters and lines that a numbered heading takes at most."""
_LEADS_IN = -6.0
"""Score of a line that ends on a colon before the points of a list."""
_LABELLED = re.compile(r"【[^】]{2,24}】[^。；]+[^。；，、：]$")
_LABEL = 2.0
"""Score of a line that begins with a column's name in brackets: 【走基层】老码头来了新班轮."""
_BEGINS = 0.7
"""Log-odds of a sentence's beginning from which what stands below a full line may begin a paragraph."""
_ASKS = pattern("repair.speaker_of_an_interview")
_QUOTED = re.compile(r"“[^”]*”")
_PHOTO_LAST = "".join(words("caption_last")) + "）)。"
_SHORT = 56
"""Half-width units up to which a line can be a headline's without more to say so."""
_PIECE, _FEWEST_PIECES = 12, 2
"""Half-width units of a line in a heading set as a narrow pile, and lines that are no pile yet."""
_PILED = 6.0
_CREDIT, _WIDEST_HEAD = 16, 160
"""Characters of the rest of a credit at most; half-width units of a headline in one line at most."""
_BROKEN_OFF = {"short/word": 3.0, "near/word": 2.0}
_GOES_ON = ("start/closing", "start/never")
"""Score of a line that ends within a sentence though what follows would have fitted on it; how what follows begins
where the sentence surely goes on."""
_ALIKE = 2
"""Half-width units by which the edges of two lines of one column may differ."""
_NEVER, _SURE = -8.0, 9.0
DECK_DASH = pattern("repair.deck_dash")


def display_scores(
    lines: Sequence[Line],
    edges: Sequence[int],
    below: Sequence[int],
    gaps: Sequence[Evidence] = (),
    standing: Mapping[int, str] = MappingProxyType({}),
    leads: Set[int] = frozenset(),
) -> list[float]:
    """Scores how much each line looks like display text rather than running text.

    Args:
        lines: Lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
        below: The same by the lines after alone.
        gaps: What the gaps between the lines show.
        standing: Lines that stand for themselves, set apart from text as display lines are.
        leads: Lines above a series of numbered ones, or above lines that stand for themselves.
    """
    margin = min((line.indent for line in lines), default=0)
    scores = [
        _NEVER if line.looks.figure or is_initial(line, after) else _display_score(line, edge, margin, before)
        for line, edge, before, after in zip(lines, edges, [None, *lines[:-1]], [*lines[1:], None], strict=True)
    ]
    for i, line in enumerate(lines):
        filled = edges[i] and 0.93 < line.edge / edges[i] < 1.05 and line.edge <= 1.12 * below[i]
        if -4.0 < scores[i] < 6.0 and not filled:
            before, after = lines[i - 1] if i else None, lines[i + 1] if i + 1 < len(lines) else None
            scores[i] += _beside(line, edges[i], below[i], before, after)
    for i, (fill, start, across, _) in enumerate(gaps):
        if across == "across/plain" and start not in _GOES_ON and abs(lines[i].edge - lines[i + 1].edge) > _ALIKE:
            scores[i] += _BROKEN_OFF.get(fill, 0.0)
    for i, line in enumerate(lines):
        if key := display_evidence(line):
            scores[i] += weights()[key]
    for i in _piles(lines):
        scores[i] = _PILED
    heads = set(numbered_heads(lines, edges)) - standing.keys()
    for i in heads | standing.keys():
        scores[i] = _SURE
    for i in leads:
        if i >= 0 and lines[i].text[-1] in "：:" and i + 1 not in heads:
            scores[i] = _LEADS_IN
    return scores


def _beside(line: Line, edge: int, below: int, before: Line | None, after: Line | None) -> float:
    """Scores what stands beside a line that may be display text: text that it can't go on with, far longer lines."""
    score = 0.0
    if after is not None and before is not None and line.text[-1] in "：:" and before.looks.ends == "stop":
        score += _LEADS_IN * (LIST_ITEM.match(after.text) is not None or after.text.startswith("——"))
    if after is not None and line.looks.ends == "word":
        odds = after.looks.begins
        if opens_article(after.text):
            score += 2.0
        elif runs_across(line.text, after.text) or odds <= -2.0:
            score -= 1.5
        elif odds >= 2.0 or opens_report(after.text):
            score += 1.0
        if (edge and line.edge > 1.12 * edge) or (
            below and line.edge > 1.12 * below and (before is None or before.looks.ends == "stop")
        ):
            score += 3.0
    longest = max((other.width for other in (before, after) if other is not None), default=0)
    if not edge and longest >= 2.2 * line.width:
        score += 1.5 + 1.0 * (longest >= 3 * line.width) + 1.0 * (line.width > _SHORT)
    return score


def opens_article(text: str) -> bool:
    """Tells whether a line begins an article's text or stands before it: a jump, a dateline, a byline, a note."""
    looks = Looks(text)
    return looks.jump_in or looks.dateline is not None or looks.byline or NOTE.match(text) is not None


def _piles(lines: Sequence[Line]) -> Iterator[int]:
    """Finds headings set in a narrow pile: lines of one small width but for the last, in the middle of no sentence."""
    start = 0
    for i in range(1, len(lines) + 1):
        width = lines[start].width
        if i < len(lines) and not lines[i].blanks and lines[i].width <= width <= _PIECE and lines[i - 1].width == width:
            continue
        pieces = lines[start:i]
        if len(pieces) > _FEWEST_PIECES and all(line.looks.ends == "word" for line in pieces):
            yield from range(start, i)
        start = i


def numbered_heads(lines: Sequence[Line], edges: Sequence[int]) -> Iterator[int]:
    """Finds the lines of numbered headings of any length: numbered, no sentence, and short where they end.

    Args:
        lines: Lines of a sheet.
        edges: Column edge at each line, half-width units, 0 where unknown.
    """
    for i, line in enumerate(lines):
        if line.text[0] not in _NUMERALS or NUMBERED.match(line.text) is None:
            continue
        if i and not _may_end(lines[i - 1], edges[i - 1]):
            continue
        length = 0
        for j in range(i, min(i + _MOST_LINES, len(lines))):
            part, edge = lines[j], edges[j]
            length += len(part.text)
            if length > _LONGEST_HEAD or _IN_SENTENCE.search(part.text) or (j > i and part.indent > line.indent):
                break
            below = lines[j + 1] if j + 1 < len(lines) else None
            indented = below is not None and below.indent > 0 and below.indent >= line.indent
            full = below is not None and edge and not indented and not had_room(part, below.text, edge)
            if full and below and (below.looks.begins < _BEGINS or runs_across(part.text, below.text)):
                continue
            if part.looks.ends in ("word", "close", "colon") and _begins_after(part, edge, below):
                yield from range(i, j + 1)
            break


def _may_end(line: Line, edge: int) -> bool:
    """Tells whether a paragraph or heading may end with a line."""
    return line.looks.ends in ("stop", "close", "colon") or not edge or line.edge < 0.9 * edge


def _begins_after(part: Line, edge: int, after: Line | None) -> bool:
    """Tells whether the line below a heading may begin a paragraph."""
    if after is None:
        return False
    ended = not edge or after.width > 2 * part.width or had_room(part, after.text, edge)
    if after.text[0] in CLOSING or (not ended and runs_across(part.text, after.text)):
        return False
    return after.blanks > 0 or after.indent > part.indent or after.looks.begins > -2.0


def _display_score(line: Line, edge: int, margin: int, before: Line | None) -> float:
    text, width = line.text, line.width
    if width <= 160 and text[-1] in _PHOTO_LAST and PHOTO_CREDIT.search(text[-16:]):
        return 6.0
    if width > 84 and not _overhangs(line, edge):
        return 8.0 if width < 2 * 84 and (_is_english_title(text) or line.looks.stamp) else -8.0
    if "。" not in text and "，" not in text and _is_sure_display(text) and not _ends_credit(text, before):
        return 8.0
    score = 1.0 if width <= 40 else 0.0 if width <= _SHORT else -2.0
    score += _end_score(text) + (0.7 if " " in text or "\u3000" in text else 0.0)
    commas = _QUOTED.sub("", text).count("，") if "“" in text else text.count("，")
    score -= 1.0 * commas + 0.3 * text.count("、") + 5.0 * ("。" in text[:-1])
    if "，" in text and line.looks.begins >= 2.0:
        score -= 2.0
    if _LABELLED.match(text) and NOTE.match(text) is None:
        score += _LABEL
    if text[0] in CLOSING:
        score -= 8.0
    elif _closes(text, before) or _ends_credit(text, before):
        score -= 5.0
    elif text.startswith("—"):
        score += 3.0 if DECK_DASH.match(text) else 1.0
    elif Looks(text).dateline is not None:
        score -= 6.0
    elif _ASKS.match(text):
        score -= 4.0
    if line.indent - margin >= 6:
        score += 0.5
    if not edge:
        return score + 1.0  # where no column is set, running text fills more than a headline's width
    filled = line.edge / edge
    return score + (-2.0 if 0.93 < filled < 1.05 else -1.0 if filled > 0.8 else 0.0 if filled > 0.65 else 1.0)


def _closes(text: str, before: Line | None) -> bool:
    """Tells whether a line closes a bracket that the line before opens."""
    if before is None or before.text.rfind("（") <= before.text.rfind("）"):
        return False
    return -1 < text.find("）") < (text.find("（") if "（" in text else len(text))


def _ends_credit(text: str, before: Line | None) -> bool:
    """Tells whether a line is the rest of a credit that the line before begins behind a full stop."""
    if before is None or "。" not in before.text or before.looks.ends != "word":
        return False
    return len(text) <= _CREDIT and Looks(before.text.rpartition("。")[2] + text).byline


def _overhangs(line: Line, edge: int) -> bool:
    """Tells whether a long line is far wider than its column, in which no text can be, and ends as headlines do."""
    wide = 0 < 1.12 * edge < line.edge and line.width <= _WIDEST_HEAD
    return wide and line.looks.ends == "word" and _IN_SENTENCE.search(line.text) is None


def _is_sure_display(text: str) -> bool:
    looks = Looks(text)
    return looks.byline or looks.lone_credit or looks.stamp or _is_english_title(text)


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
    if (
        last == "。"
        or (last in STOP_LAST and STOP_END.search(text[-8:]))
        or (last in "．." and Looks(text).ends == "stop")
    ):
        return -1.5 if last in "！？!?" else -6.0
    if last in "，、；,;":
        return -5.0 if last not in "；;" else -9.0
    if last in OPENING:
        return -3.0
    return 1.0 if last in "：:" else 0.0
