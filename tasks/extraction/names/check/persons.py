"""Puts right what the tagger often gets wrong about persons: names that run on, words that are no names.

What belongs here: checks of one person's name against the words around it. What does not: other names (`check.tagged`),
other places of the page (`check.same_page`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.names.common_words import is_common, names_nobody, no_persons
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.page import PageReading, is_known_place
from tasks.reading.surnames import MIDDLE_DOT, given_odds, has_surname, surnames

_STROKE = re.compile(r"[/／]")
_SURE, _VERY_SURE = 0.9, 0.97
_FAMILIAR = words("calls_familiarly")
_ADDRESSED = pattern("names.addressed")


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"] for row in read_table("titles"))


@cache
def _title_endings() -> tuple[str, ...]:
    return tuple(_titles())


def _with_last_letter(reading: PageReading, span: Span) -> Span:
    """Takes the last letter of a given name in that was cut off with the next word: 黄英|男住."""
    number = reading.word_at(span.end)
    word = reading.words[number] if number < len(reading.words) else ""
    cut_off = span.end - span.start == 2 and reading.starts[number] == span.end and len(word) == 2
    if cut_off and not is_common(word) and reading.text[span.start] in surnames("1"):
        likely = given_odds(word[0], "last")
        return span._replace(end=span.end + 1) if likely >= 0 and likely > given_odds(word[1], "last") else span
    return span


def _without_run_on(reading: PageReading, span: Span) -> Span:
    """Cuts the first letter of the next word off behind a person's name: 齐云鹏|正, 索朗多吉|换好, 陈秀|摄."""
    if span.end - span.start > 2 and reading.text[span.end - 1] == "摄":
        return span._replace(end=span.end - 1)
    last = span.end - 1
    number = reading.word_at(last)
    word = reading.words[number]
    length = span.end - span.start
    runs_on = length > 2 and reading.starts[number] == last and len(word) > 1 and is_common(word)
    tags = ("d", "v", "vn", "p", "ad", "c", "t", "a", "m", "i", "l", "z")
    runs_on = runs_on and (reading.tags[number] in tags or word in no_persons() or len(word) > 3)
    name = reading.text[span.start : span.end]
    four = length == 4 and name[:2] not in surnames("3") and has_surname(name[0]) and "·" not in name
    if runs_on or (four and reading.starts[number] == last and reading.tags[number] in ("d", "v", "p", "ad", "t", "r")):
        return span._replace(end=last)
    return span


@cache
def _kin() -> frozenset[str]:
    return frozenset(next(row["words"].split() for row in read_table("tagger_words") if row["kind"] == "kin"))


def _without_title(reading: PageReading, span: Span) -> Span:
    """Cuts a title, word of kin or of doing off before a person's name: 孙子|陆小禾, 主帅|哈尼库, 恭喜|陆禾."""
    name = reading.text[span.start : span.end]
    inside_title = reading.text[span.start - 1 : span.start + 1] in _titles()
    if len(name) > 2 and inside_title and name[0] not in surnames("1"):
        return span._replace(start=span.start + 1)
    number = reading.word_at(span.start)
    verb = reading.words[number] == name[:2] and reading.tags[number] == "v" and is_common(name[:2])
    if len(name) > 3 and (name[:2] in _titles() or name[:2] in _kin() or verb) and has_surname(name[2:]):
        return span._replace(start=span.start + 2)
    return span


def _without_address(reading: PageReading, span: Span) -> Span:
    """Cuts how one is addressed off behind a surname, which alone names nobody in particular: 王|女士, 刘|阿姨."""
    addressed = span.end - span.start > 2 and _ADDRESSED.fullmatch(reading.text, span.start + 1, span.end)
    return span._replace(end=span.start + 1) if addressed and has_surname(reading.text[span.start]) else span


def tidy_person(reading: PageReading, span: Span) -> list[Span]:
    """Trims, parts or drops a person's name that the tagger found."""
    tidied: list[Span] = []
    for part in _parted(reading, _whole_dotted(reading, span)):
        part = _without_title(reading, _without_run_on(reading, _with_last_letter(reading, part)))
        tidied += _tidied(reading, _without_address(reading, part))
    return tidied


def _parted(reading: PageReading, span: Span) -> Iterator[Span]:
    """Parts two names with a stroke between them: 陈一文/张雅妮."""
    stroke = _STROKE.search(reading.text, span.start, span.end)
    if stroke:
        yield span._replace(end=stroke.start())
        span = span._replace(start=stroke.end())
    yield span


def _whole_dotted(reading: PageReading, span: Span) -> Span:
    """Takes the letters before a name with a middle dot in that such names are written with: 古丽|娜尔·买买提."""
    if not MIDDLE_DOT.search(reading.text, span.start, span.end):
        return span
    start = span.start
    while start > 0 and reading.text[start - 1] in _foreign_letters():
        start -= 1
    return span._replace(start=start) if reading.on_word_edges(start, start) else span


@cache
def _foreign_letters() -> frozenset[str]:
    """Gives the letters that names of other peoples are written with."""
    return frozenset(
        "".join(next(row["words"] for row in read_table("tagger_words") if row["kind"] == "ethnic")).strip()
    )


def _tidied(reading: PageReading, span: Span) -> list[Span]:
    text = reading.text[span.start : span.end]
    if MIDDLE_DOT.search(text) or " " in text or "\u3000" in text:
        return [span]
    words = reading.words_in(span.start, span.end)
    if is_known_place(text) and len(text) > 2:
        return [span._replace(type="LOC")]
    if len(text) == 1:
        addressed = _ADDRESSED.match(reading.text, span.end) or reading.text[span.start - 1 : span.start] in _FAMILIAR
        return [span] if has_surname(text) and addressed else []
    if names_nobody(reading, span.start, span.end) and not (span.score > _VERY_SURE and _has_office(reading, span)):
        return []
    by_tag = any(tag.startswith("nr") for _, tag in words)
    if (
        len(words) == 1
        and words[0][0] == text
        and not by_tag
        and is_common(text)
        and (span.score <= _SURE or words[0][1] in ("v", "vn"))
    ):
        return []
    if by_tag or _has_office(reading, span) or span.score > _SURE:
        return [span]
    if all(is_common(word) for word, _ in words) or (len(text) == 2 and not has_surname(text)):
        return []
    return [span]


def _has_office(reading: PageReading, span: Span) -> bool:
    """Says whether a title stands before a name."""
    before = reading.text[max(0, span.start - 5) : span.start]
    return before.endswith(_title_endings())
