"""A page's text read once, as a whole: its words after jieba, and where known places and telling endings stand.

What belongs here: what both the tagger and the rules of names look at. What does not: any decision about a name, and
what a paragraph says by itself (`paragraph`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from tasks.lexicon import read_table, read_words
from tasks.reading.gazetteer import division_forms
from tasks.reading.segmenter import segmenter
from tasks.reading.word_finder import WordFinder, code_points

PLACE_KINDS = {"division": 1, "town": 2, "place": 3, "short": 4}
ENDING_KINDS = {"title": 1, "organisation": 2, "weak organisation": 3, "place": 4}

Hits = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """A text with its words and with the places and endings in it.

    Attributes:
        text: The text.
        chars: Its code points.
        tagged: Its words after jieba with jieba's tag of each.
        words: These words; together they are the text.
        tags: These tags.
        starts: Where each word starts.
        numbers: For each character the number of the word that holds it, and the last word's once more.
        place_hits: Places of the gazetteer: start, end, number of the kind; the longest ones, from left to right.
        ending_hits: Titles and last words of names, likewise.
    """

    text: str
    chars: npt.NDArray[np.uint32]
    tagged: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    starts: tuple[int, ...]
    numbers: list[int]
    place_hits: Hits
    ending_hits: Hits

    def words_in(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """Gives the words, with tags, that lie wholly or partly between two places."""
        return self.tagged[self.numbers[start] : self.numbers[end - 1] + 1]

    def word_at(self, place: int) -> int:
        """Gives the number of the word that holds a character."""
        return self.numbers[place]

    def on_word_edges(self, start: int, end: int) -> bool:
        """Says whether no word crosses either end of a stretch of text."""
        return self._edge(start) and self._edge(end)

    def _edge(self, place: int) -> bool:
        if place in (0, len(self.text)):
            return True
        return self.numbers[place] != self.numbers[place - 1]


_HALF_LETTER = re.compile("[\ud800-\udfff]")  # what a broken file may hold and UTF-8 cannot


def read_text(text: str) -> PageReading:
    """Reads a text once for all finders of names."""
    chars = code_points(text)
    tagged = tuple(segmenter().tag(_HALF_LETTER.sub("\ufffd", text)))
    words, tags = zip(*tagged, strict=True) if tagged else ((), ())
    lengths = tuple(map(len, words))
    starts = tuple(accumulate(lengths, initial=0))[:-1]
    numbers = [*np.repeat(np.arange(len(words)), lengths).tolist(), len(words) - 1]
    places = tuple(place_finder().find(text, chars))
    endings = tuple(_ending_finder().find(text, chars))
    return PageReading(text, chars, tagged, words, tags, starts, numbers, places, endings)


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
