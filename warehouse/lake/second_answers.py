"""Keeps the answers of second readers in the lake: a file an answer, named by what was asked of whom.

What belongs here: the files, whole or not at all, each with a checksum. What does not: what an answer says
(`tasks/second`), what it does to the tables (`warehouse.load.second_readings`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from warehouse.errors import EnvironmentProblem
from warehouse.lake.batch import DamagedLakeError
from warehouse.storage.durable import sync_folder, write_atomically
from warehouse.storage.folder import DataFolder

Record = dict[str, Any]

ANSWERS, TAKEN = "answers", "taken"
"""Kinds of files: what was answered, and what of it was taken."""


@contextmanager
def only_asker(folder: DataFolder) -> Iterator[None]:
    """Lets the block ask and keep answers alone, so that nothing is asked twice; sweeps what a killed one left half.

    Args:
        folder: The data directory.

    Raises:
        EnvironmentProblem: Another command is asking.
    """
    lock = FileLock(folder.root / ".second-read.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise EnvironmentProblem(
            f"Another second-read is asking about the pages in {folder.root}: wait for its end, or end it."
        ) from None
    try:
        for left_over in _home(folder).rglob(".*.tmp"):
            left_over.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def keep(folder: DataFolder, kind: str, name: str, record: Mapping[str, Any]) -> None:
    """Writes a record into the lake at once; a crash leaves it whole or not there.

    Args:
        folder: The data directory.
        kind: `answers` or `taken`.
        name: Digest that names it.
        record: What JSON can hold.
    """
    content = _json(record)
    text = _json({"checksum": hashlib.sha256(content.encode()).hexdigest(), "record": record})
    write_atomically(_home(folder) / kind / name[:2] / f"{name}.json", text.encode())


def is_kept(folder: DataFolder, kind: str, name: str) -> bool:
    """Tells whether a record is there.

    Args:
        folder: The data directory.
        kind: `answers` or `taken`.
        name: Its digest.
    """
    return (_home(folder) / kind / name[:2] / f"{name}.json").is_file()


def kept(folder: DataFolder, kind: str) -> list[Record]:
    """Reads all records of a kind, in the order of their names.

    Args:
        folder: The data directory.
        kind: `answers` or `taken`.

    Raises:
        DamagedLakeError: A file does not hold what was written.
    """
    found = []
    for path in _files(folder, kind):
        record = _read(path)
        if record is None:
            raise DamagedLakeError(f"{path} is damaged: `broadsheet doctor --heal` sets it aside; nothing was changed.")
        found.append(record)
    return found


def damaged_records(folder: DataFolder) -> list[Path]:
    """Lists the records that do not hold what was written.

    Args:
        folder: The data directory.
    """
    return [path for kind in (ANSWERS, TAKEN) for path in _files(folder, kind) if _read(path) is None]


def drop(folder: DataFolder, kind: str, which: Iterable[str] | None = None) -> int:
    """Deletes records of a kind.

    Args:
        folder: The data directory.
        kind: `answers` or `taken`.
        which: Their digests; all of them without.

    Returns:
        How many were deleted.
    """
    names = None if which is None else set(which)
    gone = [path for path in _files(folder, kind) if names is None or path.stem in names]
    for path in gone:
        path.unlink()
    for parent in {path.parent for path in gone}:
        sync_folder(parent)
    return len(gone)


def forget_answers(folder: DataFolder, document_ids: Iterable[str]) -> int:
    """Deletes the answers about pages that are to be forgotten: their sentences stand there.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        document_ids: The pages.

    Returns:
        How many were deleted, with those that can't be read to tell.
    """
    gone = set(document_ids)
    if not gone:
        return 0
    read = {path.stem: _read(path) for path in _files(folder, ANSWERS)}
    return drop(folder, ANSWERS, [name for name, record in read.items() if _is_about(record, gone)])


def _is_about(record: Record | None, document_ids: set[str]) -> bool:
    return record is None or record.get("document_id") in document_ids


def _home(folder: DataFolder) -> Path:
    return folder.lake / "second-read"


def _files(folder: DataFolder, kind: str) -> list[Path]:
    return sorted((_home(folder) / kind).glob("*/*.json"), key=lambda path: path.name)


def _read(path: Path) -> Record | None:
    try:
        raw = json.loads(path.read_bytes())
        record = raw["record"]
        whole = hashlib.sha256(_json(record).encode()).hexdigest() == raw["checksum"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return record if whole and isinstance(record, dict) else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
