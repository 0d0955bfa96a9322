"""Long names that are put together from common words: 济南国家骨干冷链物流基地, 省文旅厅, 经二路.

What belongs here: names whose head (a place, a level of government) and last word show what they are.
What does not: names that only their context shows (`tagger`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extraction.names.reading import Reading
from tasks.extraction.names.spans import Span
from tasks.lexicon import read_table

_MOST_WORDS = 9
_INNER_TAGS = frozenset(["n", "nz", "nr", "ns", "nt", "vn", "b", "j", "s", "nrt", "nrfg", "l", "ng", "an", "x", "eng"])
_ROADS = re.compile(r"[经纬][一二三四五六七八九十]{1,3}路")
_QUARTERS = re.compile(r"(?<=[、，以对及和在])(?:(?![两个])[㐀-鿿]){2,5}片区")


@cache
def _words(kind: str) -> tuple[str, ...]:
    return next(tuple(row["words"].split()) for row in read_table("compound_words") if row["kind"] == kind)


@cache
def _inner_verbs() -> frozenset[str]:
    return frozenset(_words("verb"))


@cache
def _lines() -> re.Pattern[str]:
    """Railways and motorways, called after the first letters of the places they join: 京港澳高速, 江湛铁路."""
    station = r"(?:[\u3400-\u9fff]{2,3}(?:站|段|服务区|收费站)(?=[、，。的内出]))?"
    return re.compile(rf"[{''.join(_words('letter'))}]{{2,3}}(?:高速公路|高速|高铁|铁路|客专){station}")


@cache
def _bare_office() -> re.Pattern[str]:
    fields = sorted((row["field"] for row in read_table("offices")), key=len, reverse=True)
    fields_pattern = "|".join(map(re.escape, fields))
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?:[省市区县旗州](?:{fields_pattern}){{1,2}}(?:局|厅|委|办)"
        rf"|(?<![全我本该各])[省市区县旗州](?:纪委监委|总工会|妇联|团委|科协|文联|残联|工商联|人民医院|中医院|疾控中心|融媒体中心|法院|检察院|公安局|消防救援支队))"
        rf"(?![\u3400-\u9fff]{{0,3}}(?:等部门联合))"
    )


def find_compounds(reading: Reading, places: list[Span]) -> list[Span]:
    """Finds names that begin with a place and go on in common words to a telling last word.

    Args:
        reading: The text.
        places: The places that the gazetteer finds in it.
    """
    spans = [Span(m.start(), m.end(), "LOC", 0.6) for m in _ROADS.finditer(reading.text)]
    spans.extend(Span(m.start(), m.end(), "LOC", 0.6) for m in _QUARTERS.finditer(reading.text))
    for line in _lines().finditer(reading.text):
        inside_word = not reading.on_word_edges(line.start(), line.start())  # 完|成济莱高铁
        if not inside_word or line[0][2] in _words("letter"):
            spans.append(Span(line.start() + inside_word, line.end(), "LOC", 0.92))
    spans.extend(Span(m.start(), m.end(), "ORG", 0.6) for m in _bare_office().finditer(reading.text))
    heads = {place.end: place for place in places}
    for start, end, _ in reading.place_hits:
        if end not in heads and reading.on_word_edges(start, end) and reading.tags[reading.word_at(start)] == "ns":
            heads[end] = Span(start, end, "LOC")
    for head in heads.values():
        found = _compound(reading, head)
        if found:
            spans.append(found)
    return spans


def _compound(reading: Reading, place: Span) -> Span | None:
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
        joins = word == "和" and best is None and at > end
        if (
            not (joins or word == "圈" or tag in _INNER_TAGS or word in _inner_verbs())
            or not "\u3400" <= word[0] <= "\u9fff"
        ):
            break
        at += len(word)
        text = reading.text[end:at]
        if text.endswith(_words("place")):
            best = Span(start, at, "LOC", 0.92)
        elif text.endswith(_words("organisation")):
            best = Span(start, at, "ORG", 0.92)
    return best


def _before_bracket(reading: Reading, bracket: int) -> int:
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
