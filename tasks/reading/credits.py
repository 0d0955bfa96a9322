"""Who wrote it: the words of a byline or credit, as the Chinese press prints them, and where each stands in the print.

What belongs here: reading the inside of a credit, its roles, papers, names and closing words, spaced out or not.
What does not: whether a line is a byline (`tasks.repair.bylines`), what else a page says of a person
(`tasks.extraction.names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.reading.folding import Folded
from tasks.reading.surnames import surnames, two_names

_HAN = r"[\u3400-\u9fff\U00020000-\U0003134f〇]"
_WORD = re.compile(r"[^\s/／|｜、，,：:;；•]+")
_NAME = re.compile(rf"{_HAN}{{1,8}}(?:[·•‧・]{_HAN}{{1,8}}){{1,3}}|{_HAN}{{2,4}}")
_LONG_NAME = re.compile(rf"{_HAN}{{5,6}}")
_SPACED_NAME = re.compile(rf"{_HAN}(?: {_HAN}){{1,3}}")
_ALL_HAN = re.compile(rf"{_HAN}+")
_SIGN = re.compile(r"\S")
_NO_NAME = pattern("repair.no_name_in_a_credit")
BESIDE_NAME = pattern("repair.beside_a_name")
"""What an author is, in brackets beside his name: no part of the credit."""
_GLUED, _AFTER_A_FULL_NAME = words("glued_to_a_name"), words("after_a_full_name")
_OWN_ROLES = words("own_role")

Span = tuple[int, int]


class CreditWord(NamedTuple):
    """A word of a credit.

    Attributes:
        kind: `role` (with the paper before it), `closing` (报道, 摄, 济南报道), `names` or `foreign`.
        text: The word, closed up.
        start: Where it begins in the print.
        end: Where it ends.
        names: The one or two names in it, each with its place in the print.
    """

    kind: str
    text: str
    start: int
    end: int
    names: tuple[tuple[str, int, int], ...] = ()


class Credit(NamedTuple):
    """A credit as it is read."""

    words: tuple[CreditWord, ...]

    @property
    def names(self) -> list[str]:
        """The persons named, each once, in their order."""
        return list(dict.fromkeys(name for word in self.words for name, _, _ in word.names))

    @property
    def foreign(self) -> bool:
        """Whether a word of it is neither a name nor a word of credits."""
        return any(word.kind == "foreign" for word in self.words)

    @property
    def closes(self) -> bool:
        """Whether a closing word (报道, 摄) stands in it."""
        return any(word.kind == "closing" for word in self.words)

    @property
    def credited(self) -> bool:
        """Whether a role (记者) stands in it."""
        return any(word.kind == "role" for word in self.words)


@cache
def credit_words(kind: str) -> tuple[str, ...]:
    """Gives the words of credits of one kind, the longest first: mark, role, tail or outlet."""
    found = (row["word"] for row in read_table("bylines") if row["kind"] == kind)
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _tails() -> frozenset[str]:
    return frozenset(credit_words("tail"))


BYLINE_MARK = pattern("repair.byline_mark", mark=credit_words("mark"))
"""The sign that a byline begins with: □, ■."""
BYLINE_ROLE = pattern("repair.byline_role", role=credit_words("role"), outlet=credit_words("outlet"))
"""A role with the paper's name before it: 北麓日报记者."""
_TAIL = pattern("repair.byline_tail", tail=credit_words("tail"))


def read_credit(text: str) -> Credit:
    """Reads a byline or the inside of a credit in brackets.

    Args:
        text: As printed.

    >>> [(word.kind, word.text) for word in read_credit("□ 本 报 记 者  刘飞跃 王 健 济南报道").words]
    [('role', '本报记者'), ('names', '刘飞跃'), ('names', '王健'), ('closing', '济南报道')]
    >>> [name for word in read_credit("□ 本 报 记 者  刘飞跃 王 健").words for name in word.names]
    [('刘飞跃', 11, 14), ('王健', 15, 18)]
    """
    credit = _squeezed(Folded(text).without(found.span() for found in BESIDE_NAME.finditer(text)))
    credit = credit.without(found.span() for found in BYLINE_MARK.finditer(credit.text))
    return Credit(tuple(_words_of(credit)))


def _squeezed(credit: Folded) -> Folded:
    """Closes a credit up, with the way back to the print."""
    squeezed = squeeze_byline(credit.text)
    if squeezed == credit.text:
        return credit
    signs = (found.start() for found in _SIGN.finditer(credit.text))
    places = [-1 if sign == " " else next(signs) for sign in squeezed]
    places.append(len(credit.text))
    for n in range(len(places) - 2, -1, -1):
        places[n] = places[n] if places[n] >= 0 else places[n + 1]
    return Folded(squeezed, tuple(places if credit.offsets is None else (credit.offsets[at] for at in places)))


