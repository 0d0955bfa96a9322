"""Words that name nothing: those of the dictionary, and those that it marks as persons by mistake.

What belongs here: whether a word can be what makes a name. What does not: where a name begins and ends (`check`).
"""

from __future__ import annotations

from functools import cache

from tasks.lexicon import read_words
from tasks.lexicon.grammar import words
from tasks.reading.page import PageReading
from tasks.reading.segmenter import segmenter

NAME_TAGS = frozenset(["ns", "nr", "nt", "nz", "nrt", "nrfg", "eng", "x"])
"""jieba's tags of names, and of what it does not know."""


def is_common(word: str) -> bool:
    """Says whether a word is a single letter or stands in jieba's dictionary."""
    return len(word) == 1 or segmenter().has_word(word)


@cache
def no_persons() -> frozenset[str]:
    """Gives common words that jieba's dictionary marks as persons' names: 金秋, 智慧, 楼宇."""
    return frozenset(read_words("no_persons"))


@cache
def no_places() -> frozenset[str]:
    """Gives common words that jieba's dictionary marks as places: 海湾, 城镇, 山河."""
    return frozenset(read_words("no_places"))


def may_name(word: str, tag: str) -> bool:
    """Says whether a word can be what makes a name of common words around it."""
    return (tag in NAME_TAGS and word not in no_persons() and word not in no_places()) or not is_common(word)


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(words("pronoun"))


def names_nobody(reading: PageReading, start: int, end: int) -> bool:
    """Says whether a stretch of text is a common word that the dictionary marks as a person's name, or ends in one."""
    text = reading.text[start:end]
    number = reading.word_at(start)
    first = reading.words[number]
    common_head = len(first) == 3 < len(text) and text.startswith(first) and is_common(first)
    known_person = reading.tags[number].startswith(("nr", "ns")) and first not in no_persons()
    if common_head and "·" not in text and not known_person:
        return True
    return (
        text in no_persons()
        or not _pronouns().isdisjoint(text)
        or (len(text) > 2 and text[0] in words("joins_before_a_name") and is_common(text[1:]))
    )
