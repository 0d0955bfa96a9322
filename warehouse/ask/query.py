"""Asks the warehouse for somebody we need not trust: read-only, no files, no settings.

What belongs here: the sandbox, parameters, and what a wrong query is told. What does not: how an answer is shown
(`flows/cli/render.py`), the wording of SQL errors (`sql_errors.py`), and limits that hold within one step of
a query (`query_process.py`).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.ask.answer import Answer
from warehouse.ask.saved_values import check_values
from warehouse.ask.sql_errors import in_words, is_placed
from warehouse.connection import connect
from warehouse.errors import UserError
from warehouse.schema import TABLES
from warehouse.schema.views import saved_queries, views

_SPILL = "4GB"
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT])(i?)B", re.IGNORECASE)
_ROWS_AT_A_TIME = 2_048


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    Attributes:
        sql: One SELECT.
        defaults: Values of parameters that need not be given.
        is_saved: Whether it is one of the saved queries, whose parameters have a meaning that can be checked.
    """

    sql: str
    defaults: Mapping[str, str]
    is_saved: bool = False


def named_query(text: str) -> Query:
    """Takes what a user typed: SQL, or the name of a saved query, view or table.

    Args:
        text: As typed.

    Raises:
        UserError: It is one word, but no such thing exists.
    """
    name = text.strip().rstrip(";").strip()
    for saved in saved_queries():
        if saved.name == name:
            return Query(saved.sql, {p.name: p.default for p in saved.parameters}, is_saved=True)
    known = [*(view.name for view in views()), *(table.name for table in TABLES)]
    if name in known:
        return Query(f"from {name}", {})
    if re.fullmatch(r"\w+", name):
        nearest = get_close_matches(name, [*known, *(saved.name for saved in saved_queries())], 1)
        hint = f"did you mean {nearest[0]}?" if nearest else "`broadsheet query --list` names them all."
        raise UserError(f"There is no saved query, view or table named {name}; {hint}")
    return Query(text, {})


def bytes_of(memory: str) -> int:
    """Reads a size of memory.

    Args:
        memory: As DuckDB writes it.

    Raises:
        UserError: It is none.

    >>> bytes_of("1.5GB"), bytes_of("2KiB")
    (1500000000, 2048)
    """
    found = _SIZE.fullmatch(memory)
    if not found:
        raise UserError(f"{memory!r} is no size of memory; write it as 500MB or 2GB.")
    number, prefix, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** (1 + "KMGT".index(prefix.upper())))


@contextmanager
def sandbox(
    path: str | Path, *, memory_limit: str = "1GB", checked: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens the warehouse so that a query can read its tables and do nothing else.

    Args:
        path: The warehouse file.
        memory_limit: As DuckDB writes it, such as `1GB`.
        checked: Show the figures alone that a person checked.

    Raises:
        UserError: The limit can't be read.
    """
    bytes_of(memory_limit)
    with tempfile.TemporaryDirectory(prefix="broadsheet-query-") as spill:
        con = connect(path, memory_limit=memory_limit, checked=checked)
        try:
            con.execute("set temp_directory = ?", [spill])
            con.execute(f"set max_temp_directory_size = '{_SPILL}'")
            for closed in ("enable_external_access", "autoload_known_extensions", "autoinstall_known_extensions"):
                con.execute(f"set {closed} = false")
            con.execute("set python_enable_replacements = false")
            con.execute("set errors_as_json = true")
            con.execute("set lock_configuration = true")
            yield con
        finally:
            con.close()


def ask(con: duckdb.DuckDBPyConnection, query: Query, given: Mapping[str, str] | None = None) -> Answer:
    """Runs one query.

    Args:
        con: A connection from `sandbox`.
        query: What is asked.
        given: Values of its parameters, as text.

    Raises:
        UserError: The SQL is wrong, a parameter is missing or unknown, or it is no single SELECT.
    """
    values = _checked(con, query, given or {})
    if query.is_saved:
        check_values(con, values)
    with _in_words(con, query.sql, values):
        reader = con.sql(query.sql, params=values).to_arrow_reader(_ROWS_AT_A_TIME)
    return Answer(reader.schema, _batches(con, query.sql, reader))


def _batches(con: duckdb.DuckDBPyConnection, sql: str, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    while True:
        with _in_words(con, sql):
            batch = next(reader, None)
        if batch is None:
            return
        yield batch


@contextmanager
def _in_words(con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, str] | None = None) -> Iterator[None]:
    """Turns DuckDB's errors into sentences; where a relation hides the place, EXPLAIN of the same query tells it."""
    try:
        yield
    except duckdb.Error as error:
        if values is None or is_placed(error):
            raise UserError(in_words(error, sql, columns=_column_names(con))) from None
        try:
            con.execute(f"explain\n{sql}", values)
        except duckdb.Error as placed:
            error = placed
        raise UserError(in_words(error, sql, skip=len("explain\n"), columns=_column_names(con))) from None


def _column_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Lists the columns that there are; none where the connection can't be asked any more."""
    try:
        return [row[0] for row in con.execute("select distinct column_name from duckdb_columns()").fetchall()]
    except duckdb.Error:
        return []


def _one_select(con: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """Parses a query and refuses what is no single SELECT."""
    try:
        with _in_words(con, sql):
            statements = con.extract_statements(sql)
        kinds = [statement.type for statement in statements]
    except ValueError:  # a statement that DuckDB parses and its Python binding has no name for
        raise UserError("A query only reads: write a SELECT, not a command.") from None
    if not statements:
        raise UserError("There is no query: write a SELECT, or the name of a saved query (`broadsheet query --list`).")
    if len(statements) != 1:
        raise UserError(f"Give one SELECT at a time; these are {len(statements)} statements.")
    if kinds[0] == duckdb.StatementType.MULTI:  # what a PIVOT becomes that has to look up its columns first
        raise UserError("Name the columns of a PIVOT, such as `pivot metrics on measure in ('level', 'growth') …`.")
    if kinds[0] not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise UserError(f"A query only reads: write a SELECT, not {kinds[0].name}.")
    return statements[0]


def _checked(con: duckdb.DuckDBPyConnection, query: Query, given: Mapping[str, str]) -> dict[str, str]:
    """Looks at a query before it runs, and gathers the values of its parameters."""
    wanted = _one_select(con, query.sql).named_parameters
    if any(name.isdigit() for name in wanted):
        raise UserError("Name the parameters of the query ($region, not ? or $1), so that --param can fill them.")
    if unknown := sorted(set(given) - wanted):
        takes = f"it takes {', '.join(sorted(wanted))}" if wanted else "it takes none"
        raise UserError(f"The query has no parameter {unknown[0]}; {takes}.")
    values = {name: value for name, value in {**query.defaults, **given}.items() if name in wanted}
    if missing := sorted(wanted - values.keys()):
        raise UserError(f"The query needs a value for {missing[0]}: give --param {missing[0]}=…")
    return values
