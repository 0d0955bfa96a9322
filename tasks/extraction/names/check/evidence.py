"""A person needs evidence: what is printed beside the name somewhere on the page, or a name such as persons have.

What belongs here: whether a mention of a person is made at all. What does not: where the name ends (`persons`).

Evidence is a credit, a title or word of kin before the name, what only persons do behind it, a middle dot in it, a line
of its own, and a list with somebody who has it. A name without any is kept where a frequent surname stands before
letters that given names are made of (`given_names.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from tasks.extraction.names.find.behind_titles import TIBETAN
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.page import PageReading
from tasks.reading.surnames import MIDDLE_DOT, given_odds, has_surname, surnames

_ACTS = pattern("names.done_by_a_person")
_BEFORE = pattern(
    "names.before_a_person",
    title={row["title"] for row in read_table("titles")},
    kin=next(row["words"].split() for row in read_table("tagger_words") if row["kind"] == "kin"),
)
_BETWEEN = re.compile(r"[、\s/／]{1,2}|和|与|及")
_LONGEST_TITLE = 8
_LIKELY, _LIKELY_ALONE, _RARELY_LIKELY = 0.5, 1.0, 1.6
"""Mean log-odds of a given name: of two letters behind a frequent surname, of one, and behind a rarer surname."""
_SURE, _LESS_IF_SURE = 0.95, 1.0
"""Where the tagger is as sure as this, so much less is enough."""


def with_evidence(reading: PageReading, spans: Sequence[Span], sure: Collection[Span]) -> list[Span]:
    """Leaves out the persons for whom nothing on the page speaks.

    Args:
        reading: The text.
        spans: Its names, in order.
        sure: Names that are known beforehand (credits, the user's own).
    """
    known = {(span.start, span.end) for span in sure}
    persons = [span for span in spans if span.type == "PER"]
    evident = [
        (span.start, span.end) in known
        or _is_evident(reading.text, span)
        or _is_likely(reading.text[span.start : span.end], span.score)
        for span in persons
    ]
    _spread_in_lists(reading.text, persons, evident)
    on_page = {
        part
        for span, found in zip(persons, evident, strict=True)
        if found
        for part in (reading.text[span.start : span.end], *MIDDLE_DOT.split(reading.text[span.start : span.end]))
    }
    return [span for span in spans if span.type != "PER" or reading.text[span.start : span.end] in on_page]


def _is_evident(text: str, span: Span) -> bool:
    """Whether something beside a name says that it is a person's."""
    name = text[span.start : span.end]
    if len(name) == 1 or MIDDLE_DOT.search(name) or not name.strip().isalpha():
        return True
    if text[span.start - 1 : span.start] in ("", "\n") and text[span.end : span.end + 1] in ("", "\n"):
        return True
    before = _BEFORE.search(text, max(0, span.start - _LONGEST_TITLE), span.start)
    return bool(before or _ACTS.match(text, span.end))


def _spread_in_lists(text: str, persons: Sequence[Span], evident: list[bool]) -> None:
    """Gives evidence on to the neighbours in a list, forwards and then backwards."""
    for order in (range(1, len(persons)), range(len(persons) - 1, 0, -1)):
        for n in order:
            before, span = persons[n - 1], persons[n]
            if evident[n - 1] != evident[n] and _BETWEEN.fullmatch(text, before.end, span.start):
                evident[n - 1] = evident[n] = True


def _is_likely(name: str, score: float) -> bool:
    """Whether a name is made as those of Han or Tibetan persons are."""
    if name in words("known_person") or TIBETAN.fullmatch(name):
        return True
    surname = 2 if name[:2] in surnames("3") else 1
    given, frequent = name[surname:], surname == 2 or name[0] in surnames("1")
    if len(given) not in (1, 2) or not has_surname(name):
        return False
    odds = given_odds(given[-1], "last") + (given_odds(given[0], "first") if len(given) == 2 else 0.0)
    least = _RARELY_LIKELY if not frequent else _LIKELY if len(given) == 2 else _LIKELY_ALONE
    return odds / len(given) >= least - (_LESS_IF_SURE if score >= _SURE and (frequent or len(given) == 2) else 0.0)
