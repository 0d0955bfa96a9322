"""Makes what the lake holds of second readers' answers into what a load lays beside the figures.

What belongs here: the form of a kept answer, and reading it again by the same checks at every load. What does not: the
tables (`warehouse.load.second_readings`), the files (`warehouse.lake.second_answers`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tasks.check.learned import read_learned
from tasks.extraction.facts.indicator.known_indicators import find_indicator, topic_of_name
from tasks.findings import wording
from tasks.second.answers import FIELDS, Reading, read_answers
from tasks.second.questions import PROMPT, Question, printed_parts
from tasks.second.weighing import weigh
from warehouse.gate.candidate import Connection
from warehouse.lake.batch import DamagedLakeError
from warehouse.lake.second_answers import ANSWERS, TAKEN, kept
from warehouse.load.told import Key, Row, Told
from warehouse.storage.folder import DataFolder

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a question.

    Attributes:
        model: Who answered.
        said: The text of the answer, and of the second one where it was asked again.
        parameters: What the model was told beside the question.
        tokens: Tokens sent and received, as the server counts them; 0 where it does not.
    """

    model: str
    said: tuple[str, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    tokens: tuple[int, int] = (0, 0)


def answer_id(question: Question, model: str, parameters: Mapping[str, Any]) -> str:
    """Digest of what was asked of whom: text, question, model, parameters.

    Args:
        question: The question.
        model: The model.
        parameters: What it is told beside the question.
    """
    told = json.dumps(parameters, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{question.question_id}\n{model}\n{told}".encode()).hexdigest()[:32]


def record_of(question: Question, reply: Reply, when: datetime | None = None) -> Record:
    """Writes an answer as it is kept: all that was sent of the page and all that was said.

    Args:
        question: The question.
        reply: What came back.
        when: The time; now without.
    """
    return {
        "answer_id": answer_id(question, reply.model, reply.parameters),
        "question_id": question.question_id,
        "document_id": question.document_id,
        "paragraph_id": question.paragraph_id,
        "text_digest": question.text_digest,
        "prompt": PROMPT,
        "order": question.order,
        "figures": [[figure.start, figure.end, figure.text] for figure in question.figures],
        "sent": question.sent,
        "model": reply.model,
        "parameters": dict(reply.parameters),
        "said": list(reply.said),
        "tokens": list(reply.tokens),
        "answered_at": (when or datetime.now(UTC)).replace(tzinfo=None).isoformat(timespec="seconds"),
    }


def told_by_second_readers(folder: DataFolder, judge: Callable[[Connection, Sequence[str]], Mapping[str, str]]) -> Told:
    """Reads all answers that the lake keeps.

    Args:
        folder: The data directory.
        judge: Says of figures by their ids which do not hold to what is expected, and why.

    Raises:
        DamagedLakeError: A file does not hold what was written.
    """
    records = _latest(kept(folder, ANSWERS))
    if not records:
        return Told()
    readings: dict[Key, tuple[Reading, list[str]]] = {}
    rows: list[Row] = []
    for name, record in records.items():
        try:
            parts = printed_parts(record["sent"])
            read = read_answers(record["said"], record["sent"], len(record["figures"]))
        except (KeyError, TypeError, ValueError):
            raise DamagedLakeError(f"The answer {name} of a second reader is none: take its file out.") from None
        for number, reading in enumerate(read, 1):
            readings[name, number] = reading, parts
            rows.append(_row(name, number, record, reading))

    def weighed(key: Key, ours: Row) -> Row:
        reading, parts = readings[key]
        found = weigh(reading, ours, parts, ours["issue_date"])
        return {
            "verdict": found.verdict,
            "agreed": list(found.agreed),
            "differing": list(found.differing),
            "unsaid": list(found.unsaid),
            "dropped": [f"{name}: {why}" for name, why in found.dropped.items()],
            "period_start": found.days[0],
            "period_end": found.days[1],
        }

    taken = [each for record in kept(folder, TAKEN) if (each := _taken(record, readings))]
    said = wording()["second.dropped"]
    words = {name: said[name] for name in ("message", "what_to_do")}
    learned = read_learned(folder)
    return Told(rows, taken, learned.agreements if learned else {}, weighed, judge, _follows, words)


def _latest(records: Sequence[Record]) -> dict[str, Record]:
    """Of several answers of one model to one question the last counts; keys are the answers' digests."""
    last: dict[tuple[str, str], tuple[str, str, Record]] = {}
    for record in records:
        key = str(record.get("question_id")), str(record.get("model"))
        candidate = str(record.get("answered_at")), str(record.get("answer_id")), record
        if key not in last or last[key][:2] < candidate[:2]:
            last[key] = candidate
    return {name: record for _, name, record in sorted(last.values(), key=lambda each: each[1])}


def _row(name: str, number: int, record: Record, reading: Reading) -> Row:
    start, end, text = record["figures"][number - 1]
    said = {each: reading.fields.get(each) for each in FIELDS}
    return {
        "answer_id": name,
        "number": number,
        "question_id": record["question_id"],
        "document_id": record["document_id"],
        "paragraph_id": record["paragraph_id"],
        "text_digest": record["text_digest"],
        "start_char": start,
        "end_char": end,
        "text": text,
        "model": record["model"],
        "prompt": record["prompt"],
        "order_number": record["order"],
        "answered_at": datetime.fromisoformat(record["answered_at"]),
        **said,
    }


def _taken(record: Record, readings: Mapping[Key, object]) -> tuple[str, int, Sequence[str]] | None:
    """Gives the first of the answers that agreed which still counts; none where a page was forgotten."""
    found = next(((name, number) for name, number in record["answers"] if (name, number) in readings), None)
    return (*found, record["fields"]) if found else None


def _follows(name: str, value: str) -> Row:
    if name != "indicator":
        return {}
    known = find_indicator(value)
    return {"indicator_key": known.key if known else None, "topic": topic_of_name(value)}
