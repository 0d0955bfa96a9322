"""The indicator of every figure of a sentence: its own noun phrase, or the one carried from the figures before.

What belongs here: which phrase goes to which figure, lists with 分别 included.
What does not: how far a phrase reaches.
"""

from __future__ import annotations

import re

from tasks.extraction.facts.clause.brackets import before_bracket, over_brackets
from tasks.extraction.facts.clause.counted_phrases import phrase_after, verb_after
from tasks.extraction.facts.clause.noun_phrases import is_verb_phrase, phrase_before, topic_of
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.indicator.lists import name_sectors, share_out_lists

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
_SHARE_OF = re.compile(
    r"(?P<name>占(?!有率|地|用)[^，。；、占]{0,24}?)(?:的)?(?:(?:由|从)[^，。；]{0,8})?(?:力争|首次|已经?|将|连续[^，。；]{1,4}年)*(?:达到?|为|在|约|近|超过?|保持在|稳定在|接近|逾|升至|提高到|提升到|到|上升到|了)*$"
)
_RANK_VERB = re.compile(
    r"[均都也仍]?(?:由|从|名次由|位次由|排名由|提到|提升到|提升至|跃居|跃升至?|晋级|位居|位列|名列|列居|排名|排在?到?|居于?|列|跻身|进入|排到|位于|位次|升至|升到|上升到|前进到|获得?|夺得|取得|成为|是|为|保持|稳居|仍居|占据?)"
    r"[^，。；居列占排]{0,14}$"
)
_FIELD = re.compile(r"(?:全[国省市区县州球]|世界|国内|[省市县]内|亚洲|[东中西]部(?:地区)?)$")
"""Among whom a rank is held, without a verb: 产量全国第一."""
_MULTIPLE = re.compile(r"(?:是|为|达|相当于|恢复[到至])[^，。；]{0,12}$")
_GAP = re.compile(r"(?:高于|低于|快于|慢于|优于|好于|高出|超过|领先于?|落后于?)[^，。；]{2,16}$")
_RATE_TAIL = re.compile(r"(?:增速|增幅|涨幅|降幅|跌幅|减幅)[则又却也仅]?$")
_OF_PLAN = re.compile(
    r"(?:[已都均共仅只]|分别|提前|超额|全面|实际|累计)*(?:完成|达到|实现|占|为|超过)了?"
    r"(?P<plan>[^，。；、\d]{0,8}?(?:计划|任务|预算|指标|定额)数?)的?(?:约|近|超过|将近)?$"
)
"""What a share is of the plan: 棉纱产量|完成年度计划的|百分之一百零四."""

_WHOSE_PLAN = re.compile(
    r"(?:全年|年度|年|季度?|月|国家|原定?|原来|预定|规定|既定|生产|本|[上下]半年|[一二三四]|的)*(?:计划|任务|预算|指标|定额)数?"
)
_UNMEASURED, _RATE_OF = ("经济", "人口"), re.compile(r"(?:自然)?(?:成长|增长)率")
_GENERIC = (
    "最高",
    "最多",
    "最低",
    "最少",
    "最高日",
    "最大",
    "峰值",
    "数量",
    "总数",
    "总量",
    "余额",
    "金额",
    "总额",
    "人数",
    "规模",
    "总规模",
    "总计",
    "数字",
)
_GAINS = ("增收", "减收", "节支", "节约", "增值", "让利", "节省")
_QUOTED_NAME = re.compile(r"“[^”，。]{2,12}”")
_OF_THEM = re.compile(r"(?:以上|以下|左右|多)?的|是")
_FROM = re.compile(r"(?:从|由)[^，。；]{0,12}$")


def read_indicators(sentence: Sentence) -> None:
    """Sets the indicator of every figure of a sentence."""
    last: Slot | None = None
    used = 0
    for slot in sentence.slots:
        _own_indicator(sentence, slot, max(used, slot.left))
        if slot.source == "verb" and last is not None:
            _join_verb(slot, last)
        if slot.indicator in triggers_of("no_thing") or (last is not None and _says_only_how_much(slot, last)):
            slot.indicator = None
        if slot.indicator is None:
            _carry(sentence, slot, last)
        if slot.indicator_span and not _bounds(sentence, slot):
            used = max(used, slot.indicator_span[1])
        if slot.indicator is not None:
            last = slot
    share_out_lists(sentence)
    name_sectors(sentence)


def _bounds(sentence: Sentence, slot: Slot) -> bool:
    """Whether a figure only bounds the thing named after it (60岁以上的|老人占27.6%)."""
    return slot.quantity.optional and sentence.text.startswith(("以上", "以下", "及以上", "以内"), slot.end)


