"""Checks the organisations that the tagger found: ends that run on, common words that name nothing.

What belongs here: checks of one organisation against its words. What does not: other names (`check.places`,
`check.persons`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.extraction.names.check.end_words import (
    inside_quotes,
    is_like_organisation,
    organisation_endings,
    without_head,
)
from tasks.extraction.names.common_words import NAME_TAGS, is_common, may_name, no_persons
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import last_signs
from tasks.reading.gazetteer import known_bodies
from tasks.reading.page import PageReading, is_known_place

# How sure the tagger has to be of an organisation with a telling last word, one that is all common words, one without
# such a word, the same among firms, and of anything else that looks doubtful.
_WITH_ENDING, _COMMON_WORDS, _WITHOUT_ENDING, _IN_COMPANY = 0.3, 0.6, 0.7, 0.4
_VERY_SURE = 0.95
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z]")
_SOURCE = pattern("names.programme_before_a_bracket")
_TEAM = pattern("names.team")
_COUNTED = pattern("names.bodies_counted")
_NO_ENDING = pattern("names.no_last_word_of_a_body")
_LAST_OF_NONE = last_signs(_NO_ENDING)
_FIRMS_FOLLOW = pattern("names.firms_follow")
_WIRE = words("wire_ending")
_LEVELS = words("division_letter")


def tidy_organisation(reading: PageReading, span: Span) -> list[Span]:
    """Trims or drops an organisation that the tagger found."""
    span = span if span.type == "ORG" else span._replace(type="ORG")
    span = inside_quotes(reading, _without_tail(reading, without_head(reading, span)))
    text = reading.text[span.start : span.end]
    if len(text) < 2 or not _LETTER.search(text):
        return []
    if is_known_place(text):
        return [span._replace(type="LOC")]
    if _is_programme(reading, span):
        return []
    if text in known_bodies():
        return [span]
    if text in _bare_endings() or _has_no_ending(text):
        return []
    if (counted := _before_a_count(text)) is not None:
        return [span._replace(end=span.start + counted, type="LOC")] if is_known_place(text[:counted]) else []
    return _settled(reading, span, text)


@lru_cache(1 << 12)
def _before_a_count(text: str) -> int | None:
    """Tells where bodies begin to be counted that no name follows: 滨海县|共有研究院, 滨海县|12家合作社."""
    ending = next((text[n:] for n in range(2, len(text)) if text[n:] in _bare_endings()), "")
    counted = _COUNTED.search(text.removesuffix(ending)) if ending else None
    return counted.start() if counted else None


def _is_programme(reading: PageReading, span: Span) -> bool:
    """Whether a name in brackets is the programme that a report was sent in: 央视网消息（新闻联播）."""
    before = _SOURCE.search(reading.text, max(0, span.start - 3), span.start)
    return before is not None and reading.text.startswith(("）", ")"), span.end)


def _settled(reading: PageReading, span: Span, text: str) -> list[Span]:
    """Keeps, trims or drops a name of words by how they end and how sure the tagger is."""
    words = reading.words_in(span.start, span.end)
    if len(words) == 1 and words[0][0] == text and words[0][1] not in NAME_TAGS and is_common(text):
        return [span] if span.score > _VERY_SURE and _has_ending(text) else []
    if text.endswith(_WIRE):
        return [span._replace(end=span.end - 1)]
    if _TEAM.search(text):
        return [span] if span.score > _WITHOUT_ENDING else []
    if _has_ending(text):
        return [span] if _sure_with_ending(reading, span, text, words) else []
    head = next((text[:n] for n in range(len(text) - 1, 1, -1) if text[:n] in known_bodies()), "")
    if head and reading.on_word_edges(span.start, span.start + len(head)) and not _is_branch(text[len(head) :]):
        return [span._replace(end=span.start + len(head))]
    return [span] if _sure_without_ending(reading, span, text, words) else []


def _is_branch(rest: str) -> bool:
    """Whether what stands behind a firm's name makes it another firm: 宝武|钢铁, 华为|安驰."""
    return rest in _trades() or (len(rest) < 4 and not is_common(rest) and rest not in no_persons())


@cache
def _trades() -> frozenset[str]:
    """Gives the trades that stand in firms' names."""
    rows = read_table("tagger_words")
    return frozenset(word for row in rows if row["kind"] in ("industry", "short_tail") for word in row["words"].split())


def _sure_with_ending(reading: PageReading, span: Span, text: str, words: Sequence[tuple[str, str]]) -> bool:
    """Whether the tagger is sure enough of a name that ends as organisations do (局, 公司)."""
    if _is_more_than_common_words(text, words):
        return span.score > _WITH_ENDING
    return span.score > (_WITH_ENDING if _in_company_of_firms(reading, span) else _COMMON_WORDS)


def _sure_without_ending(reading: PageReading, span: Span, text: str, words: Sequence[tuple[str, str]]) -> bool:
    """Whether the tagger is sure enough of a name that ends as any word may."""
    if any(tag == "nt" for _, tag in words):
        return True
    among_firms = _in_company_of_firms(reading, span)
    if not among_firms and not any(may_name(word, tag) for word, tag in words):
        return False
    return span.score > (_IN_COMPANY if among_firms else _WITHOUT_ENDING) and len(text) < 9


@cache
def _bare_endings() -> frozenset[str]:
    return frozenset(organisation_endings())


@lru_cache(1 << 12)
def _has_ending(text: str) -> bool:
    """Says whether a name ends in an organisation's last word; 新格局 does not end in 局."""
    known = text.endswith(organisation_endings()) or is_like_organisation(text, 0, len(text))
    return known and not _has_no_ending(text)


def _has_no_ending(text: str) -> bool:
    """Says whether a name ends in a word that only looks like an organisation's last one: 新格局, 内部."""
    return text[-1] in _LAST_OF_NONE and _NO_ENDING.search(text) is not None


def _is_more_than_common_words(text: str, words: Sequence[tuple[str, str]]) -> bool:
    """Says whether there is a name in 区中医院, 服务中心, 食堂: an ending alone or with common words names nothing."""
    if any(may_name(word, tag) for word, tag in words):
        return True
    return len(words) > 1 and (text[0] in _LEVELS or len(text) > 5)


def _in_company_of_firms(reading: PageReading, span: Span) -> bool:
    """Says whether the words behind a name speak of firms: 福深兴安、古天电子等三家企业."""
    behind = reading.text[span.end : span.end + 60]
    return bool(_FIRMS_FOLLOW.match(behind))


def _without_tail(reading: PageReading, span: Span) -> Span:
    """Cuts words of doing off behind an organisation's last word: 市旅文局|通报."""
    if span.start >= span.end:
        return span
    last = reading.words_in(span.start, span.end)[-1]
    text = reading.text[span.start : span.end]
    if last[1] in ("v", "d", "vn", "p", "c", "zg", "f") and not text.endswith(organisation_endings()):
        shorter = text.removesuffix(last[0])
        if len(shorter) > 2 and shorter.endswith(organisation_endings()):
            return span._replace(end=span.start + len(shorter))
    return span
