"""How far a time in a figure's own sentence reaches, and which times reach nothing: origins, grounds, terms, each day.

What belongs here: a time and a figure of one sentence. What does not: times said before it (`carried`), and phrases
that keep a time from governing at all (`frames`).
"""

from __future__ import annotations

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.lexicon.grammar import pattern, words
from tasks.page import Period

_ORIGIN = pattern("period.origin_before")
_FROM_TO = pattern("period.from_to")
_GROUND = pattern("period.on_that_ground")
_ON_GROUND = pattern("period.on_the_ground_of")
_TERM = pattern("period.term")
_OF_A_GOAL = pattern("period.term_of_a_goal")
_EACH = pattern("period.each_time")
_RECURRING = pattern("period.recurring")
_HELD = pattern("period.held_now")
_FROM = words("from")


def follows_origin(text: str, start: int, end: int) -> bool:
    """Tells whether a time follows a 从 or 由 in a stretch of text: the figure after it is where a change began.

    Args:
        text: The text.
        start: Where the stretch begins.
        end: Where the time begins.
    """
    return bool(_ORIGIN.search(text, start, end))


def is_origin(text: str, period: Period, at: int) -> bool:
    """Tells whether a time only says from when something changed (由2019年的5%升至8%).

    Args:
        text: The text it stands in.
        period: The time.
        at: Where it begins in the text.
    """
    if period.kind == "since" or _FROM_TO.search(period.text, 1):
        return False
    return period.text.startswith(_FROM) or follows_origin(text, max(0, at - 5), at)


def holds_in_its_clause(period: Period) -> bool:
    """Tells whether a time is one of each year or day (每年, 日均), which holds in its own clause only."""
    return bool(_EACH.search(period.text))


def is_adverbial(sentence: Sentence, period: Period) -> bool:
    """Tells whether a time without dates only colours its clause (每年, 历年): it takes nothing over."""
    at = period.start_char - sentence.start
    if _is_term(sentence.text, period, at):
        return False
    return bool(_RECURRING.match(period.text)) or all(at != start for start, _ in sentence.clauses)


def tells_of_now(sentence: Sentence, slot: Slot, period: Period) -> bool:
    """Tells whether a clause after a beginning says what there is now (从2014年起开设课程，现有学员152人)."""
    if period.kind != "since" or not period.start or period.start_char - sentence.start >= slot.clause[0]:
        return False
    return bool(_HELD.search(sentence.text, period.end_char - sentence.start, slot.start))


def reaches(sentence: Sentence, slot: Slot, period: Period) -> bool:
    """Tells whether a time before a figure reaches it.

    Args:
        sentence: The sentence of both.
        slot: The figure.
        period: The time, with offsets in the paragraph.
    """
    at = period.start_char - sentence.start
    if at >= slot.left:
        return True
    text = sentence.text
    earlier = at < slot.clause[0] or any(at <= s.start < slot.start for s in sentence.slots)
    if earlier and is_origin(text, period, at):
        return False
    if _ON_GROUND.search(text, max(0, at - 8), at) and _GROUND.search(text, at + len(period.text), slot.start):
        return False
    if _is_term(text, period, at):
        return True
    undated = period.kind == "duration" and not (period.start or period.end)
    return at >= slot.clause[0] if undated or holds_in_its_clause(period) else True


def _is_term(text: str, period: Period, at: int) -> bool:
    """Whether a time is the term of a goal (力争用五年时间, 计划三年内)."""
    if period.kind != "duration" or not _TERM.search(period.text):
        return False
    return bool(_OF_A_GOAL.search(text, max(0, at - 6), at))
