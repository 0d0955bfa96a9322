"""Lists of figures: 分别增长107%、89%、85% gives each thing its own, 分行业看 gives each sector its own.

What belongs here: sharing figures out among the things of a list.
What does not: a figure that stands alone.
"""

from __future__ import annotations

from tasks.extraction.facts.clause.noun_phrases import is_nominal
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import NAME, TIME
from tasks.extraction.facts.indicator.known_indicators import find_indicator, is_known, without_lead
from tasks.lexicon.grammar import pattern, words
from tasks.page import Measure

_SECTORWISE = "indicator.sector_by_sector"
_BY_SECTOR = pattern(_SECTORWISE)
_HEAD_OF_LIST = pattern("indicator.head_of_a_list")
_ONE_SIGN_EACH = pattern("indicator.one_sign_each")
_AND_OTHERS = pattern("indicator.and_others")
_IS_A_MEASURE = pattern("indicator.is_a_measure")
_JOINERS = words("joiner")
_JOINT = pattern("clause.joint")
_SECTORS = words("sector_end")
_ORDINAL, _EACH, _OTHERS = "第", "分别", "等"
_THREE_INDUSTRIES = "三次产业"
_INDUSTRIES = words("industry")


def share_out_lists(sentence: Sentence, slots: list[Slot], inherited: str | None) -> list[Slot]:
    """Gives the figures after 分别 their things, in order.

    Args:
        sentence: The sentence.
        slots: Its slots, each with the thing it has alone.
        inherited: What the paragraph measured before.
    """
    read: list[Slot] = []
    while len(read) < len(slots):
        at = len(read)
        end = at + 1
        while (
            end < len(slots)
            and slots[end].clause_number == slots[at].clause_number
            and _is_list_step(sentence.text[slots[end - 1].end : slots[end].start])
        ):
            end += 1
        read += _share_out(sentence, slots[at:end], read, inherited) if end - at > 1 else slots[at:end]
    return read


def name_sectors(sentence: Sentence, slots: list[Slot], inherited: str | None) -> list[Slot]:
    """Makes the sectors listed after 分行业看 subjects, measured by what the paragraph measured before."""
    if not (inherited and _BY_SECTOR.match(sentence.text)):
        return slots
    return [_as_sector(slot, inherited) for slot in slots]


def _as_sector(slot: Slot, inherited: str) -> Slot:
    name = slot.indicator
    if slot.measure != Measure.GROWTH or slot.source != "left" or not name or _is_measure(name):
        return slot
    return slot.answered(
        slot.statement, slot.thing._replace(item=name, item_is_subject=True, indicator=inherited, rule=_SECTORWISE)
    )


def _is_list_step(between: str) -> bool:
    return between in (*_JOINERS, "，", "")


def _share_out(sentence: Sentence, members: list[Slot], earlier: list[Slot], inherited: str | None) -> list[Slot]:
    """Gives the figures of a list one statement, and each its own thing."""
    first = members[0]
    members = [_as_member(slot, first, (n, len(members))) for n, slot in enumerate(members)]
    sectors = _are_sectors(sentence, first, inherited)
    things = _things_listed(sentence, first, len(members), sectors)
    if len(things) == len(members):
        return [
            _named(slot, thing, inherited if sectors else None) for slot, thing in zip(members, things, strict=True)
        ]
    levels = [s for s in earlier if s.measure != Measure.GROWTH][-len(members) :]
    shared = first.measure == Measure.GROWTH or _EACH in sentence.text[first.left : first.start]
    if shared and first.source == "carried" and len(levels) == len(members):
        return [_called(slot, level.indicator, "list") for slot, level in zip(members, levels, strict=True)]
    return [
        _called(slot, first.indicator, "carried")
        if n and (slot.source == "carried" or slot.indicator is None)
        else slot
        for n, slot in enumerate(members)
    ]


def _as_member(slot: Slot, first: Slot, place: tuple[int, int]) -> Slot:
    """Gives a member of a list the statement of its first figure, but for a base of its own."""
    statement = first.statement._replace(base=slot.statement.base or first.statement.base)
    return slot.answered(statement, slot.thing._replace(list_place=place))


def _called(slot: Slot, indicator: str | None, source: str) -> Slot:
    return slot.answered(slot.statement, slot.thing._replace(indicator=indicator, source=source))


def _named(slot: Slot, thing: str, measured: str | None) -> Slot:
    """Names a figure of a list by its thing; where that is a sector, by what was measured of it."""
    named = slot.thing._replace(item=thing or None)
    if measured:
        named = named._replace(indicator=measured, source="carried", item_is_subject=True, rule=_SECTORWISE)
    else:
        named = named._replace(indicator=named.item, source="list")
    return slot.answered(slot.statement, named)


