"""What a heading says: is it one, how deep does it stand, does it promise a review or plans.

What belongs here: telling the headings of an article, printed apart or at the head of a paragraph, and their kinds.
What does not: how far a heading reaches (`outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern

LONGEST = 40
"""Code points of a heading; what is longer is a sentence."""

_NUMBERED = pattern("section.numbered_heading")
_DEPTHS = {"part": 0, "first": 1, "second": 2, "third": 3}
_PLAIN_DEPTH = 2
_ENDS = "。；，、：！？!?;,:"
_HEAD = pattern("section.first_phrase")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an article.

    Attributes:
        text: As printed, without its number.
        depth: 0 for 第一部分, 1 for 一、, 2 for （一） and headings without a number, 3 for 1.
        kind: review, plan, target, measures or none.
        end: Where it ends in its paragraph; the paragraph's length where it stands alone.
    """

    text: str
    depth: int
    kind: str
    end: int


@cache
def _kinds() -> re.Pattern[str]:
    words: dict[str, list[str]] = {}
    for row in sorted(read_table("section_headings"), key=lambda r: -len(r["word"])):
        guard = f"(?<!{row['not_after']})" if row["not_after"] else ""
        words.setdefault(row["kind"], []).append(guard + re.escape(row["word"]))
    longest = sorted(((w, k) for k, ws in words.items() for w in ws), key=lambda x: -len(x[0]))
    return re.compile("|".join(f"(?P<{kind}_{n}>{word})" for n, (word, kind) in enumerate(longest)))


def kind_of_heading(text: str) -> str:
    """Tells what the section under a heading holds, by the last telling word of the heading.

    >>> kind_of_heading("2025年工作回顾"), kind_of_heading("2026年重点工作"), kind_of_heading("城市更新提速")
    ('review', 'plan', 'none')
    """
    kind = "none"
    for found in _kinds().finditer(text):
        kind = (found.lastgroup or "none").partition("_")[0]
    return kind


def read_heading(text: str, role: str) -> Heading | None:
    """Reads the heading that a paragraph is or begins with; None where it is plain text.

    A paragraph is a heading where layout says so, or where it is short and ends like none; it begins with one where a
    number (一、 or （一）) and a short phrase stand before its first sentence.

    Args:
        text: The paragraph.
        role: Its role on the page; `subhead` is always a heading.
    """
    printed = text.strip()
    numbered = _NUMBERED.match(text)
    depth = _DEPTHS[numbered.lastgroup or "third"] if numbered else _PLAIN_DEPTH
    at = numbered.end() if numbered else 0
    alone = role == "subhead" or (0 < len(printed) <= LONGEST and printed[-1] not in _ENDS and "，" not in printed)
    if alone:
        words = text[at:].strip()
        return Heading(words, depth, kind_of_heading(words), len(text)) if numbered or role == "subhead" else None
    if numbered is None:
        return None
    head = _HEAD.match(text, at)
    if head is None or "，" in head.group():
        return None
    words = head.group().strip(" 　。：\n")
    return Heading(words, depth, kind_of_heading(words), head.end())
