"""Reads a person's corrections from a CSV file and says in a sentence what is wrong with a line.

What belongs here: the form of the file. What does not: carrying the corrections out (`warehouse.corrections`).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from warehouse.connection import reading
from warehouse.corrections import CORRECTABLE, not_applied
from warehouse.errors import UserError
from warehouse.given import UnusableFileError, read_given
from warehouse.lake import DataFolder
from warehouse.schema import Column, table_named

HEADER = ("page", "span", "column", "value", "who", "why")

_SPANS = {
    "articles": (re.compile(r"a0*([1-9]\d*)"), "the article, such as a3"),
    "mentions": (re.compile(r"p0*([1-9]\d*:\d+-\d+)"), "paragraph and characters, such as p12:34-40"),
    "metrics": (re.compile(r"p0*([1-9]\d*:\d+-\d+)"), "paragraph and characters, such as p12:34-40"),
}


class CorrectionError(UserError):
    """A line of the corrections can't be used; the message names the file, the line and what to do."""


def read_corrections(path: Path | None) -> list[dict[str, str | None]]:
    """Reads corrections; none where no file was given.

    Args:
        path: CSV with the columns page, span, column, value, who, why.

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
    reader = csv.DictReader(text.splitlines())
    try:
        return _corrections(path, reader)
    except csv.Error as error:  # a cell of more than 131,072 characters, such as a quote that is never closed
        raise CorrectionError(f"{path}, line {reader.line_num}: this is no CSV ({error}); correct it.") from None


def _corrections(path: Path, reader: csv.DictReader[str]) -> list[dict[str, str | None]]:
    if tuple(reader.fieldnames or ()) != HEADER:
        raise CorrectionError(f"{path}, line 1: the header must be {','.join(HEADER)}.")
    rows: dict[tuple[str, str, str], int] = {}
    corrections = []
    for line in reader:
        where = f"{path}, line {reader.line_num}"
        row = _correction(line, where)
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
    return f"refused, {refusal}" if refusal else "no such place, or several pages of that name"


def _correction(line: Mapping[str | None, str | list[str] | None], where: str) -> dict[str, str | None]:
    if None in line or any(value is None for value in line.values()):
        raise CorrectionError(f"{where}: there must be {len(HEADER)} cells; quote a value that holds a comma.")
    cells = {str(name): str(value).strip() for name, value in line.items()}
    for name in ("page", "span", "column", "who", "why"):
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
    _refuse_value(table_named(table).column(column), value, where)
    return {
        "page": cells["page"],
        "span": cells["span"][0] + span[1],  # without the zeros that ids write before the number
        "column_name": cells["column"],
        "value": value,
        "who": cells["who"],
        "why": cells["why"],
    }


def _refuse_value(column: Column, value: str | None, where: str) -> None:
    if value is None:
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
