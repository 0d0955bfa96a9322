"""Finds the names of persons, organisations and places in a text.

What belongs here: putting together what the finders say, and who gives way to whom: the user's own names go before
credits, these before the gazetteer's divisions, these before the tagger. What does not: what a name stands for
(`linking`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from tasks.extraction.names.compounds import find_compounds
from tasks.extraction.names.consistency import spread
from tasks.extraction.names.followers import with_followers
from tasks.extraction.names.persons import titled_persons
from tasks.extraction.names.places import find_places, join_neighbours
from tasks.extraction.names.reading import Reading, is_known_place, read_text
from tasks.extraction.names.spans import Span, settle
from tasks.extraction.names.tagger import tag_names
from tasks.extraction.names.tidying import tidy
from tasks.lexicon import read_table


def recognise(text: str, sure: Collection[Span] = ()) -> list[Span]:
    """Finds the names in a text.

    Args:
        text: Any text; paragraphs parted by two line breaks.
        sure: Names that are known beforehand (credits, the user's own).

    Returns:
        Names in the order of the text, none overlapping another.
    """
    reading = read_text(text)
    tagged = tidy(reading, tag_names(reading))
    taken = {place for span in tagged for place in range(span.start, span.end)}
    tagged += [s for s in titled_persons(reading) if taken.isdisjoint(range(s.start, s.end))]
    places = find_places(reading)
    names = _with_places(tagged, settle([*places, *find_compounds(reading, places)]))
    names = _with_offices(reading, join_neighbours(names))
    names = settle([*sure, *names])
    names = _with_offices(reading, join_neighbours(settle(spread(reading, names))))
    return settle([*sure, *with_followers(reading, join_neighbours(names))])


def _with_places(tagged: list[Span], places: list[Span]) -> list[Span]:
    """Lays the gazetteer's places over the tagger's names: what overlaps becomes one name."""
    out: list[Span] = []
    names = sorted([*tagged, *places])
    for span in names:
        before = out[-1] if out else None
        if before is None or span.start >= before.end:
            out.append(span)
            continue
        out[-1] = _one_of(before, span)
    return out


def _one_of(before: Span, span: Span) -> Span:
    if before.type == "PER" or span.type == "PER":
        # a division is surer than a person's name, a person's name surer than a river's
        return max((before, span), key=lambda s: (s.score, s.end - s.start))
    if (before.start, before.end) == (span.start, span.end):
        return max((before, span), key=lambda s: s.score)
    kind = "ORG" if "ORG" in (before.type, span.type) else "LOC"
    longer = before if before.end >= span.end else span
    if kind == "ORG" and longer.type == "LOC" and longer.end > min(before.end, span.end):
        kind = "LOC"
    return Span(before.start, max(before.end, span.end), kind, max(before.score, span.score))


@cache
def _office_after_place() -> re.Pattern[str]:
    words = [row["suffix"] for row in read_table("org_suffixes") if len(row["suffix"]) > 1 and row["suffix"] != "科技"]
    return re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")+")


_PLACE_AFTER_PLACE = re.compile(
    r"(?:国际机场|机场|火车站|高铁站|汽车站|客运站|风景名胜区|风景区|旅游度假区|旅游区|景区|国家森林公园|森林公园|国家湿地公园|湿地公园|植物园|动物园"
    r"|高新技术产业开发区|经济技术开发区|经济开发区|高新区|开发区|经开区|自贸试验区|自贸区|综合保税区|综保区|保税区|工业园区|工业园|产业园区|产业园|物流园"
    r"|新区|大学城|旧址|遗址|故居|纪念碑|长江大桥|黄河大桥|大桥|站(?![点长在位起立台着上])|片区|段(?=\d|[的、，。]))"
)


_OFFICE_OF_BODY = re.compile(
    r"(?:办公厅|办公室|安委会|国资委|新闻办|参事室|研究室|侨办|台办|发展研究中心|新闻办公室)|(?<=兵团)第?[一二三四五六七八九十]{1,3}师"
)


def _ends_word(reading: Reading, start: int, end: int) -> bool:
    """Says whether a stretch of text takes whole words; 党委 of 党委书记 is as good as whole, 政府 of 特区政府 too."""
    if not reading.on_word_edges(start, start):
        return reading.text[start - 2 : start] == "特区" and reading.on_word_edges(end, end)
    return reading.on_word_edges(end, end) or reading.text.startswith(("书记", "副书记", "主任", "委员"), end)


_CAMPUS = re.compile(r"(?<=大学|学院)[（(]([\u3400-\u9fff]{2,4})[)）]")


def _with_offices(reading: Reading, spans: list[Span]) -> list[Span]:
    """Makes an organisation of a division with an office's name right behind it: 钢城区|政府."""
    out: list[Span] = []
    for n, span in enumerate(spans):
        limit = spans[n + 1].start if n + 1 < len(spans) else len(reading.text)
        campus = _CAMPUS.match(reading.text, span.end) if span.type == "ORG" else None
        if campus and is_known_place(campus[1]):
            out.append(span._replace(end=campus.end()))
        elif not out or span.end > out[-1].end:  # else it is the campus in the brackets before
            out.append(_with_place(reading, span, limit) or _with_office(reading, span, limit))
    return out


def _with_place(reading: Reading, span: Span, limit: int) -> Span | None:
    """Takes the site right behind a place in (祁阳县|高新区); None where there is none."""
    place = _PLACE_AFTER_PLACE.match(reading.text, span.end) if span.type != "PER" else None
    if place and place.end() <= limit and (span.type == "LOC" or place[0] in ("旧址", "遗址", "片区")):
        return Span(span.start, place.end(), "LOC", span.score)
    return None


def _with_office(reading: Reading, span: Span, limit: int) -> Span:
    """Takes the office right behind a place or body in; the span itself where there is none."""
    text, end = reading.text, span.end
    if span.type == "LOC" and span.end - span.start > 1:
        match = _office_after_place().match(text, span.end)
        if match and match.end() <= limit and _ends_word(reading, match.start(), match.end()):
            end = match.end()
    office = _OFFICE_OF_BODY.match(text, end) if span.type == "ORG" else None
    if office and office.end() <= limit:
        end = office.end()
    return Span(span.start, end, "ORG", span.score) if end > span.end else span
