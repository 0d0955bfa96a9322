"""What a query comes back with; apart, so that whoever asks a process needs no DuckDB to take its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: the columns, and the rows in pieces, so that a long answer needs no room.

    Attributes:
        schema: Names and Arrow types of the columns.
        batches: The rows; to be read once, inside the sandbox.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
