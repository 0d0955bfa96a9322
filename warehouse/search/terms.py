"""Cuts text into the terms of the full-text index: every pair of neighbouring Han characters, and jieba's other words.

What belongs here: which terms of a text or of a question are looked up, and how bulk text is counted quickly.
What does not: SQL, scoring. A question is cut into pairs too, so that any two characters are found wherever they stand,
however a segmenter would cut the sentence around them (槐荫 in 槐荫区委). jieba's words of other lengths (物流园区,
gdp) are there for those who name them in SQL; the guessing of unknown words (HMM) stays off, since it cuts the same
name differently in different sentences.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

import numpy as np
import numpy.typing as npt

from warehouse.search.characters import exchange, is_special
from warehouse.search.engine import plain_engine

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_HAN_RUN = re.compile("[㐀-䶿一-鿿豈-﫿〇\U00020000-\U000323af]{2,}")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_PIECE = 500_000
"""Characters cut at a time, so that a page of one endless line does not fill the memory with words."""

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How often which word stands in which of a row of texts; the three arrays run in step, ordered by word.

    Attributes:
        words: The different words.
        word: Place in `words`.
        text: Place in the texts counted.
        times: How often the word stands in the text.
        lengths: Indexed words of each text.
    """

    words: list[str]
    word: Numbers
    text: Numbers
    times: Numbers
    lengths: Numbers


def search_words(text: str) -> list[str]:
    """Cuts a text into the terms that can be searched, doubles kept: first the pairs, then jieba's other words.

    Args:
        text: A paragraph.

    >>> search_words("冷链物流园区，增长８.5%")
    ['冷链', '链物', '物流', '流园', '园区', '增长', '冷', '链', '物流园', '物流园区', '8', '5']
    """
    return [term for term in _terms(folded(text)) if _is_indexed(term)]


def asked_terms(text: str) -> list[str]:
    """Cuts what a user typed into the terms that a paragraph must hold: pairs, and single words where there are none.

    Args:
        text: One word or several.

    >>> asked_terms("冷链物流 GDP"), asked_terms("链")
    (['冷链', '链物', '物流', 'gdp'], ['链'])
    """
    asked: list[str] = []
    for word in folded(text).split():
        pairs = [pair for run in _HAN_RUN.findall(word) for pair in map(add, run, run[1:])]
        others = [other for rest in _HAN_RUN.split(word) for other in plain_engine().cut_for_search(rest, False)]
        asked += [term for term in (*pairs, *others) if _is_indexed(term)]
    return list(dict.fromkeys(asked))


def asked_words(text: str) -> list[str]:
    """Cuts what a user typed into words, longer ones into their parts too.

    Args:
        text: One word or several.

    >>> asked_words("主题公园 GDP")
    ['主题', '公园', '主题公园', 'gdp']
    """
    cut = (word for typed in folded(text).split() for word in plain_engine().cut_for_search(typed, False))
    return [word for word in cut if _is_indexed(word)]


def _terms(text: str) -> Iterator[str]:
    """Gives the terms of a folded text."""
    for run in _HAN_RUN.findall(text):
        yield from map(add, run, run[1:])
    yield from (word for word in plain_engine().cut_for_search(text, False) if len(word) != 2 or word.isascii())


def count_words(texts: Iterable[str]) -> WordCounts:
    """Counts the words of many texts at once.

    Args:
        texts: Paragraphs, as they stand.
    """
    numbers = _Numbering()
    flat, cuts = array("i"), array("i")
    for text in texts:
        before = len(flat)
        for start in range(0, len(text), _PIECE):
            flat.extend(map(numbers.__getitem__, _terms(folded(text[start : start + _PIECE]))))
        cuts.append(len(flat) - before)
    found = np.frombuffer(flat, dtype=np.int32) if flat else np.empty(0, np.int32)
    place = np.repeat(np.arange(len(cuts)), np.array(cuts, dtype=np.int64))
    words = list(numbers)
    kept = np.fromiter(map(_is_indexed, words), dtype=bool, count=len(words))[found]
    pairs, times = np.unique((found[kept].astype(np.int64) << 32) | place[kept], return_counts=True)
    return WordCounts(
        words,
        (pairs >> 32).astype(np.int32),
        (pairs & 0xFFFFFFFF).astype(np.int32),
        times.astype(np.int32),
        np.bincount(place[kept], minlength=len(cuts)).astype(np.int32),
    )


class _Numbering(dict[str, int]):
    """Gives each new word the next number; a look-up that stays in C for the words already seen."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def folded(text: str) -> str:
    """Gives a text as it is looked up: in simplified characters, half width and small letters; every offset stays.

    >>> folded("冷鏈物流ＧＤＰ")
    '冷链物流gdp'
    """
    text = text.translate(_NARROW) if _WIDE.search(text) else text
    return (exchange(text) if is_special(text) else text).lower()


def _is_indexed(word: str) -> bool:
    return word not in _stop_words() and any(map(str.isalnum, word))


@cache
def _stop_words() -> frozenset[str]:
    lines = Path(__file__).with_name("stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
