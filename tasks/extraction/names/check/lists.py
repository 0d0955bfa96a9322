"""What a list says of its members: firms stand with firms, mountains with mountains.

What belongs here: a name's type against those beside it in a list. What does not: whether a person is named at all
(`evidence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tasks.extraction.names.check.end_words import place_endings
from tasks.extraction.names.overlaps import Span
from tasks.lexicon.grammar import pattern
from tasks.reading.page import PageReading, is_known_place

_FIRMS_FOLLOW = pattern("names.firms_follow")


def with_types_of_lists(reading: PageReading, spans: Sequence[Span]) -> Iterator[Span]:
    """Gives members of a list the type of the others where theirs is doubtful.

    Args:
        reading: The text.
        spans: Its names, in order.

    Yields:
        The names.

    >>> from tasks.reading.page import read_text
    >>> text = read_text("云岭重工、安驰等企业")
    >>> [span.type for span in with_types_of_lists(text, [Span(0, 4, "ORG"), Span(5, 7, "PER")])]
    ['ORG', 'ORG']
    """
    members: list[Span] = []
    for span in spans:
        if members and reading.text[members[-1].end : span.start] != "、":
            yield from _settled(reading, members)
            members = []
        members.append(span)
    yield from _settled(reading, members)


def _settled(reading: PageReading, members: list[Span]) -> Iterator[Span]:
    if len(members) < 2 or len({span.type for span in members}) == 1:
        yield from members
        return
    types = [span.type for span in members]
    firms = "ORG" in types and _FIRMS_FOLLOW.match(reading.text, members[-1].end, members[-1].end + 60)
    for n, span in enumerate(members):
        name = reading.text[span.start : span.end]
        if firms and span.type != "ORG" and not is_known_place(name):
            yield span._replace(type="ORG")
        elif span.type == "PER" and "LOC" in types[max(0, n - 1) : n + 2] and name.endswith(place_endings()):
            yield span._replace(type="LOC")
        else:
            yield span
