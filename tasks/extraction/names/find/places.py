"""Places that the gazetteer knows, found in running text.

What belongs here: which hits of the gazetteer are names, and how they join. What does not: what they mean
(`gazetteer`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.extraction.names.reading import PLACE_KINDS, Reading
from tasks.reading.gazetteer import division_forms

_DIVISION, _TOWN, _PLACE = (PLACE_KINDS[kind] for kind in ("division", "town", "place"))
_TITLE_LEVELS = "省市县区州旗镇乡盟"
# Divisions whose name is also a common noun: 大同市城区 is a division, 城区 alone any town's middle.
_COMMON_NOUNS = frozenset(
    ["城区", "郊区", "矿区", "东区", "西区", "新区", "新城区", "林区", "市区", "老城区", "山区", "牧区"]
)
# Towns of three letters that sentences make by chance: 低|于城镇, 模|范村镇.
_TOWN_NOUNS = ("城镇", "村镇", "集镇", "小镇", "乡镇", "家乡")
# Directions as well as regions; only the tagger can tell them apart.
_DIRECTIONS = frozenset(
    [
        "东北",
        "西北",
        "西南",
        "东南",
        "华北",
        "江南",
        "江北",
        "淮北",
        "中原",
        "西江",
        "东江",
        "北江",
        "右江",
        "左江",
        "南海",
        "东海",
        "新界",
        "老山",
        "大寨",
        "阿里",
        "前海",
        "横琴",
        "张江",
    ]
)

# Cities whose short name is also a word: the days of 日照, to be in 安康.
_ALSO_WORDS = frozenset(
    [
        "日照",
        "安康",
        "朝阳",
        "大同",
        "海东",
        "海西",
        "海北",
        "中山",
        "长治",
        "新乡",
        "黄山",
        "太原",
        "平凉",
        "铜川",
        "保山",
        "保定",
        "吉安",
        "广安",
        "内江",
        "河池",
        "来宾",
        "百色",
    ]
)

_LONG = 4
"""A place of more letters is no part of another word."""


def find_places(reading: Reading) -> list[Span]:
    """Finds the places of the gazetteer in a text, those side by side joined.

    Divisions and towns count everywhere, other places where they are words of their own, a city's short form (济南)
    where it is a word of its own, a county's (槐荫) where its full name stands in the text too or in a list of places.
    """
    text = reading.text
    hits = reading.place_hits
    full = {text[start:end] for start, end, kind in hits if kind == _DIVISION}
    spans: list[Span] = []
    starts, ends = {start for start, _, _ in hits}, {end for _, end, _ in hits}
    for start, end, kind in hits:
        listed = (text[end : end + 1] == "、" and end + 1 in starts) or (
            text[start - 1 : start] == "、" and start - 1 in ends
        )
        beside = bool(spans) and spans[-1].end == start
        end = without_title(text, start, end) if kind in (_DIVISION, _TOWN) else end
        if end and _counts(reading, (start, end, kind), full, beside, listed):
            score = 0.9 if kind in (_DIVISION, _TOWN) else 0.6
            spans.append(Span(start, end, "LOC", score))
    return join_neighbours(spans)


def without_title(text: str, start: int, end: int) -> int:
    """The end of a division's name whose last letter may belong to a title: 济南|市长; 0 where no name is left."""
    if text[end : end + 1] != "长" or text[end - 1] not in _TITLE_LEVELS:
        return end
    if text[end : end + 2] in ("长江", "长城", "长途", "长期", "长春", "长沙", "长安", "长寿", "长征"):
        return end
    return end - 1 if text[start : end - 1] in division_forms() else 0


def _counts(reading: Reading, hit: tuple[int, int, int], full: set[str], beside: bool, listed: bool) -> bool:
    start, end, kind = hit
    word = reading.text[start:end]
    if kind == _DIVISION:
        if word in _COMMON_NOUNS:
            return beside or listed
        return len(word) > 2 or reading.on_word_edges(start, end)
    if kind == _TOWN:
        township_firms = word[-1] == "乡" and reading.text[end : end + 1] == "镇"  # 发展|乡镇企业
        if len(word) == 3 and word.endswith(_TOWN_NOUNS) and not beside and not listed:
            return False
        return not township_firms and (len(word) > 3 or reading.on_word_edges(start, start))
    if not reading.on_word_edges(start, end):
        # jieba may take 日本首相 for one word, or cut 粤港澳大湾|区内
        follows = len(word) > _LONG or _OFFICE_ABROAD.match(reading.text, end)
        return kind == _PLACE and reading.on_word_edges(start, start) and bool(follows)
    if kind == _PLACE:
        quoted = reading.text[start - 1 : start] == "“" and reading.text[end : end + 1] == "”"
        return word not in _DIRECTIONS and not quoted
    number = reading.word_at(start)
    tagged_place = reading.tags[number] == "ns" and reading.words[number] == word
    if any(division.name in full for division, short in division_forms()[word] if short):
        return True
    if tagged_place:
        return listed or word in _short_cities()
    if listed and word not in _ALSO_WORDS and _beside_place(reading, start, end):
        return True
    if reading.words[number] != word or reading.tags[number] not in ("n", "nr", "nz", "nrt", "t", "s"):
        return False
    return word in _short_cities() and (listed or word not in _ALSO_WORDS)


def _beside_place(reading: Reading, start: int, end: int) -> bool:
    """Says whether the word next to it in a list is surely a place: 灌云、|涟水."""
    before, after = reading.word_at(start) - 2, reading.word_at(end) + 1
    tags = [reading.tags[n] for n in (before, after) if 0 <= n < len(reading.tags)]
    return "ns" in tags


_OFFICE_ABROAD = re.compile(r"总统|总理|首相|外长|外交部长|国防部长|政府|议会|国王|女王|驻华|大使|媒体|警方|军方")


@cache
def _short_cities() -> frozenset[str]:
    return frozenset(
        form
        for form, meanings in division_forms().items()
        if any(short and d.level != "county" and d.valid_to is None for d, short in meanings)
    )


def join_neighbours(spans: list[Span]) -> list[Span]:
    """Joins a place with the place or organisation right behind it: 济南市|历下区, 石家庄市|人社局; 中|美 stay two."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.end == span.start
            and before.type == "LOC"
            and span.type in ("LOC", "ORG")
            and min(before.end - before.start, span.end - span.start) > 1
        ):
            joined[-1] = Span(before.start, span.end, span.type, max(before.score, span.score))
        else:
            joined.append(span)
    return joined
