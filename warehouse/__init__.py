"""Where everything ends up: the schema, the Parquet lake, the DuckDB file and the ways to ask it.

`from warehouse import connect` gives a read-only DuckDB connection to the published warehouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.connection import connect

__all__ = ["connect"]


def __getattr__(name: str) -> Any:
    """Imports DuckDB only when somebody connects, so that `broadsheet --help` stays quick."""
    if name == "connect":
        from warehouse.connection import connect

        return connect
    raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
