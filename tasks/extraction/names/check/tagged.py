"""Puts right what the tagger often gets wrong: ends that run on, starts that begin early, names that are none.

What belongs here: parting names that are two, and sending each to its checks. What does not: the checks themselves
(`check.persons`, `check.organisations`, `check.places`), other names on the page (`check.same_page`).
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.extraction.names.check.end_words import LIKE_ORGANISATION, leading_verbs, place_endings, strong_endings
from tasks.extraction.names.check.organisations import tidy_organisation
from tasks.extraction.names.check.persons import tidy_person
from tasks.extraction.names.check.places import tidy_place
from tasks.extraction.names.overlaps import Span
from tasks.extraction.names.reading import Reading, is_known_place
from tasks.reading.surnames import has_surname


def tidy(reading: Reading, spans: list[Span]) -> list[Span]:
    """Trims, parts or drops the names that the tagger found."""
    out: list[Span] = []
    for span in spans:
        if span.type == "PER":
            out.extend(tidy_person(reading, span))
        else:
            for part in _parted(reading, span):
                name = reading.text[part.start : part.end]
                as_place = part.type == "LOC" and not LIKE_ORGANISATION.search(name)
                out.extend(tidy_place(reading, part) if as_place else tidy_organisation(reading, part))
    return _persons_in_lists(reading.text, out)


def _persons_in_lists(text: str, spans: list[Span]) -> list[Span]:
    """Takes a short name beside a person in a list for a person: 秦蕾、刘红军、呼廷贵."""
    out = list(spans)
    for n, span in enumerate(spans):
        name = text[span.start : span.end]
        beside = [other for other in spans[max(0, n - 1) : n + 2] if other.type == "PER"]
        beside = [o for o in beside if text[min(span.end, o.end) : max(span.start, o.start)] == "、"]
        if not beside:
            continue
        foreign = "·" in text[beside[0].start : beside[0].end] or not has_surname(text[beside[0].start : beside[0].end])
        short = span.type == "ORG" and len(name) < 4 and has_surname(name)
        abroad = span.type == "LOC" and foreign and len(name) > 2 and not is_known_place(name)
        if short or abroad:
            out[n] = span._replace(type="PER")
    return out


def _parted(reading: Reading, span: Span) -> Iterator[Span]:
    """Parts a name at words that tell what one does: 伊宁市|启动|六星街."""
    cuts: list[tuple[int, int]] = []
    at, verbs = span.start, leading_verbs()
    for word, tag in reading.words_in(span.start, span.end):
        end = at + len(word)
        if at > span.start and word in verbs and tag in ("v", "vn", "d", "n", "ad") and len(word) > 1:
            head = reading.text[span.start : at]
            if is_known_place(head) or head.endswith(strong_endings()):
                cuts.append((at, end))
        at = end
    at = span.start
    for start, end in sorted(cuts):
        if start <= at or end >= span.end or not reading.on_word_edges(start, end):
            if start > at and end == span.end and reading.on_word_edges(start, end):
                yield from _part(reading, span, at, start)
                at = end
            continue
        yield from _part(reading, span, at, start)
        at = end
    if at < span.end:
        yield from _part(reading, span, at, span.end)


def _part(reading: Reading, span: Span, start: int, end: int) -> Iterator[Span]:
    text = reading.text[start:end]
    if (start, end) == (span.start, span.end) or end == span.end:
        yield Span(start, end, span.type, span.score)
    elif is_known_place(text) or text.endswith(place_endings()):
        yield Span(start, end, "LOC", span.score)
    else:
        yield Span(start, end, "ORG", span.score)
