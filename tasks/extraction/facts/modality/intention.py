"""Words of intention and of completion in a sentence, and which of them reaches a figure.

What belongs here: finding these words, and what those before a figure make of it. What does not: projects, periods and
sections, which may know better (`verdict`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.lexicon.grammar.needed import needed_signs
from tasks.lexicon.own import row_pattern
from tasks.page import Modality

ACTUAL, PLANNED, TARGET = Modality.ACTUAL, Modality.PLANNED, Modality.TARGET
FORECAST, COMING = "forecast", "coming"
_KINDS = {"done": ACTUAL, "target": TARGET, "planned": PLANNED, FORECAST: PLANNED, COMING: PLANNED}
_NO_PLANS = tuple(
    (found, needed_signs(found))
    for found in (
        pattern("modality.plan_as_a_name"),
        pattern("modality.plan_as_a_measure"),
        pattern("modality.no_word_of_plan"),
    )
)
_WILL = pattern("modality.will")
_PLANNED_SUM = pattern("modality.planned_sum")
_AFTERWARDS = "后"


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
            events.append(Event(match.start(), match.end(), PLANNED, COMING))
    return sorted(events, key=lambda e: e.at)


def _ends_quoted(text: str, event: Event, slot: Slot) -> bool:
    """Tells whether a word stands in a quotation that ends before the figure."""
    closed, opened = text.find("”", event.end, slot.start), text.find("“", event.end, slot.start)
    return closed >= 0 and (opened < 0 or closed < opened)


def _plans_money(text: str, slot: Slot, event: Event) -> bool:
    """Whether a word plans the sum of money beside a figure that is none (计划投资3亿元的|8个项目)."""
    if slot.quantity.dimension == "money" or event.at < slot.clause[0]:
        return False
    return _PLANNED_SUM.match(text, event.at) is not None


def said_before(text: str, slot: Slot, events: list[Event]) -> Verdict | None:
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
