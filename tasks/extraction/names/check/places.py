"""Checks the places that the tagger found: ends that run on, common words that name nothing.

What belongs here: checks of one place against its words. What does not: other names (`check.organisations`,
`check.persons`), places of the gazetteer (`find.places`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tasks.extraction.names.check.end_words import inside_quotes, place_endings, without_head
from tasks.extraction.names.common_words import NAME_TAGS, is_common, may_name, no_places
from tasks.extraction.names.find.places import without_title
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.gazetteer import division_forms
from tasks.reading.page import PageReading, is_known_place, place_finder

# How sure the tagger has to be of a place, and of one of one letter.
_LEAST, _LETTER = 0.35, 0.8


def _known_tail(reading: PageReading, span: Span) -> Span:
    """Cuts common words off before a known place: 兴业|槐荫, 共商|高新区."""
    words = reading.words_in(span.start, span.end)
    head = words[0][0] if words else ""
    if (
        len(words) < 2
        or words[0][1] not in ("v", "vn", "n", "a", "an", "d", "ad")
        or reading.starts[reading.word_at(span.start)] != span.start
    ):
        return span
    rest = reading.text[span.start + len(head) : span.end]
    if len(head) > 1 and is_known_place(rest) and not is_known_place(head):
        return span._replace(start=span.start + len(head))
    return span


# Kinds of places behind a place: 吉林省|河湖长制, 山东省|农村.
_OPEN_NOUN = pattern("names.kind_of_place")
_OPEN_NOUN_IN_REGION = pattern("names.kind_of_place_in_a_region")
_ZONE_ENDS = words("end_of_a_zone")


@cache
def _letters() -> frozenset[str]:
    """Countries and provinces in one letter, mostly side by side: 中美, 京津冀."""
    return frozenset(row["letter"] for row in read_table("place_letters"))


def tidy_place(reading: PageReading, span: Span) -> list[Span]:
    """Trims or drops a place that the tagger found."""
    if span.score <= _LEAST:
        return []
    span = inside_quotes(reading, without_head(reading, span if span.type == "LOC" else span._replace(type="LOC")))
    text = reading.text[span.start : span.end]
    number = reading.word_at(max(span.start, span.end - 1))
    inside = span.start < reading.starts[number] and span.end < reading.starts[number] + len(reading.words[number])
    before = reading.text[span.start : reading.starts[number]]
    after = reading.starts[number] + len(reading.words[number])
    if span.end < after and reading.text[span.end : after] in _ZONE_ENDS:
        span, text, inside = span._replace(end=after), reading.text[span.start : after], False
    if inside and is_common(reading.words[number]) and before.endswith(place_endings()):
        # 八百垧街道|团结社区: the tagger stopped inside a word
        span, text = span._replace(end=reading.starts[number]), before
    span = _known_tail(reading, span)
    end = without_title(reading.text, span.start, span.end)
    span = span._replace(end=end) if span.start < end < span.end else span
    text = reading.text[span.start : span.end]
    anywhere, in_region = _OPEN_NOUN.search(text), _OPEN_NOUN_IN_REGION.search(text)
    open_noun = anywhere or in_region
    if open_noun and _may_hold(text[: open_noun.start()], not anywhere):
        return [span._replace(end=span.start + open_noun.start())]
    if len(text) == 1:
        return [span] if text in _letters() and span.score > _LETTER else []
    words = reading.words_in(span.start, span.end)
    if _names_one(text, words):
        return [span]
    if text.endswith(place_endings()) and len(words) > 1 and any(len(word) == 1 for word, _ in words[:-1]):
        return [span]
    return []


def _names_one(text: str, words: Sequence[tuple[str, str]]) -> bool:
    """Says whether a place has a word that makes it this one place: a known place at its head, or one that names."""
    if any(may_name(word, tag) for word, tag in words) or any(place_finder().words_from_start(text)):
        return True
    return any(tag in NAME_TAGS and word not in no_places() for word, tag in words)


def _may_hold(head: str, only_regions: bool) -> bool:
    """Whether a place may be the one that a kind of place behind it lies in: any, or only a province or region."""
    if not only_regions:
        return is_known_place(head)
    return head in _regions() or any(division.level == "province" for division, _ in division_forms().get(head, ()))


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("places") if row["kind"] == "region")
