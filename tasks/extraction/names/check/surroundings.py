"""Names that what stands around them takes back: a place in a slogan's quotation marks, a kind of body that is counted.

What belongs here: a name against the marks, numbers and letters on either side. What does not: what the words behind a
name add to it (`words_behind`), the words that it is made of (`persons`, `organisations`, `places`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tasks.extraction.names.common_words import may_name
from tasks.extraction.names.overlaps import Span
from tasks.lexicon.grammar import pattern
from tasks.reading.gazetteer import division_forms
from tasks.reading.page import PageReading, is_known_place

_COUNTED = pattern("names.counted_behind")
_COUNTING = pattern("names.counted_before")
_COUNTS_ITSELF = pattern("names.counts_itself")
_VENUE, _BUILT_BEFORE = pattern("names.venue"), pattern("names.built_before")
_BUILT_BEHIND = pattern("names.built_behind")
_OF_THE_PLACE = pattern("names.speaks_of_the_place")
_OPENS, _CLOSES = re.compile(r"([“《])[^“”《》。，；！？\n]*$"), re.compile(r"[^“”《》。，；！？\n]*?([”》])")
_LONGEST_SLOGAN = 12
"""Characters between quotation marks; what is longer is said by somebody."""
_MARKS = {"“": "”", "《": "》"}
_NEAR, _LONGEST_PAIR = 40, 13


def with_support(reading: PageReading, spans: Sequence[Span]) -> Iterator[Span]:
    """Leaves out the names that what stands around them takes back.

    Args:
        reading: The text.
        spans: Its names, in order.

    Yields:
        The others.

    >>> from tasks.reading.page import read_text
    >>> list(with_support(read_text("“诚信云岭”建设"), [Span(3, 5, "LOC")]))
    []
    """
    last = -1
    for span in spans:
        listed = last == span.start - 1 and reading.text[last : span.start] == "、"
        if span.type == "LOC" and (_is_letter(span) or _in_slogan(reading.text, span)):
            continue
        if span.type != "PER" and not listed and _is_counted_kind(reading, span):
            continue
        last = span.end
        cut, both = _two_divisions(reading.text[span.start : span.end])
        if both:
            yield span._replace(end=span.start + cut)
        span = span._replace(start=span.start + cut)
        yield span._replace(type="LOC") if span.type == "ORG" and _is_house(reading.text, span) else span


def _is_letter(span: Span) -> bool:
    return span.end - span.start == 1


def _in_slogan(text: str, span: Span) -> bool:
    """Whether a place is a part of what quotation marks hold, which is then called after it: 《云岭日记》."""
    opening = _OPENS.search(text, max(0, span.start - _NEAR), span.start)
    closing = _CLOSES.match(text, span.end, span.end + _NEAR)
    if not opening or not closing or _MARKS[opening[1]] != closing[1]:
        return False
    start, end = opening.start(1) + 1, closing.start(1)
    if (start, end) == (span.start, span.end) or (opening[1] == "“" and end - start > _LONGEST_SLOGAN):
        return False
    return not _OF_THE_PLACE.search(text[start:end]) and not _is_full_division(text[span.start : span.end])


def _is_full_division(name: str) -> bool:
    """Whether a name is a division's own one, which tells the region even in the name of a prize or report."""
    return any(not short for _, short in division_forms().get(name, ()))


def _two_divisions(name: str) -> tuple[int, bool]:
    """Where a name parts that is no one division, and whether its head is one too.

    Two provinces or cities may be neighbours (甘肃|江苏两省); a county's short name before a city is a word: 平安|天津.
    """
    forms = division_forms()
    for cut in range(2, len(name) - 1) if len(name) < _LONGEST_PAIR else ():
        if name[cut:] not in forms:
            continue
        first = {division.level for division, _ in forms.get(name[:cut], ())}
        second = {division.level for division, _ in forms[name[cut:]]} - {"county"}
        if second and first == {"county"}:
            return cut, False
        if len(second) == 1 and first - {"county"} == second:
            return cut, True
    return 0, False


def _is_house(text: str, span: Span) -> bool:
    """Whether a museum or hall is spoken of as what is built, not as who does something."""
    if not _VENUE.search(text, span.start, span.end):
        return False
    built = _BUILT_BEHIND.match(text, span.end) or _BUILT_BEFORE.search(text, max(0, span.start - 8), span.start)
    return built is not None


def _is_counted_kind(reading: PageReading, span: Span) -> bool:
    """Whether a number stands beside a name without a word of its own, so that it is a kind: 工程研究中心12个."""
    if is_known_place(reading.text[span.start : span.end]):
        return False
    if _COUNTS_ITSELF.search(reading.text[span.start : span.end]):
        return True
    if any(may_name(word, tag) for word, tag in reading.words_in(span.start, span.end)):
        return False
    return bool(
        _COUNTED.match(reading.text, span.end) or _COUNTING.search(reading.text, max(0, span.start - 8), span.start)
    )
