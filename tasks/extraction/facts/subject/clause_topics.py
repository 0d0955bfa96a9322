"""Common nouns that a clause speaks of and that have figures of their own (长者食堂每天卖出套餐140份).

What belongs here: finding the noun at the head of a clause, and telling bodies and sites from things measured.
What does not: names, and words that stand for one (公司, 他).
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extraction.facts.clause.actors import names_an_actor
from tasks.extraction.facts.clause.counted_phrases import phrase_after
from tasks.extraction.facts.clause.noun_phrases import governs, is_nominal, phrase_before
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import FIGURE, NAME, TIME, Word, words_within
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.subject.article_owners import BODY_WORD
from tasks.extraction.facts.subject.speakers import SPEAKS, Shift
from tasks.lexicon.grammar import pattern

_LIGHT_TAGS = (TIME, "d", "c", "t", "r", "ad", "x")
_FILL = pattern("subject.how_it_is_founded")
_LISTED = pattern("subject.listed")
_JOINT = pattern("clause.joint")


def clause_topics(sentence: Sentence, shifts: Sequence[Shift]) -> list[Shift]:
    """Finds the clauses of a sentence that speak of a kind of body or a site without a name.

    Args:
        sentence: The sentence, its indicators read.
        shifts: The shifts found by names, which come first.
    """
    found: list[Shift] = []
    for number, clause in enumerate(sentence.clauses):
        slots = [s for s in sentence.slots if s.clause_number == number]
        for span in (_head(sentence, clause, slots), _before_verb(sentence, clause, slots)):
            name = sentence.text[span[0] : span[1]].strip("“”的、") if span else ""
            if not span or not _is_specific(name) or SPEAKS.match(sentence.text, span[1]):
                continue
            if slots and _is_measured(slots[0], span):
                continue
            found.append(Shift(span[1], name, None, "thing", False))
            break
    found.extend(_founded(sentence, shifts))
    found.extend(_counted_bodies(sentence, [*shifts, *found]))
    return found


def _is_region(shift: Shift) -> bool:
    if shift.members:
        return False
    return shift.kind == "all" or shift.entity is None or shift.entity.type == "LOC"


def _founded(sentence: Sentence, shifts: Sequence[Shift]) -> list[Shift]:
    """Finds what a clause founds (把吊脚楼改成“侗听”民宿，8间客房…): what follows is told of that."""
    found = []
    for word in sentence.words:
        if word.text not in triggers_of("found"):
            continue
        clause = next((c for c in sentence.clauses if c[0] <= word.start < c[1]), None)
        start = word.end + len(_FILL.match(sentence.text, word.end)[0])  # type: ignore[index]
        span = phrase_after(sentence.words, start, clause[1]) if clause else None
        if (
            span is None
            or clause is None
            or any(w.tag == FIGURE and start <= w.start < span[1] for w in sentence.words)
        ):
            continue
        if span[1] != clause[1] or span[0] - start > 1:
            continue
        name = sentence.text[start : span[1]].strip("“”的、")
        founder = max((t for t in shifts if t.end <= start), key=lambda t: t.end, default=None)
        if founder is None or founder.entity is None or founder.entity.type != "PER":
            continue
        if _is_specific(name):
            found.append(Shift(span[1], name, None, "founded", False))
    return found


def _is_specific(name: str) -> bool:
    if not names_an_actor(name) or BODY_WORD.fullmatch(name):
        return False
    return len(name) > 2 and not _JOINT.search(name)


def _head(sentence: Sentence, clause: tuple[int, int], slots: Sequence[Slot]) -> tuple[int, int] | None:
    """Finds the noun phrase at the head of a clause that something is said of."""
    end = slots[0].start if slots else clause[1]
    words = words_within(sentence.words, clause[0], end)
    k = 0
    while k < len(words) and (words[k].tag in _LIGHT_TAGS or words[k].text in triggers_of("collective")):
        k += 1
    first = k
    while k < len(words) and _belongs(words, k, first):
        k += 1
    if slots and k == len(words) and slots[0].source == "left" and slots[0].indicator_span:
        # 规上装备企业|产值: two nouns side by side, the second one measured
        k = first + _bodies_before(words[first:], slots[0].indicator_span)
    if k == first or (k == len(words) and not slots) or words[k - 1].tag in (NAME, FIGURE):
        return None
    return words[first].start, words[k - 1].end


def _before_verb(sentence: Sentence, clause: tuple[int, int], slots: Sequence[Slot]) -> tuple[int, int] | None:
    """Finds the noun phrase before the verb whose object is measured (花1800万元建成的师生食堂|有|座位420个)."""
    if not slots:
        return None
    own = slots[0].indicator_span
    end = own[0] if own and clause[0] < own[0] < slots[0].start and slots[0].source == "left" else slots[0].start
    words = words_within(sentence.words, clause[0], end)
    k = len(words)
    while k and (words[k - 1].tag[0] in "vdu" or words[k - 1].tag in ("zg", "ad", TIME) or words[k - 1].text == "还"):
        k -= 1
    if k == len(words) or not k or words[k - 1].tag == NAME:
        return None
    return phrase_before(sentence.words, clause[0], words[k - 1].end, clause[0])


def _belongs(words: Sequence[Word], k: int, first: int) -> bool:
    word = words[k]
    if word.tag == NAME or word.text in "“”":
        return True
    return is_nominal(word) and not (governs(word) and k > first and word.tag not in ("n", "vn"))


def _bodies_before(words: Sequence[Word], measured: tuple[int, int]) -> int:
    for k in range(len(words) - 1, 0, -1):
        if words[k - 1].end <= measured[0] or (words[k - 1].end < measured[1] and names_an_actor(words[k - 1].text)):
            return k
    return 0


def _is_measured(slot: Slot, span: tuple[int, int]) -> bool:
    """Whether the noun at the head is what the figure counts (返程班列开行560列), not whose figure it is."""
    own = slot.indicator_span
    if own is None or slot.source == "topic":
        return True
    return own[0] < span[1] and span[0] < own[1] and slot.source != "right"


def _counted_bodies(sentence: Sentence, shifts: Sequence[Shift]) -> list[Shift]:
    """Bodies counted just before have figures of their own (132家规上装备企业上半年产值突破510亿元)."""
    found = []
    for before, slot in zip(sentence.slots, sentence.slots[1:], strict=False):
        span = before.indicator_span
        listed = _listed_before(sentence, before)
        shared = bool(listed) and slot.list_place == (0, len(listed))
        told = span is not None and before.source in ("right", "left") and _tells_of(before, slot)
        if listed and (shared or told):
            whole = sentence.text[before.clause[0] : before.start]
            members = tuple((m, None) for m in listed)
            found.append(Shift(slot.start, whole, None, "listed", False, members, "subject.listed"))
        if listed or span is None or not told or any(_cuts_in(t, before, slot) for t in shifts):
            continue
        name = sentence.text[span[0] : span[1]].strip("“”的")
        if len(name) > 3 and names_an_actor(name):
            found.append(Shift(max(span[1], before.end), name, None, "thing", False))
    return found


def _cuts_in(shift: Shift, before: Slot, slot: Slot) -> bool:
    """Whether another subject stands between, or a region whose bodies are counted (全区73家企业)."""
    if before.end <= shift.end <= slot.start:
        return True
    return _is_region(shift) and before.clause[0] <= shift.end <= before.start


def _tells_of(before: Slot, slot: Slot) -> bool:
    """Whether a figure is told of the things the figure before counted."""
    if slot.source != "left" or slot.indicator_span is None or before.source != "right":
        return False
    if before.clause_number != slot.clause_number or before.indicator_span is None:
        return False
    return before.indicator_span[1] <= slot.indicator_span[0]


def _listed_before(sentence: Sentence, count: Slot) -> list[str]:
    """Gives the names counted (福深兴安、古天电子、新光机电|3家|企业), where as many stand there as are counted."""
    found = _LISTED.search(sentence.text, count.clause[0], count.start)
    members = _JOINT.split(found.group()) if found else []
    return members if len(members) == count.quantity.value else []