def _says_only_how_much(slot: Slot, last: Slot) -> bool:
    """Whether a figure's own phrase (总数, 余额) only stands for what the figure before measured."""
    name = slot.indicator
    if name not in _GENERIC or name is None:
        return False
    return slot.measure == "rank" or last.quantity.unit == slot.quantity.unit or (last.indicator or "").endswith(name)


def _carry(sentence: Sentence, slot: Slot, last: Slot | None) -> None:
    """Takes the indicator over from the clause before: its topic where it has no figure, else its figure's."""
    before = [c for c in sentence.clauses[: slot.clause_number] if last is None or c[0] >= last.end]
    topic = topic_of(sentence.words, *before[-1]) if before and slot.order == 0 else None
    if topic and (last is None or slot.measure != "rank"):
        _set(sentence, slot, topic, "topic")
    elif last is not None:
        if slot.measure == "rank":
            last = next(
                (
                    s
                    for s in reversed(sentence.slots)
                    if s.end <= slot.start and s.indicator and not _in_field(sentence, s)
                ),
                last,
            )
        slot.indicator, slot.indicator_span, slot.source = last.indicator, last.indicator_span, "carried"
        gained = next((w for w, _ in slot.peeled.words if w in _GAINS), None)
        if gained and last.quantity.dimension == "count" and slot.quantity.dimension == "money":
            slot.indicator, slot.source = gained, "left"
        if (
            last.quantity.dimension == slot.quantity.dimension == "percent"
            and slot.measure == "share"
            and last.measure == "level"
            and not _OF_PLAN.search(sentence.text, slot.left, slot.start)
        ):
            slot.measure = "level"  # 利率从60%增至80%
        if last.rated and slot.quantity.dimension == "percent" and any("to" in k for _, k in slot.peeled.words):
            slot.measure, slot.comparison, slot.rated = "growth", last.comparison, True


def _in_field(sentence: Sentence, slot: Slot) -> bool:
    """Whether a figure only tells among how many a rank is held (在全市13个区县里排第三)."""
    return bool(re.search(r"(?:在|居|列)[^，。；]{0,8}$", sentence.text[slot.left : slot.start]))


def _join_verb(slot: Slot, last: Slot) -> None:
    """Completes a bare verb (改造9个) with the thing counted just before, where the unit is the same."""
    name = last.indicator or ""
    if slot.quantity.dimension == "money":
        return
    if slot.quantity.unit == last.quantity.unit and slot.indicator and last.source != "verb" and len(name) <= 10:
        slot.indicator = name if name.startswith(slot.indicator) else slot.indicator + name


def _own_indicator(sentence: Sentence, slot: Slot, floor: int) -> None:
    text = sentence.text
    left = text[slot.left : slot.start]
    if slot.measure == "rank":
        end = slot.left + len(_before_rank(left))
        _set(sentence, slot, phrase_before(sentence.words, slot.left, end, floor), "left")
        return
    if slot.measure == "contribution":
        at = text.rfind("贡献率", slot.left, slot.start)
        if at >= 0:
            whole = phrase_before(sentence.words, slot.left, at + 3, floor)
            _set(sentence, slot, whole or (at, at + 3), "rate")
            return
    plan = _OF_PLAN.search(left) if slot.quantity.dimension == "percent" else None
    if plan:
        _set(sentence, slot, _of_plan(sentence, slot, floor, plan), "left")
        return
    if slot.measure == "share":
        found = _SHARE_OF.search(left)
        if found:
            _share_indicator(sentence, slot, floor, found)
            return
    gap = _GAP.search(left) if slot.quantity.dimension == "percentage_point" else None
    if gap and slot.order == 0 and not left[: gap.start()].strip() and sentence.slots[0] is not slot:
        return  # 余额增长16.7%，|高于各项存款增速5.2个百分点
    rate = next((w for w, k in slot.peeled.words if "rate_up" in k or "rate_down" in k or w == "占比"), None)
    if rate and slot.quantity.dimension == "percentage_point":
        at = text.rfind(rate, slot.left, slot.start)
        before = phrase_before(sentence.words, slot.left, at, floor) if rate == "占比" else None
        _set(sentence, slot, (before[0] if before and before[1] == at else at, at + len(rate)), "rate")
        return
    _set(sentence, slot, *_before_or_after(sentence, slot, floor))


