"""What the words right behind a name make of it: 中国|政府 is a body, 长三角|地区 one place, 中国|特色 none at all.

What belongs here: a name against the words after it. What does not: finding names (`recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extraction.names.edges import may_name
from tasks.extraction.names.reading import Reading
from tasks.extraction.names.spans import Span
from tasks.lexicon import read_table

_EMBASSY = re.compile(r"驻([\u3400-\u9fff]{1,8}?)(?:大使馆|使馆|总领事馆|总领馆|领事馆|使领馆|使团|代表处|办事处)")
_BASIN = re.compile(r"(?<=[河江湖淮])流域")
_CAMPUS = re.compile(r"[\u3400-\u9fff]{0,4}(?:校区|院区)")
_SCHOOL = re.compile(r"(?:大学|学院|医院|中学|小学|学校)$")
_HOW_MANY = re.compile(
    r"(?:（[^（）]{2,12}）|\([^()]{2,12}\))?(?:约|近|共|达|有|超过)?[0-9]+余?多?[个家所座处](?=[，。；、和及（）()]|$)"
)


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
    dropped = _after("letter", "") if len(name) == 1 else _after("none", name)
    if dropped and dropped.match(text, span.end):
        return None
    region = _after("region", name)
    taken = (region and region.match(text, span.end)) or _BASIN.match(text, span.end)
    if taken:
        return span._replace(end=taken.end())
    if name not in _countries():
        return span
    office = _EMBASSY.match(text, span.end) or _offices().match(text, span.end)
    return span._replace(end=office.end(), type="ORG") if office else span


def _body(reading: Reading, span: Span) -> Span | None:
    """An organisation with its campus; None where a kind of bodies is counted (区级实验室12个)."""
    text = reading.text
    if span.type != "ORG":
        return span
    if text.startswith("部长", span.end - 1):  # 泰国|财政部长: the minister's country
        country = next((c for c in _countries() if text.startswith(c, span.start)), None)
        return span._replace(end=span.start + len(country), type="LOC") if country else span
    if _HOW_MANY.match(text, span.end) and not any(may_name(*word) for word in reading.words_in(span.start, span.end)):
        return None
    campus = _CAMPUS.match(text, span.end) if _SCHOOL.search(text[span.start : span.end]) else None
    return span._replace(end=campus.end()) if campus and reading.on_word_edges(campus.end(), campus.end()) else span


@cache
def _after(kind: str, name: str) -> re.Pattern[str] | None:
    """What stands behind such a place; None where the table says nothing of it."""
    words = [
        word
        for row in read_table("place_followers")
        if row["kind"] == kind and name in (row["names"].split() or [""])
        for word in row["words"].split()
    ]
    return re.compile("|".join(words)) if words else None


@cache
def _offices() -> re.Pattern[str]:
    words = next(row["words"] for row in read_table("place_followers") if row["kind"] == "office")
    return re.compile(f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})(?!长)")


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("places") if row["kind"] == "country")
