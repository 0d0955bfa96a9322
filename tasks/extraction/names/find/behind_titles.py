"""Persons whose title or calling stands right before the name: 老党员顾宗翰, 局长单玉国.

What belongs here: reading the name behind a title. What does not: credits (`find.credits`), names that only their
sentence shows (`find.tagger`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extraction.names.common_words import names_nobody
from tasks.extraction.names.overlaps import Span
from tasks.extraction.names.reading import ENDING_KINDS, Reading
from tasks.lexicon import read_table, read_words
from tasks.lexicon.grammar import pattern
from tasks.reading.segmenter import segmenter
from tasks.reading.surnames import has_surname, surnames

_TITLE = ENDING_KINDS["title"]
_STOP = re.compile(r"[\s，。、；：！？“”‘’（）()《》—…·]|$")


@cache
def _given() -> frozenset[str]:
    return frozenset(_parts("given"))


def _parts(kind: str) -> frozenset[str]:
    return frozenset(next(row["words"].split() for row in read_table("tagger_words") if row["kind"] == kind))


_BEHIND = pattern("names.behind_a_person", done_by_a_person=_parts("following"))
_TIBETAN = pattern("names.tibetan_name", tibetan_name=read_words("tibetan_names"))


def titled_persons(reading: Reading) -> list[Span]:
    """Finds the Han and Tibetan names right behind titles."""
    spans: list[Span] = []
    for _, end, kind in reading.ending_hits:
        if kind != _TITLE:
            continue
        if tibetan := _TIBETAN.match(reading.text, end):
            spans.append(Span(end, tibetan.end(), "PER", 0.55))
            continue
        if not has_surname(reading.text[end : end + 2]):
            continue
        word = reading.words[number] if (number := reading.word_at(end)) < len(reading.words) else ""
        starts_word = reading.starts[number] == end
        known_word = len(word) > 1 and segmenter().has_word(word) and not reading.tags[number].startswith("nr")
        if starts_word and known_word:
            continue
        length = _name_length(reading.text, end)
        if length and not names_nobody(reading, end, end + length):
            spans.append(Span(end, end + length, "PER", 0.55))
    return spans


def _name_length(text: str, start: int) -> int:
    """How long the name is that starts here, 2 to 4 characters; 0 where none is likely."""
    surname = 2 if text[start : start + 2] in surnames("3") else 1
    best, length = 1.4, 0
    for given in (2, 1):
        name = text[start + surname : start + surname + given]
        end = start + surname + given
        if len(name) < given or not all("\u3400" <= char <= "\u9fff" for char in name):
            continue
        score = sum(char in _given() for char in name) / given
        if _STOP.match(text, end):
            score += 1.2
        elif _BEHIND.match(text, end):
            score += 0.9
        if score > best:
            best, length = score, surname + given
    return length
