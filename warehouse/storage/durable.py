"""Writes files and folders so that they outlive a crash and a power cut, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from threading import get_ident


def write_atomically(path: Path, data: bytes | Iterable[bytes], temporary_folder: Path | None = None) -> None:
    """Writes a file so that a reader, or a crash, finds the old one or the new one and never a half.

    Args:
        path: Where it goes; the folder is made.
        data: All its bytes, or those in parts; what making a part raises leaves the old file.
        temporary_folder: Where to write it first, on the same file system; beside its place without.
    """
    make_folder(path.parent)
    beside = temporary_folder or path.parent
    beside.mkdir(parents=True, exist_ok=True)
    temporary = beside / f".{path.name}.{os.getpid()}.{get_ident()}.tmp"
    try:
        with temporary.open("wb") as out:
            out.writelines((data,) if isinstance(data, bytes) else data)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def holds(path: Path, data: bytes) -> bool:
    """Says whether a file holds these very bytes: one of the right length may be damaged.

    Args:
        path: The file.
        data: What it should hold.
    """
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def make_folder(path: Path) -> None:
    """Makes a folder and the missing ones above it, so that they outlive a power cut.

    Args:
        path: The folder.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Makes sure that a new name in a folder outlives a power cut.

    Args:
        path: The folder.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
