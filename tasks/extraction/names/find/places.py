"""Places that the gazetteer knows, found in running text.

What belongs here: which hits of the gazetteer are names, and how they join. What does not: what they mean
(`reading.gazetteer`).
"""

from __future__ import annotations

from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.lexicon.grammar import pattern, words
from tasks.reading.gazetteer import division_forms
from tasks.reading.page import PLACE_KINDS, PageReading

_DIVISION, _TOWN, _PLACE = (PLACE_KINDS[kind] for kind in ("division", "town", "place"))
# Divisions whose name is also a common noun: 大同市城区 is a division, 城区 alone any town's middle.
_COMMON_NOUNS = frozenset(words("division_noun"))
# Towns of three letters that sentences make by chance: 低|于城镇, 模|范村镇.
_TOWN_NOUNS = words("town_noun")
_BEFORE_TITLE = pattern("names.division_before_a_title")

_LONG = 4
"""A place of more letters is no part of another word."""


def find_places(reading: PageReading) -> list[Span]:
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
    if not _BEFORE_TITLE.match(text, end):
        return end
    return end - 1 if text[start : end - 1] in division_forms() else 0


def _counts(reading: PageReading, hit: tuple[int, int, int], full: set[str], beside: bool, listed: bool) -> bool:
    start, end, kind = hit
    word = reading.text[start:end]
    if kind == _DIVISION:
        if word in _COMMON_NOUNS:
            return beside or listed
        return len(word) > 3 or reading.on_word_edges(start, end)  # 沿|海城市 is no division
    if kind == _TOWN:
        township_firms = word[-1] == "乡" and reading.text[end : end + 1] == "镇"  # 发展|乡镇企业
        if len(word) == 3 and word.endswith(_TOWN_NOUNS) and not beside and not listed:
            return False
        return not township_firms and (len(word) > 3 or reading.on_word_edges(start, start))
    if not reading.on_word_edges(start, end):
        # jieba may take 日本首相 for one word, or cut 粤港澳大湾|区内
        follows = len(word) > _LONG or reading.text.startswith(_OFFICE_ABROAD, end)
        return kind == _PLACE and reading.on_word_edges(start, start) and follows
    if kind == _PLACE:
        return not (reading.text[start - 1 : start] == "“" and reading.text[end : end + 1] == "”")
    return _short_form_counts(reading, start, end, full, listed)


def _short_form_counts(reading: PageReading, start: int, end: int, full: set[str], listed: bool) -> bool:
    """Whether a division's short form names it: by its full name in the text, as a word of its own, or in a list."""
    word, number = reading.text[start:end], reading.word_at(start)
    if any(division.name in full for division, short in division_forms()[word] if short):
        return True
    own_word = reading.words[number] == word
    if own_word and word in _short_cities():
        return True
    return listed and ((own_word and reading.tags[number] == "ns") or _beside_place(reading, start, end))


def _beside_place(reading: PageReading, start: int, end: int) -> bool:
    """Says whether the word next to it in a list is surely a place: 灌云、|涟水."""
    before, after = reading.word_at(start) - 2, reading.word_at(end) + 1
    tags = [reading.tags[n] for n in (before, after) if 0 <= n < len(reading.tags)]
    return "ns" in tags


_OFFICE_ABROAD = words("office_abroad")


@cache
def _short_cities() -> frozenset[str]:
    return frozenset(
        form
        for form, meanings in division_forms().items()
        if any(short and d.level != "county" and d.valid_to is None for d, short in meanings)
    ) - set(words("city_or_verb"))


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
