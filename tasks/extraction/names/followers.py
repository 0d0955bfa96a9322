"""What the words right behind a place make of it: 中国|政府 is a body, 长三角|地区 one place, 中国|特色 none at all.

What belongs here: a name against the word after it. What does not: finding names (`recogniser`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tasks.extraction.names.spans import Span
from tasks.lexicon import read_table


def with_followers(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Settles the places of a text by the words right behind them.

    Args:
        text: The text.
        spans: Its names, in order.

    Yields:
        The names: longer ones, bodies, and none where the place is no name there.

    >>> [(s.end, s.type) for s in with_followers("中国政府", [Span(0, 2, "LOC")])]
    [(4, 'ORG')]
    """
    for span in spans:
        if span.type != "LOC":
            yield span
            continue
        name = text[span.start : span.end]
        dropped = _after("none", name) or (_after("letter", "") if len(name) == 1 else None)
        if dropped and dropped.match(text, span.end):
            continue
        region = _after("region", name)
        taken = region.match(text, span.end) if region else None
        if taken:
            yield span._replace(end=taken.end())
            continue
        office = _offices().match(text, span.end) if name in _countries() else None
        yield span._replace(end=office.end(), type="ORG") if office else span


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
    return re.compile("|".join(sorted(words.split(), key=len, reverse=True)))


@cache
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("places") if row["kind"] == "country")
