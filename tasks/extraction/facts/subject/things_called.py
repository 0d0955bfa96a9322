"""Works, events and the like that are called by a phrase of common words, and meant by 该工程 or 项目 later.

What belongs here: finding such phrases in a sentence. What does not: names, and which figure is whose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tasks.extraction.facts.clause.tokens import NAME, Block, Word, read_words_of
from tasks.lexicon.grammar import words

_KINDS = words("thing_called")
_NOT_SO = words("called_by_no_phrase")
_GOES_ON, _DONE_WITH = words("no_thing_of_its_own"), words("done_with_works")
"""What behind its kind shows that a phrase calls nothing (工程师), and verbs before it that are no part of it."""
_STAGE = re.compile("[一二三四五六七八九十]期")
_PASSED_OVER = ("x", "w", "p", "c", "u", "d", "r", "t", "y", "e", "v")
"""Tags of words that end such a phrase to the left; a verb belongs to it right before its kind (改造工程)."""

_SHORTEST, _LONGEST = 3, 24
_KEPT = 256
"""Sentences whose phrases are kept in mind: several words of an article may mean one."""


class Called(NamedTuple):
    """A phrase that calls something: its end in the sentence, its kind (工程), and the phrase."""

    end: int
    kind: str
    name: str


def calls_something(text: str) -> bool:
    """Tells whether a sentence holds a word for a kind of work or event at all."""
    return any(kind in text for kind in _KINDS)


@lru_cache(_KEPT)
def things_called(text: str, names: tuple[Block, ...]) -> tuple[Called, ...]:
    """Finds what a sentence calls by a phrase of common words, in order.

    Args:
        text: The sentence.
        names: Its names, as blocks.

    >>> things_called("今天，南湖灌区二期工程正式开工。", ())
    (Called(end=11, kind='工程', name='南湖灌区二期工程'),)
    """
    if not calls_something(text):
        return ()
    cut = read_words_of(text, names)
    return tuple(found for k in range(1, len(cut)) if (found := _phrase(text, cut, k)))


def _phrase(text: str, cut: Sequence[Word], k: int) -> Called | None:
    """Gives the phrase that ends with the kind of thing in a word (工程, 工程建设); None where none does."""
    kind = next((kind for kind in _KINDS if kind in cut[k].text), "")
    end = cut[k].start + cut[k].text.find(kind) + len(kind)
    within = cut[k].tag == NAME and end < cut[k].end  # 南湖电梯工程有限公司
    if not kind or within or text.startswith(_GOES_ON, end):
        return None
    first = k
    while first and cut[first - 1].tag == "v" and cut[first - 1].text not in _DONE_WITH:
        first -= 1
    while first and _belongs(cut[first - 1]):
        first -= 1
    while first < k and cut[first].tag.startswith("v"):
        first += 1
    name = text[cut[first].start : end]
    fits = _SHORTEST + len(kind) <= len(name) <= _LONGEST and not any(word in name for word in _NOT_SO)
    return Called(end, kind, name) if fits else None


def _belongs(word: Word) -> bool:
    if _STAGE.fullmatch(word.text):
        return True
    return not word.tag.startswith(_PASSED_OVER) and not any(kind in word.text for kind in _KINDS)
