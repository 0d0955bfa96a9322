"""Shows rows: a table for people, CSV, JSON, Markdown, Parquet or Excel for programs; length costs no room.

What belongs here: one writer a format. What does not: where rows come from, how a file is put in its place (`output`).
"""

from __future__ import annotations

import csv
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from flows.cli.output import replacing
from flows.telling.terminal import json_text, shown
from warehouse.errors import UserError

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("table", "csv", "json", "jsonl", "md", "parquet", "xlsx")

_ENDINGS = {"txt": "table", "ndjson": "jsonl", "markdown": "md"}
"""Endings of files whose formats go by another name."""

_BINARY = ("parquet", "xlsx")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to show.

    Attributes:
        schema: Arrow schema of the columns.
        batches: The rows in pieces, read once.
    """

    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]

    @property
    def names(self) -> list[str]:
        """Names of the columns; one that comes again gets a number, so that no value is lost."""
        names: list[str] = []
        for name in self.schema.names:
            new, number = name, 1
            while new in names:
                number += 1
                new = f"{name}_{number}"
            names.append(new)
        return names

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Goes through the rows as plain values."""
        from flows.cli.values import plain_values

        for batch in self.batches:
            yield from zip(*map(plain_values, batch.columns), strict=True)


def write_rows(rows: Rows, form: str | None, output: Path | None, *, bom: bool = False) -> None:
    """Writes rows where and how the user wants them.

    Args:
        rows: What to write.
        form: One of `FORMATS`; None takes it from the ending of `output`, or a table.
        output: A file; None means standard output.
        bom: Put a byte order mark before CSV, so that Excel reads it as UTF-8.

    Raises:
        UserError: The format is unknown, or it does not go with where it is to be written.
    """
    form = _chosen(form, output)
    if bom and form != "csv":
        raise UserError("--bom goes with CSV only: add --format csv.")
    if form in _BINARY:
        if output is None:
            raise UserError(f"{form} is no text: name a file with --output.")
        with replacing(output) as beside:
            if form == "parquet":
                _write_parquet(rows, beside)
            else:
                from flows.cli.excel import Look, write_sheet

                write_sheet(rows.names, rows, Look(), beside)
        return
    if output is None:
        if form == "table":
            from flows.cli.table import show_table

            show_table(rows)
        else:
            _WRITERS[form](rows, sys.stdout, bom)
        return
    with replacing(output) as beside, beside.open("w", encoding="utf-8", newline="") as out:
        if form == "table":
            from flows.cli.table import write_table

            write_table(rows, out, None)
        else:
            _WRITERS[form](rows, out, bom)


def cell(value: Any) -> str:
    """Writes a value as people read it.

    >>> cell(4530000000.0), cell(0.1 + 0.2), cell(["甲", "乙"]), cell(None)
    ('4530000000', '0.3', '甲; 乙', '')
    >>> cell(True), cell((0, 3, 90_000_000_000))
    ('true', '3 days 0:01:30')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return span_text(*value)
    if isinstance(value, float):
        return format(value, ".15g" if abs(value) < 1e15 else ".6g")
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return "; ".join(map(cell, value))
    if isinstance(value, dict):
        return json_text(_json_value(value))
    return str(value)


def span_text(months: int, days: int, nanoseconds: int) -> str:
    """Writes a span of time, which Arrow gives in these three parts.

    Args:
        months: Whole months.
        days: Whole days beside them.
        nanoseconds: The rest.
    """
    parts = [f"{count} {name}" for count, name in ((months, "months"), (days, "days")) if count]
    return " ".join([*parts, str(timedelta(microseconds=nanoseconds // 1000))])


def _chosen(form: str | None, output: Path | None) -> str:
    if form is None:
        form = _by_ending(output) if output else "table"
    if form not in FORMATS:
        raise UserError(f"There is no format {form}; the formats are {', '.join(FORMATS)}.")
    return form


def _by_ending(output: Path) -> str:
    """Takes the format from the ending of a file; a device or a pipe gets a table."""
    ending = output.suffix[1:].lower()
    if ending in FORMATS or ending in _ENDINGS:
        return _ENDINGS.get(ending, ending)
    if output.exists() and not output.is_file():
        return "table"
    said = f"The ending .{ending} of {output.name} says no format" if ending else f"{output.name} has no ending"
    raise UserError(f"{said}: end it in {', '.join(f'.{name}' for name in FORMATS[1:])} or .txt, or give --format.")


def _write_csv(rows: Rows, out: TextIO, bom: bool) -> None:
    if bom:
        out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n" if bom else "\n")
    seen = shown if out.isatty() else str
    for row in chain([rows.names], rows):
        writer.writerow([seen(_excel_text(value) if bom else _csv_value(value)) for value in row])


def _csv_value(value: Any) -> str:
    if isinstance(value, list | dict):
        return json_text(_json_value(value))
    return str(value) if isinstance(value, str) or type(value) is int else cell(value)


def _excel_text(value: Any) -> str:
    return no_formula(value) if isinstance(value, str) else _csv_value(value)


_FORMULA = re.compile(r"[\t\r]|\s*[=@＝＠]|\s*[+\-＋－](?!\d[\d,.]*(?:[eE][-+]?\d+)?[%％]?$)")


def no_formula(text: str) -> str:
    """Puts an apostrophe before what Excel would take for a formula; numbers with a sign stay numbers.

    Args:
        text: A cell.

    >>> no_formula("=1+1"), no_formula("-12.5%"), no_formula("-1+cmd|' /C calc'!A0")
    ("'=1+1", '-12.5%', "'-1+cmd|' /C calc'!A0")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _write_json(rows: Rows, out: TextIO, _bom: bool) -> None:
    names = rows.names
    out.write("[")
    for number, row in enumerate(rows):
        out.write(",\n " if number else "\n ")
        out.write(_json_object(names, row))
    out.write("\n]\n")


def _write_jsonl(rows: Rows, out: TextIO, _bom: bool) -> None:
    names = rows.names
    for row in rows:
        out.write(_json_object(names, row) + "\n")


def _json_object(names: Sequence[str], row: Sequence[Any]) -> str:
    return json_text(dict(zip(names, map(_json_value, row), strict=True)))


def _json_value(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return span_text(*value)
    if isinstance(value, list):
        return [_json_value(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _json_value(each) for key, each in value.items()}
    return value


def write_markdown(rows: Rows, out: TextIO, _bom: bool = False) -> None:
    """Writes rows as a Markdown table.

    Args:
        rows: What to write.
        out: Where to.
    """
    out.write(f"| {' | '.join(map(shown, rows.names))} |\n|{'---|' * len(rows.names)}\n")
    for row in rows:
        cells = (shown(cell(value)).replace("|", "\\|").replace("\n", "<br>") for value in row)
        out.write(f"| {' | '.join(cells)} |\n")


_WRITERS: dict[str, Callable[[Rows, TextIO, bool], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "jsonl": _write_jsonl,
    "md": write_markdown,
}


def _write_parquet(rows: Rows, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from flows.cli.values import for_parquet

    ready = [for_parquet(field, cell) for field in rows.schema]
    schema = pa.schema([pa.field(name, kind) for name, (kind, _) in zip(rows.names, ready, strict=True)])
    with path.open("wb") as out, pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in rows.batches:
            columns = [change(column) for (_, change), column in zip(ready, batch.columns, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
