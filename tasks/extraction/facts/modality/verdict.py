"""Whether a figure is done, planned or a target.

What belongs here: weighing words of intention, projects, the section and the outlook of the period.
What does not: finding the words (`intention`), and the period the figure stands for.
"""

from __future__ import annotations

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.modality.intention import (
    ACTUAL,
    COMING,
    FORECAST,
    PLANNED,
    TARGET,
    Event,
    Verdict,
    said_before,
)
from tasks.extraction.facts.section.mood import NEITHER, PLAN, REVIEW
from tasks.extraction.facts.section.passage import Passage
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import needed_signs
from tasks.page import Measure

_MEANT = (FORECAST, COMING)
"""Kinds of words of intention that even a review means: it tells other plans as carried out."""

_WHOLE_PROJECT = pattern("modality.sum_of_a_project")
_STAGE = pattern("modality.stage_of_a_project")
_SITE = pattern("modality.size_of_a_site")
_IN_USE = pattern("modality.site_in_use")
_BOUND = pattern("modality.bound_to_be_kept")
_CARRIED_OUT = pattern("modality.carried_out")
_GOAL = pattern("modality.goal_reached")
_YEARS_AHEAD = pattern("modality.years_ahead")
_INTENDED = (*words("will"), *(row["word"] for row in read_table("intentions") if row["kind"] in _MEANT))
_TO_COME = pattern("modality.work_to_come", intended=_INTENDED)
_CALLED_A_PLAN = pattern("modality.called_a_plan")
_CALLED_SIGNS = needed_signs(_CALLED_A_PLAN)
_PROJECT = pattern("modality.of_this_project")
_UNFINISHED = pattern("modality.unfinished")
_GOAL_IN_BRACKETS = pattern("modality.goal_in_brackets")
_REALLY_DONE = pattern("modality.really_done")
_TO_BE_BUILT = pattern("section.to_be_built_itself")
_FROM_A_LEVEL = pattern("modality.from_a_level")
_LEVERAGED = pattern("modality.leveraged", pull=sorted(triggers_of("pull")))
_WORKS = pattern("modality.works_by_number")
_SURVEYED = pattern("modality.surveyed")
_THERE_ALREADY = pattern("modality.there_already")
_DONE_SAID = pattern("modality.done_said")
_WORKS_AT = pattern("modality.works_begun_with")
_BOUNDS = words("bound")
_SIZES = words("size_of_a_structure")
_COUNTED_TASKS = words("counts_tasks")
"""列出了17项重点任务: the tasks are counted, the number is no goal."""
_COUNTED_WORKS = words("counted_works")
_GREAT = words("great_works")
_NEAR = 12
"""Characters before a figure in which a bracket that names its goal may open."""
_AGE, _PLAN_WORD, _BY = "岁", "计划", "到"


def read_modality(
    sentence: Sentence,
    slot: Slot,
    events: list[Event],
    before: tuple[Slot, str] | None,
    passage: Passage,
    future: str,
) -> Verdict:
    """Decides whether a figure is actual, target or planned.

    Args:
        sentence: The sentence.
        slot: The figure.
        events: The sentence's words of intention and completion.
        before: The figure before in this sentence and its modality.
        passage: What the sentences before intend, whether the paragraph reviews what was done or sets what is to be
            done, and whether something was just said to be still unbuilt.
        future: How the governing period lies to the issue date, as `outlook` tells.
    """
    mood = passage.mood
    if slot.quantity.unit == _AGE and sentence.text.startswith(_BOUNDS, slot.end):
        return Verdict(ACTUAL, "age")  # 为60岁以上老人
    if _GOAL_IN_BRACKETS.search(sentence.text, max(0, slot.start - _NEAR), slot.start):
        return Verdict(TARGET, "modality.goal_in_brackets")
    if future == "told" or (mood == REVIEW and future == "past"):
        # 争取, 计划 and 实现目标 tell of work that was done; only a forecast is none, and a plan that 实际 answers
        done = _REALLY_DONE.search(sentence.text, slot.end)
        against = done.start() if done else 0
        told = [e for e in events if e.kind == ACTUAL or e.row in _MEANT or e.at < against]
        return _by_words(sentence, slot, told, before, ACTUAL, "past")
    if _is_size_of_something_unbuilt(sentence.text, slot, passage.unbuilt):
        return Verdict(PLANNED, "section.to_be_built")
    verdict = _by_words(sentence, slot, events, before, passage.outlook if mood == NEITHER else ACTUAL, future)
    if mood != PLAN or verdict.modality == PLANNED or _is_fact_in_plan(sentence.text, slot):
        return verdict
    intended = any(e.kind != ACTUAL and slot.clause[0] <= e.at < slot.start for e in events)
    works = not intended and _WORKS_AT.match(sentence.text[slot.clause[0] : slot.clause[1]])
    if works and works.end() <= slot.start - slot.clause[0]:
        return Verdict(PLANNED, "modality.works_begun_with")
    return Verdict(TARGET, "section")


