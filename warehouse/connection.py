"""Opens the warehouse: read-only for everybody, writable only for the copy that a load works on."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.errors import UserError

STORAGE_VERSION = "v1.4.0"
"""Format of the file on disk, so that clients built on DuckDB 1.4 and later can open it."""


class NoWarehouseError(UserError):
    """There is no warehouse yet at the place asked for."""


def connect(
    path: str | Path = "data/warehouse.duckdb", *, memory_limit: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Opens the published warehouse to read it; a load that goes on meanwhile neither waits nor disturbs.

    Args:
        path: The warehouse file.
        memory_limit: As DuckDB writes it, such as `1GB`.

    Raises:
        NoWarehouseError: There is no such file.
    """
    if not Path(path).is_file():
        raise NoWarehouseError(f"There is no warehouse at {path}; make one with `broadsheet run`.")
    config: dict[str, str | bool | int | float | list[str]] = {}
    if memory_limit:
        config["memory_limit"] = memory_limit
    return duckdb.connect(str(path), read_only=True, config=config)


def open_for_writing(path: Path, *, memory_limit: str = "2GB") -> duckdb.DuckDBPyConnection:
    """Opens a warehouse file to write it, making it in the portable storage format where it is not there.

    Args:
        path: File of a working copy, never the published one.
        memory_limit: As DuckDB writes it.
    """
    con = duckdb.connect(":memory:", config={"memory_limit": memory_limit})
    quoted = str(path).replace("'", "''")
    con.execute(f"attach '{quoted}' as w (storage_version '{STORAGE_VERSION}')")
    con.execute("use w")
    return con
