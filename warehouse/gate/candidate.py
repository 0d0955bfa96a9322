"""Opens a batch that is not part of the lake yet, so that the quality gate can ask it questions in SQL.

What belongs here: views over the batch's Parquet files under the tables' own names, and the tables that checks need
beside them. What does not: what is expected of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.connection import memory_database
from warehouse.schema import TABLES, Table, table_named
from warehouse.schema.arrow import arrow_schema, arrow_table
from warehouse.schema.ddl import create_table_sql

Connection = duckdb.DuckDBPyConnection
"""An open DuckDB connection, for those who pass it on and may not import DuckDB."""

DatabaseError = duckdb.Error
"""What a connection raises, for the same."""

MEMORY_LIMIT = "300MB"
"""Keeps the check of a million figures under a gigabyte, Great Expectations and all."""


def unreadable_files(files: Mapping[str, Sequence[Path]], *, thoroughly: bool = False) -> list[str]:
    """Lists the Parquet files of a batch that can't be read, each as a sentence.

    Args:
        files: Table name to its files.
        thoroughly: Read the rows too, not only the footers.
    """
    problems = []
    for path in (path for paths in files.values() for path in paths):
        try:
            if thoroughly:
                pq.read_table(path)
            else:
                pq.read_schema(path)
        except (OSError, pa.ArrowException) as error:
            problems.append(f"{path.name} can't be read ({str(error).splitlines()[0][:200]})")
    return problems


def schema_differences(table: Table, path: Path) -> list[str]:
    """Lists how the columns of a readable Parquet file differ from the declared ones, each as a sentence.

    Args:
        table: The declaration.
        path: A Parquet file.
    """
    found, declared = pq.read_schema(path), arrow_schema(table)
    missing = [name for name in declared.names if name not in found.names]
    extra = [name for name in found.names if name not in declared.names]
    sentences = [f"{path.name} lacks the column {name}" for name in missing]
    sentences += [f"{path.name} has the unknown column {name}" for name in extra]
    sentences += [
        f"{path.name} has {name} as {found.field(name).type}, not {declared.field(name).type}"
        for name in declared.names
        if name in found.names and found.field(name).type != declared.field(name).type
    ]
    return sentences


def open_candidate(files: Mapping[str, Sequence[Path]]) -> Connection:
    """Opens a batch in memory: every declared table is there, as a view of its files or empty.

    Args:
        files: Table name to its readable files.
    """
    con = memory_database({"memory_limit": MEMORY_LIMIT, "preserve_insertion_order": False})
    for table in TABLES:
        if paths := files.get(table.name):
            listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
            con.execute(f"create view {table.name} as select * from read_parquet([{listed}])")
        elif table.name != "entities":
            con.execute(create_table_sql(table))
    con.execute(
        "create view entities as select entity_id, any_value(type) as type, any_value(name) as name, "
        "any_value(adcode) as adcode, any_value(scope) as scope, sum(mention_count)::bigint as mention_count, "
        "null::date as first_seen, null::date as last_seen from document_entities group by entity_id"
    )
    return con


def fill_table(con: Connection, name: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Puts rows into a declared table of an open candidate.

    Args:
        con: From `open_candidate`.
        name: The table.
        rows: Its rows.
    """
    table = table_named(name)
    keep_table(con, f"given_{name}", arrow_table(table, rows))
    con.execute(f"insert into {name} by name select * from given_{name}")
    con.execute(f"drop table given_{name}")


def keep_table(con: Connection, name: str, rows: pa.Table) -> None:
    """Keeps an Arrow table as a temporary table.

    Args:
        con: An open connection; may be read-only.
        name: Name of the temporary table.
        rows: Its rows.
    """
    con.register("arrow_rows", rows)
    con.execute(f"create or replace temp table {name} as select * from arrow_rows")
    con.unregister("arrow_rows")


def create_view(con: Connection, name: str, sql: str) -> None:
    """Makes a select a temporary view, under a name of its own.

    Args:
        con: An open connection; may be read-only.
        name: Name of the view.
        sql: One select.
    """
    con.execute(f'create or replace temp view "{name}" as\n{sql}')


def tables_read(con: Connection, sql: str) -> set[str]:
    """Names the tables, views and common table expressions that a select reads, in small letters.

    Args:
        con: An open connection; runs nothing but the parser.
        sql: One select.
    """
    # Not `get_table_names`: in DuckDB 2.0 it fails on `join … using`.
    parsed = "select distinct unnest(json_extract_string(json_serialize_sql(?), '$..table_name'))"
    return {name.lower() for (name,) in con.execute(parsed, [sql]).fetchall()}
