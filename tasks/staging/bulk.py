"""Reads bulk files: thousands of pages as records of a `.jsonl`, `.jsonl.gz` or Parquet file, one at a time.

A record has `text`, and may have `publisher`, `issue_date`, `page_label`, `page_title`, `source_url` and `source`
(the file or URL the page came from, which makes two versions the same page). Other fields are left alone.
A record that can't be used is given with the reason, and the rest goes on.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.staging.sidecar import SIDECAR_KEYS, SidecarError, checked_metadata

BULK_ENDINGS = (".jsonl", ".jsonl.gz", ".parquet")
_FIELDS = ("text", "source", *SIDECAR_KEYS)
_ROWS_AT_A_TIME = 128


@dataclass(frozen=True, slots=True)
class BulkRecord:
    """One page of a bulk file.

    Attributes:
        place: Line (JSON lines) or row (Parquet), from 1.
        data: Its text as UTF-8; empty where there is a problem.
        metadata: What the record says besides its text.
        source: File or URL it came from, if it says so.
        problem: Why it can't be used, in a sentence; None where it can.
    """

    place: int
    data: bytes = b""
    metadata: dict[str, str] = field(default_factory=dict)
    source: str | None = None
    problem: str | None = None


def read_bulk(path: Path) -> Iterator[BulkRecord]:
    """Goes through the records of a bulk file without holding more than a few of them.

    Args:
        path: A file that ends as one of `BULK_ENDINGS`.
    """
    place = 0
    try:
        for place, content in _parquet(path) if path.suffix.lower() == ".parquet" else _json_lines(path):
            if content is not None:
                yield _record(path, place, content)
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        said = getattr(error, "strerror", None) or str(error).splitlines()[0].rstrip(".")
        yield BulkRecord(place + 1, problem=f"{path}, from record {place + 1} on: the file is damaged ({said}).")


def _json_lines(path: Path) -> Iterator[tuple[int, object]]:
    with ExitStack() as stack:
        lines = stack.enter_context(path.open("rb"))
        if path.suffix.lower() == ".gz":
            lines = cast(BinaryIO, stack.enter_context(gzip.open(lines)))  # type: ignore[assignment]
        for number, line in enumerate(lines, 1):
            yield number, line if line.strip(b" \t\r\n\xef\xbb\xbf") else None


def _parquet(path: Path) -> Iterator[tuple[int, object]]:
    file = pq.ParquetFile(path)
    columns = [name for name in file.schema_arrow.names if name in _FIELDS]
    if "text" not in columns:
        raise pa.ArrowInvalid("it has no column `text`")
    place = 0
    for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=columns):
        for row in batch.to_pylist():
            place += 1
            yield place, row


def _record(path: Path, place: int, content: object) -> BulkRecord:
    where = f"{path}, {'row' if isinstance(content, dict) else 'line'} {place}"
    try:
        if isinstance(content, bytes):
            content = _parsed(content, where)
        if not isinstance(content, dict):
            raise SidecarError(f"{where}: a JSON object is expected, with `text` and any of {', '.join(_FIELDS[1:])}.")
        metadata, source = _metadata(content, where), _source(content, where)
        _as_utf8("".join((*metadata.values(), source or "")), "a field", where)
        return BulkRecord(place, _text(content, where), metadata, source)
    except SidecarError as error:
        return BulkRecord(place, problem=str(error))


def _parsed(line: bytes, where: str) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SidecarError(f"{where}: byte {error.start} is no UTF-8; write the file as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise SidecarError(f"{where}: this is no JSON ({getattr(error, 'msg', 'nested too deeply')}).") from None


def _text(content: Mapping[str, object], where: str) -> bytes:
    text = content.get("text")
    if not isinstance(text, str) or not text.strip():
        raise SidecarError(f"{where}: `text` is missing or empty; it holds the page.")
    return _as_utf8(text, "`text`", where)


def _as_utf8(text: str, name: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise SidecarError(f"{where}: character {error.start} of {name} is half of a pair; export it again.") from None


def _metadata(content: Mapping[str, object], where: str) -> dict[str, str]:
    return checked_metadata({key: _plain(content[key]) for key in SIDECAR_KEYS if key in content}, where)


def _source(content: Mapping[str, object], where: str) -> str | None:
    source = content.get("source")
    if source is not None and not isinstance(source, str):
        raise SidecarError(f"{where}: `source` must be text: the file or URL the page came from.")
    return source.strip() if source and source.strip() else None


def _plain(value: object) -> object:
    """Takes dates and numbers as people write them; Parquet and JSON know them as such."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
