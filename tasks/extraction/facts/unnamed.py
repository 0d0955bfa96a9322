"""Figures of which the text names nothing: 全村326户, 跑了1800公里, 掏出500元.

What belongs here: telling a phrase that names a thing measured from one that only leads to the figure.
What does not: finding the phrase.
"""

from __future__ import annotations

from tasks.extraction.facts.slots import Sentence, Slot
from tasks.extraction.facts.tokens import words_within
from tasks.extraction.facts.triggers import triggers_of

_SOULS = ("户", "人", "口", "口人")


def names_nothing(sentence: Sentence, slot: Slot) -> bool:
    """Tells whether what was read as a figure's indicator names nothing that was measured."""
    return _counts_souls(sentence, slot) or _is_only_done(sentence, slot)


def _counts_souls(sentence: Sentence, slot: Slot) -> bool:
    """Whether a figure only says how many live there (全村|326户, 住着|3052户、9100多人)."""
    if slot.measure != "level" or slot.quantity.unit not in _SOULS:
        return False
    left = sentence.text[slot.left : slot.start]
    if slot.indicator_span and slot.indicator_span[0] >= slot.end:
        return False
    if slot.source == "left" and slot.indicator_span and sentence.text[slot.indicator_span[1] : slot.start] == "的":
        inside = words_within(sentence.words, *slot.indicator_span)
        return bool(inside) and inside[-1].tag == "n"  # 13个民族的|3052户
    return slot.source in ("carried", "verb", "topic") and not left.strip("、和及")


def _is_only_done(sentence: Sentence, slot: Slot) -> bool:
    """Whether only a verb stands before a figure that says nothing of what was measured (跑了1800公里, 掏出500元)."""
    if slot.source != "verb" or slot.indicator is None or slot.indicator_span is None or slot.measure != "level":
        return False
    if slot.indicator_span[0] >= slot.end:
        return False
    acts = [w.text for w in words_within(sentence.words, *slot.indicator_span)]
    if slot.quantity.dimension in ("length", "area", "mass") and acts[0].startswith(tuple(triggers_of("able"))):
        return True
    if slot.quantity.dimension == "length":
        return not any(act in triggers_of("do") for act in acts)
    return slot.quantity.dimension == "money" and acts[-1] in triggers_of("handling")
