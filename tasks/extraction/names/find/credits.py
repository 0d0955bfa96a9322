"""Names in credits: bylines, `（记者 王健）`, `（刘婧 李树新）` at the end of a text, `张三 摄`.

What belongs here: which words of a credit are persons, papers and places, and where in a text credits stand.
What does not: reading a credit (`tasks.reading.credits`), names in sentences (`find.tagger`, `recogniser`), whose
byline it is (the repair of pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.names.common_words import no_persons
from tasks.extraction.names.overlaps import Span
from tasks.lexicon import grammar
from tasks.reading.credits import Credit, CreditWord, credit_words, read_credit
from tasks.reading.gazetteer import division_forms
from tasks.reading.paragraph import read_paragraph
from tasks.reading.surnames import has_surname

_SHORTEST, _LONGEST = 2, 60
_NO_CREDIT = re.compile(r"[（()）。！？]")
_SURE, _UNSURE = 0.97, 0.89


@cache
def _outlets() -> tuple[str, ...]:
    return tuple(word for word in credit_words("outlet") if len(word) > 1 and word not in grammar.words("own_paper"))


def byline_names(text: str) -> list[Span]:
    """Finds the names in a line that is a byline as a whole.

    >>> [(s.start, s.end, s.type) for s in byline_names("□ 本 报 记 者  刘飞跃 本报通讯员 王 健")]
    [(11, 14, 'PER'), (21, 24, 'PER')]
    >>> [(s.start, s.end, s.type) for s in byline_names("青石日报记者 刘飞跃 济南报道")]
    [(0, 4, 'ORG'), (7, 10, 'PER'), (11, 13, 'LOC')]
    """
    return [span for word in read_credit(text).words for span in _spans(text, word)]


def _spans(text: str, word: CreditWord) -> Iterator[Span]:
    """Gives the persons of a word of a credit, or the paper or place that it names."""
    core = _without_role(word)
    if len(core) != len(word.text) and text[word.start : word.start + len(core)] != core:
        return  # 本 报 记 者: spaced out, and no paper's name
    end = word.start + len(core) if len(core) != len(word.text) else word.end
    if not core or text[word.end : word.end + 1] in ("：", ":"):  # 来源：, 单位：
        return
    if core in division_forms() or core.removesuffix("市") in division_forms():
        yield Span(word.start, end, "LOC", 0.9)
    elif len(core) > 2 and core.endswith(_outlets()):
        yield Span(word.start, end, "ORG", 0.9)
    elif word.kind == "closing" and _is_signed(core):
        yield Span(word.start, end, "PER", _SURE)
    else:
        for name, start, end in word.names:
            sure = len(word.names) > 1 or ((has_surname(name) or "·" in name) and len(name) < 5)
            yield Span(start, end, "PER", _SURE if sure else _UNSURE)


def _is_signed(core: str) -> bool:
    """Tells whether what stands before a closing word is who did it (刘飞跃|报道), and no place."""
    return 2 <= len(core) <= 3 and has_surname(core) and core not in no_persons()


def _without_role(word: CreditWord) -> str:
    """Takes the role or closing word off a word of a credit: 青石日报|记者, 济南|报道."""
    endings = credit_words("role" if word.kind == "role" else "tail") if word.kind in ("role", "closing") else ()
    return word.text.removesuffix(next(filter(word.text.endswith, endings), "")).strip()


def credit_names(text: str) -> list[Span]:
    """Finds the names in the bracketed credits of a paragraph.

    >>> credit_names("本报讯（记者 段婷婷）近日，")
    [Span(start=7, end=10, type='PER', score=0.97)]
    >>> [(s.start, s.end) for s in credit_names("（刘飞跃、王健摄）")], credit_names("（刘飞跃报道）")[0].end
    ([(1, 4), (5, 7)], 4)
    >>> credit_names("企业（占地20亩）投产。"), credit_names("开\u200b工。（记者 段婷婷）")[0].start
    ([], 8)
    """
    spans: list[Span] = []
    reading = read_paragraph(text)
    for sentence in reading.sentences:
        for opened, closed in sentence.bracketed:
            start, end = reading.folded.span(sentence.start + opened, sentence.start + closed)
            at, inside = start + 1, text[start + 1 : end - 1]
            if not _SHORTEST <= len(inside) <= _LONGEST or _NO_CREDIT.search(inside):
                continue
            credit = read_credit(inside)
            marked = credit.credited or credit.closes
            if marked or not text[end:].strip():
                found = _all_names(inside, credit, marked)
                spans.extend(Span(at + s.start, at + s.end, s.type, s.score) for s in found)
    return spans


def _all_names(inside: str, credit: Credit, marked: bool) -> list[Span]:
    """Gives the names of a credit in brackets; none where a word of it is something else, or it may be no credit."""
    found: list[Span] = []
    for word in credit.words:
        names = list(_spans(inside, word))
        if not names and word.kind in ("names", "foreign"):
            return []
        found += names
    persons = [span for span in found if span.type == "PER"]
    return found if persons and (marked or all(span.score > _UNSURE for span in persons)) else []
