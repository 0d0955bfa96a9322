"""Tibetan persons whose title or calling stands right before the name: 村党支部书记|边巴.

What belongs here: reading a name without a surname behind a title. What does not: credits (`find.credits`), names that
only their sentence shows, Han names behind titles among them (`find.tagger`).
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_words
from tasks.lexicon.grammar import pattern
from tasks.reading.page import ENDING_KINDS, PageReading

TIBETAN = pattern("names.tibetan_name", tibetan_name=read_words("tibetan_names"))
_TITLE = ENDING_KINDS["title"]


def titled_persons(reading: PageReading) -> Iterator[Span]:
    """Finds the Tibetan names right behind titles.

    >>> from tasks.reading.page import read_text
    >>> list(titled_persons(read_text("书记边巴来了")))
    [Span(start=2, end=4, type='PER', score=0.55)]
    """
    for _, end, kind in reading.ending_hits:
        if kind == _TITLE and (name := TIBETAN.match(reading.text, end)):
            yield Span(end, name.end(), "PER", 0.55)
