"""Lays texts onto the printed characters of a raw page, so that a wrong paragraph makes none of its figures wrong.

What belongs here: the page as a stream of characters without white space. What does not: what the texts mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tests.score.notions import squeeze

Key = TypeVar("Key")
Place = tuple[int, ...]


class Stream:
    """The raw page as a stream of characters, white space left out; no character is given away twice."""

    def __init__(self, raw: str) -> None:
        self._chars = squeeze(raw.lstrip("\ufeff"))
        self._used = bytearray(len(self._chars))

    @property
    def left(self) -> int:
        """How many characters no text was laid onto."""
        return len(self._chars) - sum(self._used)

    def lay(self, text: str) -> Place | None:
        """Gives the places of a text's characters, piece by piece where it was cut; None where it is not printed."""
        want, places, at, before = squeeze(text), [], 0, bytes(self._used)
        while at < len(want):
            size, found = self._longest(want[at:])
            if not size:
                self._used = bytearray(before)
                return None
            places.extend(range(found, found + size))
            self._used[found : found + size] = b"\x01" * size
            at += size
        return tuple(places)

    def _longest(self, text: str) -> tuple[int, int]:
        """Finds the longest beginning of a text that stands unused in the stream, by halving."""
        best, place, low, high = 0, -1, 1, len(text)
        while low <= high:
            middle = (low + high) // 2
            at = self._find(text[:middle])
            if at >= 0:
                best, place, low = middle, at, middle + 1
            else:
                high = middle - 1
        return best, place

    def _find(self, piece: str) -> int:
        at = self._chars.find(piece)
        while at >= 0 and any(self._used[at : at + len(piece)]):
            at = self._chars.find(piece, at + 1)
        return at


def lay_all(raw: str, texts: Iterable[tuple[Key, str]]) -> dict[Key, Place | None]:
    """Lays the texts of a page onto it, the longest first."""
    stream = Stream(raw)
    ranked = sorted(texts, key=lambda keyed: -len(squeeze(keyed[1])))
    return {key: stream.lay(text) for key, text in ranked}


def part(places: Place | None, text: str, start: int, end: int) -> Place:
    """Gives the places of text[start:end]; none where the text is not printed."""
    if places is None:
        return ()
    return places[len(squeeze(text[:start])) : len(squeeze(text[:end]))]
