"""A name found surely in one place of a page is found everywhere on it.

What belongs here: what one find says about other places of the same page. What does not: single names (`check.tagged`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from tasks.extraction.names.overlaps import Span
from tasks.lexicon.grammar import pattern
from tasks.reading.page import PLACE_KINDS, PageReading, place_finder
from tasks.reading.segmenter import segmenter
from tasks.reading.word_finder import WordFinder

_SURE = 0.9


def spread(reading: PageReading, spans: list[Span]) -> list[Span]:
    """Gives a name the same type and the same ends everywhere on the page, and finds it where it was missed."""
    kinds = _kinds(reading.text, spans)
    taken = bytearray(len(reading.text))
    persons = {span.start: span.end for span in spans if span.type == "PER"}
    out: list[Span] = []
    for span in spans:
        name = reading.text[span.start : span.end]
        out.append(Span(span.start, span.end, kinds.get(name, span.type), span.score))
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    for tail in _tails(kinds):
        kinds.setdefault(tail, "LOC")
    for short in _short_firms(kinds):
        kinds.setdefault(short, "ORG")
    names = [name for name in kinds if "\n" not in name and (len(name) > 2 or kinds[name] != "ORG")]
    for start, end, number in WordFinder({name: n for n, name in enumerate(names)}).find(reading.text, reading.chars):
        kind = kinds[names[number]]
        free = not any(taken[start:end])
        whole = end - start > 2 or reading.on_word_edges(start, end)
        if free and whole:
            out.append(Span(start, end, kind, 0.5))
        elif not free and kind == "PER" and end - start > 2 and not taken[end - 1]:
            # 尚志|国, where 尚志 was taken for a place: the longer name wins
            out.append(Span(start, end, kind, 0.999))
        elif not free and kind == "PER" and end - start > 2 and not taken[start] and persons.get(start + 1) == end:
            # 敦煌学家段|文杰: the tagger lost the surname here and found it elsewhere
            out.append(Span(start, end, kind, 0.999))
    return sorted(out)


def _kinds(text: str, spans: list[Span]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        if span.end - span.start > 1:
            votes[text[span.start : span.end]][span.type] += 100 if span.score >= _SURE else round(10 * span.score) + 1
    return {name: max(sorted(counts), key=lambda kind: counts[kind]) for name, counts in votes.items()}


_VILLAGE = pattern("names.village")


def _tails(kinds: Mapping[str, str]) -> list[str]:
    """What a place is called once the page has said where it lies: 叠滘社区 and 叠滘 of 桂城街道叠滘社区."""
    tails: list[str] = []
    for name, kind in kinds.items():
        if kind != "LOC" or len(name) < 5:
            continue
        head = 0
        for _, end, number in place_finder().words_from_start(name):
            if number not in (PLACE_KINDS["division"], PLACE_KINDS["town"]):
                break
            head = end
        tail = name[head:]
        if head and len(tail) > 2:
            tails.append(tail)
            bare = _VILLAGE.sub("", tail)
            if bare != tail and len(bare) > 1 and not segmenter().has_word(bare):
                tails.append(bare)
    return tails


_FIRM = pattern("names.firm_tail")


def _short_firms(kinds: Mapping[str, str]) -> list[str]:
    """How a page shortens the firms it names in full: 金鼎电子 for 山东金鼎电子材料有限公司."""
    shorts: list[str] = []
    for name, kind in kinds.items():
        core = _FIRM.sub("", name) if kind == "ORG" else name
        if core == name:
            continue
        head = 0
        for _, end, _ in place_finder().words_from_start(core):
            head = end
        core = core[head:]
        shorts.extend(short for short in {core, core[:4]} if len(short) > 3)
    return sorted(shorts)
