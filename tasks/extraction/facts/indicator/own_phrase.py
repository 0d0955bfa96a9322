"""The indicator that a figure's own clause names: before it, after it, as a share of a whole, a rank, a rate.

What belongs here: which phrase of its own clause is a figure's thing.
What does not: what is carried from the figures before (`own_or_carried`); how far a phrase reaches.
"""

from __future__ import annotations

import re

from tasks.extraction.facts.clause.brackets import before_bracket, over_brackets
from tasks.extraction.facts.clause.counted_phrases import verb_after
from tasks.extraction.facts.clause.noun_phrases import is_verb_phrase, phrase_before
from tasks.extraction.facts.clause.slots import Sentence, Slot, Thing
from tasks.extraction.facts.clause.tokens import FIGURE, word_across, words_within
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.indicator.things_after import rule_after, thing_after
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.page import Measure

_MEASURED = (
    "money",
    "percent",
    "percentage_point",
    "area",
    "length",
    "mass",
    "volume",
    "energy",
    "power",
    "duration",
    "temperature",
    "ratio",
)
_SHARE_OF = pattern("indicator.share_of")
_RANK_VERB = pattern("indicator.holds_a_rank")
_RANKED_AMONG = pattern("indicator.ranked_among")
_BEYOND = pattern("indicator.beyond_another", gap=sorted(triggers_of("gap")))
_AS_MUCH_AS = pattern("indicator.as_much_as")
_FROM_A_LEVEL = "indicator.from_a_level"
_FROM = pattern(_FROM_A_LEVEL)
_SET_ASIDE = pattern("indicator.factors_set_aside")
_RATE_TAIL = pattern("indicator.its_rate")
_TO_A_WHOLE = pattern("indicator.to_a_whole")
_FOOTNOTE = pattern("indicator.footnote")
_RATE_OF_WHOLE = pattern("indicator.rate_of_a_whole")
OF_PLAN = pattern("indicator.share_of_a_plan")
"""Of what plan a figure is a share."""

_ONLY_A_PLAN = pattern("indicator.only_a_plan")
_OF_THEM = pattern("indicator.of_them")

_WHOLES = words("whole_of_a_share")
_ADDED = words("added")
_LONGEST_QUOTED = 14
_CONTRIBUTED, _SHARE = "贡献率", "占比"


def own_thing(sentence: Sentence, slot: Slot, floor: int) -> Thing:
    """Finds what a figure's own clause says it is of; ranks, shares and gaps say it in ways of their own."""
    left = sentence.text[slot.left : slot.start]
    if slot.measure == Measure.RANK:
        unranked, rule = _before_rank(left)
        end = slot.left + len(unranked)
        return thing_at(sentence, phrase_before(sentence.words, slot.left, end, floor), "left", rule)
    if slot.measure == Measure.CONTRIBUTION and _CONTRIBUTED in left:
        return thing_at(sentence, _ending_with(sentence, slot, floor, _CONTRIBUTED), "rate")
    if slot.quantity.dimension == "percent" and (plan := OF_PLAN.search(left)):
        return thing_at(sentence, _of_plan(sentence, slot, floor, plan), "left", rule_of(plan))
    if slot.measure == Measure.SHARE and (share := _SHARE_OF.search(left)):
        return _share_indicator(sentence, slot, floor, share)
    if slot.quantity.dimension == "percentage_point":
        gap = _BEYOND.search(left)
        if gap and slot.order == 0 and not left[: gap.start()].strip() and sentence.slots[0].start != slot.start:
            return Thing()  # 余额增长16.7%，|高于各项存款增速5.2个百分点
        if rate := _rate_said(slot):
            return thing_at(sentence, _its_rate(sentence, slot, floor, rate), "rate")
    return thing_at(sentence, *_before_or_after(sentence, slot, floor))


