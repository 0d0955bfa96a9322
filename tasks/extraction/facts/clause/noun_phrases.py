"""The noun phrase before a figure, and what makes a word part of one.

What belongs here: how far the name of a thing measured reaches back, over tagged words.
What does not: which phrase belongs to which figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.extraction.facts.clause.tokens import FIGURE, NAME, TIME, Word, word_across, words_within
from tasks.extraction.facts.clause.triggers import intention_words, trigger_kinds, triggers_of
from tasks.lexicon.grammar import pattern, words
from tasks.reading.segmenter import INDICATOR_TAG

GRADE = pattern("clause.grade")
_JOINERS = words("joiner_of_names")
_OF_ACTS = words("measure_of_acts")
_ENDS_A_COMPOUND = frozenset(words("ends_a_compound"))
_KINDS = words("kind_suffix")
_POSITIONS = words("position")
_BOUNDS = words("bound")
_ADVERBS = words("adverb_in_a_name")
_BEFORE_VERBS = words("before_a_verb")
_BEFORE_TOPICS = words("before_a_topic")
_MEANT = words("meant_to")
_LOOSE_TAGS = ("q", "m", "zg", "ng", "vg", "ag", "nrfg", "mq")


def is_nominal(word: Word) -> bool:
    """Tells whether a word can stand inside a name of a thing measured."""
    return _nominal(word.text, word.tag)


@lru_cache(maxsize=50_000)
def _nominal(text: str, tag: str) -> bool:
    if tag == INDICATOR_TAG:
        return True
    if tag in (FIGURE, TIME, NAME) or text in _no_part_of_a_name():
        return False
    if text in _KINDS or GRADE.fullmatch(text):
        return True
    if tag == "v":
        return text in triggers_of("nominal")
    if tag == "f":
        return text in _POSITIONS
    if tag[0] in "li":
        return len(text) > 1
    return tag in ("vn", "eng", "s", "k") or (tag[0] in "nabjzgh" and tag != "ad")


@cache
def _no_part_of_a_name() -> frozenset[str]:
    return triggers_of("collective") | triggers_of("have") | intention_words()


def phrase_before(
    words: Sequence[Word], start: int, end: int, floor: int, money: bool = False
) -> tuple[int, int] | None:
    """Finds the noun phrase that ends where the text before a figure ends.

    Args:
        words: The sentence's words.
        start: First offset the phrase may use.
        end: Offset at which the phrase has to end (triggers already taken off).
        floor: The phrase is cut here when a name or a time ends inside it.
        money: Whether the figure is an amount of money: then a noun before a bare verb is who pays, not what.

    Returns:
        Offsets in the sentence, or None where no nominal word stands at that place.
    """
    lo, hi = max(start, floor), end
    inside = words_within(words, lo, hi)
    cut = word_across(words, hi)
    if cut is not None and cut.start >= lo:
        inside.append(Word(cut.start, hi, cut.text[: hi - cut.start], "n"))
    k = len(inside)
    while (
        k
        and (
            inside[k - 1].tag in ("x", TIME)
            or inside[k - 1].text in triggers_of("headless")
            or (k > 1 and inside[k - 1].tag in ("d", "ad") and inside[k - 2].tag == TIME)
            or (k > 1 and inside[k - 1].text in _MEANT)
        )
        and inside[k - 1].text not in "”》）"
    ):
        k -= 1
    if not k:
        return None
    if k > 1 and inside[k - 1].tag == NAME and governs(inside[k - 2]) and inside[k - 1].end == hi:
        return inside[k - 1].start, hi  # 新建|社区卫生服务站|5个: a name as the thing counted
    while k > 1 and inside[k - 1].tag == "d" and is_nominal(inside[k - 2]):
        k -= 1
    last = k
    if (
        k > 1
        and not is_nominal(inside[k - 1])
        and inside[k - 1].tag in _LOOSE_TAGS
        and len(inside[k - 1].text) == 1
        and is_nominal(inside[k - 2])
    ):
        k -= 1  # 风险|点: a classifier or a bound form at the end of a compound
    k = _walk_back(inside, k)
    if k == last - 1 and k and inside[k].tag == "v" and inside[k - 1].tag in ("d", "ad"):
        k = last  # 班列|逆势|开行: a verbal noun after an adverb is a verb
    if k == last:
        head = inside[last - 1]
        if head.tag in ("v", "vi", "vd", "nz") or head.tag.startswith("v"):
            return _with_object(inside, last, money)
        return None
    first = _trim_left(inside, k, last)
    return (inside[first].start, inside[last - 1].end) if first < last else None


def _walk_back(inside: Sequence[Word], k: int) -> int:
    last = k
    while k and _extends(inside, k, last):
        k -= 1
    return k


def _extends(inside: Sequence[Word], k: int, last: int) -> bool:
    """Whether the word before position k belongs to the phrase that ends at position last."""
    word = inside[k - 1]
    before = inside[k - 2] if k >= 2 else None
    if k == last - 1 and len(inside[k].text) == 1 and inside[k].text in _ENDS_A_COMPOUND and word.tag[0] in "vna":
        return True  # 满载|率, 收购|价
    if k == last and word.text in _ENDS_A_COMPOUND and before is not None and before.tag[0] in "vna":
        return True  # 投产|率, whatever the sign would be alone
    if is_nominal(word) or word.text in ("”", "“", "《", "》", "‘", "’"):
        return True
    if k == last:
        return False
    if word.tag == "d" and word.text in _ADVERBS:
        return True
    if word.tag == FIGURE:
        return inside[k].text in _BOUNDS
    if before is None or not (is_nominal(before) or before.text == "”"):
        return False
    if word.text == "的":
        return _head_is_broad(inside, k, last)
    if word.text in _JOINERS:
        return True
    if governs(word):
        return inside[last - 1].text.endswith(_OF_ACTS)
    return word.tag == "v" and len(word.text) > 1


def _head_is_broad(inside: Sequence[Word], k: int, last: int) -> bool:
    head = "".join(w.text for w in inside[k:last])
    return head in triggers_of("broad_head") or len(head) <= 2


def governs(word: Word) -> bool:
    """Tells whether a word is a verb that takes a thing as its object (建成, 完成), not part of the thing's name."""
    kinds = trigger_kinds().get(word.text, ())
    return ("do" in kinds or "light" in kinds or "be" in kinds) and "nominal" not in kinds


