"""Names in credits: bylines, `（记者 王健）`, `（刘婧 李树新）` at the end of a text, `张三 摄`.

What belongs here: where credits stand and which of their words are persons, papers and places.
What does not: names in sentences (`find.tagger`, `recogniser`), whose byline it is (the repair of pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.names.overlaps import Span
from tasks.lexicon import grammar, read_table
from tasks.reading.gazetteer import division_forms
from tasks.reading.surnames import MIDDLE_DOT, has_surname, two_names

_HAN = "[\u3400-\u9fff]"
_BRACKETS = re.compile(r"[（(]([^（()）。！？]{2,60})[)）]")
_TOKEN = re.compile(r"[^\s/／|｜、，,：:；;（）()\x00]+")
_SPACED_NAME = re.compile(
    rf"(?<![\u3400-\u9fff·])({_HAN})[ \u3000]{{1,2}}({_HAN})(?:[ \u3000]{{1,2}}({_HAN}))?(?![\u3400-\u9fff·])"
)
_PERSON = re.compile(rf"{_HAN}{{2,4}}|{_HAN}{{1,8}}(?:{MIDDLE_DOT.pattern}{_HAN}{{1,8}}){{1,3}}")
_GAP = r"[ \u3000]*"


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["word"] for row in read_table("bylines") if row["kind"] == kind)


@cache
def _roles() -> re.Pattern[str]:
    """Words of a credit that are no names; their letters may be spaced out."""
    words = sorted((w for kind in ("role", "tail") for w in _words(kind) if len(w) > 1), key=len, reverse=True)
    words += grammar.words("own_paper")
    spaced = "|".join(_GAP.join(map(re.escape, word)) for word in words)
    alone = "|".join(w for w in _words("tail") if len(w) == 1)
    marks = "".join(map(re.escape, _words("mark")))
    return re.compile(rf"{spaced}|(?<![\u3400-\u9fff])(?:{alone})(?![\u3400-\u9fff])|[{marks}]")


@cache
def _outlets() -> tuple[str, ...]:
    return tuple(word for word in _words("outlet") if len(word) > 1 and word not in grammar.words("own_paper"))


def byline_names(text: str) -> list[Span]:
    """Finds the names in a line that is a byline as a whole.

    >>> [(s.start, s.end, s.type) for s in byline_names("□ 本 报 记 者  刘飞跃 本报通讯员 王 健")]
    [(11, 14, 'PER'), (21, 24, 'PER')]
    """
    plain = _roles().sub(lambda match: "\x00" * len(match[0]), text)
    spans: list[Span] = []
    for start, end in _tokens(plain):
        word = re.sub(r"\s", "", text[start:end])
        if text[end : end + 1] in ("：", ":"):  # 来源：, 单位：
            continue
        if word in division_forms() or word.removesuffix("市") in division_forms():
            spans.append(Span(start, end, "LOC", 0.9))
        elif len(word) > 2 and word.endswith(_outlets()):
            spans.append(Span(start, end, "ORG", 0.9))
        elif word == text[start:end] and word[-1] == "摄" and len(word) in (3, 4) and has_surname(word):
            spans.append(Span(start, end - 1, "PER", 0.97))
        elif word == text[start:end] and len(both := two_names(word)) == 2:
            cut = start + len(both[0])
            spans += [Span(start, cut, "PER", 0.97), Span(cut, end, "PER", 0.97)]
        elif _PERSON.fullmatch(word):
            sure = has_surname(word) or "·" in word
            spans.append(Span(start, end, "PER", 0.97 if sure and len(word) < 5 else 0.89))
    return spans


def _tokens(plain: str) -> Iterator[tuple[int, int]]:
    """Words of a credit; 王 健 is one."""
    taken = -1
    for token in _TOKEN.finditer(plain):
        if token.start() < taken:
            continue
        spaced = _SPACED_NAME.match(plain, token.start())
        if spaced and token.end() - token.start() == 1:
            taken = spaced.end()
            yield spaced.span()
        else:
            yield token.span()


def credit_names(text: str) -> list[Span]:
    """Finds the names in the bracketed credits of a paragraph.

    >>> credit_names("本报讯（记者 段婷婷）近日，")
    [Span(start=7, end=10, type='PER', score=0.97)]
    >>> credit_names("企业（占地20亩）投产。")
    []
    """
    spans: list[Span] = []
    for match in _BRACKETS.finditer(text):
        inside, at = match[1], match.start(1)
        marked = _roles().search(inside)
        at_end = not text[match.end() :].strip()
        if not marked and not at_end:
            continue
        found = byline_names(inside)
        words = sum(1 for _ in _tokens(_roles().sub(lambda m: "\x00" * len(m[0]), inside)))
        persons = [s for s in found if s.type == "PER"]
        if not persons or len(found) < words or (not marked and not all(s.score > 0.9 for s in persons)):
            continue
        spans.extend(Span(at + s.start, at + s.end, s.type, s.score) for s in found)
    return spans
