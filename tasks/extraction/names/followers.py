"""What the words right behind a name make of it: 中国|政府 is a body, 长三角|地区 one place, 中国|特色 none at all.

What belongs here: a name against the words after it. What does not: finding names (`recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extraction.names.reading import Reading
from tasks.extraction.names.spans import Span
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
