"""Reads bulk files: thousands of pages as records of a `.jsonl`, `.jsonl.gz` or Parquet file, one at a time.

A record has `text`, and may have `publisher`, `issue_date`, `page_label`, `page_title`, `source_url` and `source`
(the file or URL the page came from, which makes two versions the same page). Other fields are left alone.
A record that can't be used is given with the reason, and the rest goes on.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.staging.sidecar import SIDECAR_KEYS, SidecarError, checked_metadata, parsed_json
from warehouse.storage.given import MOST_PAGE_BYTES, UnusableFileError, open_given

BULK_ENDINGS = (".jsonl", ".jsonl.gz", ".parquet")
_FIELDS = ("text", "source", *SIDECAR_KEYS)
_ROWS_AT_A_TIME = 32
_LONGEST_LINE = MOST_PAGE_BYTES + 1_000_000
"""Bytes of a record: its text, with what JSON adds to it."""
_MOST_UNPACKED, _FROM = 200, 100_000_000
"""Text packs to a tenth; what unpacks to so many times its bytes, and to more than this, was made to fill a disk."""


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
    except UnusableFileError as error:
        yield BulkRecord(place + 1, problem=str(error))
    except Exception as error:  # whatever a reader of somebody else's format raises: the records before it stay
        said = getattr(error, "strerror", None) or next(iter(str(error).splitlines()), type(error).__name__)
        problem = f"{path}, from record {place + 1} on: the file is damaged ({said.rstrip('.')[:200]})."
        yield BulkRecord(place + 1, problem=problem)


def _json_lines(path: Path) -> Iterator[tuple[int, object]]:
    with ExitStack() as stack:
        packed = stack.enter_context(open_given(path))
        lines: BinaryIO = packed
        if path.suffix.lower() == ".gz":
            lines = cast(BinaryIO, stack.enter_context(gzip.open(packed)))
        number = unpacked = 0
        while line := lines.readline(_LONGEST_LINE + 1):
            number += 1
            unpacked += len(line)
            while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
                _refuse_bomb(unpacked, packed.tell())
                rest = lines.readline(_LONGEST_LINE)
                unpacked += len(rest)
                if not rest or rest.endswith(b"\n"):
                    yield number, UnusableFileError("it is longer than a page may be")
                    line = b""
            if unpacked > _FROM:
                _refuse_bomb(unpacked, packed.tell())
            if line:
                yield number, line if line.strip(b" \t\r\n\xef\xbb\xbf") else None


def _refuse_bomb(unpacked: int, packed: int) -> None:
    if unpacked > _FROM and unpacked > _MOST_UNPACKED * packed:
        raise ValueError(f"it unpacks to more than {_MOST_UNPACKED} times its size")


def _parquet(path: Path) -> Iterator[tuple[int, object]]:
    with open_given(path) as handle:
        yield from _parquet_rows(handle)


def _parquet_rows(handle: BinaryIO) -> Iterator[tuple[int, object]]:
    file = pq.ParquetFile(handle, read_dictionary=["text"])
    columns = [name for name in file.schema_arrow.names if name in _FIELDS]
    if "text" not in columns:
        raise pa.ArrowInvalid("it has no column `text`")
    _refuse_packed_columns(file.metadata, columns)
    place = 0
    for batch in file.iter_batches(_ROWS_AT_A_TIME, columns=columns):
        for number in range(batch.num_rows):
            place += 1
            yield place, {name: _value(batch.column(name)[number]) for name in columns}


def _refuse_packed_columns(metadata: Any, columns: list[str]) -> None:
    for group in range(metadata.num_row_groups):
        for column in map(metadata.row_group(group).column, range(metadata.num_columns)):
            if column.path_in_schema.split(".")[0] in columns:
                _refuse_bomb(column.total_uncompressed_size, column.total_compressed_size)


def _value(cell: Any) -> object:
    """Gives a cell as a plain value, or the error of one that Python can't hold: a day of the year 12023."""
    try:
        return cell.as_py()
    except Exception as error:
        return error


def _record(path: Path, place: int, content: object) -> BulkRecord:
    where = f"{path}, {'row' if isinstance(content, dict) else 'line'} {place}"
    try:
        if isinstance(content, bytes):
            content = parsed_json(content, where)
        if isinstance(content, UnusableFileError):
            raise SidecarError(f"{where}: {content}; a record is one page.")
        if not isinstance(content, dict):
            raise SidecarError(f"{where}: a JSON object is expected, with `text` and any of {', '.join(_FIELDS[1:])}.")
        metadata, source = _metadata(content, where), _source(content, where)
        _as_utf8("".join((*metadata.values(), source or "")), "a field", where)
        return BulkRecord(place, _text(content, where), metadata, source)
    except SidecarError as error:
        return BulkRecord(place, problem=str(error))


def _text(content: Mapping[str, object], where: str) -> bytes:
    text = _readable(content.get("text"), "text", where)
    if not isinstance(text, str) or not text.strip():
        raise SidecarError(f"{where}: `text` is missing or empty; it holds the page.")
    data = _as_utf8(text, "`text`", where)
    if len(data) > MOST_PAGE_BYTES:
        raise SidecarError(f"{where}: `text` is larger than {MOST_PAGE_BYTES / 1e6:g} MB; a record is one page.")
    return data


def _readable(value: object, name: str, where: str) -> object:
    if isinstance(value, Exception):
        said = next(iter(str(value).splitlines()), type(value).__name__)
        raise SidecarError(f"{where}: the value of `{name}` can't be read ({said[:200]}); export it again.")
    return value


def _as_utf8(text: str, name: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise SidecarError(f"{where}: character {error.start} of {name} is half of a pair; export it again.") from None


def _metadata(content: Mapping[str, object], where: str) -> dict[str, str]:
    given = {key: _readable(content[key], key, where) for key in SIDECAR_KEYS if key in content}
    return checked_metadata({key: _plain(value) for key, value in given.items()}, where)


def _source(content: Mapping[str, object], where: str) -> str | None:
    source = _readable(content.get("source"), "source", where)
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