def _is_size_of_something_unbuilt(text: str, slot: Slot, unbuilt: bool) -> bool:
    """Whether a figure is the length or the area of what is still to be built, by this sentence or the one before."""
    if not (slot.indicator or "").endswith(_SIZES) or slot.measure != Measure.LEVEL:
        return False
    if _DONE_SAID.search(text) or _IN_USE.search(text, 0, slot.start):
        return False
    end = text.find("；", slot.end)
    return unbuilt or _TO_BE_BUILT.search(text, slot.end, end if end >= 0 else len(text)) is not None


def _is_fact_in_plan(text: str, slot: Slot) -> bool:
    """Whether a figure inside a plan tells what there is already: its own part of the sentence says so."""
    left = text[slot.left : slot.start]
    if _FROM_A_LEVEL.search(left) or _THERE_ALREADY.search(left):
        return True
    return bool(_DONE_SAID.search(text, text.rfind("；", 0, slot.start) + 1, slot.start))


def _by_words(
    sentence: Sentence, slot: Slot, events: list[Event], before: tuple[Slot, str] | None, passage: str, future: str
) -> Verdict:
    text = sentence.text
    left = text[slot.left : slot.start]
    settled = _by_phrase(sentence, slot, left, future) or _of_a_project(text, slot, left)
    if settled is not None:
        return settled
    if future != "past" and _BOUND.search(left) and not _WORKS.search(left):
        return Verdict(TARGET, "modality.bound_to_be_kept")
    if before is not None and _goes_on(slot, before[0], events):
        return Verdict(before[1], "carried")
    said = said_before(text, slot, events)
    intended = _as_intended(text, slot, events, said and said.modality, future)
    if intended is not None and (said is None or intended.modality != said.modality):
        return intended
    return said or _unsaid(text, slot, passage, future)


def _by_phrase(sentence: Sentence, slot: Slot, left: str, future: str) -> Verdict | None:
    """Decides by what touches a figure: called a target after it, there already before it, or asked of people."""
    text, called = sentence.text, None
    if slot.quantity.unit not in _COUNTED_TASKS and not sentence.signs.isdisjoint(_CALLED_SIGNS):
        called = _CALLED_A_PLAN.match(text, slot.end)
    if called is not None and called.lastgroup:
        return Verdict(called.lastgroup, "modality.called_a_plan")
    if _FROM_A_LEVEL.search(left):
        return Verdict(ACTUAL, "modality.from_a_level")
    if _THERE_ALREADY.search(left):
        return Verdict(ACTUAL, "modality.there_already")
    if future == "past" and _CARRIED_OUT.search(left):
        return Verdict(ACTUAL, "modality.carried_out")
    if _SURVEYED.match(text, slot.end):
        return Verdict(ACTUAL, "modality.surveyed")  # 夜市将延长营业，58%的网友担心噪声
    planned = _BOUND.search(left) and _PLAN_WORD in text[slot.clause[0] : slot.start]
    return Verdict(TARGET, "modality.bound_to_be_kept") if planned else None


