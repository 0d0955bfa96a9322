"""Gives Arrow's values as plain ones, those too that Python has no value for: the end of time, maps, the year 12023.

What belongs here: what a column of an answer may hold. What does not: how a format writes it (`render`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pyarrow as pa

_FOREVER = {2**31 - 1: "infinity", 1 - 2**31: "-infinity", 2**63 - 1: "infinity", 1 - 2**63: "-infinity"}
"""What DuckDB writes for a day or a time that never comes, in days and in parts of a second."""


def plain_values(column: pa.Array) -> list[Any]:
    """Gives a column as plain values; a map as a dict, and what Python has no value for as text.

    Args:
        column: Of an answer.
    """
    if not _needs_care(column.type):
        with suppress(Exception):
            return list(column.to_pylist())
    return [_plain(cell) for cell in column]


def _needs_care(kind: pa.DataType) -> bool:
    return pa.types.is_map(kind) or any(_needs_care(kind.field(n).type) for n in range(kind.num_fields))


def _plain(cell: Any) -> Any:
    if not cell.is_valid:
        return None
    if isinstance(cell, pa.MapScalar):
        pairs = cell.values
        return {str(_plain(pair["key"])): _plain(pair["value"]) for pair in pairs}
    if isinstance(cell, pa.StructScalar):
        return {name: _plain(cell[number]) for number, name in enumerate(cell.type.names)}
    if isinstance(cell, pa.ListScalar | pa.LargeListScalar | pa.FixedSizeListScalar):
        return [_plain(each) for each in cell.values]
    try:
        return cell.as_py()
    except Exception:  # each type of Arrow raises its own
        return _as_text(cell)


def _as_text(cell: Any) -> str:
    number = getattr(cell, "value", None)
    if number in _FOREVER:
        return _FOREVER[number]
    try:
        return str(pa.array([cell]).cast(pa.string())[0])
    except (pa.ArrowException, TypeError):
        return str(number)


def for_parquet(field: pa.Field, text: Callable[[Any], str]) -> tuple[pa.DataType, Callable[[Any], Any]]:
    """Tells as what a column goes into a Parquet file: as it is, or as text where Parquet has no such type.

    Args:
        field: Of the answer.
        text: Writes a value as people read it.

    Returns:
        The type, and what makes the column one of it.
    """
    import pyarrow.parquet as pq

    try:
        pq.ParquetWriter(pa.BufferOutputStream(), pa.schema([field])).close()
    except pa.ArrowException:

        def written(column: pa.Array) -> pa.Array:
            return pa.array([None if v is None else text(v) for v in plain_values(column)], pa.string())

        return pa.string(), written
    return field.type, lambda column: column


def is_calendar_day(value: object) -> bool:
    """Says whether a value is a day or time that Excel can hold as one: without a zone, after 1900.

    Args:
        value: A plain value.
    """
    if isinstance(value, datetime.datetime):
        return value.tzinfo is None and value.year > 1900
    return isinstance(value, datetime.date) and value.year > 1900
