"""Articles that go on on another page: which jump （下转第三版） leads to which beginning （上接第一版）.

What belongs here: pairing the two parts. What does not: recognising the marks (`jumps`), and which pages may belong
together (`warehouse.load.continuations`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.repair.evidence import runs_across
from tasks.repair.jumps import is_jump_in, is_jump_out, jump_page, page_number
from tasks.repair.topics import words_of

_MARK_IN = pattern("repair.first_mark_of_a_part")
_MARK_OUT = re.compile(r"\s*[（(\[［【〔]?[^（）()\[\]［］【】〔〕。，]{2,18}[）)\]］】〕]?$")
_LABEL = pattern("repair.label_of_a_page")
_LOOK = 400
"""Characters of a part's end and beginning that are kept."""
_LEAST = 0.0
"""Log-odds from which a pair is tied."""
_BACKGROUND = 10
"""Parts without the word that are supposed beside those there are, so that two parts tell which words are rare."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A page on which a part stands.

    Attributes:
        page: What the caller knows the page by.
        label: Its label, as `label_of` gives it; None where unknown.
        file: The file of several pages it comes from; None where it has one of its own.
        paper: The newspaper; None where unknown.
        folder: Where its file lies.
    """

    page: str
    label: str | None = None
    file: str | None = None
    paper: str | None = None
    folder: str | None = None

    def may_go_with(self, other: Origin) -> bool:
        """Tells whether two pages of one day or file may be pages of one issue.

        Args:
            other: Another page.
        """
        if self.file is not None and self.file == other.file:
            return True
        if self.paper is None or other.paper is None:
            return self.paper is other.paper or self.folder == other.folder
        return self.paper == other.paper


@dataclass(frozen=True, slots=True)
class Part:
    """An article of which a part stands on another page.

    Attributes:
        key: What the caller knows the article by.
        origin: The page, with what tells which others may hold the other part.
        headline: Its headline.
        tail: Its last words, without the mark; empty where it does not go on.
        head: Its first words, without the mark; empty where it comes from nowhere.
        to_page: Page the mark at its end names.
        from_page: Page the mark at its beginning names.
        words: Words of its text.
    """

    key: str
    origin: Origin
    headline: str | None
    tail: str
    head: str
    to_page: str | None
    from_page: str | None
    words: frozenset[str]


def read_part(key: str, origin: Origin, headline: str | None, texts: Sequence[str]) -> Part | None:
    """Reads an article of which a part may stand elsewhere; None where no mark says so.

    Args:
        key: What the caller knows the article by.
        origin: The page it stands on.
        headline: Its headline.
        texts: Its paragraphs.
    """
    out = next((text for text in texts[::-1] if is_jump_out(text)), "")
    into = next((text for text in texts if is_jump_in(text)), "")
    if not out and not into:
        return None
    return Part(
        key,
        origin,
        headline,
        _MARK_OUT.sub("", out)[-_LOOK:],
        _MARK_IN.sub("", into)[:_LOOK],
        jump_page(out, out=True) if out else None,
        jump_page(into, out=False) if into else None,
        frozenset(words_of("".join(texts))),
    )


def label_of(known: str | None, head: Iterable[str]) -> str | None:
    """Gives a page's label in the form in which labels are compared.

    Args:
        known: The label (03版), where it is known.
        head: Furniture printed at the page's head, where a label may stand alone.

    >>> label_of(None, ["河口时报", "第三版 要闻"]), label_of("A03版", [])
    ('3', 'A3')
    """
    if known:
        return page_number(known)
    return next((page_number(match[1]) for text in head if (match := _LABEL.match(text))), None)


def pair_parts(parts: Sequence[Part]) -> dict[str, str]:
    """Finds for each article that goes on elsewhere the one that goes on with it.

    Args:
        parts: All parts on pages of one file or day.

    Returns:
        The second part's key by the first part's.
    """
    weights = _weights()
    ranked = sorted(
        (-math.fsum(weights[key] * value for key, value in evidence.items()), n, first.key, second.key)
        for n, (first, second, evidence) in enumerate(pair_evidence(parts))
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for score, _, first, second in ranked:
        if -score >= _LEAST and first not in found and second not in taken:
            found[first] = second
            taken.add(second)
    return found


def pair_evidence(parts: Sequence[Part]) -> Iterator[tuple[Part, Part, dict[str, float]]]:
    """Gives every pair that the marks and pages allow, with what speaks for it, as keys of `jump_evidence.csv`.

    Args:
        parts: All parts on pages of one file or day.
    """
    pairs = [(a, b) for a in parts if a.tail for b in parts if b.head and _may_pair(a, b)]
    onward, back = Counter(a.key for a, _ in pairs), Counter(b.key for _, b in pairs)
    rarity = _rarity(parts)
    for a, b in pairs:
        yield a, b, _evidence(a, b, rarity, onward[a.key] == back[b.key] == 1)


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in read_table("jump_evidence")}


def _may_pair(first: Part, second: Part) -> bool:
    """Tells whether what is known of the pages, and what the marks say of them, lets two parts be of one article."""
    a, b = first.origin, second.origin
    if a.page == b.page or not a.may_go_with(b):
        return False
    said = ((first.to_page, b.label), (second.from_page, a.label))
    return all(named == stands for named, stands in said if named and stands)


def _rarity(parts: Sequence[Part]) -> dict[str, float]:
    found = Counter(word for part in parts for word in part.words)
    return {word: math.log((1 + _BACKGROUND + len(parts)) / count) ** 2 for word, count in found.items()}


def _evidence(first: Part, second: Part, rarity: Mapping[str, float], only: bool) -> dict[str, float]:
    """Lists what speaks for a pair, and how much: 1, or for shared words the root of the cosine of their rarities."""
    a, b, both = (
        math.fsum(map(rarity.__getitem__, words)) for words in (first.words, second.words, first.words & second.words)
    )
    found = {"always": 1.0, "shared": math.sqrt(both / math.sqrt(a * b)) if both else 0.0}
    if runs_across(first.tail, second.head):
        found["across"] = 1.0
    if first.headline and second.headline and _alike(first.headline, second.headline):
        found["headline"] = 1.0
    told = (first.to_page and second.origin.label) or (second.from_page and first.origin.label)
    if only and told:
        found["only"] = 1.0
    return found


def _alike(a: str, b: str) -> bool:
    short, long = sorted(("".join(a.split()), "".join(b.split())), key=len)
    return len(short) > 3 and short in long
