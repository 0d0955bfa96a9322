"""Where the sentences and clauses of a paragraph begin and end.

What belongs here: splitting by punctuation, in linear time on any text.
What does not: what the words in between mean.
"""

from __future__ import annotations

from tasks.lexicon.grammar import pattern

LONGEST = 800
"""A sentence longer than this (code points) is cut at its commas: no printed sentence is, hostile input may be."""

_SENTENCE = pattern("clause.sentence")
_BOUNDARY = pattern("clause.boundary")
_COMMA = pattern("clause.comma")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Gives the spans of a paragraph's sentences; together they cover the text.

    >>> split_sentences("产值5亿元。增长3%！")
    [(0, 6), (6, 11)]
    """
    spans: list[tuple[int, int]] = []
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        if start == end:
            continue
        while end - start > LONGEST:
            cut = start + LONGEST
            for comma in _COMMA.finditer(text, start + LONGEST // 2, start + LONGEST):
                cut = comma.end()
            spans.append((start, cut))
            start = cut
        spans.append((start, end))
    return spans


def clause_spans(sentence: str) -> list[tuple[int, int]]:
    """Gives the spans of a sentence's clauses: what stands between two of its marks of punctuation.

    >>> clause_spans("产值5亿元，增长3%。")
    [(0, 5), (6, 10)]
    """
    spans, start = [], 0
    for mark in _BOUNDARY.finditer(sentence):
        if mark.start() > start:
            spans.append((start, mark.start()))
        start = mark.end()
    if start < len(sentence):
        spans.append((start, len(sentence)))
    return spans
