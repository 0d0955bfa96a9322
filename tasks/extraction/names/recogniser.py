"""Finds the names of persons, organisations and places in a text.

What belongs here: putting together what the finders say, and who gives way to whom: the user's own names go before
credits, these before the gazetteer's divisions, these before the tagger. What does not: what a name stands for
(`link.entities`).
"""

from __future__ import annotations

from collections.abc import Collection

from tasks.extraction.names.check.evidence import with_evidence
from tasks.extraction.names.check.lists import with_types_of_lists
from tasks.extraction.names.check.same_page import spread
from tasks.extraction.names.check.surroundings import with_support
from tasks.extraction.names.check.tagged import tidy
from tasks.extraction.names.check.words_behind import with_followers, with_offices
from tasks.extraction.names.find.behind_titles import titled_persons
from tasks.extraction.names.find.compounds import find_compounds
from tasks.extraction.names.find.places import find_places, join_neighbours
from tasks.extraction.names.find.tagger import tag_names
from tasks.extraction.names.overlaps import Span, settle
from tasks.reading.page import read_text


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
    names = with_offices(reading, join_neighbours(names))
    names = settle([*sure, *names])
    names = with_offices(reading, join_neighbours(settle(spread(reading, names))))
    names = list(with_types_of_lists(reading, list(with_followers(reading, join_neighbours(names)))))
    return with_evidence(reading, settle([*sure, *with_support(reading, names)]), sure)


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
