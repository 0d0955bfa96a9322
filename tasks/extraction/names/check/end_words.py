"""The words at either end of a name: those that belong to no name, and those that tell what a name is.

What belongs here: what the checks of organisations and of places share. What does not: the checks themselves.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extraction.names.common_words import is_common
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import last_signs
from tasks.reading.page import PageReading

_JOINS = words("joins_before_a_name")
_LEADING = frozenset(("p", "c", "d", "u", "ul", "uj", "r"))


@cache
def organisation_endings() -> tuple[str, ...]:
    """Gives the last words of organisations."""
    return tuple(row["suffix"] for row in read_table("org_suffixes"))


@cache
def place_endings() -> tuple[str, ...]:
    """Gives the last words of places."""
    return tuple(row["suffix"] for row in read_table("place_suffixes"))


# The last word says what a name is, whatever its sentence looks like.
_LIKE_ORGANISATION = pattern("names.last_word_of_a_body")
_LAST_OF_BODIES = last_signs(_LIKE_ORGANISATION)


def is_like_organisation(text: str, start: int, end: int) -> bool:
    """Tells whether a stretch of text ends as organisations' names do."""
    return text[end - 1 : end] in _LAST_OF_BODIES and _LIKE_ORGANISATION.search(text, start, end) is not None


_MARK = re.compile(r"[“”（）()《》]")


def inside_quotes(reading: PageReading, span: Span) -> Span:
    """Cuts a name at a quotation mark that has no partner inside it."""
    text = reading.text[span.start : span.end]
    if not _MARK.search(text):
        return span
    for opening, closing in ("“”", "（）", "()", "《》"):
        if text.count(opening) == text.count(closing):
            continue
        cut = min(at for at in (text.find(opening), text.find(closing)) if at >= 0)
        if text[cut] == closing or cut == 0:
            span = span._replace(start=span.start + cut + 1)
        else:
            span = span._replace(end=span.start + cut)
        text = reading.text[span.start : span.end]
    return span


def without_head(reading: PageReading, span: Span) -> Span:
    """Cuts words off that stand before a name and belong to none: 启动|六星街."""
    start = span.start
    number = reading.word_at(start)
    if reading.text[start] in _JOINS and not is_common(reading.words[number]) and span.end - start > 3:
        # 由澄|波社区: jieba made a word of the word before and the name
        start += 1
    elif (
        reading.starts[number] < start
        and reading.tags[number] in ("v", "vn", "d", "p", "ad")
        and is_common(reading.words[number])
    ):
        # 建|设高铁新区: the first letter belongs to a word that is no part of the name
        after = reading.starts[number] + len(reading.words[number])
        start = after if span.end - after > 1 else start
    while start < span.end:
        number = reading.word_at(start)
        word, tag = reading.words[number], reading.tags[number]
        end = reading.starts[number] + len(word)
        if reading.starts[number] != start or end >= span.end:
            break
        in_list = (
            len(word) == 1 and tag == "d" and reading.text[span.start - 1 : span.start] in ("、", "与", "和", "及")
        )
        if in_list or not (tag in _LEADING or (tag == "v" and word in leading_verbs())):
            break
        start = end
    return span if start == span.start else span._replace(start=start)


@cache
def leading_verbs() -> frozenset[str]:
    """Gives words of doing that never begin a name."""
    words = {row["kind"]: frozenset(row["words"].split()) for row in read_table("tagger_words")}
    return (words["verb"] - words["in_names"]) | words["leading"]