def _things_listed(sentence: Sentence, first: Slot, count: int, sectors: bool) -> list[str]:
    """Gives the things named before a list's first figure, in full: 玉米播种面积, 大豆播种面积."""
    if first.source != "left" or not first.indicator:
        return []
    parallel = _with_common_tail(sentence, first, count) or _industries(sentence, first, count)
    if parallel:
        return parallel
    things = _and_others(sentence, first, count) or _JOINT.split(first.indicator)
    if len(things) == count and not sectors:
        things = _with_common_head(things)
    return [thing.strip("“” ") for thing in things]


def _industries(sentence: Sentence, first: Slot, count: int) -> list[str]:
    """Tells 三次产业 apart: the first, the second and the third industry, in this order."""
    at = sentence.text.rfind(_THREE_INDUSTRIES, first.clause[0], first.start)
    if count != len(_INDUSTRIES) or at < 0 or first.indicator_span is None:
        return []
    tail = sentence.text[at + len(_THREE_INDUSTRIES) : first.indicator_span[1]]
    return [industry + tail for industry in _INDUSTRIES]


def _and_others(sentence: Sentence, first: Slot, count: int) -> list[str]:
    """Gives the things named before 等 (汽车、电池等产品产量分别增长), each with what is measured."""
    if first.indicator_span is None:
        return []
    told = sentence.text[first.clause[0] : first.indicator_span[1]]
    found = _AND_OTHERS.search(told) if _OTHERS in told else None
    things = _JOINT.split(found["things"]) if found else []
    if found is None or len(things) != count:
        return []
    head = _HEAD_OF_LIST.search(found["together"])
    things = [without_lead(thing) for thing in things]
    return [thing + head.group() if head else thing for thing in things]


def _are_sectors(sentence: Sentence, first: Slot, inherited: str | None) -> bool:
    """Whether the things of a list are sectors measured by what the paragraph measured before."""
    if not (inherited and first.measure == Measure.GROWTH and _BY_SECTOR.match(sentence.text)):
        return False
    return not _is_measure(first.indicator or "")


def _with_common_tail(sentence: Sentence, first: Slot, count: int) -> list[str]:
    """Reads heads of one sign each that share what follows the last: 轻、重工业, 第一、二、三产业."""
    if first.indicator_span is None:
        return []
    at, end = first.clause[0], first.indicator_span[1]
    found = _ONE_SIGN_EACH.search(sentence.text[at:end])
    heads = _JOINT.split(found["heads"]) if found else []
    if found is None or len(heads) != count or not _begins_phrase(sentence, at + found.start()):
        return []
    ordinal = _ORDINAL if heads[0].startswith(_ORDINAL) else ""
    return [f"{ordinal}{head.removeprefix(_ORDINAL)}{found['tail']}" for head in heads]


def _begins_phrase(sentence: Sentence, start: int) -> bool:
    """Tells whether a sign is a word of its own with nothing of its phrase before it (轻、重, not 农|业、工业)."""
    at = next((n for n, word in enumerate(sentence.words) if word.start == start), None)
    if at is None:
        return False
    before = sentence.words[at - 1] if at else None
    return before is None or before.tag in (NAME, TIME, "x") or not is_nominal(before)


def _with_common_head(items: list[str]) -> list[str]:
    """Gives every item the head that is printed once (玉米、大豆、水稻播种面积)."""
    last = items[-1]
    if any(_is_measure(item) for item in items[:-1]):
        return items
    known = next((last[n:] for n in range(2, len(last) - 3) if is_known(last[n:])), None)
    printed = _HEAD_OF_LIST.search(last)
    if known is None and printed and printed.start():
        return [*(item + printed["head" if item.endswith(_SECTORS) else 0] for item in items[:-1]), last]
    return [*(_joined(item, known) for item in items[:-1]), last] if known else items


def _joined(item: str, head: str) -> str:
    """Puts a head to an item, what both share once (渔村居民 + 居民人均消费支出)."""
    shared = next((n for n in range(min(len(item), len(head)), 0, -1) if item.endswith(head[:n])), 0)
    return item + head[shared:]


def _is_measure(name: str) -> bool:
    """Tells whether a phrase names a measure (产值, 投资, 就业率), not a sector or a body (通用设备)."""
    return bool(_IS_A_MEASURE.search(name)) or find_indicator(name) is not None
