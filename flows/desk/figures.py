"""Lays a figure out for a person: its article and raw lines, its fields, what else they may be, what was said of it.

What belongs here: what the page shows, as plain values. What does not: where a figure stands (`spot`), answers
(`desk`), requests (`app`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flows.desk.spot import places_of, printed_of, spot_of
from flows.desk.standing import status_now
from flows.desk.wording import in_chinese
from flows.report.marking import line_of_each
from tasks.check.answers import Line, digest_of, of_figure
from tasks.check.own_score import FIELDS
from tasks.extraction.periods import find_periods
from tasks.page import TEXT_ROLES
from tasks.raw import raw_lines
from warehouse.ask.second_asking import readings_of
from warehouse.ask.trace import read_article
from warehouse.gate.candidate import Connection
from warehouse.load.places import Place, place_of
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]

_MOST_CANDIDATES = 30


def as_text(value: object) -> str:
    """Writes a value as a form has it: a whole number without a point, nothing for none.

    >>> as_text(4530000000.0), as_text(16.6), as_text(None)
    ('4530000000', '16.6', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else repr(value)
    return str(value)


def shown_figure(con: Connection, folder: DataFolder, metric_id: str, lines: Sequence[Line]) -> Row:
    """Lays a figure out with all that a person needs to judge it.

    Args:
        con: A connection to the warehouse.
        folder: The data directory, for the raw lines.
        metric_id: The figure.
        lines: All lines of the file of corrections.
    """
    row = spot_of(con, metric_id)
    mine = of_figure(places_of(con, row))
    said = [line for line in lines if mine(line)]
    machine = {name: as_text(row[name]) for name in FIELDS}
    given = {line["column"].partition(".")[2]: line["value"] for line in said}
    fields = machine | {name: value for name, value in given.items() if name in FIELDS}
    read = read_article(con, row["paragraph_id"], rejected_too=True)
    return {
        "id": metric_id,
        "text": row["text"],
        "read": row["read"],
        "sentence": row["sentence"],
        "printed": printed_of(row),
        "machine": machine,
        "fields": fields,
        "region": row.get("region_full"),
        "entity": row.get("subject_entity"),
        "confidence": row["confidence"] if row["read"] else None,
        "sure": {name: row.get(f"confidence_{name}") for name in ("indicator", "subject", "period", "modality")},
        "doubts": [{"en": doubt, "zh": in_chinese(doubt) or doubt} for doubt in row["doubts"] or ()],
        "reasons": row["reasons"] or [],
        "answer": _answer(said, given),
        "second": second_opinions(con, row),
        "seen": digest_of(said),
        "article": _article(read, row, lines, status_now(con, lines)),
        "raw": _raw(folder, row),
        "pictured": document_of(con, row["document_id"])["file_kind"] == "pdf",
        "candidates": _candidates(read, row, con),
    }


def second_opinions(con: Connection, row: Row) -> list[Row]:
    """Says what second readers read, each with the fields that would take its reading; of a taken one the first too.

    Args:
        con: A connection to the warehouse.
        row: The figure, as the machine had read it.
    """
    found: list[Row] = []
    for read in readings_of(con, row["metric_id"]):
        taken = read["taken"] or []
        theirs = {name: as_text(read[name]) for name in read["differing"] if name not in taken}
        if "period" in theirs:
            theirs |= {name: as_text(read[name]) for name in ("period_start", "period_end")}
        if theirs.get("measure", "growth") != "growth":
            theirs["comparison"] = ""
        verdict = "taken" if taken else read["verdict"]
        dropped = [each.partition(":")[0] for each in read["dropped"]]
        said = {"verdict": verdict, "fields": theirs, "dropped": dropped}
        same = next((each for each in found if {**said, "who": each["who"]} == each), None)
        if same is None:
            found.append({"who": read["model"], **said})
        elif read["model"] not in same["who"].split("; "):
            same["who"] += f"; {read['model']}"
    if row.get("second_reading") == "taken":
        before = con.execute("select * from first_readings where metric_id = ?", [row["metric_id"]])
        names = [column[0] for column in before.description or ()]
        first = dict(zip(names, before.fetchone() or (), strict=False))
        was = {name: as_text(first.get(name)) for name in FIELDS if first.get(name) != row[name]}
        found.insert(0, {"who": "", "verdict": "first", "fields": was, "dropped": []})
    return found


def document_of(con: Connection, document_id: str) -> Row:
    """Gives what tells a page's file: its id, where it lay, and of what kind it is.

    Args:
        con: A connection to the warehouse.
        document_id: The page.
    """
    names = ("document_id", "source_key", "file_kind")
    found = con.execute(f"select {', '.join(names)} from documents where document_id = ?", [document_id]).fetchone()
    return dict(zip(names, found, strict=True)) if found else dict.fromkeys(names)


def _answer(said: Sequence[Line], given: Mapping[str, str]) -> Row | None:
    if not said:
        return None
    changed = sorted(set(given) - {"status"})
    verdict = given.get("status", "corrected")
    verdict = "corrected" if verdict == "accepted" and changed else verdict
    last = max(said, key=lambda line: line["when"])
    return {"verdict": verdict, "who": last["who"], "when": last["when"], "why": last["why"], "changed": changed}


def _article(read: Any, row: Row, lines: Sequence[Line], now: Callable[[Row], str]) -> Row:
    added = _added(read.paragraphs, row["document_id"], lines)
    paragraphs = []
    for each in read.paragraphs:
        own = [m for m in read.metrics if m["paragraph_id"] == each["paragraph_id"]]
        figures = {m["metric_id"]: [m["start_char"], m["end_char"], now(m)] for m in own}
        figures |= {key: spot for key, spot in added.items() if key.rpartition(":")[0] == each["paragraph_id"]}
        if row["paragraph_id"] == each["paragraph_id"]:
            figures.setdefault(row["metric_id"], [row["start_char"], row["end_char"], "machine"])
        names = [m for m in read.mentions if m["paragraph_id"] == each["paragraph_id"]]
        paragraphs.append(
            {
                "id": each["paragraph_id"],
                "role": each["role"],
                "text": each["text"],
                "figures": [{"id": key, "start": a, "end": b, "status": s} for key, (a, b, s) in figures.items()],
                "names": [{"start": m["start_char"], "end": m["end_char"], "type": m["type"]} for m in names],
                "may_add": each["role"] in TEXT_ROLES,
            }
        )
    head = read.article
    return {"id": head["article_id"], "headline": head["headline"], "cite": read.citation, "paragraphs": paragraphs}


def _added(paragraphs: Iterable[Row], document_id: str, lines: Sequence[Line]) -> dict[str, list[Any]]:
    """Finds the figures that were added and that no load has put into the warehouse yet."""
    texts = {p["seq"]: Place(p["paragraph_id"], 0, len(p["text"]), p["text"]) for p in paragraphs}
    found: dict[str, list[Any]] = {}
    for line in lines:
        if line["page"] == document_id and line["column"] == "metrics.status" and line["value"] == "added":
            place = place_of(line["span"], line["printed"], texts)
            if place:
                found[f"{place.paragraph_id}:{place.start}-{place.end}"] = [place.start, place.end, "added"]
    return found


def _raw(folder: DataFolder, row: Row) -> list[Row]:
    """Gives the raw lines under the figure, with one before and after; those it stands on are marked."""
    printed = raw_lines(folder, row["document_id"])
    numbers = list(row["paragraph_lines"])
    owners = line_of_each(row["paragraph_text"], numbers, printed)
    asked = set(owners[row["start_char"] : row["end_char"]])
    shown = [n for n in numbers if n <= len(printed)]
    if asked:
        shown = [n for n in shown if min(asked) - 3 <= n <= max(asked) + 3]
    return [{"line": n, "text": printed[n - 1].strip("\r\n"), "asked": n in asked} for n in shown]


def _candidates(read: Any, row: Row, con: Connection) -> Row:
    """Gathers what the article offers for each field, what stands nearest to the figure first."""
    order = {p["paragraph_id"]: n for n, p in enumerate(read.paragraphs)}
    here = order[row["paragraph_id"]], row["start_char"]

    def near(other: Row) -> tuple[int, int]:
        return abs(order[other["paragraph_id"]] - here[0]), abs(other["start_char"] - here[1])

    figures = sorted(read.metrics, key=near)
    names = sorted((m for m in read.mentions if m["type"] != "TIME"), key=near)
    day = con.execute("select issue_date from documents where document_id = ?", [row["document_id"]]).fetchone()
    return {
        "subject": _unlike([*(m["text"] for m in names), *(m["subject"] for m in figures)]),
        "indicator": _unlike([m["indicator"] for m in figures]),
        "unit": _unlike([m["unit"] for m in figures]),
        "period": _periods(read.paragraphs, row, day[0] if day else None),
    }


def _unlike(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))[:_MOST_CANDIDATES]


def _periods(paragraphs: Sequence[Row], row: Row, day: date | None) -> list[Row]:
    found: dict[str, Row] = {}
    for each in sorted(paragraphs, key=lambda p: p["paragraph_id"] != row["paragraph_id"]):
        for period in find_periods(each["text"], day):
            found.setdefault(period.text, _dates(period.text, period.start, period.end))
    return list(found.values())[:_MOST_CANDIDATES]


def dates_of(printed: str, day: date | None) -> Row:
    """Reads a time as printed; without dates where it is no time, or a vague one.

    Args:
        printed: Such as 一季度 or 2023年5月.
        day: Day of publication.
    """
    found = find_periods(printed, day)
    return _dates(printed, found[0].start, found[0].end) if len(found) == 1 else _dates(printed, None, None)


def _dates(text: str, start: date | None, end: date | None) -> Row:
    return {"period": text, "period_start": as_text(start), "period_end": as_text(end)}
