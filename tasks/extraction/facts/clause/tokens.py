"""A sentence cut into words with their kinds, as rjieba reads them.

What belongs here: the tokens of a sentence with their offsets.
What does not: phrases.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tasks.lexicon import read_words
from tasks.reading.segmenter import segmenter


class Word(NamedTuple):
    """One word of a sentence; offsets in the sentence, end exclusive. They come first, so that words sort by place."""

    start: int
    end: int
    text: str
    tag: str


@cache
def _own_nouns() -> frozenset[str]:
    """The nouns that jieba knows under another tag (进度 as an adverb): a word added keeps its first one."""
    return frozenset(read_words("statistical_words"))


def words_within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Gives the words that lie wholly inside a span of the sentence."""
    first = bisect_left(words, (start,))
    last = bisect_left(words, (end,), lo=first)
    if last > first and words[last - 1].end > end:
        last -= 1
    return list(words[first:last])


def word_across(words: Sequence[Word], at: int) -> Word | None:
    """Gives the word that an offset of the sentence cuts in two."""
    before = bisect_left(words, (at,)) - 1
    return words[before] if before >= 0 and words[before].end > at else None


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
        words.append(Word(start, end, sentence[start:end], tag))
        at = end
    _cut(sentence[at:], at, words)
    return words


def _cut(text: str, at: int, words: list[Word]) -> None:
    if not text:
        return
    nouns = _own_nouns()
    for word, tag in segmenter().tag(text):
        end = at + len(word)
        words.append(Word(at, end, word, "n" if word in nouns else tag))
        at = end