def _words_of(credit: Folded) -> Iterator[CreditWord]:
    after_role = next_to_role = False
    for is_role, begins, ends in _split_at_roles(credit.text):
        if is_role:
            after_role = next_to_role = True
            yield CreditWord("role", credit.text[begins:ends].strip(), *credit.span(begins, ends))
            continue
        for found in _WORD.finditer(credit.text, begins, ends):
            word, (start, end) = found[0], found.span()
            listed = start > begins and credit.text[start - 1] == "、"  # 甲、乙报道: 乙 is no place
            done = next(filter(word.endswith, _GLUED), "") if listed and not after_role else ""
            if names := done and _names_in(word.removesuffix(done), after_role):
                cut = end - len(done)
                yield CreditWord(
                    "names", word.removesuffix(done), *credit.span(start, cut), _placed(credit, start, names)
                )
                yield CreditWord("closing", done, *credit.span(cut, end))
                continue
            if word in _tails() or (not next_to_role and not listed and _TAIL.match(word)):
                yield CreditWord("closing", word, *credit.span(start, end))
            elif names := _names_in(word, after_role):
                yield CreditWord("names", word, *credit.span(start, end), _placed(credit, start, names))
                next_to_role = False
            else:
                yield CreditWord("foreign", word, *credit.span(start, end))


def _placed(credit: Folded, start: int, names: list[tuple[str, int]]) -> tuple[tuple[str, int, int], ...]:
    """Gives each name of a word with its place in the print."""
    return tuple((name, *credit.span(start + at, start + at + len(name))) for name, at in names)


def _split_at_roles(text: str) -> Iterator[tuple[bool, int, int]]:
    """Cuts a credit at its role words, and says of each piece whether it is one."""
    at = 0
    for role in BYLINE_ROLE.finditer(text):
        yield False, at, role.start()
        yield True, *role.span()
        at = role.end()
    yield False, at, len(text)


def _names_in(word: str, after_role: bool) -> list[tuple[str, int]]:
    """Reads the name or two of one unspaced word, each with its place, without a closing word glued on (关惠敏报道)."""
    if after_role:
        for ending in _GLUED:
            length = len(word) - len(ending)
            lengths = (3,) if ending in _AFTER_A_FULL_NAME else (2, 3, 4)
            if word.endswith(ending) and (length in lengths or "·" in word):
                word = word[: -len(ending)]
                break
    if _NO_NAME.search(word):
        return []
    if len(both := two_names(word)) == 2:
        return [(both[0], 0), (both[1], len(both[0]))]
    if _NAME.fullmatch(word):
        unsure = len(word) == 4 and "·" not in word and not after_role and word[:2] not in surnames("3")
        return [] if unsure else [(word, 0)]
    return [(word, 0)] if after_role and _LONG_NAME.fullmatch(word) else []


def squeeze_byline(text: str) -> str:
    """Gives a byline as printed, with words and names that were spaced out for effect closed up.

    >>> squeeze_byline("□记 者 王 健  通讯员 韩宏伟 报道")
    '□记者 王健 通讯员 韩宏伟 报道'
    """
    squeezed = " ".join(text.split())
    if is_spaced_name(squeezed):
        return squeezed.replace(" ", "")
    parts: list[str] = []
    spaced = 0  # letters of a name so far that stood apart
    for word in squeezed.split(" "):
        alone = len(word) == 1 and is_han(word)
        if parts and alone and (_spaced_head(parts[-1]) or (spaced == 2 and word not in _tails())):
            parts[-1] += word
            spaced = 2 if _ends_in_surname(parts[-1][:-1]) else 0
        else:
            parts.append(word)
            spaced = 0
    return " ".join(parts)


def _ends_in_surname(word: str) -> bool:
    """Tells whether a credit so far is a surname, alone or glued to its role: 王, 记者王."""
    core = word.lstrip("".join(credit_words("mark")))
    role = BYLINE_ROLE.match(core)
    return is_surname(core[role.end() if role else 0 :])


def _spaced_head(word: str) -> bool:
    """Tells whether a word so far can go on with a single character: 记, 本报记, 王 (but not the full 记者)."""
    core = word.lstrip("".join(credit_words("mark")))
    if not core or not is_han(core[-1]):
        return False
    roles = (*_OWN_ROLES, *credit_words("role"))
    starts_role = any(role.startswith(core) and role != core for role in roles)
    return starts_role or (len(core) == 1 and core not in _tails()) or _ends_in_surname(core)


def is_spaced_name(text: str) -> bool:
    """Tells whether a text is nothing but two to four characters with blanks between them: 王 健."""
    return _SPACED_NAME.fullmatch(text) is not None


def is_surname(word: str) -> bool:
    """Tells whether a word is a surname of one character."""
    return word in surnames("1") or word in surnames("2")


def is_han(text: str) -> bool:
    """Tells whether a text is made of Chinese characters alone."""
    return _ALL_HAN.fullmatch(text) is not None
