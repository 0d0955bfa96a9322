"""A paragraph read once: its characters as they are read, its sentences with their clauses and short quotations.

What belongs here: the one value that names, figures, times, facts and the learned reader all start from.
What does not: any answer about what a paragraph says, and the words of a page, which speak together (`page`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tasks.lexicon.grammar import pattern
from tasks.reading.folding import Folded, fold, fold_signs
from tasks.reading.sentences import clause_spans, split_sentences

Span = tuple[int, int]

_QUOTATION = pattern("clause.short_quotation")
_BRACKET = re.compile(r"[（(）)]")
_KEPT, _LONGEST_KEPT = 512, 20_000
"""Paragraphs kept in mind, those of a large page, and characters of the longest: that many of a broken file's, which is
one paragraph of megabytes, would fill the memory of a worker."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence of a paragraph.

    Attributes:
        start: Its first character, offset in the paragraph as it is read.
        end: After its last.
        text: The sentence.
        clauses: What stands between two marks of punctuation, offsets in the sentence.
        quoted: Short quotations and titles with their marks (“全国第一”), offsets in the sentence.
        bracketed: What stands in brackets, with them, offsets in the sentence; an inner bracket before its outer one.
        signs: The characters that stand in it: one look at them spares a search for what can't be there.
    """

    start: int
    end: int
    text: str
    clauses: tuple[Span, ...]
    quoted: tuple[Span, ...]
    bracketed: tuple[Span, ...]
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph as it is read.

    Attributes:
        printed: The paragraph as printed.
        folded: Its characters in simplified script and half width, with the way back to the print.
        signs: The same with the signs of numbers and dates as one sign each; every offset is that of `folded`.
        sentences: Its sentences; together they are the text.
    """

    printed: str
    folded: Folded
    signs: str
    sentences: tuple[ReadSentence, ...]

    @property
    def text(self) -> str:
        """The characters that are read."""
        return self.folded.text


def read_paragraph(text: str) -> Reading:
    """Reads a paragraph; whoever soon asks again for the same text gets the same value.

    Args:
        text: The paragraph, as printed or folded before.

    >>> reading = read_paragraph("產值５億元，增长3%。居“全国第一”！")
    >>> reading.text, [s.text for s in reading.sentences]
    ('产值5亿元，增长3%。居“全国第一”！', ['产值5亿元，增长3%。', '居“全国第一”！'])
    >>> reading.sentences[0].clauses, reading.sentences[1].quoted
    (((0, 5), (6, 10)), ((1, 7),))
    >>> read_paragraph("经费（含差旅费）下降").sentences[0].bracketed
    ((2, 8),)
    """
    return _remembered(text) if len(text) <= _LONGEST_KEPT else _read(text)


def _read(text: str) -> Reading:
    folded = fold(text)
    read = folded.text
    sentences = tuple(_sentence(read[start:end], start, end) for start, end in split_sentences(read))
    return Reading(text, folded, fold_signs(read), sentences)


_remembered = lru_cache(_KEPT)(_read)


def _sentence(text: str, start: int, end: int) -> ReadSentence:
    quoted = tuple(found.span() for found in _QUOTATION.finditer(text)) if "“" in text or "《" in text else ()
    bracketed = _bracketed(text) if "（" in text or "(" in text else ()
    return ReadSentence(start, end, text, tuple(clause_spans(text)), quoted, bracketed, frozenset(text))


def _bracketed(text: str) -> tuple[Span, ...]:
    """Pairs the brackets of a sentence; one without its partner is none."""
    opened: list[int] = []
    pairs: list[Span] = []
    for found in _BRACKET.finditer(text):
        if found.group() in "（(":
            opened.append(found.start())
        elif opened:
            pairs.append((opened.pop(), found.end()))
    return tuple(pairs)
