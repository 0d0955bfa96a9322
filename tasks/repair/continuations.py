"""Articles that go on on another page: which jump （下转第三版） leads to which beginning （上接第一版）.

What belongs here: pairing the two parts. What does not: recognising the marks (`jumps`), and which pages may belong
together (`shard`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.page import TEXT_ROLES, RepairedPage
from tasks.repair.evidence import runs_across
from tasks.repair.jumps import is_jump_in, is_jump_out, jump_page, page_number
from tasks.repair.topics import words_of

_MARK_IN = re.compile(r"^[（(\[［【〔]?[^（）()\[\]［］【】〔〕。]{2,18}(?:[）)\]］】〕]|版)\s*")
_MARK_OUT = re.compile(r"\s*[（(\[［【〔]?[^（）()\[\]［］【】〔〕。，]{2,18}[）)\]］】〕]?$")
_LABEL = re.compile(r"(第?(?:[A-Da-d]?\d{1,2}|[一二三四五六七八九十]{1,3})版|[A-Da-d]\d{1,2})(?:$|[\s　·|｜（(])")
_HEAD = 12
"""Lines at a page's head among which its label is looked for."""
_LOOK = 400
_LEAST = 2.0
_NAMED, _OTHER_PAGE, _ACROSS, _HEADLINE, _SHARED = 2.0, -4.0, 2.0, 2.0, 4.0
"""What speaks for a pair: the page named is the page it stands on, or another one; a word runs across; the headline is
the same; share of the words."""


@dataclass(frozen=True, slots=True)
class Part:
    """An article of which a part stands on another page.

    Attributes:
        key: What the caller knows the article by.
        page: Label of the page it stands on; None where unknown.
        headline: Its headline.
        tail: Its last words, without the mark; empty where it does not go on.
        head: Its first words, without the mark; empty where it comes from nowhere.
        to_page: Page the mark at its end names.
        from_page: Page the mark at its beginning names.
        words: Words of its text.
    """

    key: tuple[str, int]
    page: str | None
    headline: str | None
    tail: str
    head: str
    to_page: str | None
    from_page: str | None
    words: frozenset[str]


def jumping_parts(name: str, page: RepairedPage, label: str | None) -> Iterator[Part]:
    """Gives the articles of a page of which a part stands elsewhere.

    Args:
        name: What the caller knows the page by.
        page: The repaired page.
        label: The page's label (03版), where it is known; a label printed on it counts else.
    """
    texts: dict[int, list[str]] = {}
    for paragraph in page.paragraphs:
        if paragraph.role in TEXT_ROLES and paragraph.article is not None:
            texts.setdefault(paragraph.article, []).append(paragraph.text)
    where = page_number(label) if label else _printed_label(page)
    for article in page.articles:
        own = texts.get(article.seq, [])
        out = next((text for text in own[::-1] if is_jump_out(text)), "")
        into = next((text for text in own if is_jump_in(text)), "")
        if out or into:
            yield Part(
                (name, article.seq),
                where,
                article.headline,
                _MARK_OUT.sub("", out)[-_LOOK:],
                _MARK_IN.sub("", into)[:_LOOK],
                jump_page(out, out=True) if out else None,
                jump_page(into, out=False) if into else None,
                frozenset(words_of("".join(own)[:_LOOK] + "".join(own)[-_LOOK:])),
            )


def _printed_label(page: RepairedPage) -> str | None:
    """Reads the label that is printed alone at a page's head, if there is one."""
    head = (p.text for p in page.paragraphs if p.role == "furniture" and p.lines[0] <= _HEAD)
    return next((page_number(match[1]) for text in head if (match := _LABEL.match(text))), None)


def pair_parts(parts: Sequence[Part]) -> dict[tuple[str, int], tuple[str, int]]:
    """Finds for each article that goes on elsewhere the one that goes on with it.

    Args:
        parts: All parts of the pages that may belong together.

    Returns:
        The second part's key by the first part's.
    """
    pairs = [
        (_score(first, second), n, first.key, second.key)
        for n, first in enumerate(parts)
        if first.tail
        for second in parts
        if second.head and second.key != first.key
    ]
    found: dict[tuple[str, int], tuple[str, int]] = {}
    taken: set[tuple[str, int]] = set()
    for score, _, first_key, second_key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if score >= _LEAST and first_key not in found and second_key not in taken:
            found[first_key] = second_key
            taken.add(second_key)
    return found


def _score(first: Part, second: Part) -> float:
    score = 0.0
    for said, stands in ((first.to_page, second.page), (second.from_page, first.page)):
        if said and stands:
            score += _NAMED if said == stands else _OTHER_PAGE
    if runs_across(first.tail, second.head):
        score += _ACROSS
    if first.headline and second.headline and _alike(first.headline, second.headline):
        score += _HEADLINE
    least = min(len(first.words), len(second.words))
    return score + (_SHARED * len(first.words & second.words) / least if least else 0.0)


def _alike(a: str, b: str) -> bool:
    short, long = sorted(("".join(a.split()), "".join(b.split())), key=len)
    return len(short) > 3 and short in long
