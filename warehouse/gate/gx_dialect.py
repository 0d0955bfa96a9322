"""Lets SQLAlchemy, and through it Great Expectations, ask a DuckDB connection that is already open.

Great Expectations reads rows after the statement's cursor is gone (its issues 10738 and 11579), so a cursor here
fetches all rows at once; and it wants to open the database itself, so a URL names the connection that we hold. Every
data source has a name of its own for it: two that are open at once look each at their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import types
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDialect

if TYPE_CHECKING:
    import duckdb

_HELD: dict[str, duckdb.DuckDBPyConnection] = {}

_TYPES: dict[str, types.TypeEngine[Any]] = {
    "VARCHAR": types.String(),
    "BIGINT": types.BigInteger(),
    "INTEGER": types.Integer(),
    "DOUBLE": types.Float(),
    "BOOLEAN": types.Boolean(),
    "DATE": types.Date(),
    "TIMESTAMP": types.DateTime(),
}


_numbers = count(1)


def fresh_handle() -> str:
    """Gives a name for connections that nobody else in this process uses."""
    return f"held{next(_numbers)}"


def held_url(handle: str) -> str:
    """Gives SQLAlchemy's URL of a handle; what was made ready for one connection serves the next one under it too.

    Args:
        handle: From `fresh_handle`.
    """
    return f"duckdb:///{handle}"


@contextmanager
def held(con: duckdb.DuckDBPyConnection, handle: str) -> Iterator[None]:
    """Lets a handle stand for an open connection while the block runs; for one at a time.

    Args:
        con: The connection; it stays open.
        handle: From `fresh_handle`.
    """
    registry.register("duckdb", __name__, "HeldDialect")
    _HELD[handle] = con
    try:
        yield
    finally:
        del _HELD[handle]


class EagerCursor:
    """A cursor that has fetched its rows when `execute` returns."""

    arraysize = 1
    rowcount = -1

    def __init__(self, connection: HeldConnection) -> None:
        self.connection = connection
        self.description: Any = None
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, statement: str, parameters: Sequence[Any] | None = None, context: object = None) -> None:
        """Runs a statement and fetches what it gives."""
        con = self.connection.held
        done = con.execute(statement, parameters) if parameters else con.execute(statement)
        self.description = [(column[0], str(column[1]), *column[2:]) for column in done.description or ()] or None
        self._rows = done.fetchall() if self.description else []
        self._rows.reverse()

    def fetchone(self) -> tuple[Any, ...] | None:
        """Gives the next row."""
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        """Gives the next rows."""
        return [self._rows.pop() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Gives all rows that are left."""
        return self.fetchmany(len(self._rows))

    def close(self) -> None:
        """Does nothing: the rows are here already."""


class HeldConnection:
    """A connection for SQLAlchemy that neither opens, closes nor commits anything."""

    notices: tuple[str, ...] = ()
    autocommit = None
    closed = False

    def __init__(self, handle: str) -> None:
        self._handle = handle

    @property
    def held(self) -> duckdb.DuckDBPyConnection:
        """The open connection; kept by name only, since Great Expectations lives as long as the process."""
        return _HELD[self._handle]

    def cursor(self) -> EagerCursor:
        """Gives a cursor."""
        return EagerCursor(self)

    def begin(self) -> None:
        """Does nothing."""

    commit = rollback = close = begin


class HeldDialect(PGDialect):
    """PostgreSQL's SQL, which DuckDB speaks, over a held connection."""

    name = "duckdb"
    driver = "held"
    supports_statement_cache = False

    @classmethod
    def import_dbapi(cls) -> Any:
        """Tells how parameters are written; DuckDB itself is not imported here, or it would outlive the interpreter."""
        return SimpleNamespace(paramstyle="numeric_dollar", Error=Exception)

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Finds the held connection that the URL names."""
        return HeldConnection(cparams["database"])

    def initialize(self, connection: Any) -> None:
        """Asks nothing, since there is no server: DuckDB speaks about PostgreSQL 13's SQL."""
        self.server_version_info = (13, 0)
        self.default_schema_name = "main"

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Tells whether there is such a table or view."""
        found = connection.exec_driver_sql(
            "select 1 from information_schema.tables where table_name = $1", (table_name,)
        ).fetchone()
        return found is not None

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        """Lists the columns of a table; one `describe` instead of reading PostgreSQL's catalogue."""
        described = connection.exec_driver_sql(f'describe "{table_name}"').fetchall()
        return [{"name": row[0], "type": _TYPES.get(row[1], types.NULLTYPE), "nullable": True} for row in described]

    def do_begin(self, dbapi_connection: Any) -> None:
        """Does nothing: checks only read."""

    def do_rollback(self, connection: Any) -> None:
        """Does nothing."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Does nothing."""
