"""Finds the words of a list in a text, all at once.

What belongs here: the search. What does not: any list, and what a word found means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Gives the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


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
        lengths: dict[str, int] = {}  # one bit a length: a set for each head would take ten times the memory
        for word in self._numbers:
            lengths[word[:2]] = lengths.get(word[:2], 0) | 1 << len(word)
        heads = np.array([(ord(head[0]), ord(head[-1]), len(head)) for head in lengths], np.uint32).reshape(-1, 3)
        alone, pairs = heads[heads[:, 2] == 1], heads[heads[:, 2] == 2]
        self._alone[alone[:, 0]] = True
        self._pairs[self._pair_number(pairs[:, 0], pairs[:, 1])] = True
        falling = {bits: _falling(bits) for bits in set(lengths.values())}
        self._lengths = {head: falling[bits] for head, bits in lengths.items()}

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
        lengths, number_of, size = self._lengths.get, self._numbers.get, len(text)
        done = 0
        for at in np.flatnonzero(begins).tolist():  # `_word_at`, not called: a page asks it a thousand times
            if at < done:
                continue
            for length in lengths(text[at : at + 2], ()):
                number = number_of(text[at : at + length])
                if number is not None:
                    done = min(at + length, size)
                    hits.append((at, done, number))
                    break
            else:
                number = number_of(text[at])
                if number is not None:
                    done = at + 1
                    hits.append((at, done, number))
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


def _falling(bits: int) -> tuple[int, ...]:
    """Gives the numbers of the bits that are set, the largest first."""
    return tuple(n for n in range(bits.bit_length(), 0, -1) if bits >> n & 1)
