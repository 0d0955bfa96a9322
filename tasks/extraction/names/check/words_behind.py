"""What the words right behind a name make of it: 中国|政府 is a body, 长三角|地区 one place, 中国|特色 none at all.

What belongs here: a name against the words after it. What does not: finding names (`recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.extraction.names.reading import Reading, is_known_place
from tasks.lexicon import read_table

_BASIN = re.compile(r"(?<=[河江湖淮])流域")
_CAMPUS = re.compile(r"[\u3400-\u9fff]{0,4}(?:校区|院区)")
_SCHOOL = re.compile(r"(?:大学|学院|医院|中学|小学|学校)$")


def with_followers(reading: Reading, spans: Sequence[Span]) -> Iterator[Span]:
    """Settles the names of a text by the words right behind them.

    Args:
        reading: The text.
        spans: Its names, in order.

    Yields:
        The names: longer ones, bodies, and none where what stands there is no name.

    >>> from tasks.extraction.names.reading import read_text
    >>> [(s.end, s.type) for s in with_followers(read_text("中国政府"), [Span(0, 2, "LOC")])]
    [(4, 'ORG')]
    """
    reached = 0
    for span in spans:
        found = None
        if span.start >= reached:
            found = _place(reading.text, span) if span.type == "LOC" else _body(reading, span)
        if found:
            yield found
            reached = found.end


def _place(text: str, span: Span) -> Span | None:
    """A place with what belongs to it; None where it is none."""
    name = text[span.start : span.end]
    dropped = _followers("none").get(name)
    if dropped and dropped.match(text, span.end):
        return None
    region = _followers("region").get(name)
    taken = (region and region.match(text, span.end)) or _BASIN.match(text, span.end)
    if taken:
        return span._replace(end=taken.end())
    if name not in _countries():
        return span
    office = _offices().match(text, span.end)
    return span._replace(end=office.end(), type="ORG") if office else span


def _body(reading: Reading, span: Span) -> Span:
    """An organisation with its campus, or the country of a minister."""
    text = reading.text
    if span.type != "ORG":
        return span
    if text.startswith("部长", span.end - 1):  # 泰国|财政部长: the minister's country
        country = max((c for c in _countries() if text.startswith(c, span.start)), key=len, default="")
        return span._replace(end=span.start + len(country), type="LOC") if country else span
    campus = _CAMPUS.match(text, span.end) if _SCHOOL.search(text[span.start : span.end]) else None
    return span._replace(end=campus.end()) if campus and reading.on_word_edges(campus.end(), campus.end()) else span


@cache
def _followers(kind: str) -> dict[str, re.Pattern[str]]:
    """Gives what may stand behind a place, by the place."""
    rows = [row for row in read_table("place_followers") if row["kind"] == kind]
    return {name: re.compile("|".join(row["words"].split())) for row in rows for name in row["names"].split()}


@cache
def _offices() -> re.Pattern[str]:
    words = next(row["words"] for row in read_table("place_followers") if row["kind"] == "office")
    return re.compile(f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})(?!长)")


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("places") if row["kind"] == "country")


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


_CAMPUS_IN_BRACKETS = re.compile(r"(?<=大学|学院)[（(]([\u3400-\u9fff]{2,4})[)）]")


def with_offices(reading: Reading, spans: list[Span]) -> list[Span]:
    """Makes an organisation of a division with an office's name right behind it: 钢城区|政府."""
    out: list[Span] = []
    for n, span in enumerate(spans):
        limit = spans[n + 1].start if n + 1 < len(spans) else len(reading.text)
        campus = _CAMPUS_IN_BRACKETS.match(reading.text, span.end) if span.type == "ORG" else None
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
