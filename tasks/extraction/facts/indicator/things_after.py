"""The thing named after a figure, in full: 26个|省级特色文化街区|, 12个“|共享车位|”, 46人|受伤|.

What belongs here: how far the name after a figure reaches where it holds verbs, adjectives, brackets or quotes.
What does not: whether the thing stands before or after its figure (`own_or_carried`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from tasks.extraction.facts.clause.counted_phrases import phrase_after
from tasks.extraction.facts.clause.noun_phrases import governs, is_nominal
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import NAME, Word, words_within
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.page import Measure

_QUOTED_THING = pattern("indicator.quoted_thing")
_BEFALLEN = pattern("indicator.befallen")
_IS_A_MEASURE = pattern("indicator.is_a_measure")
_ALTERNATIVES = pattern("indicator.alternatives")
_HEADS = words("counted_head")
_ACTORS = words("actor_end")
_DESCRIBES = words("only_describes")
_ARE = words("copula")
_BEFORE_IT = (*words("bound"), *words("roughly_after"))
_PARTS_OF_NAMES = "nvabkzjlif"
_SUMS_UP = words("sums_up")
_CLAUSE_ENDS = "，。；！？、”"
_LONGEST = 8
"""Words of a name; more of them are a sentence."""


def thing_after(sentence: Sentence, slot: Slot, counts: bool) -> tuple[int, int] | None:
    """Finds the thing named after a figure; offsets in the sentence.

    Args:
        sentence: The sentence.
        slot: The figure.
        counts: Whether it counts (45个), rather than measures (45公里).
    """
    text = sentence.text
    quoted = _QUOTED_THING.match(text, slot.end)
    if quoted is not None:
        further = phrase_after(sentence.words, quoted.end(), slot.right)
        follows = further is not None and further[0] == quoted.end()
        return (quoted.start(), further[1]) if further and follows else (quoted.start() + 1, quoted.end() - 1)
    befallen = _BEFALLEN.match(text, slot.end)
    if befallen:
        return befallen.span()
    start = slot.end + 1 if slot.measure == Measure.SHARE and text.startswith("是", slot.end) else slot.end
    end = _end_of_thing(sentence, slot)
    span = phrase_after(sentence.words, start, end)
    if counts:
        inside = words_within(sentence.words, start, end)
        span = _whole(inside, span)
        span = _without_measure(inside, span) if span and end < slot.right else span
    if counts and span is not None and _heads_its_clause(sentence, slot):
        span = _before_predicate(sentence, span, slot.right)
    if span is None or text[slice(*span)] in triggers_of("no_thing"):
        return None
    brackets = _ALTERNATIVES.match(text, span[1])
    return (span[0], brackets.end()) if brackets else span


def rule_after(text: str, at: int) -> str:
    """Names the rule by which what follows a figure is its thing whole; empty where its words alone say so."""
    return rule_of(_QUOTED_THING.match(text, at) or _BEFALLEN.match(text, at))


def _end_of_thing(sentence: Sentence, slot: Slot) -> int:
    """Leaves to the next figure of the clause the words that say how it changed (117家企业产值|同比增长|5%)."""
    following = next((s for s in sentence.slots if s.start == slot.right and s.left == slot.end), None)
    if following is None or following.measure != Measure.GROWTH:
        return slot.right
    return following.left + len(following.peeled.rest)


def _without_measure(inside: Sequence[Word], span: tuple[int, int]) -> tuple[int, int]:
    """Leaves to the next figure what it measures of the things counted (117家|规上工业企业|产值)."""
    name = [word for word in inside if span[0] <= word.start < span[1]]
    for n in range(len(name) - 1, 0, -1):
        measure = "".join(word.text for word in name[n:])
        if name[n - 1].text.endswith((*_ACTORS, *_HEADS)) and _IS_A_MEASURE.search(measure):
            return span[0], name[n - 1].end
    return span


def _whole(inside: Sequence[Word], span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Reaches over verbs and adjectives within a name to the noun that ends it (乡村|振兴|示范村, 改造|项目)."""
    first = next((n for n, word in enumerate(inside) if not _leads(word)), len(inside))
    name = list(takewhile(_may_stand_in_a_name, inside[first : first + _LONGEST]))
    following = inside[first + len(name)] if first + len(name) < len(inside) else None
    told = next((n for n in range(1, len(name)) if name[n].tag == "v"), len(name))
    if span is None and first and inside[0].text in triggers_of("collective") and told == 1 and is_nominal(name[0]):
        return name[0].start, name[0].end  # 6家|全国|重点实验室
    if len(name) < 2 or (following is not None and following.tag != "x"):
        return span
    if span is not None and not (span[1] < name[-1].end and _only_describes(inside, span)):
        return span
    if not _is_head(name[-1]) or any(_tells(name, n) for n in range(len(name) - 1)):
        return span
    return name[0].start, name[-1].end


def _heads_its_clause(sentence: Sentence, slot: Slot) -> bool:
    """Whether no verb stands before a figure in its clause, so that what it counts does something (13个|库点|收粮)."""
    before = words_within(sentence.words, slot.clause[0], slot.start)
    return not any(word.tag[0] == "v" and word.text not in _SUMS_UP for word in before)


def _before_predicate(sentence: Sentence, span: tuple[int, int], end: int) -> tuple[int, int]:
    """Ends a name before the verb that tells what the things do, where the clause ends with it (库点|敞开收粮)."""
    if end > span[1] and sentence.text[span[1]] not in _CLAUSE_ENDS:
        return span
    name = words_within(sentence.words, *span)
    told = next((n for n in range(1, len(name)) if name[n].tag == "v" and is_nominal(name[n - 1])), 0)
    return (span[0], name[told - 1].end) if told else span


def _only_describes(inside: Sequence[Word], span: tuple[int, int]) -> bool:
    """Whether what was found after a figure is nothing to be counted (国家, 省级, 示范性), but says of what kind."""
    return "".join(w.text for w in inside if span[0] <= w.start < span[1]).endswith(_DESCRIBES)


def _leads(word: Word) -> bool:
    return word.text in triggers_of("collective") or word.text in _BEFORE_IT or word.tag == "f"


def _may_stand_in_a_name(word: Word) -> bool:
    return word.tag[0] in _PARTS_OF_NAMES or word.tag == NAME or (word.tag in "mt" and len(word.text) > 1)


def _is_head(word: Word) -> bool:
    return word.text.endswith(_HEADS) or (word.tag[0] == "n" and is_nominal(word) and not governs(word))


def _tells(name: Sequence[Word], n: int) -> bool:
    """Whether a verb says what the things do (滑雪场|开板, 企业|参加|展会), so that their name ends before it."""
    word = name[n]
    if not word.tag.startswith("v"):
        return False
    if n == 0:
        return word.text in _ARE or (governs(word) and not name[-1].text.endswith(_HEADS))
    if name[n - 1].text.endswith(_ACTORS):
        return True
    return governs(word) and not name[-1].text.endswith(_HEADS)
