"""Opens the warehouse: read-only for everybody, writable only for the copy that a load works on.

DuckDB keeps one instance a path and process, so a plain second `duckdb.connect` to a file that was replaced meanwhile
would show the old one. Attaching it to an instance of its own always shows the newest.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import duckdb

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.schema import CHECKED
from warehouse.storage.folder import DataFolder
from warehouse.storage.reflink import copy_file

STORAGE_VERSION = "v1.4.0"
"""Format of the file on disk, so that clients built on DuckDB 1.4 and later can open it."""


Config = dict[str, str | bool | int | float | list[str]]


class NoWarehouseError(UserError):
    """There is no warehouse yet at the place asked for."""


class UnreadableWarehouseError(EnvironmentProblem):
    """The warehouse file can't be opened: damaged, or held by a program that writes it."""


def memory_database(config: Config | None = None) -> duckdb.DuckDBPyConnection:
    """Opens an empty database in memory that draws no progress bar into what a command prints.

    Args:
        config: DuckDB's settings.
    """
    spill = Path(tempfile.gettempdir()) / f"broadsheet-{uuid4().hex}.spill"
    con = duckdb.connect(":memory:", config={"temp_directory": str(spill)} | (config or {}))
    con.execute("set enable_progress_bar = false")
    return con


def connect(
    path: str | Path = "data/warehouse.duckdb", *, memory_limit: str | None = None, checked: bool = False
) -> duckdb.DuckDBPyConnection:
    """Opens the published warehouse to read it; a load that goes on meanwhile neither waits nor disturbs.

    Args:
        path: The warehouse file.
        memory_limit: As DuckDB writes it, such as `1GB`.
        checked: Show the figures alone that a person checked, in every view too.

    Raises:
        NoWarehouseError: There is no such file.
        UnreadableWarehouseError: It is damaged, or a program that writes it shuts others out.
    """
    _require_file(Path(path))
    try:
        con = _attached(path, memory_limit)
        if checked:
            only_checked(con)
        return con
    except duckdb.Error as error:
        if _is_locked(error):
            what = "is open for writing in another program: close it there, or open a copy of the file"
        else:
            what = "can't be read, so it is damaged or no warehouse: `broadsheet rebuild` makes it anew from the lake"
        raise UnreadableWarehouseError(f"{path} {what}.") from error


def require_warehouse(folder: DataFolder) -> None:
    """Refuses a data directory that has no warehouse, so that nothing is made in one that was mistyped.

    Args:
        folder: The data directory.

    Raises:
        NoWarehouseError: There is neither a warehouse nor a lake to make it from.
    """
    if not folder.lake.is_dir():
        _require_file(folder.warehouse)


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise NoWarehouseError(f"There is no warehouse at {path}; make one with `broadsheet run`.")


def _attached(path: str | Path, memory_limit: str | None = None) -> duckdb.DuckDBPyConnection:
    con = memory_database({"memory_limit": memory_limit} if memory_limit else None)
    try:
        con.execute(f"attach {_quoted(path)} as warehouse (read_only)")
        con.execute("use warehouse")
    except duckdb.Error:
        con.close()
        raise
    return con


def _is_locked(error: duckdb.Error) -> bool:
    return isinstance(error, duckdb.IOException) and "lock" in str(error).lower()


def refused(error: duckdb.Error, folder: DataFolder) -> EnvironmentProblem | None:
    """Turns what DuckDB raises when the machine or the file is to blame into a sentence; None where it is not.

    Args:
        error: What it raised.
        folder: The data directory.
    """
    said = str(error)
    if isinstance(error, duckdb.OutOfMemoryException):
        return EnvironmentProblem(
            f"There is too little memory ({said.splitlines()[0][:150]}): end other programs, or raise the limit."
        )
    if "No space left" in said or "could not be written" in said.lower():
        return EnvironmentProblem(
            f"The disk that holds {folder.root} is full: free some space and run again; what was loaded before "
            "is as it was."
        )
    if any(word in said.lower() for word in _SIGNS_OF_DAMAGE):
        return UnreadableWarehouseError(
            f"{folder.warehouse} is damaged: `broadsheet rebuild` makes it anew from the lake; nothing was changed."
        )
    return None


_SIGNS_OF_DAMAGE = ("corrupt", "checksum", "internal error", "serialization error", "database has been invalidated")


@contextmanager
def reading(folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Opens the published warehouse for a look by the pipeline itself; gives None where there is none.

    Somebody who opened the file to write shuts all other readers out; then a copy is read instead, so that a
    forgotten notebook never stops a run.

    Args:
        folder: The data directory.

    Raises:
        UnreadableWarehouseError: A block of it is damaged.
    """
    if not folder.warehouse.is_file():
        yield None
        return
    copy: Path | None = None
    try:
        con = _attached(folder.warehouse)
    except duckdb.Error as error:
        if not _is_locked(error):
            raise
        copy = folder.root / f".reading-{os.getpid()}.duckdb"
        copy_file(folder.warehouse, copy)
        con = _attached(copy)
    try:
        yield con
    except duckdb.Error as error:
        if problem := refused(error, folder):
            raise problem from error
        raise
    finally:
        con.close()
        if copy:
            copy.unlink(missing_ok=True)


def open_for_writing(
    path: Path, *, memory_limit: str = "200MB", spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Opens a warehouse file to write it, making it in the portable storage format where it is not there.

    Args:
        path: File of a working copy, never the published one.
        memory_limit: As DuckDB writes it.
        spill: Folder for what does not fit into memory; beside the file without.
    """
    spill = spill or path.with_suffix(".spill")
    spill.parent.mkdir(parents=True, exist_ok=True)  # DuckDB makes the last folder of a path, no more
    config: Config = {
        "memory_limit": memory_limit,
        "preserve_insertion_order": False,
        "temp_directory": str(spill),
    }
    con = memory_database(config)
    con.execute(f"attach {_quoted(path)} as w (storage_version '{STORAGE_VERSION}')")
    con.execute("use w")
    return con


def only_checked(con: duckdb.DuckDBPyConnection) -> None:
    """Hides the figures that nobody checked, and those that were rejected, from `metrics` and all views over it.

    Args:
        con: A connection to the warehouse; nothing in its file is changed.
    """
    said = ", ".join(f"'{status}'" for status in CHECKED)
    con.execute(f"create or replace temp view metrics as select * from warehouse.main.metrics where status in ({said})")


def _quoted(path: str | Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