def _before_or_after(sentence: Sentence, slot: Slot, floor: int) -> tuple[tuple[int, int] | None, str]:
    words = sentence.words
    rest = slot.peeled.rest
    for pattern in (_FROM, _GAP, *((_MULTIPLE,) if slot.measure == "growth" else ())):
        found = pattern.search(rest)
        if found:
            rest = rest[: found.start()]
    rated = _RATE_TAIL.search(rest) if slot.quantity.dimension == "percent" else None
    if rated:
        rest = rest[: rated.start()]
    after = _after(sentence, slot)
    if not rest.strip() and sentence.text[slot.left - 1 : slot.left] in ("）", ")") and slot.order == 0:
        return before_bracket(sentence, slot.left), "left"
    money = slot.quantity.dimension == "money"
    before = phrase_before(words, slot.left, slot.left + len(rest), floor, money)
    noun = before if before and not is_verb_phrase(words, before) else None
    counts = slot.quantity.dimension not in _MEASURED
    adjacent = all({"be", "qual", "adv", "to"} & set(k) for _, k in slot.peeled.words)
    if slot.measure != "level":
        after = after if _OF_THEM.match(sentence.text, slot.end) and not noun else None
    direct = after is not None and after[0] == slot.end and slot.quantity.dimension != "percent"
    if after and (counts or direct or not noun or not adjacent):
        name = sentence.text[after[0] : after[1]]
        rate = _RATE_TAIL.search(name)
        return (after[0], after[1] - (len(name) - rate.start() if rate and rate.start() > 1 else 0)), "right"
    if noun:
        return _with_its_rate(sentence.text, noun), "left"
    if before:
        return before, "verb"
    said = verb_after(words, slot.end, slot.right) if counts and slot.measure == "level" else None
    return said, "verb"


def _with_its_rate(text: str, noun: tuple[int, int]) -> tuple[int, int]:
    """Leaves 成长率 with a noun that measures nothing alone: 经济成长率, but 出口|增长率."""
    rate = _RATE_OF.match(text, noun[1]) if text[slice(*noun)] in _UNMEASURED else None
    return (noun[0], rate.end()) if rate else noun


def _after(sentence: Sentence, slot: Slot) -> tuple[int, int] | None:
    """Finds the thing named after a figure, in quotes (585个“共享车位”) or after 是 (七成是妈妈) too."""
    quoted = _QUOTED_NAME.match(sentence.text, slot.end)
    if quoted is not None:
        further = phrase_after(sentence.words, quoted.end(), slot.right)
        follows = further is not None and further[0] == quoted.end()
        return (quoted.start(), further[1]) if further and follows else (quoted.start() + 1, quoted.end() - 1)
    start = slot.end + 1 if slot.measure == "share" and sentence.text.startswith("是", slot.end) else slot.end
    return phrase_after(sentence.words, start, slot.right)


def _before_rank(left: str) -> str:
    for pattern in (_RANK_VERB, _RANK_VERB):
        found = pattern.search(left)
        if found:
            left = left[: found.start()]
    return _FIELD.sub("", left)


def _of_plan(sentence: Sentence, slot: Slot, floor: int, found: re.Match[str]) -> tuple[int, int] | None:
    """Finds what fulfils a plan: the noun before 完成, else the task itself (秋征任务), else what was told before."""
    before = phrase_before(sentence.words, slot.left, slot.left + found.start(), floor)
    if before and not is_verb_phrase(sentence.words, before):
        return before
    if _WHOSE_PLAN.fullmatch(found["plan"]):
        return None
    return phrase_before(sentence.words, slot.left + found.start("plan"), slot.left + found.end("plan"), floor)


def _share_indicator(sentence: Sentence, slot: Slot, floor: int, found: re.Match[str]) -> None:
    name = found["name"].removesuffix("的")
    start = slot.left + found.start("name")
    before = phrase_before(sentence.words, slot.left, start, floor)
    if name.endswith(("比重", "比例", "总量", "总值", "总额", "份额")):
        owner = sentence.text.startswith("所", start - 1) and phrase_before(sentence.words, slot.left, start - 1, floor)
        before = (owner[0], start) if owner and owner[1] == start - 1 else before
        whole = before[0] if before and before[1] == start else start
        _set(sentence, slot, (whole, start + len(name)), "share")
        return
    if name.startswith("占比"):
        _set(sentence, slot, (before[0] if before and before[1] == start else start, start + 2), "share")
    elif before:
        _set(sentence, slot, before, "left")


def _set(sentence: Sentence, slot: Slot, span: tuple[int, int] | None, source: str) -> None:
    if span is None:
        return
    span = over_brackets(sentence, span)
    slot.indicator = sentence.text[span[0] : span[1]].strip("“”《》、的 ") or None
    slot.indicator_span = span
    slot.source = source
