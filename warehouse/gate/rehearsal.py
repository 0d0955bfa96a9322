"""Tries corrections of one page out, in a small warehouse in memory that holds nothing but that page.

What belongs here: making that warehouse. What does not: what is expected of the rows (`expectations`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import duckdb

from warehouse.connection import memory_database
from warehouse.load.apply import add_up_entities
from warehouse.load.corrections import apply_corrections, take_back_corrections
from warehouse.schema import TABLES
from warehouse.schema.ddl import create_table_sql

_OF_A_PAGE = ("documents", "articles", "paragraphs", "mentions", "document_entities", "metrics", "machine_metrics")
_WHOLE = ("units", "divisions")


@contextmanager
def rehearsed(
    con: duckdb.DuckDBPyConnection, document_id: str, given: Iterable[Mapping[str, object]]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens a warehouse of one page in which corrections were made.

    Args:
        con: A connection to the published warehouse.
        document_id: The page.
        given: All corrections of that page, as for `apply_corrections`.
    """
    trial = memory_database()
    try:
        for table in TABLES:
            trial.execute(create_table_sql(table))
        for table in TABLES:
            if table.name in (*_OF_A_PAGE, *_WHOLE, "corrections"):
                where = "true" if table.name in _WHOLE else f"document_id = '{document_id}'"
                columns = ", ".join(table.column_names)
                rows = con.sql(f"select {columns} from {table.name} where {where}").to_arrow_table()
                trial.register("rows_given", rows)
                trial.execute(f"insert into {table.name} by name select * from rows_given")
                trial.unregister("rows_given")
        take_back_corrections(trial)
        apply_corrections(trial, given)
        trial.execute("insert into touched_entities select entity_id from document_entities")
        add_up_entities(trial)
        yield trial
    finally:
        trial.close()