def _of_a_project(text: str, slot: Slot, left: str) -> Verdict | None:
    """Decides for the sum, the site and the features of a project by how far the project has come."""
    name = slot.indicator or ""
    counted = slot.quantity.dimension == "count" and name.endswith(_COUNTED_WORKS)
    if _WHOLE_PROJECT.search(name) and not counted and not _LEVERAGED.search(left):
        stages = [m.lastgroup for m in _STAGE.finditer(text, text.rfind("；", 0, slot.start) + 1, slot.start)]
        finished = bool(stages) and stages[-1] == "finished"
        return Verdict(ACTUAL if finished else PLANNED, "modality.sum_of_a_project")
    if _SITE.search(name) and _WHOLE_PROJECT.search(text) and not _IN_USE.search(text):
        return Verdict(PLANNED, "modality.size_of_a_site")
    feature = _PROJECT.match(text) and _is_feature(text, slot)
    return Verdict(PLANNED, "modality.of_this_project") if feature else None


def _as_intended(text: str, slot: Slot, events: list[Event], said: str | None, future: str) -> Verdict | None:
    """Tells a target from a plan, by the time a figure is told for and by how it is said."""
    left = text[slot.left : slot.start]
    forecasts = [e for e in events if e.row == FORECAST and e.at < slot.start] if said == PLANNED else []
    by_then = any(_BY in text[e.end : slot.start] for e in forecasts)  # 预计到2030年，人口将达5万
    if future == "goal" and said != ACTUAL and not by_then:
        works = _WORKS.search(left)
        return Verdict(PLANNED, "modality.works_by_number") if works else Verdict(TARGET, "goal")
    if said == PLANNED:
        target = not forecasts and _sets_a_goal(text, slot, left, future)
        return Verdict(TARGET if target else PLANNED, "modality.goal_reached")
    if said is None and future == "long" and not _DONE_SAID.search(text):
        return Verdict(TARGET, "long")
    return Verdict(PLANNED, "modality.work_to_come") if said != TARGET and _is_to_come(text, slot) else None


def _sets_a_goal(text: str, slot: Slot, left: str, future: str) -> bool:
    """Whether a figure that is planned is a target: a growth or a mark to be reached within a time that runs on."""
    goal = bool(_GOAL.search(left))
    if (future == "long" and not _DONE_SAID.search(text)) or (goal and _YEARS_AHEAD.search(text, 0, slot.start)):
        return goal
    return not _is_to_come(text, slot) and future in ("open", "long") and (slot.measure == Measure.GROWTH or goal)


def _is_to_come(text: str, slot: Slot) -> bool:
    return slot.quantity.dimension == "count" and _TO_COME.match(text, slot.end) is not None


def _unsaid(text: str, slot: Slot, passage: str, future: str) -> Verdict:
    """Decides by the period and by the sentences before, where no word of intention reaches the figure."""
    if future == "ahead":
        goal = _GOAL.search(text[slot.clause[0] : slot.start])
        return Verdict(TARGET, "modality.goal_reached") if goal else Verdict(PLANNED, "ahead")
    if passage != ACTUAL and (future in ("open", "long") or not _DONE_SAID.search(text)):
        return Verdict(passage, "passage")
    return Verdict(ACTUAL, "")


def tells_origin(sentence: Sentence, slot: Slot) -> bool:
    """Tells whether a figure is what something starts from (由100天延长到120天): it says nothing about the next."""
    return bool(_FROM_A_LEVEL.search(sentence.text[slot.left : slot.start]))


def _goes_on(slot: Slot, before: Slot, events: list[Event]) -> bool:
    """Tells whether a figure goes on with the one before it, no word of intention or completion between them."""
    if slot.source not in ("carried", "list") or slot.clause_number - before.clause_number > 1:
        return False
    return not _is_bound_of(before, slot) and not any(e.at >= before.end for e in events if e.end <= slot.start)


def _is_bound_of(before: Slot, slot: Slot) -> bool:
    """Tells whether a sum only bounds the things counted after it (计划投资过亿元|项目108个)."""
    return before.source == "right" and before.quantity.dimension == "money" and slot.quantity.dimension == "count"


def _is_feature(text: str, slot: Slot) -> bool:
    """Tells whether a figure is what a project will have that is not finished (该工程覆盖13个县，可解决用水问题)."""
    if slot.measure != Measure.LEVEL or text.startswith(_GREAT, slot.end):
        return False
    return bool(_UNFINISHED.search(text))
