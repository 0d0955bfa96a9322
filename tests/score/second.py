"""Scores recorded answers of second readers on annotated pages: facts before and after, and what was invented.

What belongs here: questions about what was read of annotated pages, and facts as a second reader would have them. What
does not: what of an answer may be used (`tasks.second`), comparing (`comparing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from flows.second.asking import as_request, request_lines
from flows.second.choosing import questions_of
from flows.second.files import read_answer_file
from tasks.second.answers import FIELDS, WHOLE, Reading, read_answers
from tasks.second.loading import Reply
from tasks.second.questions import Question, printed_parts
from tasks.second.weighing import weigh
from tests.score import reading as page_reading
from tests.score.comparing import compare
from tests.score.samples import Sample
from tests.score.tally import Tally
from warehouse.ask.second_asking import DOUBTED

Row = dict[str, Any]


@dataclass
class Second:
    """What a second reader did to the facts of a group of pages."""

    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)
    counts: Counter[str] = field(default_factory=Counter)


def questions_about(read: page_reading.Reading) -> list[Question]:
    """Makes the questions about the figures of a page that were read with little confidence, as `second-read` does."""
    day = {"issue_date": read.issue_date or "", "document_id": "d"}
    paragraphs = sorted((p | day for p in read.paragraphs), key=lambda p: (p["article_id"] is None, p["article_id"]))
    figures = [m for m in read.metrics if m["confidence"] < DOUBTED]
    return questions_of(paragraphs, figures)


def write_questions(path: Path, samples: Sequence[Sample]) -> int:
    """Writes the questions about annotated pages, one a line, in the form that batch services take."""
    asked = {q.question_id: q for sample in samples for q in questions_about(page_reading.read_page(sample.raw))}
    requests = [as_request(question, None, "MODEL", {"temperature": 0}) for question in asked.values()]
    path.write_text(request_lines(requests), "utf-8")
    return len(requests)


def score_answers(path: Path, samples: Sequence[Sample]) -> dict[str, dict[str, Second]]:
    """Scores recorded answers: by model, then by group of pages; every usable reading is taken.

    Raises:
        UserError: A line of the file is no answer.
    """
    answers = read_answer_file(path)
    models = sorted({reply.model for replies in answers.values() for reply in replies})
    sums: dict[str, dict[str, Second]] = {model: {} for model in models}
    for sample in samples:
        if (figures := sample.figures()) is None:
            continue
        read = page_reading.read_page(sample.raw)
        asked = questions_about(read)
        before = compare(read, sample.layout(), figures, None).tally
        for model in models:
            group = sums[model].setdefault(sample.group, Second())
            changed = _as_read_by(model, read, asked, answers, group.counts)
            group.before.take(before)
            group.after.take(compare(changed, sample.layout(), figures, None).tally)
    return sums


def _as_read_by(
    model: str,
    read: page_reading.Reading,
    asked: Iterable[Question],
    answers: Mapping[str, Sequence[Reply]],
    counts: Counter[str],
) -> page_reading.Reading:
    """Gives what was read of a page as it is when each usable answer of a model is taken."""
    rows = {(m["paragraph_id"], m["start_char"], m["end_char"]): m for m in read.metrics}
    day = date.fromisoformat(read.issue_date) if read.issue_date else None
    for question in asked:
        counts["asked"] += len(question.figures)
        reply = next((reply for reply in reversed(answers.get(question.question_id, ())) if reply.model == model), None)
        if reply is None:
            continue
        parts = printed_parts(question.sent)
        for figure, said in zip(
            question.figures, read_answers(reply.said, question.sent, len(question.figures)), strict=True
        ):
            key = question.paragraph_id, figure.start, figure.end
            counts["answered"] += 1
            rows[key] = _changed(rows[key], said, parts, day, counts)
    return replace(read, metrics=list(rows.values()))


def _changed(row: Row, said: Reading, parts: Sequence[str], day: date | None, counts: Counter[str]) -> Row:
    found = weigh(said, row, parts, day)
    counts[found.verdict] += 1
    for name, why in found.dropped.items():
        counts[f"{'not as asked' if name == WHOLE else 'invented' if 'stand' in why else 'not usable'} {name}"] += 1
    changed = row | found.differing
    if "period" in found.differing:
        changed |= {"period_start": found.days[0], "period_end": found.days[1]}
    return changed | ({"comparison": None} if changed["measure"] != "growth" else {})


def second_table(sums: Mapping[str, Mapping[str, Second]]) -> str:
    """Lays the scores of recorded answers out, a Markdown table for each model."""
    made = []
    for model, groups in sums.items():
        fields = [
            name for name in ("facts", *FIELDS) if any(each.before.share(name) is not None for each in groups.values())
        ]
        heads = ["asked", "answered", "agree", "differ", "no figure", "dropped", *fields]
        lines = [f"{model}: before → after", "", f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
        for group, each in sorted(groups.items()):
            counts = each.counts
            told = [counts[name] for name in ("asked", "answered", "agrees", "differs", "no figure", "dropped")]
            shares = [f"{_share(each.before, name)} → {_share(each.after, name)}" for name in fields]
            lines.append(f"| {group} | {' | '.join(map(str, [*told, *shares]))} |")
        total = sum((each.counts for each in groups.values()), Counter[str]())
        wrong = {name: total[name] for name in sorted(total) if name.split()[0] in ("invented", "not")}
        wrong.pop("not said", None)
        said = ", ".join(f"{name} {count}" for name, count in wrong.items()) or "nothing"
        made.append("\n".join([*lines, "", f"Invented or not to be used: {said}."]))
    return "\n\n".join(made)


def _share(tally: Tally, name: str) -> str:
    share = tally.share(name)
    return "–" if share is None else f"{share:.3f}"