def _trim_left(inside: Sequence[Word], k: int, last: int) -> int:
    while k < last - 1 and (
        inside[k].text in _JOINERS
        or inside[k].text in "”、》 "
        or (governs(inside[k]) and inside[k + 1].text != "的" and inside[k].tag.startswith("v"))
    ):
        k += 1
    return k


def _with_object(inside: Sequence[Word], last: int, money: bool) -> tuple[int, int] | None:
    word = inside[last - 1]
    k = last - 1
    while k and (inside[k - 1].tag in ("d", "ad", "vd") or inside[k - 1].text in _BEFORE_VERBS):
        k -= 1
    if last > 1 and inside[last - 2].tag == "b":
        return inside[last - 2].start, word.end
    if k and is_nominal(inside[k - 1]) and not governs(inside[k - 1]) and not (money and k == last - 1):
        first = _trim_left(inside, _walk_back(inside, k), k)
        return inside[first].start, inside[k - 1].end
    if "light" in trigger_kinds().get(word.text, ()):
        return None
    first = last - 1
    if (
        first
        and inside[first - 1].tag.startswith("v")
        and len(inside[first - 1].text) <= 2
        and inside[first - 1].text not in triggers_of("be")
        and inside[first - 1].text not in intention_words()
    ):
        first -= 1
    return inside[first].start, word.end


def is_verb_phrase(words: Sequence[Word], span: tuple[int, int]) -> bool:
    """Tells whether a phrase found before a figure is only a verb (回迁4200人), not a noun."""
    last = next((w for w in words if w.end == span[1]), None)
    if last is None or is_nominal(last):
        return False
    return last.start == span[0] or last.text not in _ENDS_A_COMPOUND


def topic_of(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the noun phrase at the head of a clause that has no figure (|岛外客源|以三省居多)."""
    inside = words_within(words, start, end)
    k = 0
    while k < len(inside) and (
        inside[k].tag in (TIME, NAME, "d", "c", "p", "t", "r", "uj")
        or inside[k].text in triggers_of("collective")
        or inside[k].text in _BEFORE_TOPICS
    ):
        if inside[k].tag == "p":
            return None
        k += 1
    first = k
    while k < len(inside) and is_nominal(inside[k]) and not governs(inside[k]):
        k += 1
    if k < len(inside) and inside[k].tag == NAME:
        return None  # 党支部书记|赵大河: a title
    if k == len(inside):
        while k > first and inside[k - 1].tag[0] in "il":
            k -= 1  # 比重|稳中有升，: an idiom at the end says how the thing moved
    if k == first or (k < len(inside) and inside[k].text == "的") or inside[k - 1].end - inside[first].start < 2:
        return None
    return inside[first].start, inside[k - 1].end
