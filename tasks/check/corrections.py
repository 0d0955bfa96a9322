"""Reads a person's corrections from a CSV file and says in a sentence what is wrong with a line.

What belongs here: the form of the file. What does not: carrying the corrections out (`warehouse.load.corrections`).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from warehouse.connection import reading
from warehouse.errors import UserError
from warehouse.load.corrected_figures import GONE
from warehouse.load.corrections import CORRECTABLE, not_applied
from warehouse.load.places import figure_in
from warehouse.schema import table_named
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import UnusableFileError, read_given

HEADER = ("page", "span", "column", "value", "who", "why", "when", "printed")
_WRITTEN_BY_HAND = HEADER[:6]
_NEEDED = ("page", "span", "column", "who", "why")
VERDICTS = ("accepted", "added", "rejected")
"""What may be said of a figure as a whole; that it is corrected follows from the corrected columns."""

_SPANS = {
    "articles": (re.compile(r"a0*([1-9]\d*)"), "the article, such as a3"),
    "mentions": (re.compile(r"p0*([1-9]\d*:\d+-\d+)"), "paragraph and characters, such as p12:34-40"),
    "metrics": (re.compile(r"p0*([1-9]\d*:\d+-\d+)"), "paragraph and characters, such as p12:34-40"),
}


class CorrectionError(UserError):
    """A line of the corrections can't be used; the message names the file, the line and what to do."""


def read_corrections(path: Path | None) -> list[dict[str, Any]]:
    """Reads corrections; none where no file was given.

    Args:
        path: CSV with the columns page, span, column, value, who, why; a file of the desk has when and printed too.

    Returns:
        Rows of the table `corrections` as far as the person gives them.

    Raises:
        CorrectionError: The file is missing or a line is wrong.
    """
    if path is None:
        return []
    try:
        text = read_given(path).decode("utf-8-sig")
    except FileNotFoundError:
        raise CorrectionError(
            f"There is no file of corrections at {path}: make it, or leave the setting out."
        ) from None
    except UnusableFileError as error:
        raise CorrectionError(str(error)) from None
    except UnicodeDecodeError:
        raise CorrectionError(f"{path}: the file is not UTF-8; save it as UTF-8.") from None
    reader = csv.DictReader(StringIO(text, newline=""))
    try:
        return _corrections(path, reader)
    except csv.Error as error:  # a cell of more than 131,072 characters, such as a quote that is never closed
        raise CorrectionError(f"{path}, line {reader.line_num}: this is no CSV ({error}); correct it.") from None


def _corrections(path: Path, reader: csv.DictReader[str]) -> list[dict[str, Any]]:
    header = tuple(reader.fieldnames or ())
    if header not in (HEADER, _WRITTEN_BY_HAND):
        raise CorrectionError(
            f"{path}, line 1: the header must be {','.join(_WRITTEN_BY_HAND)}, or {','.join(HEADER)}."
        )
    rows: dict[tuple[str, str, str], int] = {}
    corrections = []
    for line in reader:
        where = f"{path}, line {reader.line_num}"
        row = correction_of(line, where, len(header))
        key = (str(row["page"]), str(row["span"]), str(row["column_name"]))
        if key in rows:
            raise CorrectionError(f"{where}: line {rows[key]} corrects the same place; keep one of them.")
        rows[key] = reader.line_num
        corrections.append(row)
    return corrections


def misplaced_corrections(folder: DataFolder) -> list[str]:
    """Says of each correction that could not be carried out that its place was not found.

    Args:
        folder: The data directory.
    """
    with reading(folder) as con:
        found = not_applied(con) if con else []
    return [f"correction {place}: {_why_not(refusal)}" for place, refusal in found]


def _why_not(refusal: str | None) -> str:
    if refusal in GONE:
        return f"orphaned, {refusal}"
    return f"refused, {refusal}" if refusal else "no such place, or several pages of that name"


def correction_of(
    line: Mapping[str | None, str | list[str] | None] | Mapping[str, str], where: str, cells_wanted: int = len(HEADER)
) -> dict[str, Any]:
    """Reads one line: a row of the table `corrections`, with what its value implies for other columns.

    Args:
        line: Its cells by the names of the header.
        where: File and line, for the message.
        cells_wanted: How many cells there must be.

    Raises:
        CorrectionError: Something of it is wrong.
    """
    if None in line or any(value is None for value in line.values()):
        raise CorrectionError(f"{where}: there must be {cells_wanted} cells; quote a value that holds a comma.")
    cells = {str(name): str(value).strip() for name, value in line.items()}
    for name in _NEEDED:
        if not cells[name]:
            raise CorrectionError(f"{where}: {name} is empty; fill it in.")
    table, _, column = cells["column"].partition(".")
    if column not in CORRECTABLE.get(table, ()):
        known = ", ".join(f"{t}.{c}" for t, columns in CORRECTABLE.items() for c in columns)
        raise CorrectionError(f"{where}: the column {cells['column']!r} can't be corrected; use one of {known}.")
    pattern, form = _SPANS[table]
    span = pattern.fullmatch(cells["span"])
    if not span:
        raise CorrectionError(f"{where}: the span {cells['span']!r} must be {form}.")
    value = cells["value"] or None
    refuse_value(table, column, value, where)
    printed = cells.get("printed") or None
    if printed and not figure_in(printed):
        raise CorrectionError(f"{where}: printed must show its figure between « and ».")
    if column == "status" and value == "added" and not printed:
        raise CorrectionError(f"{where}: an added figure needs its sentence in printed, the figure between « and ».")
    return {
        "page": cells["page"],
        "span": cells["span"][0] + span[1],  # without the zeros that ids write before the number
        "column_name": cells["column"],
        "value": value,
        "who": cells["who"],
        "why": cells["why"],
        "made_at": _moment(cells.get("when", ""), where),
        "printed": printed,
        "implied": _implied(cells["column"], value),
    }


def _moment(text: str, where: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CorrectionError(f"{where}: {text!r} is no time; write it like 2026-11-26T09:30:00Z.") from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _implied(column: str, value: str | None) -> dict[str, str | None]:
    """What else is so where a column has this value: an indicator has its key and its field."""
    if column != "metrics.indicator":
        return {}
    from tasks.extraction.facts.indicator.known_indicators import find_indicator, topic_of_name  # slow, rarely needed

    known = find_indicator(value) if value else None
    return {"indicator_key": known.key if known else None, "topic": topic_of_name(value) if value else None}


def refuse_value(table: str, name: str, value: str | None, where: str) -> None:
    """Refuses a value that a column can't hold.

    Args:
        table: The table.
        name: The column.
        value: As text; None for none.
        where: What the message begins with.

    Raises:
        CorrectionError: It can't hold it.
    """
    column = table_named(table).column(name)
    if name == "status":
        if value not in VERDICTS:
            raise CorrectionError(f"{where}: status is {value!r}; use one of {', '.join(VERDICTS)}.")
    elif value is None:
        if not column.null:
            raise CorrectionError(f"{where}: {column.name} may not be empty; give a value.")
    elif column.values and value not in column.values:
        raise CorrectionError(f"{where}: {column.name} is {value!r}; use one of {', '.join(column.values)}.")
    elif column.type == "DOUBLE" and not _is_number(value):
        raise CorrectionError(f"{where}: {value!r} is no number; write it like 4530000000 or 16.6.")
    elif column.type == "DATE" and not _is_day(value):
        raise CorrectionError(f"{where}: {value!r} is no day; write it like 2023-04-24.")


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
