"""Long names that are put together from common words: 济南国家骨干冷链物流基地, 省文旅厅.

What belongs here: names whose head (a place, a level of government) and last word show what they are.
What does not: names that only their context shows (`find.tagger`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.names.common_words import is_common, may_name
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.gazetteer import known_bodies
from tasks.reading.page import PageReading, is_known_place
from tasks.reading.word_finder import WordFinder

_MOST_WORDS = 9
_NO_FIRM_TAGS = frozenset(("v", "vn", "p", "d", "a", "ad", "c", "zg"))
_KNOWN = 0.985
"""As sure as the tagger hardly ever is of a person: 雷诺 is the firm."""
_INNER_TAGS = frozenset(["n", "nz", "nr", "ns", "nt", "vn", "b", "j", "s", "nrt", "nrfg", "l", "ng", "an", "x", "eng"])


@cache
def _part(kind: str) -> tuple[str, ...]:
    return next(tuple(row["words"].split()) for row in read_table("compound_words") if row["kind"] == kind)


@cache
def _inner_verbs() -> frozenset[str]:
    return frozenset(_part("verb"))


_LINE = pattern("names.line", line_letter=_part("letter"))
_NUMBERED_ROAD = pattern("names.numbered_road")
_OTHER_LINE = pattern("names.other_line")
_KIND_OF_LINE, _KIND_OF_ROAD = pattern("names.kind_of_line"), pattern("names.kind_of_road")
_NUMBER_OF_PLACES = pattern("names.number_of_places")
_BETWEEN = pattern("names.between_two")
_LIST = pattern("names.listed_places")
_FIRMS = pattern("names.listed_firms")
_END_OF_FIRMS = pattern("names.end_of_listed_firms")
_LONGEST_LIST = 134
"""Characters of the longest list of firms before 等企业."""
_JOINTLY, _JOINS = words("jointly"), words("joins_before_a_name")


def _lines(reading: PageReading) -> Iterator[Span]:
    """Railways and motorways, called after letters of the places that they join."""
    for line in _LINE.finditer(reading.text):
        inside_word = not reading.on_word_edges(line.start(), line.start())  # 完|成济莱高铁
        if not inside_word or line[0][2] in _part("letter"):
            yield Span(line.start() + inside_word, line.end(), "LOC", 0.92)
    for road in _before(_KIND_OF_ROAD, 5, _NUMBERED_ROAD, reading.text):
        yield Span(road.start(), road.end(), "LOC", 0.92)
    for line in _before(_KIND_OF_LINE, 3, _OTHER_LINE, reading.text):
        if reading.on_word_edges(line.start(), line.start()) and not is_common(line[1]):
            yield Span(line.start(), line.end(), "LOC", 0.6)


def _before(kind: re.Pattern[str], most: int, whole: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Finds what begins at most so many characters before a telling word: a page has few, and nothing else is tried."""
    done = 0
    for told in kind.finditer(text):
        starts = range(max(done, told.start() - most), told.start())
        found = next((match for start in starts if (match := whole.match(text, start))), None)
        if found is not None:
            yield found
            done = found.end()


def _listed(reading: PageReading) -> list[Span]:
    spans: list[Span] = []
    for number in _NUMBER_OF_PLACES.finditer(reading.text):
        start = max(0, number.start() - 60)
        found = _LIST.search(reading.text[start : number.start()])
        if not found:
            continue
        at = start + found.start(1)
        items: list[Span] = []
        for item in _BETWEEN.split(found[1]):
            items.append(Span(at, at + len(item), "LOC", 0.6))
            at += len(item) + 1
        items[0] = _without_lead(reading, items[0])
        spans.extend(item for item in items if _may_be_place(reading, item))
    return spans


def _without_lead(reading: PageReading, item: Span) -> Span:
    """Cuts off what stands before the first place of a list: 联合|少府, 通达|德国."""
    for start in range(item.start, item.end - 1):
        if is_known_place(reading.text[start : item.end]):
            return item._replace(start=start)
    number = reading.word_at(item.start)
    after = reading.starts[number] + len(reading.words[number])
    leads = reading.tags[number] in ("v", "p", "vn", "d", "c", "s")
    return item._replace(start=after) if leads and item.end - after > 1 else item


def _listed_firms(reading: PageReading) -> Iterator[Span]:
    """Short names of firms in a list that says so at its end: 云岭电子、天津白水等企业."""
    for found in _lists_of_firms(reading.text):
        at = found.start(1)
        for item in _BETWEEN.split(found[1]):
            span = Span(at, at + len(item), "ORG", 0.6)
            at += len(item) + 1
            span = _without_verb(reading, span) if span.start == found.start(1) else span
            name = reading.text[span.start : span.end]
            if len(name) > 1 and not is_common(name) and not is_known_place(name) and _names_a_firm(reading, span):
                yield span


def _lists_of_firms(text: str) -> Iterator[re.Match[str]]:
    """Finds the lists before each 等企业, where alone they can stand."""
    done = 0
    for end in _END_OF_FIRMS.finditer(text):
        for found in _FIRMS.finditer(text, max(done, end.start() - _LONGEST_LIST), end.end()):
            yield found
            done = found.end()


