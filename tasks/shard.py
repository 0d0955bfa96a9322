"""A shard: the pages that one worker process takes through the stages, and its folder of Arrow files.

Each stage reads what the stage before wrote down and writes its own tables; only paths travel between them.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.opening.record import read_record
from tasks.page import LineSetting
from tasks.staging.jobs import PageJob
from warehouse.schema import DOCUMENTS, Table
from warehouse.schema.arrow import arrow_schema, arrow_table
from warehouse.storage.durable import write_atomically

Row = dict[str, Any]
JOBS = "jobs.json"
"""File of a shard's folder that lists its pages."""
NOT_THE_PAGE = (OSError, MemoryError)
"""What a stage may raise that no page is to blame for: the machine's state."""
_TEXT = pa.field("text", pa.string())


def write_jobs(shard: Path, jobs: Sequence[PageJob]) -> None:
    """Writes down which pages a shard holds.

    Args:
        shard: Its folder; it is made.
        jobs: Its pages.
    """
    write_atomically(shard / JOBS, json.dumps([asdict(job) for job in jobs]).encode())


def read_jobs(shard: Path) -> list[PageJob]:
    """Reads which pages a shard holds.

    Args:
        shard: The shard's folder.

    Raises:
        ValueError: A power cut, or somebody, left something else there.
    """
    try:
        return [PageJob(**raw) for raw in json.loads((shard / JOBS).read_bytes())]
    except TypeError as error:
        raise ValueError(f"{shard / JOBS} is no list of pages ({error})") from None


def said_of(error: Exception) -> str:
    """Says why a page could not be worked on, with the place in the code, so that it can be reported.

    Args:
        error: What a stage raised.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    where = f"{Path(place.filename).name} line {place.lineno}"
    return f"The page could not be worked on ({what}; {where}): report it, with the page if you may."


def write_rows(shard: Path, table: Table, rows: Iterable[Row]) -> None:
    """Writes rows of a table into the shard's folder.

    Args:
        shard: Its folder.
        table: The declared table.
        rows: Its rows.
    """
    _write(shard / f"{table.name}.arrow", arrow_table(table, rows))


def read_arrow(shard: Path, table: Table) -> pa.Table:
    """Reads a table of the shard as Arrow.

    Args:
        shard: Its folder.
        table: The declared table.
    """
    with pa.memory_map(str(shard / f"{table.name}.arrow")) as source:
        return pa.ipc.open_file(source).read_all()


def rows_by_document(shard: Path, table: Table) -> dict[str, list[Row]]:
    """Reads the rows of a table, grouped by document.

    Args:
        shard: Its folder.
        table: A table whose rows stand together by document.
    """
    rows = read_arrow(shard, table).to_pylist()
    return {key: list(group) for key, group in groupby(rows, key=lambda row: str(row["document_id"]))}


def write_staged(shard: Path, rows: Sequence[Row], texts: Sequence[str | None]) -> None:
    """Writes the staged pages: their `documents` rows and beside them their texts.

    Args:
        shard: Its folder.
        rows: Rows of `documents`, run_id and loaded_at left out.
        texts: One text a row; None for a rejected page.
    """
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(DOCUMENTS)])
    table = pa.Table.from_pylist(list(rows), schema=schema)
    _write(shard / "staged.arrow", table.append_column(_TEXT, pa.array(texts, pa.string())))


def read_staged(shard: Path) -> list[Row]:
    """Reads the staged pages, each row with its `text`.

    Args:
        shard: The shard's folder.
    """
    with pa.memory_map(str(shard / "staged.arrow")) as source:
        rows: list[Row] = pa.ipc.open_file(source).read_all().to_pylist()
    return rows


def keep_record(shard: Path, document_id: str, data: bytes) -> None:
    """Keeps the record of a page out of a file beside the staged pages, for what it says of how lines are set.

    Args:
        shard: Its folder.
        document_id: The page.
        data: The record's bytes.
    """
    write_atomically(shard / "records" / document_id, data)


def settings_of_page(shard: Path, document_id: str) -> Mapping[int, LineSetting] | None:
    """Tells how the lines of a staged page are set; None where it is a plain text.

    Args:
        shard: The shard's folder.
        document_id: The page.
    """
    path = shard / "records" / document_id
    return read_record(path.read_bytes()).settings if path.is_file() else None


def _write(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
