"""A sentence cut into words with their kinds, as rjieba reads them.

What belongs here: one tagger per process that knows our indicators as words, and its tokens with offsets.
What does not: phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tasks.lexicon import read_table

INDICATOR_TAG = "ind"
"""Tag of a word that `indicators.csv` knows."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence; offsets in the sentence, end exclusive."""

    text: str
    tag: str
    start: int
    end: int


@cache
def _tagger() -> Any:
    import rjieba

    tagger = rjieba.Jieba()
    for row in read_table("indicators"):
        for name in (row["name"], *row["aliases"].split("|")):
            if len(name) > 2 and name.isalpha():
                tagger.add_word(name, 100_000, INDICATOR_TAG)
    return tagger


def read_words_of(sentence: str) -> list[Word]:
    """Cuts a sentence into tagged words."""
    words, at = [], 0
    for text, tag in _tagger().tag(sentence):
        words.append(Word(text, tag, at, at + len(text)))
        at += len(text)
    return words
