"""Reads what a second reader said: by a closed schema, and no word that is not printed in what was sent.

What belongs here: what of an answer may be used. What does not: what it is to our own reading (`weighing`).

A value or a unit has no place in the schema, so none can come in; a figure that was not asked about is dropped.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tasks.second.questions import printed_parts, without_marks
from warehouse.load.told import ASKED

FIELDS = ASKED
PRINTED = ("indicator", "subject", "period")
"""Of these, what must be printed in what was sent."""
WHOLE = "answer"
"""Stands for all fields where an answer is dropped as a whole."""
_LONGEST = {"indicator": 80, "subject": 80, "period": 60}
_MOST_TEXT = 200_000


class _Said(BaseModel):
    """What is said of one figure; nothing else may be said."""

    model_config = ConfigDict(extra="forbid", strict=True)

    n: int
    figure: bool
    measure: Literal["level", "growth", "share", "contribution", "rank"] | None = None
    comparison: Literal["yoy", "qoq", "ytd", "prior"] | None = None
    indicator: str | None = Field(default=None, max_length=400)
    subject: str | None = Field(default=None, max_length=400)
    period: str | None = Field(default=None, max_length=400)
    modality: Literal["actual", "target", "planned"] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be used of an answer about one figure.

    Attributes:
        figure: Whether it is held for a figure at all.
        fields: What is said, in the words of the print; None where the text does not say.
        dropped: Fields that may not be used, each with the reason; `answer` for all of them.
    """

    figure: bool = True
    fields: Mapping[str, str | None] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)


def reply_schema() -> dict[str, Any]:
    """Gives the JSON schema of an answer, as servers that hold a model to one want it: closed, all fields named."""
    either = {name: _Said.model_json_schema()["properties"][name] for name in FIELDS}
    properties: dict[str, Any] = {"n": {"type": "integer"}, "figure": {"type": "boolean"}}
    for name, declared in either.items():
        kind: dict[str, Any] = {"type": ["string", "null"]}
        if values := next((option["enum"] for option in declared["anyOf"] if "enum" in option), None):
            kind["enum"] = [*values, None]
        properties[name] = kind
    said = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"figures": {"type": "array", "items": said}},
        "required": ["figures"],
        "additionalProperties": False,
    }


def read_answers(texts: Sequence[str], sent: str, count: int) -> list[Reading]:
    """Reads what was said at the first and, where that was not to be used, at the second asking.

    Args:
        texts: The answers as they came, in order.
        sent: The message that they answer.
        count: How many figures it asks about.

    Returns:
        A reading for each figure, in the order of their numbers.
    """
    readings = [Reading(dropped={WHOLE: "no answer"})] * count
    for text in texts:
        later = _read(text, sent, count)
        readings = [_better(before, after) for before, after in zip(readings, later, strict=True)]
    return readings


def problems_of(readings: Sequence[Reading]) -> list[str]:
    """Says what of answers may not be used, for the second asking: number, field, reason.

    Args:
        readings: In the order of their numbers.
    """
    return [f"{n}. {name}: {why}" for n, reading in enumerate(readings, 1) for name, why in reading.dropped.items()]


def _better(before: Reading, after: Reading) -> Reading:
    """Takes the first answer as far as it may be used, and what it lacks from the second."""
    if not before.dropped:
        return before
    if WHOLE in before.dropped:
        return after
    mended = {name: after.fields[name] for name in before.dropped if name in after.fields}
    dropped = {name: why for name, why in before.dropped.items() if name not in mended}
    return Reading(before.figure, {**before.fields, **mended}, dropped)


def _read(text: str, sent: str, count: int) -> list[Reading]:
    reply, problem = _json_of(text)
    said = reply.get("figures") if isinstance(reply, dict) and set(reply) == {"figures"} else None
    if not isinstance(said, list):
        return [Reading(dropped={WHOLE: problem or "it is not as the schema has it"})] * count
    by_number: dict[int, list[Reading]] = {}
    parts = [_Printed(part) for part in printed_parts(sent)]
    for each in said[: 10 * count]:
        number = each.get("n") if isinstance(each, dict) else None
        if isinstance(number, int) and not isinstance(number, bool):
            by_number.setdefault(number, []).append(_read_one(each, parts))
    return [_only(by_number.get(number, [])) for number in range(1, count + 1)]


def _only(found: Sequence[Reading]) -> Reading:
    if len(found) == 1:
        return found[0]
    return Reading(dropped={WHOLE: "it is answered several times" if found else "it is not answered"})


def _read_one(said: Mapping[str, Any], parts: Sequence[_Printed]) -> Reading:
    try:
        taken = _Said.model_validate(said)
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(map(str, wrong["loc"]))[:40]
        return Reading(dropped={WHOLE: f"it is not as the schema has it ({place}: {wrong['type']})"})
    if not taken.figure:
        return Reading(figure=False)
    fields: dict[str, str | None] = {}
    dropped: dict[str, str] = {}
    for name in FIELDS:
        value = getattr(taken, name)
        if name in PRINTED and value is not None:
            value, problem = _as_printed(value, _LONGEST[name], parts)
            if problem:
                dropped[name] = problem
                continue
        fields[name] = value
    return Reading(True, fields, dropped)


def _as_printed(said: str, longest: int, parts: Sequence[_Printed]) -> tuple[str | None, str]:
    """Finds what was said in the print; gives the print's own words, or why it may not be used."""
    wanted = "".join(_folded(character) for character in without_marks(said))
    if not wanted:
        return None, ""
    if len(wanted) > longest:
        return None, "it is no name but a text"
    if not any(character.isalnum() for character in wanted):
        return None, "it is no word"
    found = next((printed for part in parts if (printed := part.find(wanted))), None)
    if found is None:
        return None, "it does not stand in the text"
    if re.search(r"[。！？；\n]", found):
        return None, "it runs over the end of a sentence"
    return found, ""


class _Printed:
    """A text of the page in which words are looked for; spaces and width count for nothing."""

    def __init__(self, text: str):
        self._text = text
        pairs = [(folded, at) for at, character in enumerate(text) for folded in _folded(character)]
        self._folded = "".join(folded for folded, _ in pairs)
        self._at = [at for _, at in pairs]

    def find(self, wanted: str) -> str | None:
        """Gives the print's own words, without the blanks among them."""
        start = self._folded.find(wanted)
        if start < 0:
            return None
        first, last = self._at[start], self._at[start + len(wanted) - 1]
        return "".join(self._text[first : last + 1].split())


def _folded(character: str) -> str:
    return "" if character.isspace() else "".join(unicodedata.normalize("NFKC", character).split()).lower()


def _json_of(text: str) -> tuple[Any, str]:
    """Finds the JSON object in what a model said, which may think aloud before it or put it between fences."""
    if len(text) > _MOST_TEXT:
        return None, "it is too long"
    bare = re.sub(r"^.*</think>", "", text, flags=re.DOTALL).strip()
    fenced = re.search(r"```(?:json)?\s*(.*?)```", bare, flags=re.DOTALL)
    bare = (fenced[1] if fenced else bare).strip()
    try:
        return json.loads(bare, parse_constant=_refuse), ""
    except (ValueError, RecursionError):
        return None, "it is no JSON"


def _refuse(name: str) -> Any:
    raise ValueError(name)
