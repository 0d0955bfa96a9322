"""The indicator of every figure of a sentence: its own noun phrase, or the one carried from the figures before.

What belongs here: which phrase goes to which figure, lists with 分别 included.
What does not: how far a phrase reaches.
"""

from __future__ import annotations

import re

from tasks.extraction.facts.noun_phrases import is_verb_phrase, phrase_after, phrase_before, topic_of, verb_after
from tasks.extraction.facts.slots import Sentence, Slot

_MEASURED = ("money", "percent", "percentage_point", "area", "length", "mass", "volume", "energy", "power", "duration", "temperature", "ratio")
_SHARE_OF = re.compile(
    r"(?P<name>占(?!有率|地|用)[^，。；、占]{0,24}?)(?:的)?(?:力争|首次|已经?|将)*(?:达到?|为|约|近|超过?|保持在|稳定在|接近|逾|升至|提高到|提升到|到|上升到|了)*$"
)
_RANK_VERB = re.compile(
    r"(?:位居|位列|名列|列居|排名|排在?到?|居于?|列|跻身|进入|排到|位于|位次|升至|升到|上升到|前进到|获得?|夺得|取得|成为|是|为|保持|稳居|仍居|占据?)"
    r"[^，。；居列占排]{0,14}$"
)
_RANK_FIELD = re.compile(r"在[^，。；]{1,24}$")
_FROM = re.compile(r"(?:从|由)[^，。；]{0,12}$")
_PULL = re.compile(r"(?:拉动|上拉|下拉|带动|贡献|推高|拉高|提升)(?P<name>[^，。；、]{2,16}?)(?:增长|提高|上升|增速|提升|回升)*$")
_RATE_NAMES = re.compile(r"(?:增速|增幅|涨幅|降幅|跌幅|减幅|增长率|比重|占比)$")


def read_indicators(sentence: Sentence) -> None:
    """Sets the indicator of every figure of a sentence."""
    last: Slot | None = None
    used = 0
    for slot in sentence.slots:
        _own_indicator(sentence, slot, max(used, slot.left))
        if slot.source == "verb" and last is not None:
            _join_verb(slot, last)
        if slot.indicator is None:
            _carry(sentence, slot, last)
        if slot.indicator_span:
            used = max(used, slot.indicator_span[1])
        if slot.indicator is not None:
            last = slot
    _share_out_lists(sentence)


def _carry(sentence: Sentence, slot: Slot, last: Slot | None) -> None:
    """Takes the indicator over from the clause before: its topic where it has no figure, else its figure's."""
    before = [c for c in sentence.clauses[: slot.clause_number] if last is None or c[0] >= last.end]
    topic = topic_of(sentence.words, *before[-1]) if before and slot.order == 0 else None
    if topic and (last is None or slot.measure != "rank"):
        _set(sentence, slot, topic, "topic")
    elif last is not None:
        slot.indicator, slot.indicator_span, slot.source = last.indicator, last.indicator_span, "carried"


def _join_verb(slot: Slot, last: Slot) -> None:
    """Completes a bare verb (改造9个) with the thing counted just before, where the unit is the same."""
    name = last.indicator or ""
    if slot.quantity.unit == last.quantity.unit and slot.indicator and last.source != "verb" and len(name) <= 10:
        slot.indicator = slot.indicator + name


def _own_indicator(sentence: Sentence, slot: Slot, floor: int) -> None:
    text = sentence.text
    left = text[slot.left : slot.start]
    if slot.measure == "rank":
        end = slot.left + len(_before_rank(left))
        _set(sentence, slot, phrase_before(sentence.words, slot.left, end, floor), "left")
        return
    if slot.measure == "contribution":
        found = _PULL.search(left)
        if found:
            span = (slot.left + found.start("name"), slot.left + found.end("name"))
            _set(sentence, slot, phrase_before(sentence.words, span[0], span[1], floor) or span, "pull")
            return
    if slot.measure == "share":
        found = _SHARE_OF.search(left)
        if found:
            _share_indicator(sentence, slot, floor, found)
            return
    rate = next((w for w, k in slot.peeled.words if "rate_up" in k or "rate_down" in k), None)
    if rate and slot.quantity.dimension == "percentage_point":
        at = text.rfind(rate, slot.left, slot.start)
        _set(sentence, slot, (at, at + len(rate)), "rate")
        return
    _set(sentence, slot, *_before_or_after(sentence, slot, floor))


