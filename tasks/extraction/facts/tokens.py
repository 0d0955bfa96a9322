"""A sentence cut into words with their kinds, as rjieba reads them.

What belongs here: one tagger per process that knows our indicators as words, and its tokens with offsets.
What does not: phrases.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from tasks.lexicon import read_table, read_words

INDICATOR_TAG = "ind"
"""Tag of a word that `indicators.csv` knows."""


class Word(NamedTuple):
    """One word of a sentence; offsets in the sentence, end exclusive."""

    text: str
    tag: str
    start: int
    end: int


_start_of = attrgetter("start")
_end_of = attrgetter("end")


@cache
def _tagger() -> Any:
    import rjieba

    tagger = rjieba.Jieba()
    for row in read_table("indicators"):
        for name in (row["name"], *row["aliases"].split("|")):
            if len(name) > 2 and name.isalpha():
                tagger.add_word(name, 100_000, INDICATOR_TAG)
    for word in read_words("statistical_words"):
        tagger.add_word(word, 50_000, "n")
    return tagger


@cache
def _own_nouns() -> frozenset[str]:
    """The nouns that jieba knows under another tag (进度 as an adverb): a word added keeps its first one."""
    return frozenset(read_words("statistical_words"))


def words_within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Gives the words that lie wholly inside a span of the sentence."""
    first = bisect_left(words, start, key=_start_of)
    last = bisect_right(words, end, lo=first, key=_end_of)
    return list(words[first:last])


Block = tuple[int, int, str]
"""A span that is one word by decree: a figure, a time expression or a name, with the tag it gets."""

FIGURE, TIME, NAME = "Q", "T", "N"


def read_words_of(sentence: str, blocks: Sequence[Block]) -> list[Word]:
    """Cuts a sentence into tagged words, the blocks whole.

    Args:
        sentence: The sentence.
        blocks: Spans that stay whole, in order and apart from each other.
    """
    words: list[Word] = []
    at = 0
    for start, end, tag in blocks:
        _cut(sentence[at:start], at, words)
        words.append(Word(sentence[start:end], tag, start, end))
        at = end
    _cut(sentence[at:], at, words)
    return words


def _cut(text: str, at: int, words: list[Word]) -> None:
    if not text:
        return
    nouns = _own_nouns()
    for word, tag in _tagger().tag(text):
        end = at + len(word)
        words.append(Word(word, "n" if word in nouns else tag, at, end))
        at = end
