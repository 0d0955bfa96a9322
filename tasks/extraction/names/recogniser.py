"""Finds the names of persons, organisations and places in running text.

What belongs here: putting together what the finders say. What does not: who or what a name stands for (`linking`).
"""

from __future__ import annotations

import re
from functools import cache

import ahocorasick
import rjieba

from tasks.extraction.names.gazetteer import division_forms
from tasks.extraction.names.spans import Span, settle
from tasks.lexicon import read_table, read_words

_ORG_END = re.compile(
    r"(?:公司|集团|大学|学院|医院|银行|委员会|统计局|审计局|政府|统战部|组织部|宣传部|区委|市委|县委|省委|法院|检察院|研究院|研究所|中学|小学|农商行)$"
)


@cache
def _scanner() -> ahocorasick.Automaton:
    scanner = ahocorasick.Automaton()
    for word in read_words("towns"):
        scanner.add_word(word, (len(word), "town"))
    for row in read_table("places"):
        scanner.add_word(row["name"], (len(row["name"]), "place"))
    for form, meanings in division_forms().items():
        short = all(s for _, s in meanings)
        rank = min(("province", "city", "county").index(d.level) for d, _ in meanings)
        scanner.add_word(form, (len(form), f"short{rank}" if short else "division"))
    scanner.make_automaton()
    return scanner


@cache
def _cutter() -> rjieba.Jieba:
    cutter = rjieba.Jieba()
    for form, meanings in division_forms().items():
        if not all(s for _, s in meanings):
            cutter.add_word(form, 2000, "ns")
    return cutter


def recognise(text: str) -> list[Span]:
    """Finds the names in a text.

    Args:
        text: Any text; a line break ends every name.

    Returns:
        Names in the order of the text, none overlapping another.
    """
    spans: list[Span] = []
    for end, (length, kind) in _scanner().iter_long(text):
        start = end + 1 - length
        if kind in ("division", "town", "place", "short0", "short1"):
            spans.append(Span(start, end + 1, "LOC", 0.7))
    at = 0
    surnames = {row["surname"] for row in read_table("surnames")}
    for word, tag in _cutter().tag(text):
        end = at + len(word)
        if tag in ("nr", "nrfg", "nrt") and 2 <= len(word) <= 4 and word[0] in surnames:
            spans.append(Span(at, end, "PER", 0.5))
        elif tag == "nt" or (len(word) > 3 and _ORG_END.search(word)):
            spans.append(Span(at, end, "ORG", 0.6))
        elif tag == "ns" and len(word) > 1:
            spans.append(Span(at, end, "LOC", 0.4))
        at = end
    return _merged(settle(spans))


def _merged(spans: list[Span]) -> list[Span]:
    """Joins places that stand side by side."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start and merged[-1].type == "LOC" and span.type in ("LOC", "ORG"):
            before = merged.pop()
            span = Span(before.start, span.end, span.type, min(before.score, span.score))
        merged.append(span)
    return merged
