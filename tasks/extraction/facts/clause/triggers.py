"""The words that announce a figure (增长, 达到, 占, 同比 …) and how to peel them off a clause's end.

What belongs here: reading `triggers.csv` and finding its words at the end of a text.
What does not: what follows from them for a figure.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import last_signs

_LONGEST_WORD = 8
_WHOLE_WORDS = words("holds_a_trigger")
_WITHIN_WORDS = words("trigger_in_a_word")
_CHANGES, _NO_CHANGE = words("last_of_a_change"), words("no_change")
"""A word of two characters that ends with one of the first is a word of change too (劲增, 直降)."""
_MORE_OR_LESS, _DONE_MORE = {"多": ("up",), "少": ("down",)}, words("done_more_or_less")
"""More or less of it was done than before (多收, 少用)."""
_NOT_MORE, _LEADS_MORE = words("not_more_or_less"), words("leads_more_or_less")
"""What before 多 and 少 leaves no change of them (最多用), and what jieba joins to them (可少|用)."""
_TIME_LETTERS = words("letter_of_a_time")
_NO_TIME = words("no_time")
_EXTENT = "幅度"
_RATES = {"up": "rate_up", "down": "rate_down"}
_BETWEEN = " \u3000、“”‘’\"'了的，,"
_PEELABLE = {
    "up",
    "down",
    "to",
    "be",
    "rate_up",
    "rate_down",
    "share",
    "pull",
    "adv",
    "qual",
    "gap",
    "yoy",
    "qoq",
    "prior",
    "light",
}


@cache
def trigger_kinds() -> dict[str, tuple[str, ...]]:
    """Gives the kinds (up, down, to, be, share, do …) of every trigger word; 增长 makes 增长幅度 a rate of rising."""
    kinds: dict[str, tuple[str, ...]] = {}
    for row in read_table("triggers"):
        kinds[row["word"]] = (*kinds.get(row["word"], ()), row["kind"])
    rates = {
        f"{word}{_EXTENT}": (rate,)
        for way, rate in _RATES.items()
        for word, own in kinds.items()
        if way in own and len(word) > 1
    }
    return rates | kinds  # a row of the table says what its word is


@cache
def _peelable() -> dict[str, tuple[str, ...]]:
    """Gives the words that can be taken off: not the verbs (建成) and verbal nouns (投资) that may name the thing."""
    return {w: k for w, k in trigger_kinds().items() if set(k) & _PEELABLE}


@cache
def _sizes_by_end() -> dict[str, tuple[int, ...]]:
    """Gives the lengths of the words that can be taken off by the character they end with, the longest first."""
    sizes: dict[str, set[int]] = {}
    for word in _peelable():
        if len(word) <= _LONGEST_WORD:
            sizes.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(found, reverse=True)) for last, found in sizes.items()}


@cache
def triggers_of(kind: str) -> frozenset[str]:
    """Gives the trigger words of one kind."""
    return frozenset(word for word, kinds in trigger_kinds().items() if kind in kinds)


@cache
def less_done() -> frozenset[str]:
    """Gives what says that less was done than before (少用, 少付)."""
    return frozenset(f"少{verb}" for verb in _DONE_MORE)


@cache
def intention_words() -> frozenset[str]:
    """Gives the words of intention (计划, 力争, 拟): what a clause means to do is no part of a thing's name."""
    meant = (row["word"] for row in read_table("intentions") if row["kind"] != "done")
    return triggers_of("intention").union(word for word in meant if word.isalpha())


class Peeled(NamedTuple):
    """What stood at the end of a clause's text before a figure.

    Attributes:
        rest: The text with the triggers, and a base of comparison (较去年同期), taken off.
        words: The triggers taken off, nearest to the figure first, each with its kinds.
        base: What is compared with (去年同期), where a base was taken off.
    """

    rest: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: str | None = None


_BASE = pattern("clause.base")
_TIME_BEFORE = pattern("clause.time_before_a_change")
_NOW = pattern("clause.now")
_LAST_OF_NOW = last_signs(_NOW)
_TIME_BASE = pattern("clause.base_is_a_time")


def is_time_base(base: str) -> bool:
    """Tells whether a base of comparison is a time (去年同期) and not another place or group (全省平均)."""
    return bool(_TIME_BASE.search(base)) and not base.endswith(_NO_TIME)


def peel(text: str, word_starts: frozenset[int] | set[int], offset: int) -> Peeled:
    """Takes the trigger words off the end of the text before a figure.

    Args:
        text: What stands in the clause before the figure.
        word_starts: Offsets in the sentence at which a word begins; one-character triggers must be whole words.
        offset: Where `text` begins in the sentence.
    """
    kinds = _peelable()
    words: list[tuple[str, tuple[str, ...]]] = []
    base = None
    end = len(text)
    while end > 0:
        if text[end - 1] in _BETWEEN:
            if text[end - 1] == "的" and not words:
                break
            end -= 1
            continue
        size, own = _word_before(text, end, kinds, word_starts, offset)
        if size:
            words.append((text[end - size : end], own))
            end -= size
            continue
        now = _NOW.search(text, max(0, end - 5), end) if text[end - 1] in _LAST_OF_NOW else None
        if now and words:
            break
        if now:
            end = now.start()
            continue
        if base is None:
            found = _BASE.search(text[max(0, end - 24) : end])
            if found and _cuts_a_name(found, offset + end - len(found.group()), word_starts):
                found = None
            if found and (words or is_time_base(found["base"])):
                base = found["base"]
                end -= len(found.group())
                continue
        break
    return Peeled(text[:end].rstrip("的 "), tuple(words), base)


def _cuts_a_name(found: re.Match[str], at: int, word_starts: frozenset[int] | set[int]) -> bool:
    """Whether the 比 found is the head of a longer word (比亚迪), not the preposition."""
    return at + 1 not in word_starts


def _word_before(
    text: str, end: int, kinds: dict[str, tuple[str, ...]], word_starts: frozenset[int] | set[int], offset: int
) -> tuple[int, tuple[str, ...]]:
    """Gives the length of the trigger word that ends at a place, and its kinds; 0 where there is none."""
    if text.endswith(_WHOLE_WORDS, 0, end):
        return 0, ()
    for size in _sizes_by_end().get(text[end - 1], ()):
        word = text[end - size : end] if 1 < size <= end else ""
        if word in kinds and not (word[0] in _TIME_LETTERS and _TIME_BEFORE.search(text, 0, end - size)):
            return size, kinds[word]  # 今年|增, 5月|增: no 年增 of Taiwan's papers
    last, is_word = text[end - 1], offset + end - 1 in word_starts
    if end > 1:
        first, begins = text[end - 2], offset + end - 2 in word_starts
        if first in _MORE_OR_LESS and last in _DONE_MORE and _is_more_or_less(text[: end - 2], begins):
            return 2, _MORE_OR_LESS[first]
        if begins and last in _CHANGES and not is_word and first not in _TIME_LETTERS:
            return (0, ()) if text.endswith(_NO_CHANGE, 0, end) else (2, kinds[last])
    return (1, kinds[last]) if last in kinds and (is_word or last in _WITHIN_WORDS) else (0, ())


def _is_more_or_less(before: str, begins: bool) -> bool:
    """Whether 多 or 少 behind a text means more or less than before, and no bound (最多) and no part of a number."""
    if before.endswith(_NOT_MORE) or before[-1:].isdigit():
        return False
    return begins or before.endswith(_LEADS_MORE)
