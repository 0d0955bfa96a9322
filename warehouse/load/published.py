"""Knows what is published: which schema the warehouse has, which batches, and whether it may be published again.

What belongs here: looking at the published file. What does not: making it (`warehouse.load.publish`), which imports far
more than a run with nothing new needs.
"""

from __future__ import annotations

import time
from collections.abc import Set
from functools import lru_cache

import duckdb

from warehouse.connection import UnreadableWarehouseError, reading
from warehouse.errors import EnvironmentProblem
from warehouse.lake.batch import batches
from warehouse.lake.manifest import BatchManifest
from warehouse.schema import SCHEMA_VERSION
from warehouse.storage.folder import DataFolder


class NewerWarehouseError(EnvironmentProblem):
    """The warehouse file was written by a newer version of Broadsheet."""


class OlderWarehouseError(EnvironmentProblem):
    """The warehouse file was written by an older version of Broadsheet, and lacks what this one shows."""


class ForeignFileError(EnvironmentProblem):
    """What lies where the warehouse should be is somebody else's database."""


def published_schema_version(folder: DataFolder) -> int | None:
    """Reads the schema version of the published warehouse; None where there is none or its file is damaged.

    Args:
        folder: The data directory.

    Raises:
        NewerWarehouseError: It is newer than this code.
        ForeignFileError: The file is a database, but no warehouse of ours.
    """
    try:
        version = _standing(folder)[0]
    except (duckdb.Error, UnreadableWarehouseError):
        return None
    if version is not None and version > SCHEMA_VERSION:
        raise NewerWarehouseError(
            f"{folder.warehouse} has schema version {version}, this Broadsheet knows {SCHEMA_VERSION}: "
            "upgrade Broadsheet, or move the file away and run `broadsheet rebuild`."
        )
    return version


def _standing(folder: DataFolder) -> tuple[int | None, frozenset[str]]:
    """Gives schema version and batches of the published file; a file that was looked at is not opened again."""
    try:
        status = folder.warehouse.stat()
    except FileNotFoundError:
        return None, frozenset()
    return _look(folder, (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))


@lru_cache(maxsize=4)
def _look(folder: DataFolder, _marks: tuple[int, ...]) -> tuple[int | None, frozenset[str]]:
    with reading(folder) as con:
        if con is None:
            return None, frozenset()
        try:
            row = con.execute("select value from warehouse_info where name = 'schema_version'").fetchone()
        except duckdb.CatalogException:
            if con.execute("select 1 from duckdb_tables() limit 1").fetchone():
                raise ForeignFileError(
                    f"{folder.warehouse} is a database, but no warehouse of Broadsheet: move it away, or choose "
                    "another data directory."
                ) from None
            row = None
        version = int(row[0]) if row else None
        return version, frozenset(known_batches(con) if version == SCHEMA_VERSION else ())


def refuse_older(folder: DataFolder) -> None:
    """Refuses a warehouse that was published before its tables got the columns that are shown today.

    Args:
        folder: The data directory.

    Raises:
        OlderWarehouseError: It is older than this code; the first run or a rebuild makes it anew.
    """
    version = published_schema_version(folder)
    if version is not None and version < SCHEMA_VERSION:
        raise OlderWarehouseError(
            f"{folder.warehouse} has schema version {version}, this Broadsheet shows {SCHEMA_VERSION}: "
            "`broadsheet rebuild` makes it anew from the lake."
        )


def pending_batches(folder: DataFolder) -> list[BatchManifest]:
    """Lists the batches that the lake has and the published warehouse has not.

    Args:
        folder: The data directory.
    """
    known = _standing(folder)[1] if published_schema_version(folder) == SCHEMA_VERSION else frozenset()
    return missing_batches(folder, known)


def is_due(folder: DataFolder, every_minutes: float) -> bool:
    """Says whether the warehouse may be published again.

    Args:
        folder: The data directory.
        every_minutes: At most once in so many minutes; 0 means at any time.
    """
    if every_minutes <= 0:
        return True
    try:
        age = time.time() - folder.warehouse.stat().st_mtime
    except FileNotFoundError:
        return True
    return not 0 <= age < every_minutes * 60  # a time that is still to come says that a clock was put back


def known_batches(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Lists the ids of the batches that a warehouse holds.

    Args:
        con: A connection to it.
    """
    return {row[0] for row in con.execute("select batch_id from lake_batches").fetchall()}


def missing_batches(folder: DataFolder, known: Set[str]) -> list[BatchManifest]:
    """Lists what is to be applied; a batch that only stands for known ones brings nothing new.

    Args:
        folder: The data directory.
        known: Ids of the batches that the warehouse holds.
    """

    def is_known(manifest: BatchManifest) -> bool:
        return manifest.batch_id in known or bool(manifest.replaces and set(manifest.replaces) <= known)

    return [manifest for manifest in batches(folder) if not is_known(manifest)]
