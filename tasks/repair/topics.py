"""Whether the talk goes on: how much two texts of a page, and the display lines between them, share in rare words.

What belongs here: words of the page, how rare they are on it, and what texts side by side have in common. What does
not: what that means for a border (`borders`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from tasks.reading.segmenter import plain_segmenter

_LOOK = 180
"""Characters at a text's beginning whose words count."""
_REACH = 2
"""Texts on either side of a gap that are compared."""
_STEPS = ((0.02, "none"), (0.06, "little"), (0.12, "some"), (0.2, "much"))


def words_of(text: str) -> set[str]:
    """Gives the words of a text that have two characters or more.

    >>> sorted(words_of("槐荫区的企业"))
    ['企业', '槐荫区']
    """
    return {word for word in plain_segmenter().cut("".join(text.split()), False) if len(word) > 1}


class _Printed(Protocol):
    @property
    def text(self) -> str: ...


class Topics:
    """The words of a page's texts, each by how rare it is on the page."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Reads the texts of a page.

        Args:
            texts: The texts in reading order.
        """
        self._words = [words_of(text[:_LOOK]) for text in texts]
        found = Counter(word for words in self._words for word in words)
        total = len(texts)
        self._rare = {word: math.log((1 + total) / count) ** 2 for word, count in found.items()}
        self._most = math.log(1 + total) ** 2
        self._sizes = [math.sqrt(math.fsum(map(self._rare.__getitem__, words))) for words in self._words]
        self._seen: dict[tuple[int, int], float] = {}

    def evidence(self, gap: int, heads: Sequence[_Printed]) -> Iterator[str]:
        """Gives what the words say about the gap after a text, as keys of `border_evidence.csv`.

        Args:
            gap: Number of the text before the gap, from 0.
            heads: Display lines in the gap.
        """
        last = len(self._words) - 1
        before, after = range(max(0, gap + 1 - _REACH), gap + 1), range(gap + 1, min(gap + _REACH, last) + 1)
        alike = max((self._alike(a, b) for a in before for b in after), default=0.0)
        near = self._alike(gap, gap + 1)
        yield "talk/" + next((name for most, name in _STEPS if near < most), "most")
        yield "theme/" + next((name for most, name in _STEPS if alike < most), "most")
        if heads:
            yield f"head before/{self._said(heads, gap, -1)}"
            yield f"head after/{self._said(heads, gap + 1, 1)}"

    def _alike(self, a: int, b: int) -> float:
        """Gives the cosine of two texts' words, each weighed by its rarity on the page."""
        found = self._seen.get((a, b))
        if found is None:
            size = self._sizes[a] * self._sizes[b]
            found = math.fsum(map(self._rare.__getitem__, self._words[a] & self._words[b])) / size if size else 0.0
            self._seen[a, b] = found
        return found

    def _said(self, heads: Sequence[_Printed], at: int, step: int) -> str:
        """Tells how much of the display lines' words the texts on one side say."""
        words = {word for head in heads for word in words_of(head.text)}
        weights = {word: self._rare.get(word, self._most) for word in words}
        total = math.fsum(weights.values())
        near = [self._words[k] for k in range(at, at + step * _REACH, step) if 0 <= k < len(self._words)]
        share = (
            math.fsum(v for word, v in weights.items() if any(word in text for text in near)) / total if total else 0.0
        )
        return "none" if share < 0.1 else "little" if share < 0.3 else "some" if share < 0.55 else "much"
