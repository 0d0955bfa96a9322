"""The copy of the warehouse that a load works on: how it is made, published and dropped.

What belongs here: files. What does not: what is done in the copy (`publish.py`, `run_rows.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.connection import open_for_writing, refused
from warehouse.storage.durable import sync_folder
from warehouse.storage.folder import DataFolder
from warehouse.storage.reflink import copy_file


def drop_copies(folder: DataFolder) -> None:
    """Deletes working copies that a killed load left behind.

    Args:
        folder: The data directory; the caller holds the writer's lock.
    """
    for left_over in folder.root.glob(".warehouse-*"):
        left_over.unlink(missing_ok=True)


@contextmanager
def writable_copy(folder: DataFolder, *, empty: bool = False) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """Opens a copy of the published warehouse for writing; it goes when the block ends, unless it was published.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        empty: Begin with nothing in the place of a copy.

    Yields:
        The copy, and the connection to it.
    """
    drop_copies(folder)
    copy = folder.root / f".warehouse-{os.getpid()}.duckdb"
    try:
        if not empty:
            copy_file(folder.warehouse, copy)
        con = open_for_writing(copy, memory_limit=f"{folder.load_mb}MB", spill=folder.work / "spill")
        try:
            yield copy, con
        finally:
            con.close()
    finally:
        drop_copies(folder)


def publish_copy(copy: Path, target: Path) -> None:
    """Puts a finished copy in the place of the published file, at once and for good.

    Args:
        copy: The copy, closed.
        target: The published file.
    """
    with copy.open("rb") as handle:
        os.fsync(handle.fileno())
    copy.replace(target)
    # A log left by somebody who opened the old file to write belongs to that file, not to this one.
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    sync_folder(target.parent)


@contextmanager
def environment_problems(folder: DataFolder) -> Iterator[None]:
    """Turns what DuckDB raises where the machine or the file is to blame into a sentence.

    Args:
        folder: The data directory.

    Raises:
        EnvironmentProblem: The disk is full, memory is short, or the file is damaged.
    """
    try:
        yield
    except duckdb.Error as error:
        if problem := refused(error, folder):
            raise problem from error
        raise
