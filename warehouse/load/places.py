"""Finds a printed figure again in the paragraphs of its page: where it was, or where the very sentence stands now.

What belongs here: comparing texts, as pure functions. What does not: SQL, files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SPAN = re.compile(r"p0*(\d+):(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a paragraph.

    Attributes:
        paragraph_id: The paragraph.
        start: Offset of the first character.
        end: Offset after the last.
        text: The paragraph's text.
    """

    paragraph_id: str
    start: int
    end: int
    text: str


def with_marks(text: str, start: int, end: int, sentence: str) -> str:
    """Writes the sentence of a figure with the figure between « and ».

    Args:
        text: The paragraph.
        start: Offset of the figure's first character in it.
        end: Offset after the last.
        sentence: The sentence, a part of the paragraph.

    >>> with_marks("槐荫区增长8%。历下区增长8%。", 13, 15, "历下区增长8%。")
    '历下区增长«8%»。'
    """
    begin = text.rfind(sentence, 0, end + len(sentence)) if sentence else -1
    if begin < 0 or not begin <= start < end <= begin + len(sentence):
        begin, sentence = 0, text
    close = begin + len(sentence)
    plain = [part.replace("«", "").replace("»", "") for part in (text[begin:start], text[start:end], text[end:close])]
    return f"{plain[0]}«{plain[1]}»{plain[2]}"


def figure_in(printed: str) -> str:
    """Gives the figure out of a marked sentence; empty where nothing is marked.

    >>> figure_in("历下区增长«8%»。")
    '8%'
    """
    found = re.search(r"«(.+?)»", printed)
    return found[1] if found else ""


def place_of(span: str, printed: str, paragraphs: Mapping[int, Place]) -> Place | None:
    """Finds a figure again; None where its text is not there any more, or stands there several times.

    Args:
        span: Where it was: paragraph and characters.
        printed: Its sentence, the figure between « and ».
        paragraphs: The paragraphs of the page by their number, whole.

    >>> page = {2: Place("d1.p0002", 0, 9, "历下区增长8%。下略")}
    >>> found = place_of("p7:40-42", "历下区增长«8%»。", page)
    >>> found.paragraph_id, found.start, found.end
    ('d1.p0002', 5, 7)
    >>> place_of("p2:5-7", "历下区增长«9%»。", page)
    """
    parts = re.fullmatch(r"(.*?)«(.+?)»(.*)", printed, flags=re.DOTALL)
    at = _SPAN.fullmatch(span)
    if not parts or not at:
        return None
    found = [place for paragraph in paragraphs.values() for place in _places_in(paragraph, parts)]
    seq, start, end = map(int, at.groups())
    home = paragraphs[seq].paragraph_id if seq in paragraphs else ""
    same = [place for place in found if (place.paragraph_id, place.start, place.end) == (home, start, end)]
    if same:
        return same[0]
    return found[0] if len(found) == 1 else None


def _places_in(paragraph: Place, parts: re.Match[str]) -> list[Place]:
    """Finds a marked sentence in a paragraph; white space, which another joining of lines moves, counts for nothing."""
    before, figure, after = (re.sub(r"\s+", "", part) for part in parts.groups())
    offsets = [n for n, character in enumerate(paragraph.text) if not character.isspace() and character not in "«»"]
    squeezed = "".join(paragraph.text[n] for n in offsets)
    whole = before + figure + after
    places, at = [], squeezed.find(whole)
    while at >= 0:
        first = at + len(before)
        last = first + len(figure) - 1
        places.append(Place(paragraph.paragraph_id, offsets[first], offsets[last] + 1, paragraph.text))
        at = squeezed.find(whole, at + 1)
    return places
