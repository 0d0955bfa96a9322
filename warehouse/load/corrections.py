"""Puts people's corrections into the tables at every load, and keeps what the machine had read beside them.

What belongs here: SQL inside a load's transaction. What does not: reading and validating the user's file.

The machine's values are put back before batches are applied and the corrections made again afterwards, so that the
tables depend on the lake and on today's corrections alone. Added figures are `warehouse.load.corrected_figures`'s,
what follows from a correction (an entity, a base value) is `warehouse.load.implied`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from warehouse.load.corrected_figures import (
    add_figures,
    keep_machine_figures,
    mark_checked,
    place_printed,
    restore_figures,
)
from warehouse.load.implied import follow_corrections
from warehouse.schema import CORRECTIONS, METRICS, Table, table_named
from warehouse.schema.arrow import arrow_table

CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    "metrics": (
        "value",
        "value_high",
        "unit",
        "value_base",
        "unit_base",
        "dimension",
        "measure",
        "comparison",
        "indicator",
        "indicator_key",
        "topic",
        "subject",
        "region_adcode",
        "period",
        "period_start",
        "period_end",
        "modality",
        "qualifier",
        "status",
    ),
    "mentions": ("type",),
    "articles": ("kicker", "headline", "byline", "dateline"),
}
"""Columns that a person may correct. The text itself is not among them: it must stay what was printed."""

Rows = Iterable[Mapping[str, object]]


def take_back_corrections(con: duckdb.DuckDBPyConnection) -> None:
    """Puts the machine's values back where corrections stand.

    Args:
        con: A writable connection.
    """
    for table, column in _corrected_columns(con):
        if table is not METRICS:
            _write(con, table, column, "machine_value")
    restore_figures(con)


def apply_corrections(con: duckdb.DuckDBPyConnection, given: Rows) -> None:
    """Makes the corrections and notes what the machine had read.

    Args:
        con: A writable connection, after `take_back_corrections` and all batches.
        given: page, span, column_name, value, who, why, and where they are known made_at and printed of each;
            validated. `implied` holds other columns of the row that follow from the value.
    """
    given = list(given)
    rows = [dict(row) | {"status": "no such place", "refusal": None} for row in given]
    con.execute("delete from corrections")
    if not rows:
        return
    con.register("given_corrections", arrow_table(CORRECTIONS, rows))
    con.execute("insert into corrections by name select * from given_corrections")
    con.unregister("given_corrections")
    _find_pages(con)
    place_printed(con)
    for name in CORRECTABLE:
        _find_rows(con, table_named(name))
    keep_machine_figures(con)
    for name, columns in CORRECTABLE.items():
        for column in columns:
            _note_machine_value(con, table_named(name), column)
    add_figures(con)
    for table, column in _corrected_columns(con):
        _write(con, table, column, "value")
    follow_corrections(con, given)
    mark_checked(con)


def corrected_rows(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Lists the rows that stand corrected or added: table, key, document.

    Args:
        con: A connection to the warehouse.
    """
    return con.execute(
        "select distinct split_part(column_name, '.', 1), row_id, document_id from corrections "
        "where status = 'applied' and (column_name <> 'metrics.status' or value = 'added') order by all"
    ).fetchall()


def withdraw_corrections(con: duckdb.DuckDBPyConnection, refused: Mapping[str, str]) -> None:
    """Puts the machine's values back into rows that do not hold as they were corrected.

    Args:
        con: A writable connection, after `apply_corrections`.
        refused: Key of the row to the expectation that it does not hold to.
    """
    for row_id, reason in refused.items():
        con.execute(
            "update corrections set status = 'refused', refusal = ? where row_id = ? and status = 'applied'",
            [reason, row_id],
        )
    for table, column in _corrected_columns(con, "refused"):
        if table is not METRICS:
            _write(con, table, column, "machine_value", "refused")
    if refused:
        restore_figures(con, list(refused))


def corrections_differ(con: duckdb.DuckDBPyConnection, given: Rows) -> bool:
    """Tells whether today's corrections are others than those the warehouse holds.

    Args:
        con: A connection to the warehouse.
        given: As for `apply_corrections`.
    """
    names = ("page", "span", "column_name", "value", "who", "why", "made_at", "printed")
    held = con.execute(f"select {', '.join(names)} from corrections").fetchall()
    return sorted(map(repr, held)) != sorted(repr(tuple(row.get(name) for name in names)) for row in given)


def not_applied(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    """Lists the corrections that could not be made: page, span and column, and the expectation that forbade it.

    Without one no place fits, or several pages have the file name.

    Args:
        con: A connection to the warehouse.
    """
    sql = (
        "select page || ' ' || span || ' ' || column_name, refusal from corrections "
        "where status in ('no such place', 'refused', 'orphaned') order by all"
    )
    return con.execute(sql).fetchall()


def _find_pages(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        update corrections c
        set document_id = f.document_id
        from (
            select c.page, any_value(d.document_id) as document_id
            from (select distinct page from corrections) c
            join documents d
                on c.page in (d.document_id, d.file_name, d.source_uri, d.source_key) and d.status = 'loaded'
            group by c.page
            having count(distinct d.document_id) = 1
        ) f
        where c.page = f.page
        """
    )


def _find_rows(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    if table.name == "articles":
        place, source = "'a' || t.seq", "articles t"
    else:
        place = "'p' || p.seq || ':' || t.start_char || '-' || t.end_char"
        source = f"{table.name} t join paragraphs p using (paragraph_id)"
    con.execute(
        f"""
        update corrections c
        set row_id = f.row_id
        from (select t.document_id, {place} as span, t.{table.key[0]} as row_id from {source}) f
        where c.document_id = f.document_id and c.span = f.span and c.column_name like '{table.name}.%'
            and not (c.printed is not null and c.column_name like 'metrics.%')
        """
    )


def _note_machine_value(con: duckdb.DuckDBPyConnection, table: Table, column: str) -> None:
    con.execute(
        f"""
        update corrections c
        set
            machine_value = t.{column}::varchar,
            status = case
                when t.{column} is not distinct from c.value::{table.column(column).type} then 'already so'
                else 'applied'
            end
        from {table.name} t
        where c.row_id = t.{table.key[0]} and c.column_name = '{table.name}.{column}'
        """
    )


def _write(con: duckdb.DuckDBPyConnection, table: Table, column: str, source: str, status: str = "applied") -> None:
    con.execute(
        f"""
        update {table.name} t
        set {column} = c.{source}::{table.column(column).type}
        from corrections c
        where c.row_id = t.{table.key[0]} and c.column_name = '{table.name}.{column}' and c.status = '{status}'
        """
    )


def _corrected_columns(con: duckdb.DuckDBPyConnection, status: str = "applied") -> list[tuple[Table, str]]:
    query = "select distinct column_name from corrections where status = ? order by 1"
    found = con.execute(query, [status]).fetchall()
    named = [row[0].split(".", 1) for row in found]
    return [(table_named(table), column) for table, column in named]