def _ending_with(sentence: Sentence, slot: Slot, floor: int, end: str) -> tuple[int, int]:
    """Finds the phrase that ends with a word before the figure, or that word alone."""
    at = sentence.text.rfind(end, slot.left, slot.start)
    whole = _TO_A_WHOLE.search(sentence.text, max(slot.left, floor), at)
    if whole:
        return whole.start("whole"), at + len(end)
    return phrase_before(sentence.words, slot.left, at + len(end), floor) or (at, at + len(end))


def _rate_said(slot: Slot) -> str | None:
    """Gives the rate (增速, 占比) that points of a percentage are told of, where its word stands before them."""
    return next((w for w, k in slot.peeled.words if "rate_up" in k or "rate_down" in k or w == _SHARE), None)


def _its_rate(sentence: Sentence, slot: Slot, floor: int, rate: str) -> tuple[int, int]:
    at = sentence.text.rfind(rate, slot.left, slot.start)
    before = phrase_before(sentence.words, slot.left, at, floor) if rate == _SHARE else None
    return (before[0] if before and before[1] == at else at), at + len(rate)


def _before_or_after(sentence: Sentence, slot: Slot, floor: int) -> tuple[tuple[int, int] | None, str, str]:
    """Chooses between the phrase before a figure and the one after it."""
    rest, rule = _without_marks(slot)
    if not rest.strip() and sentence.text[slot.left - 1 : slot.left] in ("）", ")") and slot.order == 0:
        return before_bracket(sentence, slot.left), "left", ""
    words = sentence.words
    before = phrase_before(words, slot.left, slot.left + len(rest), floor, slot.quantity.dimension == "money")
    noun = before if before and not is_verb_phrase(words, before) else None
    counts = slot.quantity.dimension not in _MEASURED
    after = thing_after(sentence, slot, counts)
    if noun and after and rule == _FROM_A_LEVEL and _moves(sentence, after):
        after = None  # 队伍从15人|壮大到96人
    if slot.measure != Measure.LEVEL:
        after = after if _OF_THEM.match(sentence.text, slot.end) and not noun else None
    if after and _is_rather_after(slot, after, noun):
        return _without_its_rate(sentence.text, after), "right", rule_after(sentence.text, slot.end)
    if noun:
        noun = _with_what_it_adds_to(sentence, slot, noun, floor)
        return _with_its_rate(sentence.text, noun), "left", rule
    if before:
        return before, "verb", rule
    return (verb_after(words, slot.end, slot.right) if counts and slot.measure == Measure.LEVEL else None), "verb", ""