def _before_or_after(sentence: Sentence, slot: Slot, floor: int) -> tuple[tuple[int, int] | None, str]:
    words = sentence.words
    rest = slot.peeled.rest
    origin = _FROM.search(rest)
    if origin:
        rest = rest[: origin.start()]
    after = phrase_after(words, slot.end, slot.right)
    before = phrase_before(words, slot.left, slot.left + len(rest), floor)
    noun = before if before and not is_verb_phrase(words, before) else None
    counts = slot.quantity.dimension not in _MEASURED
    adjacent = all({"be", "qual", "adv", "to"} & set(k) for _, k in slot.peeled.words)
    if slot.measure != "level":
        after = after if sentence.text[slot.end : slot.end + 1] == "的" and not noun else None
    if after and (counts or not noun or not adjacent):
        return after, "right"
    if noun:
        return noun, "left"
    if before:
        return before, "verb"
    said = verb_after(words, slot.end, slot.right) if counts and slot.measure == "level" else None
    return said, "verb"


def _before_rank(left: str) -> str:
    for pattern in (_RANK_VERB, _RANK_FIELD, _RANK_VERB):
        found = pattern.search(left)
        if found:
            left = left[: found.start()]
    return left


def _share_indicator(sentence: Sentence, slot: Slot, floor: int, found: re.Match[str]) -> None:
    name = found["name"].removesuffix("的")
    start = slot.left + found.start("name")
    whole = name.removeprefix("占到").removeprefix("占了").removeprefix("占")
    if name.endswith(("比重", "比例", "总量", "总值", "总额", "份额")) and len(name) > 3:
        _set(sentence, slot, (start, start + len(name)), "share")
        return
    before = phrase_before(sentence.words, slot.left, start, floor)
    if name.startswith("占比"):
        _set(sentence, slot, (before[0] if before and before[1] == start else start, start + 2), "share")
    elif before:
        _set(sentence, slot, before, "left")
    elif whole and len(whole) > 5:
        _set(sentence, slot, (start, start + len(name)), "share")


def _set(sentence: Sentence, slot: Slot, span: tuple[int, int] | None, source: str) -> None:
    if span is None:
        return
    slot.indicator = sentence.text[span[0] : span[1]].strip("“”《》、的 ") or None
    slot.indicator_span = span
    slot.source = source


def _share_out_lists(sentence: Sentence) -> None:
    """Gives the figures after 分别 their things, in order."""
    slots = sentence.slots
    at = 0
    while at < len(slots):
        end = at + 1
        while end < len(slots) and slots[end].clause_number == slots[at].clause_number and _is_list_step(sentence.text[slots[end - 1].end : slots[end].start]):
            end += 1
        if end - at > 1:
            _share_out(sentence, slots[at:end], slots[:at])
        at = end


def _is_list_step(between: str) -> bool:
    return between in ("、", "和", "与", "及", "，", "")


def _share_out(sentence: Sentence, members: list[Slot], earlier: list[Slot]) -> None:
    first = members[0]
    for n, slot in enumerate(members):
        slot.list_place = (n, len(members))
    for slot in members[1:]:
        slot.measure, slot.comparison, slot.negative = first.measure, first.comparison, first.negative
    left = sentence.text[first.left : first.start]
    items = re.split(r"[、和与及]", first.indicator or "") if first.source == "left" else []
    levels = [s for s in earlier if s.measure == first.measure == "level" or s.measure != "growth"][-len(members) :]
    if len(items) == len(members):
        for slot, item in zip(members, items, strict=True):
            slot.indicator, slot.source = item.strip("“” ") or None, "list"
            slot.item = slot.indicator
    elif "分别" in left and first.source == "carried" and len(levels) == len(members):
        for slot, level in zip(members, levels, strict=True):
            slot.indicator, slot.source = level.indicator, "list"
    else:
        for slot in members[1:]:
            if slot.source == "carried" or slot.indicator is None:
                slot.indicator, slot.source = first.indicator, "carried"
