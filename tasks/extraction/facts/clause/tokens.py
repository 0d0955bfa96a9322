"""A sentence cut into words with their kinds, as rjieba reads them.

What belongs here: the tokens of a sentence with their offsets.
What does not: phrases.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from tasks.lexicon import read_words
from tasks.reading.segmenter import segmenter


class Word(NamedTuple):
    """One word of a sentence; offsets in the sentence, end exclusive. They come first, so that words sort by place."""

    start: int
    end: int
    text: str
    tag: str


_word = partial(tuple.__new__, Word)
"""Makes a word of its four parts, in half the time that their names would take."""

_SHORT = 3
"""Characters of a stretch of text that is likely to come again."""


@cache
def _own_nouns() -> frozenset[str]:
    """The nouns that jieba knows under another tag (进度 as an adverb): a word added keeps its first one."""
    return frozenset(read_words("statistical_words"))


class Words(list[Word]):
    """The words of a sentence, in order, with the places where they begin."""

    __slots__ = ("starts",)

    def __init__(self, words: Iterable[Word]) -> None:
        super().__init__(words)
        self.starts = [word.start for word in self]


def words_within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Gives the words that lie wholly inside a span of the sentence."""
    words = words if isinstance(words, Words) else Words(words)
    first = bisect_left(words.starts, start)
    last = bisect_left(words.starts, end, first)
    if last > first and words[last - 1].end > end:
        last -= 1
    return words[first:last]


def word_across(words: Sequence[Word], at: int) -> Word | None:
    """Gives the word that an offset of the sentence cuts in two."""
    before = bisect_left(words.starts if isinstance(words, Words) else [word.start for word in words], at) - 1
    return words[before] if before >= 0 and words[before].end > at else None


Block = tuple[int, int, str]
"""A span that is one word by decree: a figure, a time expression or a name, with the tag it gets."""

FIGURE, TIME, NAME = "Q", "T", "N"


def read_words_of(sentence: str, blocks: Sequence[Block]) -> Words:
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
    return Words(words)


def _cut(text: str, at: int, words: list[Word]) -> None:
    if not text:
        return
    for start, end, word, tag in _tagged_again(text) if len(text) <= _SHORT else _tagged(text):
        words.append(_word((at + start, at + end, word, tag)))


def _tagged(text: str) -> tuple[tuple[int, int, str, str], ...]:
    nouns, at = _own_nouns(), 0
    found = []
    for word, tag in segmenter().tag(text):
        found.append((at, at := at + len(word), word, "n" if word in nouns else tag))
    return tuple(found)


_tagged_again = lru_cache(1 << 12)(_tagged)
"""What stands between two figures is often one and the same mark or word."""
