"""Knows the SHA-256 of files that have not changed, so that 100,000 of them are looked through in seconds.

What belongs here: the cache of digests, by a file's size, times and inode. What does not: what a digest means.
The cache may be lost or deleted at any time; then the files are read once more.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from warehouse.storage.folder import DataFolder
from warehouse.storage.given import MOST_PAGE_BYTES, UnusableFileError, regular_file

Digest = tuple[str, int]
_SETTLED_NS = 2_000_000_000
"""A file written less than two seconds ago may change again without its times telling; it is not remembered."""


def file_digest(path: Path) -> Digest:
    """Reads a file's SHA-256 and its size in bytes.

    Args:
        path: The file.

    Raises:
        OSError: It can't be read.
        UnusableFileError: It is no regular file, or too large for a page.
    """
    _status(path)
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        return digest, handle.tell()


@contextmanager
def remembered_digests(folder: DataFolder, *, keep: bool = True) -> Iterator[Callable[[Path], Digest]]:
    """Gives a `file_digest` that reads only files whose size, times or inode are not those of last time.

    Args:
        folder: The data directory.
        keep: Write down what is learnt; a dry run does not.
    """
    with closing(_open(folder.state / "digests.sqlite", keep)) as cache:

        def digest_of(path: Path) -> Digest:
            status = _status(path)
            marks, key = marks_of(status), _key(path)
            row = cache.execute("select marks, sha256 from digests where path = ?", (key,)).fetchone()
            if row and row[0] == marks:
                return row[1], status.st_size
            sha256, size = file_digest(path)
            if size == status.st_size and time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _SETTLED_NS:
                cache.execute("insert or replace into digests values (?, ?, ?)", (key, marks, sha256))
            return sha256, size

        yield digest_of
        cache.commit()


def bytes_not_seen(paths: Iterable[Path], folder: DataFolder, most: int) -> int:
    """Adds up the sizes of files that were not read before as they are, a few looks a file; it reads and changes none.

    Args:
        paths: The files; those that are none count nothing.
        folder: The data directory.
        most: So many bytes are enough; the rest is not looked at.
    """
    total = 0
    with closing(_open(folder.state / "digests.sqlite", keep=False)) as cache:
        for path in paths:
            with suppress(OSError, UnusableFileError):
                status = _status(path)
                row = cache.execute("select marks from digests where path = ?", (_key(path),)).fetchone()
                total += 0 if row and row[0] == marks_of(status) else status.st_size
            if total >= most:
                break
    return total


def _key(path: Path) -> bytes:
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 - `Path` is slow


def marks_of(status: os.stat_result) -> str:
    """Tells by what a file shows that it was replaced or written into.

    Args:
        status: Of the file.
    """
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def _status(path: Path) -> os.stat_result:
    status = regular_file(path)
    if status.st_size > MOST_PAGE_BYTES:
        raise UnusableFileError(
            f"The file has {status.st_size / 1e6:,.0f} MB, more than the {MOST_PAGE_BYTES / 1e6:g} MB that a page may "
            "have: give one page a file, or a bulk file of records."
        )
    return status


def _open(path: Path, keep: bool) -> sqlite3.Connection:
    if not keep and not path.is_file():
        return _prepared(sqlite3.connect(":memory:"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _prepared(sqlite3.connect(path))
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _prepared(sqlite3.connect(path))


def _prepared(cache: sqlite3.Connection) -> sqlite3.Connection:
    cache.execute("pragma synchronous = off")
    cache.execute("create table if not exists digests (path blob primary key, marks text, sha256 text) without rowid")
    return cache