def _moves(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether the word after a figure says how a thing moved on from it, and is no thing (发展, 壮大)."""
    word = word_across(sentence.words, span[0] + 1)
    return word is not None and (word.tag[0] == "v" or word.text in triggers_of("up") | triggers_of("nominal"))


def _without_marks(slot: Slot) -> tuple[str, str]:
    """Takes off what stands between the thing and its figure: from what level it moved, whom it is beyond, its rate."""
    rest, rule = slot.peeled.rest, ""
    marks = [_FOOTNOTE, _FROM, _BEYOND]
    if slot.measure == Measure.GROWTH:
        marks.extend((_AS_MUCH_AS, _SET_ASIDE))
    if slot.quantity.dimension == "percent":
        marks.append(_RATE_TAIL)
    for mark in marks:
        if found := mark.search(rest):
            rest, rule = rest[: found.start()], rule_of(found)
    return rest, rule


def _is_rather_after(slot: Slot, after: tuple[int, int], noun: tuple[int, int] | None) -> bool:
    """Whether the phrase after a figure is its thing though one stands before it (上半年新增|12家|企业)."""
    if slot.quantity.dimension not in _MEASURED or not noun:
        return True
    direct = after[0] == slot.end and slot.quantity.dimension != "percent"
    adjacent = all({"be", "qual", "adv", "to"} & set(k) for _, k in slot.peeled.words)
    return direct or not adjacent


def _without_its_rate(text: str, after: tuple[int, int]) -> tuple[int, int]:
    rate = _RATE_TAIL.search(text[slice(*after)])
    return after[0], after[0] + rate.start() if rate and rate.start() > 1 else after[1]


def _with_what_it_adds_to(sentence: Sentence, slot: Slot, noun: tuple[int, int], floor: int) -> tuple[int, int]:
    """Joins what is added to what it adds to (风电|新增|装机): 装机 alone is all that stands."""
    added = word_across(sentence.words, noun[0] - 1) if noun[0] else None
    if added is None or added.end != noun[0] or added.text not in _ADDED:
        return noun
    stock = phrase_before(sentence.words, slot.left, added.start, floor)
    if not stock or stock[1] != added.start or is_verb_phrase(sentence.words, stock):
        return noun
    return stock[0], noun[1]


def _with_its_rate(text: str, noun: tuple[int, int]) -> tuple[int, int]:
    """Leaves 成长率 with a noun that measures nothing alone: 经济成长率, but 出口|增长率."""
    rate = _RATE_OF_WHOLE.match(text, noun[0])
    return (noun[0], rate.end()) if rate and rate.end("whole") == noun[1] else noun


def _before_rank(left: str) -> tuple[str, str]:
    rule = ""
    for _ in range(2):  # 居全省第二、|列全国: a rank among some and among others
        if found := _RANK_VERB.search(left):
            left, rule = left[: found.start()], rule_of(found)
    return _RANKED_AMONG.sub("", left), rule


def _of_plan(sentence: Sentence, slot: Slot, floor: int, found: re.Match[str]) -> tuple[int, int] | None:
    """Finds what fulfils a plan: the noun before 完成, else the task itself (秋征任务), else what was told before."""
    before = phrase_before(sentence.words, slot.left, slot.left + found.start(), floor)
    if before and not is_verb_phrase(sentence.words, before):
        return before
    if _ONLY_A_PLAN.fullmatch(found["plan"]):
        return None
    return phrase_before(sentence.words, slot.left + found.start("plan"), slot.left + found.end("plan"), floor)


def _share_indicator(sentence: Sentence, slot: Slot, floor: int, found: re.Match[str]) -> Thing:
    """Names a share by its whole where the text does (占园林面积比重), else by its part."""
    name = found["name"].removesuffix("的")
    start = slot.left + found.start("name")
    before = phrase_before(sentence.words, slot.left, start, floor)
    if name.endswith(_WHOLES):
        owner = sentence.text.startswith("所", start - 1) and phrase_before(sentence.words, slot.left, start - 1, floor)
        before = (owner[0], start) if owner and owner[1] == start - 1 else before
        whole = before[0] if before and before[1] == start else start
        return thing_at(sentence, (whole, start + len(name)), "share", rule_of(found))
    if name.startswith(_SHARE):
        begin = before[0] if before and before[1] == start else start
        return thing_at(sentence, (begin, start + 2), "share", rule_of(found))
    return thing_at(sentence, before, "left", rule_of(found))


def thing_at(sentence: Sentence, span: tuple[int, int] | None, source: str, rule: str = "") -> Thing:
    """Makes the thing of a stretch of the sentence: over brackets, quotations whole, without marks at its ends.

    Args:
        sentence: The sentence.
        span: Offsets in it; None where no thing was found.
        source: How it was found.
        rule: The rule of the grammar by which it was found.
    """
    if span is None:
        return Thing()
    span = _whole_quotation(sentence, over_brackets(sentence, span))
    name = sentence.text[slice(*span)].strip("《》、的 ")
    halved = name.count("“") != name.count("”") or name.strip("“”") == name[1:-1]
    return Thing((name.strip("“”《》、的 ") if halved else name) or None, span, source, rule=rule)


def _whole_quotation(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """Lets a phrase that begins within a quotation begin with it (“益满格”街道工作室)."""
    text = sentence.text
    closed, opened = text.find("”", *span), text.rfind("“", 0, span[0])
    if opened < 0 or closed < 0 or span[0] - opened > _LONGEST_QUOTED:
        return span
    whole = text.find("“", span[0], closed) >= 0 or text.find("”", opened, span[0]) >= 0
    figured = any(word.tag == FIGURE for word in words_within(sentence.words, opened, span[0]))
    return span if whole or figured else (opened, span[1])
