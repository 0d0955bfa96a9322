"""Puts right what the tagger often gets wrong: ends that run on, starts that begin early, names that are none.

What belongs here: parting names that are two, and sending each to its checks. What does not: the checks themselves
(`person_checks`, `organisation_checks`, `place_checks`), other names on the page (`consistency`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.extraction.names.credits import has_surname
from tasks.extraction.names.edges import (
    AFTER_PLACE,
    LIKE_ORGANISATION,
    LIKE_PLACE,
    leading_verbs,
    place_endings,
    strong_endings,
)
from tasks.extraction.names.organisation_checks import tidy_organisation
from tasks.extraction.names.person_checks import names_nobody, tidy_person
from tasks.extraction.names.place_checks import tidy_place
from tasks.extraction.names.reading import Reading, is_known_place
from tasks.extraction.names.spans import Span

_CONNECTORS = re.compile(
    r"与|(?<=[\u3400-\u9fff])各|暨|会同|携手|(?<=[市县区镇乡港站场路园司团])和(?!谐|平|田|顺|县|静|硕)"
)
_WITH_OTHERS = re.compile(r"(?<=[省市区县州旗镇乡])(?:会同|携手|牵手|联合|积极|聚力|始终|坚持|立足)(?=.)")


def tidy(reading: Reading, spans: list[Span]) -> list[Span]:
    """Trims, parts or drops the names that the tagger found."""
    out: list[Span] = []
    for span in spans:
        if span.type == "PER":
            out.extend(tidy_person(reading, span))
        else:
            for part in _parted(reading, span):
                name = AFTER_PLACE.sub("", reading.text[part.start : part.end])
                as_place = (part.type == "LOC" and not LIKE_ORGANISATION.search(name)) or LIKE_PLACE.search(name)
                out.extend(tidy_place(reading, part) if as_place else tidy_organisation(reading, part))
    return _persons_in_lists(reading.text, out)


_KIND = re.compile(r"[省市县区州国村镇乡街路河江湖海山岛港站园寺桥湾洲峡]$")


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
        if short or (abroad and not _KIND.search(name)):
            out[n] = span._replace(type="PER")
    return out


_NEXT_IN_LIST = re.compile(
    r"、((?:(?![、，。；：等和与及])[\u3400-\u9fff]){2,3}?)(?=[、，。；（）\s]|$|等|和|出席|参加|陪同|参与|分别|主持|列席|一同|调研|到会|率|任|当选|为|获|同志)"
)


def listed_persons(reading: Reading, spans: list[Span]) -> list[Span]:
    """Finds the persons that a list of at least two goes on with: 宋越舜、王仁洲、李关定参加."""
    found: dict[int, Span] = {}  # by the place it stands behind, so that lists that run together are read once
    for span in spans:
        if (
            span.type != "PER"
            or reading.text[span.start - 1 : span.start] != "、"
            or reading.text[span.end : span.end + 1] != "、"
        ):
            continue
        at = span.end
        while at not in found and (match := _NEXT_IN_LIST.match(reading.text, at)):
            name = Span(match.start(1), match.end(1), "PER", 0.91)
            if not has_surname(match[1]) or names_nobody(reading, name.start, name.end):
                break
            found[at] = name
            at = name.end
    taken = bytearray(len(reading.text))
    for span in spans:
        if span.end - span.start != 1:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    return [name for name in found.values() if not any(taken[name.start : name.end])]


def _parted(reading: Reading, span: Span) -> Iterator[Span]:
    """Parts a name at words that join two or tell what one does: 钢城区|与|钢研集团, 伊宁市|启动|六星街."""
    with_others = _WITH_OTHERS.search(reading.text, span.start, span.end)
    if with_others and is_known_place(reading.text[span.start : with_others.start()]):
        yield Span(span.start, with_others.start(), "LOC", span.score)
        span = span._replace(start=with_others.end())
    cuts = [m.span() for m in _CONNECTORS.finditer(reading.text, span.start, span.end) if m.start() > span.start]
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
