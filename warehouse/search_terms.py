"""Cuts text into the words of the full-text index, with jieba's search segmentation.

What belongs here: which words of a text or of a question are looked up, and how bulk text is counted quickly.
What does not: SQL, scoring. The guessing of unknown words (HMM) stays off: it cuts the same name differently in
different sentences, and what is indexed one way could not be found the other way. Without it an unknown name falls
into its characters, in the text and in the question alike.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
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
    """Cuts a text into the words that can be searched, in order, doubles kept.

    Args:
        text: A paragraph, or what a user typed.

    >>> search_words("济南市的冷链物流园区，增长８.5%")
    ['济南', '南市', '济南市', '冷', '链', '物流', '园区', '物流园', '物流园区', '增长', '8', '5']
    """
    return [word for word in _cutter().cut_for_search(_folded(text), False) if _is_indexed(word)]


def count_words(texts: Iterable[str]) -> WordCounts:
    """Counts the words of many texts at once.

    Args:
        texts: Paragraphs, as they stand.
    """
    numbers = _Numbering()
    cut = _cutter().cut_for_search
    flat, cuts = array("i"), array("i")
    for text in texts:
        before = len(flat)
        for start in range(0, len(text), _PIECE):
            flat.extend(map(numbers.__getitem__, cut(_folded(text[start : start + _PIECE]), False)))
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


def _folded(text: str) -> str:
    return (text.translate(_NARROW) if _WIDE.search(text) else text).lower()


def _is_indexed(word: str) -> bool:
    return word not in _stop_words() and any(map(str.isalnum, word))


@cache
def _stop_words() -> frozenset[str]:
    lines = Path(__file__).with_name("search_stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _cutter() -> Any:
    import rjieba

    return rjieba.Jieba()
