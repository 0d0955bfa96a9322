"""Lists of figures: 分别增长107%、89%、85% gives each thing its own, 分行业看 gives each sector its own.

What belongs here: sharing figures out among the things of a list.
What does not: a figure that stands alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.extraction.facts.clause.noun_phrases import is_nominal
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import NAME, TIME
from tasks.extraction.facts.indicator.known_indicators import find_indicator

_BY_SECTOR = re.compile(r"\s*(?:分|从|按)[^，。；]{1,12}(?:看|来看|分)")
_COMMON_HEAD = re.compile(
    r"(?:播种面积|种植面积|面积|总产量|产量|总产值|产值|增加值|销售额|销售量|销量|价格|出口额|进口额|出口|进口|营业收入|收入|利润|余额|投资|客运量|货运量)$"
)
_SIGN = r"第?[\u4e00-\u9fff]"
_MEASURE_TAIL = re.compile(r"(?:[额值量数率入出润资款价积度费比]|投资|消费|就业|进口|出口|贸易|游客|人次)$")


def share_out_lists(sentence: Sentence) -> None:
    """Gives the figures after 分别 their things, in order."""
    slots = sentence.slots
    at = 0
    while at < len(slots):
        end = at + 1
        while (
            end < len(slots)
            and slots[end].clause_number == slots[at].clause_number
            and _is_list_step(sentence.text[slots[end - 1].end : slots[end].start])
        ):
            end += 1
        if end - at > 1:
            _share_out(sentence, slots[at:end], slots[:at])
        at = end


def name_sectors(sentence: Sentence) -> None:
    """Makes the sectors listed after 分行业看 subjects, measured by what the paragraph measured before."""
    if not (_BY_SECTOR.match(sentence.text) and sentence.inherited):
        return
    for slot in sentence.slots:
        if slot.measure == "growth" and slot.source == "left" and slot.indicator and not _is_measure(slot.indicator):
            slot.item, slot.item_is_subject, slot.indicator = slot.indicator, True, sentence.inherited


def _is_list_step(between: str) -> bool:
    return between in ("、", "和", "与", "及", "，", "")


def _share_out(sentence: Sentence, members: list[Slot], earlier: list[Slot]) -> None:
    first = members[0]
    for n, slot in enumerate(members):
        slot.list_place = (n, len(members))
    for slot in members[1:]:
        slot.measure, slot.comparison, slot.negative = first.measure, first.comparison, first.negative
        if slot.peeled.base is None:
            slot.peeled = replace(slot.peeled, base=first.peeled.base)
    left = sentence.text[first.left : first.start]
    items = re.split(r"[、和与及]", first.indicator or "") if first.source == "left" else []
    parallel = _with_common_tail(sentence, first, len(members))
    levels = [s for s in earlier if s.measure == first.measure == "level" or s.measure != "growth"][-len(members) :]
    sectors = _BY_SECTOR.match(sentence.text) and first.measure == "growth" and not _is_measure(first.indicator or "")
    if parallel:
        for slot, item in zip(members, parallel, strict=True):
            slot.indicator, slot.item, slot.source = item, item, "list"
    elif sectors and len(items) == len(members) and sentence.inherited:
        for slot, item in zip(members, items, strict=True):
            slot.item, slot.item_is_subject, slot.indicator, slot.source = (
                item.strip("“” "),
                True,
                sentence.inherited,
                "carried",
            )
    elif len(items) == len(members):
        items = _with_common_head(items)
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


def _with_common_tail(sentence: Sentence, first: Slot, count: int) -> list[str]:
    """Reads heads of one sign each that share what follows the last: 轻、重工业, 第一、二、三产业."""
    if first.indicator_span is None or first.source != "left":
        return []
    at, end = first.clause[0], first.indicator_span[1]
    found = re.search(rf"((?:{_SIGN}[、和与]){{{count - 1}}})({_SIGN})([\u4e00-\u9fff]+)$", sentence.text[at:end])
    if found is None or not _begins_phrase(sentence, at + found.start()):
        return []
    heads = [*re.findall(rf"({_SIGN})[、和与]", found[1]), found[2]]
    ordinal = "第" if heads[0][0] == "第" else ""
    return [f"{ordinal}{head.removeprefix('第')}{found[3]}" for head in heads]


def _begins_phrase(sentence: Sentence, start: int) -> bool:
    """Tells whether a sign is a word of its own with nothing of its phrase before it (轻、重, not 农|业、工业)."""
    at = next((n for n, word in enumerate(sentence.words) if word.start == start), None)
    if at is None:
        return False
    before = sentence.words[at - 1] if at else None
    return before is None or before.tag in (NAME, TIME, "x") or not is_nominal(before)


def _with_common_head(items: list[str]) -> list[str]:
    """Gives every item the head that is printed once (玉米、大豆、水稻播种面积)."""
    head = _COMMON_HEAD.search(items[-1])
    if head is None or head.start() == 0 or any(_is_measure(item) for item in items[:-1]):
        return items
    return [*(item + head.group() for item in items[:-1]), items[-1]]


def _is_measure(name: str) -> bool:
    """Tells whether a phrase names a measure (产值, 投资, 就业率), not a sector or a body (通用设备)."""
    return bool(_MEASURE_TAIL.search(name)) or find_indicator(name) is not None
