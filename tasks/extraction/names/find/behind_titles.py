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
from tasks.reading.segmenter import segmenter
from tasks.reading.surnames import has_surname, surnames

_TITLE = ENDING_KINDS["title"]
_STOP = re.compile(r"[\s，。、；：！？“”‘’（）()《》—…·]|$")


@cache
def _behind() -> re.Pattern[str]:
    """What follows a person's name in a sentence: 说, 正, 走进."""
    words = _parts("following") | {
        "说",
        "表示",
        "介绍",
        "告诉",
        "坦言",
        "认为",
        "透露",
        "指出",
        "强调",
        "称",
        "回忆",
        "提醒",
        "一",
        "的",
        "等",
    }
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cache
def _given() -> frozenset[str]:
    return frozenset(_parts("given"))


def _parts(kind: str) -> frozenset[str]:
    return frozenset(next(row["words"].split() for row in read_table("tagger_words") if row["kind"] == kind))


def titled_persons(reading: Reading) -> list[Span]:
    """Finds the Han and Tibetan names right behind titles."""
    spans: list[Span] = []
    for _, end, kind in reading.ending_hits:
        if kind != _TITLE:
            continue
        if tibetan := _tibetan().match(reading.text, end):
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


@cache
def _tibetan() -> re.Pattern[str]:
    """One or two Tibetan given names (边巴, 扎西次仁), which have no surname to be known by."""
    names = "|".join(map(re.escape, read_words("tibetan_names")))
    return re.compile(f"(?:{names}){{1,2}}")


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
        elif _behind().match(text, end):
            score += 0.9
        if score > best:
            best, length = score, surname + given
    return length
