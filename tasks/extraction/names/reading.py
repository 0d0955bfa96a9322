"""A text read once: its words after jieba, and where known places and telling endings stand.

What belongs here: what both the tagger and the rules look at. What does not: any decision about a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from tasks.lexicon import read_table, read_words
from tasks.reading.gazetteer import division_forms
from tasks.reading.segmenter import segmenter

MIDDLE_DOT = re.compile(r"[·•‧・]")
"""What stands between the parts of a foreign or minority name, in the forms that papers print."""

PLACE_KINDS = {"division": 1, "town": 2, "place": 3, "short": 4}
ENDING_KINDS = {"title": 1, "organisation": 2, "weak organisation": 3, "place": 4}

Hits = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its words and with the places and endings in it.

    Attributes:
        text: The text.
        chars: Its code points.
        tagged: Its words after jieba with jieba's tag of each.
        words: These words; together they are the text.
        tags: These tags.
        starts: Where each word starts.
        place_hits: Places of the gazetteer: start, end, number of the kind; the longest ones, from left to right.
        ending_hits: Titles and last words of names, likewise.
    """

    text: str
    chars: npt.NDArray[np.uint32]
    tagged: list[tuple[str, str]]
    words: list[str]
    tags: list[str]
    starts: list[int]
    place_hits: Hits
    ending_hits: Hits

    def words_in(self, start: int, end: int) -> list[tuple[str, str]]:
        """Gives the words, with tags, that lie wholly or partly between two places."""
        return self.tagged[bisect_right(self.starts, start) - 1 : bisect_right(self.starts, end - 1)]

    def word_at(self, place: int) -> int:
        """Gives the number of the word that holds a character."""
        return bisect_right(self.starts, place) - 1

    def on_word_edges(self, start: int, end: int) -> bool:
        """Says whether no word crosses either end of a stretch of text."""
        return self._edge(start) and self._edge(end)

    def _edge(self, place: int) -> bool:
        if place in (0, len(self.text)):
            return True
        return self.starts[self.word_at(place)] == place


_HALF_LETTER = re.compile("[\ud800-\udfff]")  # what a broken file may hold and UTF-8 cannot


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Gives the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def read_text(text: str) -> Reading:
    """Reads a text once for all finders of names."""
    chars = code_points(text)
    tagged = segmenter().tag(_HALF_LETTER.sub("\ufffd", text))
    words, tags = [word for word, _ in tagged], [tag for _, tag in tagged]
    starts = list(accumulate(map(len, words), initial=0))[:-1]
    places = place_finder().find(text, chars)
    endings = _ending_finder().find(text, chars)
    return Reading(text, chars, tagged, words, tags, starts, places, endings)


class WordFinder:
    """Finds words of a list in a text, the longest ones from left to right.

    Two letters that begin no word are passed over for the whole text at once.
    """

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Takes the words to find, each with the number of its kind."""
        self._numbers = dict(numbers)
        self._alone = np.zeros(0x10000, bool)
        bits = 20 if len(self._numbers) > 1000 else 17 if len(self._numbers) > 200 else 14
        self._pairs = np.zeros(1 << bits, bool)
        lengths: dict[str, set[int]] = {}
        for word in self._numbers:
            lengths.setdefault(word[:2], set()).add(len(word))
        heads = np.array([(ord(head[0]), ord(head[-1]), len(head)) for head in lengths], np.uint32).reshape(-1, 3)
        alone, pairs = heads[heads[:, 2] == 1], heads[heads[:, 2] == 2]
        self._alone[alone[:, 0]] = True
        self._pairs[self._pair_number(pairs[:, 0], pairs[:, 1])] = True
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def _pair_number(self, first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        mixed: npt.NDArray[np.uint32] = (first * np.uint32(0x9E3779B1)) ^ (second * np.uint32(0x85EBCA6B))
        mixed ^= mixed >> np.uint32(15)
        mixed &= np.uint32(len(self._pairs) - 1)
        return mixed

    def find(self, text: str, chars: npt.NDArray[np.uint32]) -> list[tuple[int, int, int]]:
        """Gives start, end and number of each word found."""
        if not len(chars):
            return []
        begins = self._alone[np.minimum(chars, 0xFFFF)]
        begins[:-1] |= self._pairs[self._pair_number(chars[:-1], chars[1:])]
        hits: list[tuple[int, int, int]] = []
        done = 0
        for at in np.flatnonzero(begins).tolist():
            if at >= done and (hit := self._word_at(text, at)):
                hits.append(hit)
                done = hit[1]
        return hits

    def words_from_start(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Gives start, end and number of the words that a text begins with, one right behind another."""
        at = 0
        while hit := self._word_at(text, at):
            yield hit
            at = hit[1]

    def _word_at(self, text: str, at: int) -> tuple[int, int, int] | None:
        """The longest word that begins at a place."""
        for length in self._lengths.get(text[at : at + 2], ()):
            word = text[at : at + length]
            number = self._numbers.get(word)
            if number is not None:
                return at, at + len(word), number
        number = self._numbers.get(text[at : at + 1])
        return None if number is None else (at, at + 1, number)


@cache
def place_finder() -> WordFinder:
    """Gives what finds divisions, towns and other well-known places."""
    kinds = dict.fromkeys(read_words("towns"), "town")
    for form, meanings in division_forms().items():
        kinds[form] = "short" if all(short for _, short in meanings) else "division"
    kinds |= {row["name"]: "place" for row in read_table("places") if kinds.get(row["name"]) != "division"}
    return WordFinder({word: PLACE_KINDS[kind] for word, kind in kinds.items()})


@cache
def _ending_finder() -> WordFinder:
    kinds = {row["suffix"]: "place" for row in read_table("place_suffixes")}
    for row in read_table("org_suffixes"):
        kinds[row["suffix"]] = "organisation" if row["strength"] == "strong" else "weak organisation"
    kinds |= {row["title"]: "title" for row in read_table("titles")}
    return WordFinder({word: ENDING_KINDS[kind] for word, kind in kinds.items()})


@lru_cache(1 << 16)
def is_known_place(text: str) -> bool:
    """Says whether a text is a division or another place of the gazetteer, or several side by side."""
    ends = [end for _, end, _ in place_finder().words_from_start(text)]
    return bool(ends) and ends[-1] == len(text)
