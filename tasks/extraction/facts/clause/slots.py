"""A figure's place in its sentence: the words around it, bounded by clauses and by the other figures.

What belongs here: cutting a sentence up around its figures.
What does not: the meaning of what was cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.extraction.facts.clause.sentences import clause_spans
from tasks.extraction.facts.clause.tokens import FIGURE, TIME, Block, Word, read_words_of
from tasks.extraction.facts.clause.triggers import Peeled, peel
from tasks.lexicon.grammar import words
from tasks.page import Quantity

_BOUNDS = words("bound")
_REACHED = ("到", "至")


@dataclass(slots=True)
class Slot:
    """One figure in its sentence; offsets are the sentence's.

    Attributes:
        quantity: The figure.
        start: Its first character.
        end: After its last.
        clause: Span of its clause.
        clause_number: Which clause of the sentence that is, from 0.
        left: Where the text before it begins: the clause's start or the end of the figure before.
        right: Where the text after it ends: the clause's end or the start of the next figure.
        order: Which figure of its clause it is, from 0.
        peeled: The text before it with the trigger words taken off.
        rated: Whether its clause speaks of a rate (增速由24.1%放缓至19.8%).
        item: Its own item of a list (通用设备、专用设备分别增长 …), where it has one.
    """

    quantity: Quantity
    start: int
    end: int
    clause: tuple[int, int]
    clause_number: int
    left: int
    right: int
    order: int
    peeled: Peeled = field(default_factory=lambda: Peeled(""))
    measure: str = "level"
    comparison: str | None = None
    negative: bool = False
    indicator: str | None = None
    indicator_span: tuple[int, int] | None = None
    source: str = "none"
    item: str | None = None
    list_place: tuple[int, int] | None = None
    item_is_subject: bool = False
    rated: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence with figures: its text, words, slots, and what its paragraph measured before it."""

    start: int
    text: str
    words: list[Word]
    clauses: list[tuple[int, int]]
    slots: list[Slot]
    inherited: str | None = None


def read_sentence(text: str, start: int, quantities: Sequence[Quantity], others: Sequence[Block] = ()) -> Sentence:
    """Cuts one sentence up around its figures.

    Args:
        text: The sentence.
        start: Its offset in the paragraph.
        quantities: The figures inside it, in order, with offsets in the paragraph.
        others: Times and names inside it, with offsets in the sentence.
    """
    figures = [(q.start_char - start, q.end_char - start, FIGURE) for q in quantities]
    words = read_words_of(text, _apart(figures, others))
    clauses = clause_spans(text)
    heads = [c[0] for c in clauses]
    starts = frozenset(w.start for w in words)
    times = {end: start for start, end, tag in others if tag == TIME}
    slots: list[Slot] = []
    for n, quantity in enumerate(quantities):
        a, b = quantity.start_char - start, quantity.end_char - start
        number = max(0, bisect_right(heads, a) - 1)
        clause = clauses[number] if clauses else (0, len(text))
        clause = (clause[0], max(clause[1], b))
        before = slots[-1] if slots and slots[-1].clause_number == number else None
        following = quantities[n + 1].start_char - start if n + 1 < len(quantities) else len(text)
        left = max(clause[0], _left_of(before, text)) if before else clause[0]
        slot = Slot(
            quantity,
            a,
            b,
            clause,
            number,
            min(left, a),
            max(b, min(clause[1], following)),
            before.order + 1 if before else 0,
        )
        slot.peeled = peel(text[slot.left : _before_time(text, slot.left, a, times)], starts, slot.left)
        slots.append(slot)
    return Sentence(start, text, words, clauses, slots)


def _before_time(text: str, left: int, start: int, times: dict[int, int]) -> int:
    """Steps over a time between what is reached and the figure (增长到|2020年的|11860元)."""
    at = times.get(start - 1 if text[start - 1 : start] == "的" else start)
    return at if at is not None and at > left and text[at - 1] in _REACHED else start


def _left_of(before: Slot, text: str) -> int:
    """Where the text before a figure begins: a duration or a bound (60岁以上) before it is only part of that text."""
    quantity = before.quantity
    bound = text.startswith(_BOUNDS, before.end) and not text.startswith("，", before.end + 2)
    if quantity.optional and (quantity.dimension == "duration" or bound):
        return before.left
    return before.end


def _apart(figures: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    """Merges the blocks in order; where two overlap, a figure wins, then the longer one."""
    merged: list[Block] = []
    ranked = sorted(
        [(a, b, t, 0) for a, b, t in figures] + [(a, b, t, 1) for a, b, t in others], key=lambda x: (x[0], x[3], -x[1])
    )
    for a, b, tag, _ in ranked:
        if merged and a < merged[-1][1]:
            if tag == FIGURE and merged[-1][2] != FIGURE:
                merged[-1] = (a, b, tag)
            continue
        merged.append((a, b, tag))
    return merged
