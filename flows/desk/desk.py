"""What a desk does: hands figures out, takes answers, takes them back, has them loaded.

What belongs here: the desk's own state (who asked for which figures, what can be undone). What does not: HTTP (`app`),
what a figure looks like (`figures`), how answers are kept (`tasks.check.answers`).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from flows.desk.figures import (
    as_text,
    dates_of,
    document_of,
    places_of,
    printed_of,
    shown_figure,
    span_of,
    spot_of,
)
from flows.page_picture import page_picture
from flows.settings import settings
from flows.writing import writing
from tasks.check.answers import Answer, AnswerFile, Line, digest_of, lines_of, of_figure, plain_span
from tasks.check.corrected import load_batches
from tasks.check.corrections import CorrectionError
from tasks.check.own_score import FIELDS
from tasks.check.quality import refresh_quality_page
from tasks.check.rehearse import refusal_of
from warehouse.candidate import Connection
from warehouse.connection import connect
from warehouse.desk import Scope, queue, regions_like
from warehouse.errors import UserError
from warehouse.lake import DataFolder
from warehouse.query import ask, named_query, sandbox
from warehouse.views import saved_queries

Row = dict[str, Any]

VERDICTS = ("accepted", "corrected", "added", "rejected")
_MOST_UNDONE = 500
_MOST_ROWS = 20_000
"""Rows of a saved query that are looked through for ids of figures."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Deed:
    """An answer that can be taken back: where, what stood there, what stands there now."""

    page: str
    span: str
    before: Sequence[Line]
    after: Sequence[Line]
    metric_id: str
    places: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Desk:
    """One desk over one data directory.

    Attributes:
        folder: The data directory.
        file: The file that answers go to.
        scope: Which figures it begins with.
    """

    folder: DataFolder
    file: AnswerFile
    scope: Scope = field(default_factory=Scope)
    _deeds: dict[str, list[_Deed]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def start(self) -> Row:
        """Says what the page needs to begin: people seen before, saved queries, the first choice of figures."""
        lines = self.file.lines()
        return {
            "people": sorted({line["who"] for line in lines}),
            "queries": [{"name": q.name, "zh": q.zh, "en": q.en} for q in saved_queries()],
            "scope": {"kind": self.scope.kind, "value": self.scope.value},
        }

    def queue(self, scope: Scope) -> Row:
        """Lists figures to check, with what was said of them so far.

        Args:
            scope: Which.
        """
        lines = self.file.lines()
        with connect(self.folder.warehouse) as con:
            if scope.kind == "query" and not scope.ids:
                scope = Scope("query", scope.value, metric_ids_of(self.folder.warehouse, scope.value))
            rows = queue(con, scope)
        said = _said(lines)
        for row in rows:
            page, _, place = row["metric_id"].partition(".")
            row["status"] = said.get(f"{page}.{plain_span(place)}", _kept(row, lines))
        return {"figures": rows, "checked": sum(row["status"] != "machine" for row in rows)}

    def figure(self, metric_id: str) -> Row:
        """Lays a figure out.

        Args:
            metric_id: Its id.
        """
        with connect(self.folder.warehouse) as con:
            return shown_figure(con, self.folder, metric_id, self.file.lines())

    def picture(self, metric_id: str) -> Row:
        """Draws the printed page of a figure, for the page to show: WebP as a data address.

        Args:
            metric_id: The figure.

        Raises:
            UserError: It came from no PDF, or the file is gone or another one now.
        """
        with connect(self.folder.warehouse) as con:
            document = document_of(con, spot_of(con, metric_id)["document_id"])
        drawn = page_picture(self.folder, document)
        return {"image": f"data:image/webp;base64,{b64encode(drawn).decode()}"}

    def answer(self, asked: Mapping[str, Any]) -> Row:
        """Takes an answer: first before the expectations of every figure, then into the file.

        Args:
            asked: id, verdict, fields (text by column), who, why, seen.

        Returns:
            The figure as it is laid out afterwards.

        Raises:
            CorrectionError: It can't be, with the reason; nothing was written.
            AnsweredMeanwhileError: Somebody else answered meanwhile.
        """
        who = " ".join(_text(asked, "who").split())[:_LONGEST_NAME]
        if not who:
            raise CorrectionError("Say who you are first: a name is kept with every answer.")
        with connect(self.folder.warehouse) as con:
            row = spot_of(con, _text(asked, "id"))
            answer = _answer_of(row, asked, who, places_of(con, row))
            self._refuse(con, row, answer)
            withdrawn = answer.verdict == "rejected" and not row["read"]
            lines = [] if withdrawn else lines_of(answer)
            before, after = self.file.put(answer.page, answer.span, lines, _text(asked, "seen"), answer.places)
            deed = _Deed(answer.page, answer.span, before, after, row["metric_id"], answer.places)
            with self._guard:
                deeds = self._deeds.setdefault(who, [])
                deeds.append(deed)
                del deeds[:-_MOST_UNDONE]
            return shown_figure(con, self.folder, row["metric_id"], self.file.lines())

    def _refuse(self, con: Connection, row: Row, answer: Answer) -> None:
        if answer.verdict not in ("corrected", "added"):
            return
        mine = of_figure(answer.places)
        pages = {page for page, _ in answer.places}
        others = [line for line in self.file.lines() if line["page"] in pages and not mine(line)]
        trial = [*others, *lines_of(answer)]
        if reason := refusal_of(con, answer.page, trial, row["metric_id"], settings().rules_folder):
            raise CorrectionError(f"This would not be loaded: {reason}")

    def undo(self, who: str) -> Row:
        """Takes a person's last answer back, unless somebody gave another one since.

        Args:
            who: The person.

        Raises:
            CorrectionError: There is nothing to take back.
            AnsweredMeanwhileError: Somebody else answered since.
        """
        with self._guard:
            deeds = self._deeds.get(who) or []
            if not deeds:
                raise CorrectionError("There is nothing to take back: no answer of yours since this desk began.")
            deed = deeds.pop()
        self.file.put(deed.page, deed.span, deed.before, digest_of(deed.after), deed.places)
        return {"id": deed.metric_id}

    def period(self, metric_id: str, printed: str) -> Row:
        """Reads a time as printed on a figure's page.

        Args:
            metric_id: The figure.
            printed: The time.
        """
        with connect(self.folder.warehouse) as con:
            row = spot_of(con, metric_id)
            found = con.execute("select issue_date from documents where document_id = ?", [row["document_id"]])
            day = found.fetchone()
        return dates_of(printed[:80], day[0] if day and isinstance(day[0], date) else None)

    def regions(self, words: str) -> list[Row]:
        """Finds divisions by name or code.

        Args:
            words: As typed.
        """
        with connect(self.folder.warehouse) as con:
            return regions_like(con, words[:40]) if words.strip() else []

    def load(self) -> Row:
        """Brings the answers into the warehouse, as any load does: whole or not at all."""
        load_answers(self.folder, self.file.path)
        with connect(self.folder.warehouse) as con:
            refused = con.execute(
                "select row_id, column_name, value, refusal from corrections "
                "where status in ('refused', 'orphaned') order by all"
            ).fetchall()
        return {"refused": [dict(zip(("id", "column", "value", "reason"), row, strict=True)) for row in refused]}


def load_answers(folder: DataFolder, corrections: Path) -> None:
    """Loads what people answered.

    Args:
        folder: The data directory.
        corrections: The file of corrections.
    """
    config = settings()
    with writing(folder):
        load_batches(folder, corrections if corrections.exists() else None, config.rules_folder)
        refresh_quality_page(folder, config.rules_folder)


def metric_ids_of(warehouse: Path, name: str) -> tuple[str, ...]:
    """Runs a saved query, or reads a view, and gives the figures that its answer rests on.

    Args:
        warehouse: The warehouse file.
        name: Of the query or view, and values of its parameters: `figures_of_region region=槐荫区`.

    Raises:
        UserError: There is none of that name, or its answer names no figures.
    """
    words = name.split()
    if not words:
        raise UserError("Give the name of a saved query or view; `broadsheet query --list` shows them.")
    values = dict(word.partition("=")[::2] for word in words[1:])
    with sandbox(warehouse) as con:
        answer = ask(con, named_query(words[0]), values)
        columns = [column for column in ("metric_id", "metric_ids") if column in answer.schema.names]
        if not columns:
            raise UserError(f"The answer of {words[0]} has no column metric_id: choose another query.")
        found: list[str] = []
        for batch in answer.batches:
            for value in batch.column(columns[0]).to_pylist():
                found += value if isinstance(value, list) else [value] if value else []
            if len(found) > _MOST_ROWS:
                break
    return tuple(dict.fromkeys(found))


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise CorrectionError(f"{name} must be text.")
    return value


def _answer_of(row: Row, asked: Mapping[str, Any], who: str, places: frozenset[tuple[str, str]]) -> Answer:
    verdict, fields = _text(asked, "verdict"), asked.get("fields") or {}
    if verdict not in VERDICTS or not isinstance(fields, dict) or not set(fields) <= set(FIELDS):
        raise CorrectionError(f"An answer is one of {', '.join(VERDICTS)}, with values of {', '.join(FIELDS)}.")
    if row["text"].strip() != row["text"]:
        raise CorrectionError(f"Mark the figure alone, without blanks around it: {row['text']!r}.")
    wanted = {name: " ".join(str(value).split()) for name, value in fields.items()}
    if not row["read"] and verdict != "rejected":
        verdict = "added"
        read = {name: as_text(row[name]) for name in (*FIELDS, "dimension") if as_text(row[name])}
        wanted = read | wanted
        if not wanted.get("value"):
            raise CorrectionError(f"Give the value of {row['text']!r}: its characters alone do not tell it.")
    elif verdict in ("accepted", "corrected"):
        wanted = {name: value for name, value in wanted.items() if value != as_text(row[name])}
        verdict = "corrected" if wanted else "accepted"
    else:
        wanted = {}
    return Answer(
        row["document_id"],
        span_of(row),
        printed_of(row),
        verdict,
        wanted,
        who,
        " ".join(_text(asked, "why").split())[:500] or ("读作原文所印" if verdict == "accepted" else "对照原文"),
        places,
    )


def _said(lines: Sequence[Line]) -> dict[str, str]:
    """Says of each figure that lines name by its page's id what they make of it; keys as ids without zeros."""
    said: dict[str, str] = {}
    for line in lines:
        if line["column"].startswith("metrics."):
            key = f"{line['page']}.{plain_span(line['span'])}"
            own = line["value"] if line["column"] == "metrics.status" else "corrected"
            said[key] = own if said.get(key) in (None, "accepted") else said[key]
    return said


def _kept(row: Row, lines: Sequence[Line]) -> str:
    """What the warehouse says of a figure, unless the answer was taken back and no load has seen that yet."""
    names = {row["document_id"], row["file_name"]}
    if row["status"] == "second-read":  # nobody checked it
        return "machine"
    return str(row["status"]) if any(line["page"] in names for line in lines) else "machine"
