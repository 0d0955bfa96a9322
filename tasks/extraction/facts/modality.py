"""Whether a figure is done, planned or a target.

What belongs here: the words of intention and of completion around a figure, and how far they reach.
What does not: the period the figure stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.section.mood import NEITHER, PLAN, REVIEW
from tasks.extraction.facts.section.passage import Passage
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import needed_signs
from tasks.lexicon.own import row_pattern
from tasks.page import Measure, Modality

ACTUAL, PLANNED, TARGET = Modality.ACTUAL, Modality.PLANNED, Modality.TARGET
_FORECAST, _COMING = "forecast", "coming"
_KINDS = {"done": ACTUAL, "target": TARGET, "planned": PLANNED, _FORECAST: PLANNED, _COMING: PLANNED}
_MEANT = (_FORECAST, _COMING)
"""Kinds of words of intention that even a review means: it tells other plans as carried out."""

_NO_PLANS = tuple(
    (found, needed_signs(found))
    for found in (
        pattern("modality.plan_as_a_name"),
        pattern("modality.plan_as_a_measure"),
        pattern("modality.no_word_of_plan"),
    )
)
_WILL = pattern("modality.will")
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
_PLANNED_SUM = pattern("modality.planned_sum")
_NEAR = 12
"""Characters before a figure in which a bracket that names its goal may open."""
_AGE, _PLAN_WORD, _AFTERWARDS, _BY = "岁", "计划", "后", "到"


class Verdict(NamedTuple):
    """What a figure is, and what says so: a rule's id, a word of `intentions.csv`, or empty where nothing does."""

    modality: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """A word of intention or completion; offsets in the sentence.

    Attributes:
        at: Its first character.
        end: After its last.
        kind: actual, planned or target: what it makes of the figures after it.
        row: The kind of its row in `intentions.csv`: a forecast and what is coming are planned, but plans of no past.
    """

    at: int
    end: int
    kind: str
    row: str


@cache
def _events() -> re.Pattern[str]:
    """Builds one pattern of the words of intention; its lookahead passes over most characters in one step."""
    kinds: dict[str, list[str]] = {}
    for row in read_table("intentions"):
        kinds.setdefault(row["kind"], []).append(row_pattern(row))
    first = "".join(sorted({row["word"][0] for row in read_table("intentions")}))
    return re.compile(f"(?=[{first}])(?:" + "|".join(f"(?P<{kind}>{'|'.join(w)})" for kind, w in kinds.items()) + ")")


def events_of(sentence: Sentence) -> list[Event]:
    """Finds a sentence's words of intention and completion, in order."""
    text = sentence.text
    if not _events().search(text) and not _WILL.search(text):
        return []
    for no_plan, signs in _NO_PLANS:
        if not sentence.signs.isdisjoint(signs):
            text = no_plan.sub(lambda m: "　" * len(m.group()), text)
    events = [Event(m.start(), m.end(), _KINDS[m.lastgroup or ""], m.lastgroup or "") for m in _events().finditer(text)]
    for match in _WILL.finditer(text):
        following = next((w for w in sentence.words if w.start >= match.end()), None)
        if following is not None and following.tag[0] in "vdpuc" and following.tag != "ud":
            events.append(Event(match.start(), match.end(), PLANNED, _COMING))
    return sorted(events, key=lambda e: e.at)


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
    said = _said(text, slot, events)
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
    forecasts = [e for e in events if e.row == _FORECAST and e.at < slot.start] if said == PLANNED else []
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


def _ends_quoted(text: str, event: Event, slot: Slot) -> bool:
    """Tells whether a word stands in a quotation that ends before the figure."""
    closed, opened = text.find("”", event.end, slot.start), text.find("“", event.end, slot.start)
    return closed >= 0 and (opened < 0 or closed < opened)


def _plans_money(text: str, slot: Slot, event: Event) -> bool:
    """Whether a word plans the sum of money beside a figure that is none (计划投资3亿元的|8个项目)."""
    if slot.quantity.dimension == "money" or event.at < slot.clause[0]:
        return False
    return _PLANNED_SUM.match(text, event.at) is not None


def _said(text: str, slot: Slot, events: list[Event]) -> Verdict | None:
    """Reads the events before a figure: the nearest that still reaches it decides."""
    verdict: str | None = None
    opened, word = -1, ""
    for event in events:
        if event.at >= slot.start:
            break
        if _ends_quoted(text, event, slot):
            continue  # 参与“未来8年培育良种”倡议的47人
        if event.kind == ACTUAL:
            if verdict is None or event.at >= slot.clause[0] or "；" in text[opened : event.at]:
                verdict, word = ACTUAL, text[event.at : event.end]
            continue
        if _plans_money(text, slot, event):
            continue
        if text[event.end - 1] == _AFTERWARDS and event.kind == PLANNED:
            verdict, opened, word = PLANNED, event.at, text[event.at : event.end]
            continue
        same_part = verdict == TARGET and "；" not in text[opened : event.at]
        if event.kind == PLANNED and same_part and (event.at < slot.clause[0] or slot.clause[0] <= opened):
            continue
        verdict, opened, word = event.kind, event.at, text[event.at : event.end]
    if verdict in (PLANNED, TARGET) and "；" in text[opened : slot.start] and opened > 30:
        return None
    return Verdict(verdict, word) if verdict else None
