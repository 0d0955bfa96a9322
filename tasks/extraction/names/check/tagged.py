"""Puts right what the tagger often gets wrong: ends that run on, starts that begin early, names that are none.

What belongs here: sending each name to its checks. What does not: the checks themselves (`check.persons`,
`check.organisations`, `check.places`), other names on the page (`check.same_page`).
"""

from __future__ import annotations

from tasks.extraction.names.check.end_words import is_like_organisation
from tasks.extraction.names.check.organisations import tidy_organisation
from tasks.extraction.names.check.persons import tidy_person
from tasks.extraction.names.check.places import tidy_place
from tasks.extraction.names.overlaps import Span
from tasks.reading.page import PageReading
from tasks.reading.surnames import MIDDLE_DOT


def tidy(reading: PageReading, spans: list[Span]) -> list[Span]:
    """Trims, parts or drops the names that the tagger found."""
    out: list[Span] = []
    for span in spans:
        if span.type == "PER":
            out.extend(tidy_person(reading, span))
        else:
            as_place = span.type == "LOC" and not is_like_organisation(reading.text, span.start, span.end)
            out.extend(tidy_place(reading, span) if as_place else tidy_organisation(reading, span))
    return _with_dots(reading.text, out)


def _with_dots(text: str, spans: list[Span]) -> list[Span]:
    """Makes one person of two with nothing but a middle dot between them."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.type == span.type == "PER" and MIDDLE_DOT.fullmatch(text, before.end, span.start):
            joined[-1] = before._replace(end=span.end, score=max(before.score, span.score))
        else:
            joined.append(span)
    return joined