def _without_verb(reading: PageReading, item: Span) -> Span:
    """Cuts the words of doing off before the first firm of a list: 加快|引进|云岭电子."""
    while item.start < item.end:
        number = reading.word_at(item.start)
        after = reading.starts[number] + len(reading.words[number])
        if reading.tags[number] not in _NO_FIRM_TAGS or reading.starts[number] != item.start:
            break
        item = item._replace(start=min(after, item.end))
    return item


def _names_a_firm(reading: PageReading, item: Span) -> bool:
    """Whether an item of a list of firms holds a word of its own beside its place."""
    if not reading.on_word_edges(item.start, item.end) or reading.text[item.start] in _JOINS:
        return False
    words = reading.words_in(item.start, item.end)
    return any(may_name(word, tag) and not is_known_place(word) for word, tag in words)


def _may_be_place(reading: PageReading, item: Span) -> bool:
    word = reading.text[item.start : item.end]
    if "各" in word:
        return False
    return is_known_place(word) or not is_common(word) or reading.tags[reading.word_at(item.start)] == "ns"


@cache
def _known_organisations() -> WordFinder:
    """Gives what finds the organisations that are known by name."""
    return WordFinder({name: number for number, name in enumerate(known_bodies())})


def known_organisations(reading: PageReading) -> list[Span]:
    """Finds the organisations that every reader knows: those that are a word of their own, or stand beside such ones.

    A short name that is a word as well (小米, 统一) counts only in a list with another one: 华为、小米、京东.
    """
    sure: list[Span] = []
    open_names: list[Span] = []
    for start, end, _ in _known_organisations().find(reading.text, reading.chars):
        if not reading.on_word_edges(start, end):
            continue
        tag = reading.tags[reading.word_at(start)]
        one_word = reading.word_at(start) == reading.word_at(end - 1)
        proper = tag in ("nt", "nz", "nr", "nrt", "j") if one_word else end - start > 3
        if end - start > 2 and (proper or not is_common(reading.text[start:end])):
            sure.append(Span(start, end, "ORG", _KNOWN))
        else:
            (sure if proper and one_word else open_names).append(Span(start, end, "ORG", _KNOWN))
    ends, starts = {span.end for span in sure}, {span.start for span in sure}
    beside = [
        span
        for span in open_names
        if (reading.text[span.start - 1 : span.start] == "、" and span.start - 1 in ends)
        or (reading.text[span.end : span.end + 1] == "、" and span.end + 1 in starts)
    ]
    return sure + beside


def find_compounds(reading: PageReading, places: list[Span]) -> list[Span]:
    """Finds names that begin with a place and go on in common words to a telling last word.

    Args:
        reading: The text.
        places: The places that the gazetteer finds in it.
    """
    spans: list[Span] = []
    spans.extend(_lines(reading))
    spans.extend(known_organisations(reading))
    spans.extend(_listed(reading))
    spans.extend(_listed_firms(reading))
    heads = {place.end: place for place in places}
    for start, end, _ in reading.place_hits:
        if end in heads or not reading.on_word_edges(start, end):
            continue
        if reading.tags[reading.word_at(start)] == "ns":
            heads[end] = Span(start, end, "LOC")
    for head in heads.values():
        found = _compound(reading, head)
        if found:
            spans.append(found)
    return spans


def _compound(reading: PageReading, place: Span) -> Span | None:
    start, end = place.start, place.end
    if reading.text[start - 1 : start] in ("（", "(") and reading.text[end : end + 1] in ("）", ")"):
        start, end = _before_bracket(reading, start - 1), end + 1
        if start == place.start - 1:
            return None
    number = reading.word_at(end)
    if end >= len(reading.text) or reading.starts[number] != end:
        return None
    best: Span | None = None
    at = end
    for word, tag in zip(
        reading.words[number : number + _MOST_WORDS], reading.tags[number : number + _MOST_WORDS], strict=True
    ):
        if at == end and word in _JOINTLY:
            break
        joins = word == "和" and best is None and at > end
        if (
            not (joins or word == "圈" or tag in _INNER_TAGS or word in _inner_verbs())
            or not "\u3400" <= word[0] <= "\u9fff"
        ):
            break
        at += len(word)
        text = reading.text[end:at]
        if text.endswith(_part("place")):
            best = Span(start, at, "LOC", 0.92)
        elif text.endswith(_part("organisation")):
            best = Span(start, at, "ORG", 0.92)
    return best


def _before_bracket(reading: PageReading, bracket: int) -> int:
    """Where the name begins that goes on behind a place in brackets: 中德（沈阳）高端装备制造产业园."""
    start = bracket
    number = reading.word_at(bracket) - 1
    while number >= 0 and bracket - reading.starts[number] <= 6:
        word, tag = reading.words[number], reading.tags[number]
        if not (tag in _INNER_TAGS or tag == "f") or not "\u3400" <= word[0] <= "\u9fff":
            break
        start = reading.starts[number]
        number -= 1
    return start
