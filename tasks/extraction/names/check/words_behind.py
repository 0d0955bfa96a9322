"""What the words right behind a name make of it: 中国|政府 is a body, 长三角|地区 one place, 中国|特色 none at all.

What belongs here: a name against the words after it. What does not: finding names (`recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.gazetteer import countries
from tasks.reading.page import PageReading, is_known_place

_BASIN = pattern("names.basin")
_CAMPUS = pattern("names.campus")
_SCHOOL = pattern("names.school_or_hospital")
_CAMPUS_IN_BRACKETS = pattern("names.campus_in_brackets")
_SITE = pattern("names.site_of_a_place")
_OFFICE_OF_BODY = pattern("names.office_of_a_body")
_STATE_OFFICE = pattern(
    "names.state_office",
    state_office=next(row["words"].split() for row in read_table("place_followers") if row["kind"] == "office"),
)
_OFFICE_BEHIND = pattern(
    "names.office_behind_a_place",
    body_ending=[
        row["suffix"]
        for row in read_table("org_suffixes")
        if len(row["suffix"]) > 1 and row["suffix"] not in words("no_office")
    ],
)


def with_followers(reading: PageReading, spans: Sequence[Span]) -> Iterator[Span]:
    """Settles the names of a text by the words right behind them.

    Args:
        reading: The text.
        spans: Its names, in order.

    Yields:
        The names: longer ones, bodies, and none where what stands there is no name.

    >>> from tasks.reading.page import read_text
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
    if name not in countries():
        return span
    office = _STATE_OFFICE.match(text, span.end)
    return span._replace(end=office.end(), type="ORG") if office else span


def _body(reading: PageReading, span: Span) -> Span:
    """An organisation with its campus, or the country of a minister."""
    text = reading.text
    if span.type != "ORG":
        return span
    if text.startswith("部长", span.end - 1):  # 泰国|财政部长: the minister's country
        country = max((c for c in countries() if text.startswith(c, span.start)), key=len, default="")
        return span._replace(end=span.start + len(country), type="LOC") if country else span
    campus = _CAMPUS.match(text, span.end) if _SCHOOL.search(text[span.start : span.end]) else None
    return span._replace(end=campus.end()) if campus and reading.on_word_edges(campus.end(), campus.end()) else span


@cache
def _followers(kind: str) -> dict[str, re.Pattern[str]]:
    """Gives what may stand behind a place, by the place."""
    rows = [row for row in read_table("place_followers") if row["kind"] == kind]
    return {name: re.compile("|".join(row["words"].split())) for row in rows for name in row["names"].split()}


def _ends_word(reading: PageReading, start: int, end: int) -> bool:
    """Says whether a stretch of text takes whole words; 党委 of 党委书记 is as good as whole, 政府 of 特区政府 too."""
    if not reading.on_word_edges(start, start):
        return reading.text[start - 2 : start] == "特区" and reading.on_word_edges(end, end)
    return reading.on_word_edges(end, end) or reading.text.startswith(words("title_of_an_office"), end)


def with_offices(reading: PageReading, spans: list[Span]) -> list[Span]:
    """Makes an organisation of a division with an office's name right behind it: 钢城区|政府."""
    out: list[Span] = []
    for n, span in enumerate(spans):
        limit = spans[n + 1].start if n + 1 < len(spans) else len(reading.text)
        campus = _CAMPUS_IN_BRACKETS.match(reading.text, span.end) if span.type != "PER" else None
        if campus and (campus["site"] or is_known_place(campus[1])):
            out.append(span._replace(end=campus.end()))
        elif not out or span.end > out[-1].end:  # else it is the campus in the brackets before
            out.append(_with_place(reading, span, limit) or _with_office(reading, span, limit))
    return out


def _with_place(reading: PageReading, span: Span, limit: int) -> Span | None:
    """Takes the site right behind a place in (祁阳县|高新区); None where there is none."""
    place = _SITE.match(reading.text, span.end) if span.type != "PER" else None
    if place and place.end() <= limit and (span.type == "LOC" or place[0] in words("site_of_a_body")):
        return Span(span.start, place.end(), "LOC", span.score)
    return None


def _with_office(reading: PageReading, span: Span, limit: int) -> Span:
    """Takes the office right behind a place or body in; the span itself where there is none."""
    text, end = reading.text, span.end
    if span.type == "LOC" and span.end - span.start > 1:
        match = _OFFICE_BEHIND.match(text, span.end)
        if match and match.end() <= limit and _ends_word(reading, match.start(), match.end()):
            end = match.end()
    office = _OFFICE_OF_BODY.match(text, end) if span.type == "ORG" else None
    if office and office.end() <= limit:
        end = office.end()
    return Span(span.start, end, "ORG", span.score) if end > span.end else span
