"""What kind of statement a figure makes: a level, a growth, a share, a contribution or a rank, and its direction.

What belongs here: reading the trigger words around a figure.
What does not: the thing measured, the period, whether it is done.
"""

from __future__ import annotations

import re

from tasks.extraction.facts.clause.counted_phrases import phrase_after
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.triggers import is_time_base
from tasks.lexicon.grammar import words

_PERCENT = ("percent", "percentage_point")
_GAP_LEFT = re.compile(r"(?:高于|低于|快于|慢于|优于|好于|领先|高出|落后)[^，。；、]{0,16}$")
_PULL_LEFT = re.compile(
    r"(?:拉动|上拉|下拉|带动|贡献了?|推高|拉高)[^，。；、]{1,20}$|贡献率[^，。；、]{0,6}$|^(?:提升|拉低)[^，。；、]{2,16}$"
)
_YOY_BASE = re.compile(
    r"(?:去年|上年|前年|上一年)?同期|[去上]年同|[去上]年(?:第?[一二三四1-4]季度|上半年|下半年|\d+月|[一二三]?十?[一二三四五六七八九]月|春节|五一|国庆|春运|前\d)|上年春运"
)
_YTD_BASE = re.compile(r"年初|[去上]年年?[末底]|年底")
_QOQ_BASE = re.compile(r"^(?:上月|上个月|上季度?|上个季度|前一?季度|前月)$")
_LEVEL_PERCENT = re.compile(r"(?:利率|存贷比|指数|LPR|PMI|倍率|收益率)[^，。；、]{0,6}$")
_POPULATION_RATE = re.compile(r"(?:出生|死亡|增长|患病|检出|发病|生育)率[^，。；、]{0,4}$")
_NEAR_YEAR = re.compile(r"[两三五十\d]年[来间里内]?(?!前|初|末|底|以前|\d)[^，。；]{0,6}$|年均|年间")
_OF_A_TIME = re.compile(
    r"(?:\d{4}年|去年|上年|前年|同期|同月|上月|上季度|年初)(?:五一|国庆|春节|同期|全年|水平|时|[一二三四]季度|[上下]半年|\d+月)?的$"
)
_FROM_A_TIME = re.compile(r"[由从][^，。；由从]{2,12}的$")
_PLANS = words("plan_kept")
_OVER = re.compile(r"(?:超额完成|超过|高出)了?(?P<what>[^，。；、\d]{2,14})$")
"""Outdone by so much: a plan, another's figure (a gap), or what was reached at an earlier time (growth)."""

_SPARED = re.compile(
    r"(?:少付|少交|少缴|少花|减少|缩短|下调|调低|调降|降低|压减|压缩|压降|削减|核减|缩减|裁减)(?:了)?(?![到至为成])"
    r"(?:(?![到至由从]|增|提高|上升|上调)[\u4e00-\u9fff（）()]){1,16}$"
)
_LAST_YEAR = re.compile(r"^(?:去年|上年|上一年|前一年)(?:全年)?$")


def read_predicate(sentence: Sentence, slot: Slot) -> None:
    """Sets measure, comparison and direction of one figure from the words before it."""
    left = sentence.text[slot.left : slot.start]
    base = slot.peeled.base
    direction = _change(slot)
    settled = _settled(slot, left, direction)
    if settled is not None:
        slot.measure = settled
        slot.negative = settled == "contribution" and ("下拉" in left or "拉低" in left)
        slot.comparison = "prior" if settled == "growth" else slot.comparison
        return
    if not direction and base is None and _SPARED.search(left):
        direction = -1
    counted = direction and base is None and slot.quantity.dimension == "count"
    if counted and phrase_after(sentence.words, slot.end, slot.right):
        direction = 0  # 提升30条标准, 增加20个岗位: things, not a change of a stock
    if direction:
        slot.measure, slot.negative = "growth", direction < 0
    elif _is_multiple_growth(slot, left):
        slot.measure = "growth"
    elif slot.quantity.dimension == "percentage_point":
        slot.measure = "growth" if base else "level"
    elif slot.quantity.dimension == "percent":
        slot.measure = "level" if _LEVEL_PERCENT.search(left) and "占" not in left else "share"
    elif slot.quantity.unit == "‰" and _POPULATION_RATE.search(left):
        slot.measure = "share"
    if slot.measure == "growth":
        slot.comparison = _comparison(slot, left)
        if slot.comparison == "bare" and _is_first_rate(sentence, slot):
            slot.comparison = "prior"


