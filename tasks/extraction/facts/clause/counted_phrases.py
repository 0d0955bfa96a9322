"""The noun phrase right after a figure: what was counted (25名|年轻干部|, 440亩的|地块|).

What belongs here: how far the name of a thing counted reaches forward, over tagged words.
What does not: the phrase before a figure; which of the two is the indicator.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extraction.facts.clause.noun_phrases import governs, is_nominal
from tasks.extraction.facts.clause.tokens import FIGURE, NAME, Word, words_within
from tasks.extraction.facts.clause.triggers import intention_words, triggers_of
from tasks.lexicon.grammar import words

_BODY_ENDS = words("body_end")
_PERSON_ENDS = words("person_end")
_DOERS = (*_BODY_ENDS, *_PERSON_ENDS)
_PREDICATES = ("a", "ad", "z", "d", "i")
_DIMENSIONS = words("dimension")
_FILLERS = words("after_a_figure")
_JOINERS = words("joiner")
_BEFORE_DONE = words("before_what_was_done")


def phrase_after(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the noun phrase that begins right after a figure.

    Args:
        words: The sentence's words.
        start: Offset of the figure's end.
        end: Offset at which the clause (or the next figure) begins.

    Returns:
        Offsets in the sentence, or None where no name of a thing stands there.
    """
    inside = words_within(words, start, end)
    first = _skip_fillers(inside)
    if first < len(inside) and (not is_nominal(inside[first]) or governs(inside[first])):
        return _after_modifier(inside, first)
    if first < len(inside) and inside[first].tag.startswith("v"):
        described = _described(inside, first)
        if described is not None:
            return described
    k = first
    while k < len(inside) and _continues(inside, k, first):
        k += 1
    k = _without_tail(words, inside, first, k, end)
    opened = max((n for n in range(first, k) if inside[n].text == "“"), default=-1)
    if opened > first and not any(inside[n].text == "”" for n in range(opened, k)):
        k = opened
    if k == first + 1 and len(inside[first].text) == 1 and inside[first].text in triggers_of("headless"):
        return None
    return (inside[first].start, inside[k - 1].end) if k > first else None


def _skip_fillers(inside: Sequence[Word]) -> int:
    k = 2 if len(inside) > 1 and inside[0].text in _DIMENSIONS and inside[1].text == "的" else 0
    while k < len(inside) and (inside[k].tag == NAME or inside[k].text in _FILLERS):
        k += 1
    return k


def _continues(inside: Sequence[Word], k: int, first: int) -> bool:
    word = inside[k]
    if k > first and _breaks(inside, k, first):
        return False
    if k > first and word.tag == "v":
        return True
    return is_nominal(word) or (k > first and word.text in ("“", "”", "《", "》")) or _joins(inside, k, first)


def _without_tail(words: Sequence[Word], inside: Sequence[Word], first: int, k: int, end: int) -> int:
    """Takes off a verb at the end (运动员|参赛) and the object of a second figure (家庭医生团队|签约居民83.7万人)."""
    acts = triggers_of("do")
    tail = k
    while tail - first > 1 and inside[tail - 1].tag[0] in "vdz":
        tail -= 1
    if k == len(inside) and any(w.tag in ("v", "d", "z") for w in inside[tail:k]):
        k = tail  # 收割机|并排|作业: what the things do
    while k - first > 1 and inside[k - 1].tag.startswith("v"):
        if inside[k - 1].text not in acts and not (
            inside[k - 1].tag == "v" and inside[k - 2].text.endswith(_PERSON_ENDS)
        ):
            break
        k -= 1
    if inside and k == len(inside) and any(w.start == end and w.tag == FIGURE for w in words):
        verbs = (n for n in range(first + 1, k - 1) if inside[n].tag in ("v", "vn") and inside[n].text in acts)
        k = next(verbs, k)
    return k


def _breaks(inside: Sequence[Word], k: int, first: int) -> bool:
    """Whether a name after a figure ends before this word (88家一级预算单位|陆续收到)."""
    word = inside[k]
    if word.text in triggers_of("happening") and inside[k - 1].text.endswith(_DOERS):
        return True
    if governs(word):
        names = word.tag == "vn" and k + 1 < len(inside) and is_nominal(inside[k + 1])
        return not names or inside[k - 1].text.endswith(_BODY_ENDS)
    if word.tag == "v" and word.text not in triggers_of("nominal"):
        within = k + 1 < len(inside) and is_nominal(inside[k + 1]) and word.text not in triggers_of("happening")
        return not within or inside[k - 1].text.endswith(_DOERS) or len(word.text) < 2
    return word.tag in _PREDICATES


def _joins(inside: Sequence[Word], k: int, first: int) -> bool:
    return (
        inside[k].text in _JOINERS
        and k > first
        and k + 1 < len(inside)
        and is_nominal(inside[k + 1])
        and not governs(inside[k + 1])
    )


def _after_modifier(inside: Sequence[Word], k: int) -> tuple[int, int] | None:
    """Reads 25名|具备专业背景的年轻干部|: a verb opens a modifier that ends with 的."""
    if inside[k].tag[0] not in "vapbdn":
        return None
    described = _described(inside, k)
    if described is not None:
        return described
    if inside[k].tag == "v" and k + 1 < len(inside) and is_nominal(inside[k + 1]) and _plain_pair(inside, k):
        stop = k + 1
        while stop < len(inside) and is_nominal(inside[stop]):
            stop += 1
        return inside[k].start, inside[stop - 1].end
    return None


def _described(inside: Sequence[Word], k: int) -> tuple[int, int] | None:
    for at in range(k + 1, min(len(inside) - 1, k + 14)):
        if inside[at].text == "的" and is_nominal(inside[at + 1]):
            return phrase_after(inside[at + 1 :], inside[at + 1].start, inside[-1].end)
    return None


def _plain_pair(inside: Sequence[Word], k: int) -> bool:
    """Whether verb and noun make one name (签约居民), not verb and object (落户企业 is a name, 带来岗位 is not)."""
    return (
        len(inside[k].text) == 2
        and (len(inside[k + 1].text) >= 2 or inside[k + 1].text in _PERSON_ENDS)
        and not governs(inside[k])
    )


def verb_after(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the verb that says what was counted right after a figure (24户|签字|, 7部|在建|)."""
    for word in words:
        if word.start < start or word.end > end:
            continue
        if word.text in intention_words():
            continue
        if word.tag.startswith("v") and len(word.text) > 1:
            return word.start, word.end
        if word.tag not in ("d", "ad", "f") and word.text not in _BEFORE_DONE:
            return None
    return None
