"""Which quantities are no metrics in their place: parts of names, of time expressions, of slogans.

What belongs here: dropping quantities by what they stand in.
What does not: telling numbers from dates and identifiers; the finder of quantities has done that.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import Block
from tasks.lexicon.grammar import words
from tasks.page import Quantity

_ONE_OR_A_PAIR = words("one_or_a_pair")


def standing_alone(quantities: Sequence[Quantity], start: int, others: Sequence[Block]) -> list[Quantity]:
    """Leaves out the quantities that are only part of a name (五棵树镇) or of a time expression (近十年).

    Args:
        quantities: The figures of a sentence, offsets in the paragraph.
        start: The sentence's offset in the paragraph.
        others: The names and time expressions of the sentence, offsets in the sentence.
    """
    alone = []
    for quantity in quantities:
        a, b = quantity.start_char - start, quantity.end_char - start
        if not any(lo <= a and b <= hi for lo, hi, _ in others):
            alone.append(quantity)
    return alone


def is_metric(slot: Slot, sentence: Sentence) -> bool:
    """Tells whether a figure measures or counts something here.

    Vague Chinese numerals that only describe (一圈, 一起, “一线连五村”), ranks of nothing and parts of names (两市,
    15分钟生活圈) do not.
    """
    quantity = slot.quantity
    if quantity.named:
        return False
    if quantity.kind == "rank":
        return slot.indicator is not None and not _in_quotes(slot, sentence)
    if not quantity.optional or quantity.kind == "multiple":
        return True
    if quantity.text.startswith(_ONE_OR_A_PAIR) and quantity.value <= 1:
        return False
    return not _in_quotes(slot, sentence)


def _in_quotes(slot: Slot, sentence: Sentence) -> bool:
    """Whether a figure stands in a short quotation: a slogan, a title, a name (“全国第一”)."""
    return any(start < slot.start and slot.end < end for start, end in sentence.quoted)
