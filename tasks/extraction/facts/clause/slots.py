"""A figure's place in its sentence: the words around it, bounded by clauses and by the other figures.

What belongs here: cutting a sentence up around its figures.
What does not: the meaning of what was cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tasks.extraction.facts.clause.tokens import FIGURE, TIME, Block, Word, read_words_of
from tasks.extraction.facts.clause.triggers import Peeled, peel
from tasks.lexicon.grammar import words
from tasks.page import Measure, Quantity
from tasks.reading.paragraph import ReadSentence, Span

_BOUNDS = words("bound")
_REACHED = words("up_to")


BARE, LAST_YEAR = "bare", "last_year"
"""What the words of a growth may leave open: nothing is named, or a whole year is, which may be the year before."""


class Statement(NamedTuple):
    """What kind of statement a figure makes: the answer of `statement`, revised where a list shares one.

    Attributes:
        measure: level, growth, share, contribution or rank.
        comparison: What a growth is compared with, as far as its words say it; `BARE` or `LAST_YEAR` where they don't.
        negative: Whether it is a fall.
        base: The words that it is compared with (去年同期), where some are printed.
        reasons: What says the measure and the comparison: a rule's id, or a word of `triggers.csv`; empty for neither.
    """

    measure: str = Measure.LEVEL
    comparison: str | None = None
    negative: bool = False
    base: str | None = None
    reasons: tuple[str, str] = ("", "")


class Thing(NamedTuple):
    """Of what a figure is: the answer of `indicator`.

    Attributes:
        indicator: The phrase that names it; None where nothing does.
        span: Where that phrase stands in the sentence.
        source: How it was found: left, right, verb, topic, share, rate, carried, list or none.
        item: Its own item of a list (通用设备、专用设备分别增长 …), where it has one.
        list_place: Which member of how many it is.
        item_is_subject: Whether the item is whose figure it is (分行业看，通用设备增长5%).
        rule: The rule of the grammar by which it was found; empty where none was needed.
    """

    indicator: str | None = None
    span: tuple[int, int] | None = None
    source: str = "none"
    item: str | None = None
    list_place: tuple[int, int] | None = None
    item_is_subject: bool = False
    rule: str = ""


_LEVEL, _NOTHING = Statement(), Thing()


class Slot(NamedTuple):
    """One figure in its sentence, with what has been read of it so far; offsets are the sentence's.

    Nobody writes into it: each room answers with a value of its own, and `build` puts them together.

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
        statement: What kind of statement it makes.
        thing: Of what it is.
    """

    quantity: Quantity
    start: int
    end: int
    clause: tuple[int, int]
    clause_number: int
    left: int
    right: int
    order: int
    peeled: Peeled
    statement: Statement = _LEVEL
    thing: Thing = _NOTHING

    def answered(self, statement: Statement, thing: Thing | None = None) -> Slot:
        """Gives the same figure with another statement, and another thing where one is given."""
        return Slot(
            self.quantity,
            self.start,
            self.end,
            self.clause,
            self.clause_number,
            self.left,
            self.right,
            self.order,
            self.peeled,
            statement,
            thing or self.thing,
        )

    @property
    def measure(self) -> str:
        """Level, growth, share, contribution or rank."""
        return self.statement.measure

    @property
    def comparison(self) -> str | None:
        """What a growth is compared with, as far as its words say it."""
        return self.statement.comparison

    @property
    def negative(self) -> bool:
        """Whether it is a fall."""
        return self.statement.negative

    @property
    def indicator(self) -> str | None:
        """The phrase that names of what it is."""
        return self.thing.indicator

    @property
    def indicator_span(self) -> tuple[int, int] | None:
        """Where that phrase stands in the sentence."""
        return self.thing.span

    @property
    def source(self) -> str:
        """How that phrase was found."""
        return self.thing.source

    @property
    def item(self) -> str | None:
        """Its own item of a list."""
        return self.thing.item

    @property
    def list_place(self) -> tuple[int, int] | None:
        """Which member of a list of how many it is."""
        return self.thing.list_place

    @property
    def item_is_subject(self) -> bool:
        """Whether its item is whose figure it is."""
        return self.thing.item_is_subject


class Sentence(NamedTuple):
    """A sentence with figures: its text, the characters in it, words, clauses, short quotations, brackets and slots."""

    start: int
    text: str
    signs: frozenset[str]
    words: Sequence[Word]
    clauses: Sequence[Span]
    quoted: Sequence[Span]
    bracketed: Sequence[Span]
    slots: tuple[Slot, ...]

    def answered(self, slots: tuple[Slot, ...]) -> Sentence:
        """Gives the same sentence with its slots as answered so far."""
        return self._replace(slots=slots)


def read_sentence(read: ReadSentence, quantities: Sequence[Quantity], others: Sequence[Block] = ()) -> Sentence:
    """Cuts one sentence up around its figures.

    Args:
        read: The sentence.
        quantities: The figures inside it, in order, with offsets in the paragraph.
        others: Times and names inside it, with offsets in the sentence.
    """
    text, start, clauses = read.text, read.start, read.clauses
    figures = [(q.start_char - start, q.end_char - start, FIGURE) for q in quantities]
    words = read_words_of(text, _apart(figures, others))
    heads = [c[0] for c in clauses]
    starts = frozenset(words.starts)
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
        left = min(left, a)
        slot = Slot(
            quantity,
            a,
            b,
            clause,
            number,
            left,
            max(b, min(clause[1], following)),
            before.order + 1 if before else 0,
            peel(text[left : _before_time(text, left, a, times)], starts, left),
        )
        slots.append(slot)
    return Sentence(start, text, read.signs, words, clauses, read.quoted, read.bracketed, tuple(slots))


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
