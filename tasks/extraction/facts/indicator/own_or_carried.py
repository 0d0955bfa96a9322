"""The indicator of every figure of a sentence: its own noun phrase, or the one carried from the figures before.

What belongs here: which phrase goes to which figure, lists with 分别 included.
What does not: how far a phrase reaches.
"""

from __future__ import annotations

from tasks.extraction.facts.clause.actors import names_an_actor
from tasks.extraction.facts.clause.noun_phrases import phrase_before, topic_of
from tasks.extraction.facts.clause.slots import Sentence, Slot, Thing
from tasks.extraction.facts.clause.tokens import NAME, words_within
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.indicator.lists import name_sectors, share_out_lists
from tasks.extraction.facts.indicator.own_phrase import OF_PLAN, own_thing, thing_at
from tasks.lexicon.grammar import pattern, words
from tasks.page import Measure

_AMONG = pattern("indicator.among_how_many")
_IS_A_MEASURE = pattern("indicator.is_a_measure")
_ONLY_HOW_MUCH = words("only_how_much")
_BOUNDS = words("bound")
_A_HEAD = words("a_head")


def read_indicators(sentence: Sentence, inherited: str | None = None) -> tuple[Slot, ...]:
    """Reads of what every figure of a sentence is.

    Args:
        sentence: The sentence, its statements read.
        inherited: What the paragraph measured before, for the sectors listed after 分行业看.

    Returns:
        Its slots, each with its thing. A list shares its first figure's statement, and a percentage that moves on
        from the level before it is a level too: in these their statement is another one.
    """
    read: list[Slot] = []
    last: Slot | None = None
    used = 0
    for slot in sentence.slots:
        slot = _with_thing(sentence, slot, last, read, max(used, slot.left))
        if slot.indicator_span and not _only_bounds(sentence, slot):
            used = max(used, slot.indicator_span[1])
        if slot.indicator is not None:
            last = slot
        read.append(slot)
    return tuple(name_sectors(sentence, share_out_lists(sentence, read, inherited), inherited))


def _with_thing(sentence: Sentence, slot: Slot, last: Slot | None, earlier: list[Slot], floor: int) -> Slot:
    """Gives a figure its own thing, or the one carried on from the figures before."""
    thing = own_thing(sentence, slot, floor)
    if thing.source == "left" and not slot.order:
        thing = _without_its_owner(sentence, thing, earlier)
    if thing.source == "verb" and last is not None:
        thing = _join_verb(slot, thing, last)
    no_thing = thing.indicator in triggers_of("no_thing")
    if no_thing or (last is not None and _says_only_how_much(slot, thing, last)):
        thing = thing._replace(indicator=None)
    slot = slot.answered(slot.statement, thing)
    return _carry(sentence, slot, last, earlier) if thing.indicator is None else slot


def _without_its_owner(sentence: Sentence, thing: Thing, earlier: list[Slot]) -> Thing:
    """Parts 航空动力产业|产值 where the sentence has told another body's 产值 before."""
    if thing.span is None:
        return thing
    inside = words_within(sentence.words, *thing.span)
    cut = next((n for n in range(len(inside) - 1, 0, -1) if names_an_actor(inside[n - 1].text)), 0)
    if not cut or inside[0].tag == NAME:
        return thing
    measure = sentence.text[inside[cut].start : thing.span[1]]
    told = any(slot.indicator == measure and _is_of_an_actor(sentence, slot) for slot in earlier)
    return thing._replace(indicator=measure, span=(inside[cut].start, thing.span[1])) if told else thing


def _is_of_an_actor(sentence: Sentence, slot: Slot) -> bool:
    """Whether a body stands before a figure's thing in its clause (轨道交通装备产业|实现产值)."""
    before = words_within(sentence.words, slot.clause[0], slot.indicator_span[0]) if slot.indicator_span else []
    return any(names_an_actor(word.text) for word in before)


def _only_bounds(sentence: Sentence, slot: Slot) -> bool:
    """Whether a figure only bounds the thing named after it (60岁以上的|老人占27.6%)."""
    return slot.quantity.optional and sentence.text.startswith(_BOUNDS, slot.end)


def _says_only_how_much(slot: Slot, thing: Thing, last: Slot) -> bool:
    """Whether a figure's own phrase (总数, 余额) only stands for what the figure before measured."""
    name = thing.indicator
    if name not in _ONLY_HOW_MUCH or name is None:
        return False
    return (
        slot.measure == Measure.RANK
        or last.quantity.unit == slot.quantity.unit
        or (last.indicator or "").endswith(name)
    )


def _carry(sentence: Sentence, slot: Slot, last: Slot | None, earlier: list[Slot]) -> Slot:
    """Takes the indicator over from the clause before: its topic where it has no figure, else its figure's."""
    before = [c for c in sentence.clauses[: slot.clause_number] if last is None or c[0] >= last.end]
    topic = _topic_before(sentence, before[-1]) if before and slot.order == 0 else None
    if (
        topic
        and sentence.text[slice(*topic)] not in triggers_of("no_thing")
        and (last is None or slot.measure != Measure.RANK)
    ):
        return slot.answered(slot.statement, thing_at(sentence, topic, "topic"))
    if last is None:
        return slot
    if slot.measure == Measure.RANK:
        last = next((s for s in reversed(earlier) if _is_ranked(sentence, s, slot)), last)
    elif any(word in _A_HEAD for word, _ in slot.peeled.words):
        alike = (s for s in reversed(earlier) if s.quantity.dimension == slot.quantity.dimension)
        last = next(alike, None)  # 补贴3亿元，惠及农户4万户，户均8000元: of what is told in the same kind of unit
        if last is None:
            return slot
    statement = slot.statement
    if _moves_a_level(sentence, slot, last):
        statement = statement._replace(measure=Measure.LEVEL)  # 利率从60%增至80%
    return slot.answered(statement, Thing(last.indicator, last.indicator_span, "carried"))


def _topic_before(sentence: Sentence, clause: tuple[int, int]) -> tuple[int, int] | None:
    """Finds what a clause without a figure speaks of: the measure at its end, else the noun at its head."""
    end = clause[0] + len(sentence.text[slice(*clause)].rstrip("，"))
    last = phrase_before(sentence.words, clause[0], end, clause[0])
    if last is not None and last[1] == end and _IS_A_MEASURE.search(sentence.text, *last):
        return last
    return topic_of(sentence.words, *clause)


def _is_ranked(sentence: Sentence, earlier: Slot, slot: Slot) -> bool:
    """Whether a rank may be that of an earlier figure's thing, not of those it is held among (13个区县里排第三)."""
    if earlier.end > slot.start or not earlier.indicator:
        return False
    return not _AMONG.search(sentence.text[earlier.left : earlier.start])


def _moves_a_level(sentence: Sentence, slot: Slot, last: Slot) -> bool:
    """Whether a percentage that looks like a share is the level to which the one before moved."""
    percents = last.quantity.dimension == slot.quantity.dimension == "percent"
    if not percents or slot.measure != Measure.SHARE or last.measure != Measure.LEVEL:
        return False
    return not OF_PLAN.search(sentence.text, slot.left, slot.start)


def _join_verb(slot: Slot, thing: Thing, last: Slot) -> Thing:
    """Completes a bare verb (改造9个) with the thing counted just before, where the unit is the same."""
    name, verb = last.indicator or "", thing.indicator
    if slot.quantity.dimension == "money" or slot.quantity.unit != last.quantity.unit:
        return thing
    if not verb or last.source == "verb" or len(name) > 10:
        return thing
    return thing._replace(indicator=name if name.startswith(verb) else verb + name)
