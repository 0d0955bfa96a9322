"""What a desk does: hands figures out, takes answers, takes them back, has them loaded.

What belongs here: the desk's own state (who asked for which figures, what can be undone). What does not: HTTP (`app`),
what a figure looks like (`figures`), how answers are kept (`tasks.check.answers`).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from flows.desk.choice import metric_ids_of
from flows.desk.figures import as_text, dates_of, document_of, shown_figure
from flows.desk.loading import load_answers
from flows.desk.spot import places_of, printed_of, span_of, spot_of
from flows.desk.standing import status_now
from flows.desk.wording import in_chinese
from flows.settings import settings
from flows.telling.page_picture import page_picture
from flows.telling.progress import also_telling
from tasks.check.answers import Answer, AnswerFile, Line, digest_of, lines_of, of_figure
from tasks.check.corrections import CorrectionError
from tasks.check.own_score import FIELDS
from tasks.check.rehearse import refusal_of
from warehouse.ask.desk import Scope, queue, regions_like
from warehouse.connection import connect
from warehouse.gate.candidate import Connection
from warehouse.schema.views import saved_queries
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]

VERDICTS = ("accepted", "corrected", "added", "rejected")
_MOST_UNDONE = 500
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
        loading: What a load that goes on is at: waiting, loading, quality; empty while none does.
    """

    folder: DataFolder
    file: AnswerFile
    scope: Scope = field(default_factory=Scope)
    loading: str = ""
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
            rows, now = queue(con, scope), status_now(con, lines)
        for row in rows:
            row["status"] = now(row)
        return {"figures": rows, "checked": sum(row["status"] not in ("machine", "second-read") for row in rows)}

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
        """Brings the answers into the warehouse, as any load does, whole or not at all; says what it holds then."""
        notes: list[str] = []
        try:
            with also_telling(notes.append):
                load_answers(self.folder, self.file.path, self._at)
        finally:
            self.loading = ""
        with connect(self.folder.warehouse) as con:
            held = con.execute(
                "select status, count(*) from metrics where status not in ('machine', 'second-read') "
                "group by status order by status"
            ).fetchall()
            refused = con.execute(
                "select row_id, column_name, value, refusal from corrections "
                "where status in ('refused', 'orphaned') order by all"
            ).fetchall()
        names = ("id", "column", "value", "reason", "reason_zh")
        said = [(*row, in_chinese(row[-1] or "")) for row in refused]
        return {
            "counts": dict(held),
            "refused": [dict(zip(names, row, strict=True)) for row in said],
            "notes": [{"en": note, "zh": in_chinese(note)} for note in notes],
        }

    def _at(self, stage: str) -> None:
        self.loading = stage


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
