"""The words that announce a figure (增长, 达到, 占, 同比 …) and how to peel them off a clause's end.

What belongs here: reading `triggers.csv` and finding its words at the end of a text.
What does not: what follows from them for a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table

_LONGEST_WORD = 8
_WHOLE_WORDS = (
    *("到达", "抵达", "发达", "直达", "通达", "送达", "行为", "作为", "公共", "合约", "附近", "最近"),
    "自然增长率",
)
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
    """Gives the kinds (up, down, to, be, share, do …) of every trigger word."""
    kinds: dict[str, tuple[str, ...]] = {}
    for row in read_table("triggers"):
        kinds[row["word"]] = (*kinds.get(row["word"], ()), row["kind"])
    return kinds


@cache
def _peelable() -> dict[str, tuple[str, ...]]:
    """Gives the words that can be taken off: not the verbs (建成) and verbal nouns (投资) that may name the thing."""
    return {w: k for w, k in trigger_kinds().items() if set(k) & _PEELABLE}


@cache
def triggers_of(kind: str) -> frozenset[str]:
    """Gives the trigger words of one kind."""
    return frozenset(word for word, kinds in trigger_kinds().items() if kind in kinds)


@dataclass(frozen=True, slots=True)
class Peeled:
    """What stood at the end of a clause's text before a figure.

    Attributes:
        rest: The text with the triggers, and a base of comparison (较去年同期), taken off.
        words: The triggers taken off, nearest to the figure first, each with its kinds.
        base: What is compared with (去年同期), where a base was taken off.
    """

    rest: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base: str | None = None


_BASE = re.compile(
    r"(?:(?<![占贷同环对百相性])比|相?较于?|相比于?|(?:与|跟|和|同)(?=[^，。、]+(?:相比|比较)$))"
    r"(?P<base>[^，,；;：。、比较]{1,18}?)(?:相比|比较|时|的)?$"
)
_TIME_BEFORE = re.compile(r"[全今去上本前当每明同近个多几\d一二三四五六七八九十]$")
_NOW = re.compile(r"(?:(?:现在|目前|如今|当前|今天)的?|每(?:立方米|平方米|公斤|吨|亩|斤|升|人|户|台|套|件|头|度))$")
_TIME_BASE = re.compile(
    r"年|月|季|期|周|日|天|届|初|末|此前|以前|过去|之前|原来|以往|往年|上次|前次|第一次|五一|国庆|春节"
)


def is_time_base(base: str) -> bool:
    """Tells whether a base of comparison is a time (去年同期) and not another place or group (全省平均)."""
    return bool(_TIME_BASE.search(base)) and "平均水平" not in base


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
        if text[end - 1] in " \u3000、“”‘’\"'了的，,":
            if text[end - 1] == "的" and not words:
                break
            end -= 1
            continue
        size = _suffix_size(text, end, kinds, word_starts, offset)
        if size:
            words.append((text[end - size : end], kinds[text[end - size : end]]))
            end -= size
            continue
        now = _NOW.search(text, max(0, end - 5), end)
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


def _suffix_size(
    text: str, end: int, kinds: dict[str, tuple[str, ...]], word_starts: frozenset[int] | set[int], offset: int
) -> int:
    if text.endswith(_WHOLE_WORDS, 0, end):
        return 0
    for size in range(min(_LONGEST_WORD, end), 0, -1):
        if text[end - size] in "年月季" and _TIME_BEFORE.search(text, 0, end - size):
            continue  # 今年|增, 5月|增: no 年增 of Taiwan's papers
        if text[end - size : end] in kinds and (
            size > 1 or offset + end - 1 in word_starts or text[end - 1] in "超约达近逾为共涨跌"
        ):
            return size
    return 0
