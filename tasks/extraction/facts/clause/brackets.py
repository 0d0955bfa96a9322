"""Noun phrases with a bracket in them: 细颗粒物（PM2.5）平均浓度, 经费总量（含行政经费）下降20%.

What belongs here: reaching over a bracket. What does not: which phrase belongs to which figure.
"""

from __future__ import annotations

from tasks.extraction.facts.clause.noun_phrases import phrase_before
from tasks.extraction.facts.clause.slots import Sentence


def _opened(sentence: Sentence, closed: int) -> int:
    """Gives where the bracket begins that ends at an offset; -1 where none does."""
    return next((start for start, end in sentence.bracketed if end == closed), -1)


def over_brackets(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """Lets a phrase reach over a bracket before it (细颗粒物（PM2.5）平均浓度).

    Args:
        sentence: The sentence.
        span: The phrase, offsets in the sentence.
    """
    opened = _opened(sentence, span[0])
    if opened <= 0 or span[0] - opened > 14:
        return span
    clause = next((c for c in sentence.clauses if c[0] < opened <= c[1]), None)
    before = phrase_before(sentence.words, clause[0], opened, clause[0]) if clause else None
    return (before[0], span[1]) if before and before[1] == opened else span


def before_bracket(sentence: Sentence, closed: int) -> tuple[int, int] | None:
    """Finds the phrase before a bracket that ends where a clause begins (经费总量（含行政经费）下降20%).

    Args:
        sentence: The sentence.
        closed: Offset after the bracket.
    """
    opened = _opened(sentence, closed)
    clause = next((c for c in sentence.clauses if c[0] < opened <= c[1]), None)
    before = phrase_before(sentence.words, clause[0], opened, clause[0]) if clause and closed - opened < 30 else None
    return (before[0], closed) if before and before[1] == opened and closed - opened < 9 else before