def _change(slot: Slot) -> int:
    """Tells whether the words before a figure speak of a rise (1), a fall (-1) or of no change (0)."""
    base = slot.peeled.base
    direction = _direction(slot)
    if not direction and base is not None and is_time_base(base):
        return int(any(w in ("新增", "净增") for w, _ in slot.peeled.words))
    return direction


def _settled(slot: Slot, left: str, direction: int) -> str | None:
    """Gives the measure where it does not hang on a change: a rank, a contribution, a gap to another than a time."""
    quantity, base = slot.quantity, slot.peeled.base
    if quantity.kind == "rank":
        return "rank"
    if quantity.dimension in _PERCENT and _pulls(slot, left):
        return "contribution"
    timed = base is not None and is_time_base(base)
    if direction and base is not None and not timed:
        return "level"
    if quantity.dimension == "percent" and not direction and base is None and (over := _OVER.search(left)):
        return "growth" if is_time_base(over["what"]) and not over["what"].endswith(_PLANS) else "level"
    if not timed and quantity.dimension == "percentage_point" and _GAP_LEFT.search(left):
        return "level"
    return None


def _pulls(slot: Slot, left: str) -> bool:
    if not _PULL_LEFT.search(left) or any("share" in kinds for _, kinds in slot.peeled.words):
        return False
    return "贡献率" in left or "贡献了" not in left


def _direction(slot: Slot) -> int:
    """Reads up (1) or down (-1) from the nearest change verb; 0 where there is none or a level was reached (增至)."""
    reached = False
    for word, kinds in slot.peeled.words:
        if reached and ("up" in kinds or "down" in kinds):
            return 0
        if "rate_down" in kinds or "down" in kinds:
            return -1
        if "rate_up" in kinds or "up" in kinds:
            return 1
        if "to" in kinds and "be" not in kinds and word.endswith(("到", "至", "为", "成")):
            return 0
        reached = reached or word in ("到", "至", "为", "成")
    return 0


def _is_multiple_growth(slot: Slot, left: str) -> bool:
    if slot.quantity.kind != "multiple" and slot.quantity.dimension != "percent":
        return False
    if slot.quantity.unit == "番":
        return True
    return bool(_OF_A_TIME.search(left)) and not _FROM_A_TIME.search(left) and "占" not in left


def _is_first_rate(sentence: Sentence, slot: Slot) -> bool:
    """Tells whether a bare 增幅 is the first growth its sentence tells of: it says not what it is against."""
    named = any(word == "增幅" for word, _ in slot.peeled.words)
    return named and not any(s.measure == "growth" for s in sentence.slots if s.end <= slot.start)


def _comparison(slot: Slot, left: str) -> str:
    kinds = {k for _, ks in slot.peeled.words for k in ks}
    base = slot.peeled.base
    if base is not None:
        if _YTD_BASE.search(base):
            return "ytd"
        if _YOY_BASE.search(base):
            return "yoy"
        if _QOQ_BASE.search(base):
            return "qoq"
        return "last_year" if _LAST_YEAR.search(base) else "prior"
    for kind in ("yoy", "qoq", "ytd"):
        if kind in kinds:
            return kind
    if "prior" in kinds or _NEAR_YEAR.search(left):
        return "prior"
    return "bare"


def inherit_comparison(slot: Slot, before: Slot | None) -> None:
    """A bare 增长 in the clause after 较年初增加… is compared with the beginning of the year too."""
    if before is None or slot.comparison != "bare" or before.comparison not in ("ytd", "qoq"):
        return
    if slot.indicator == before.indicator and slot.clause_number - before.clause_number == 1:
        slot.comparison = before.comparison
