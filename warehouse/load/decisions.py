"""Carries out what people decided about rows in quarantine, as often as the warehouse is made anew.

What belongs here: SQL inside a load's transaction. What does not: the checks that kept the rows back.

A row is kept back by the gate (`open`), and a person may release or drop it; both come as rows of `quarantine` in a
batch. The decision holds for the row as it was: its id covers its content, so that a row that reads otherwise when
its page is worked on again is open again.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.schema import PAGE_TABLES, QUARANTINE, Table


def take_quarantine(con: duckdb.DuckDBPyConnection, select: str, paths: Sequence[str]) -> None:
    """Brings a batch's quarantine rows in; a decision that stands is not undone by the gate keeping the row back again.

    Makes the temporary table `held_now`: the rows of this batch that its files bring in vain. A released one comes
    from quarantine instead, so that a figure that was there twice is loaded once.

    Args:
        con: A writable connection.
        select: Gives the rows, with the paths as its one parameter; empty where the batch has none.
        paths: The Parquet files.
    """
    con.execute("create or replace temp table newly_held as select * from quarantine limit 0")
    if paths:
        con.execute(f"insert into newly_held by name {select}", [list(paths)])
    con.execute(
        "update newly_held n set decision = q.decision from quarantine q "
        "where n.quarantine_id = q.quarantine_id and n.decision = 'open'"
    )
    con.execute(f"delete from {QUARANTINE.name} where quarantine_id in (select quarantine_id from newly_held)")
    con.execute(f"insert into {QUARANTINE.name} by name select * from newly_held")
    con.execute("create or replace temp table held_now as select distinct table_name, row_id from newly_held")


def carry_out_decisions(con: duckdb.DuckDBPyConnection) -> None:
    """Puts released rows into their tables and takes dropped ones out, after the batch's own rows are in.

    Args:
        con: A writable connection, after `start_applying` and `take_quarantine`.
    """
    con.execute("insert into touched_documents select distinct document_id from newly_held where decision <> 'open'")
    for table in PAGE_TABLES:
        if (
            len(table.key) == 1
            and con.execute(
                "select 1 from newly_held where table_name = ? and decision <> 'open' limit 1", [table.name]
            ).fetchone()
        ):
            _carry_out(con, table)


def _carry_out(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    key = table.key[0]
    con.execute(
        f"delete from {table.name} where {key} in "
        f"(select row_id from newly_held where table_name = '{table.name}' and decision = 'dropped')"
    )
    columns = ", ".join(f'"{c.name}": "{c.type}"' for c in table.columns)
    con.execute(
        f"""
        insert into {table.name} by name
        select r.* from (
            select unnest(from_json(payload, '{{{columns}}}'))
            from newly_held
            where table_name = '{table.name}' and decision = 'released'
        ) r
        semi join (select document_id from documents where status = 'loaded') d on r.document_id = d.document_id
        where r.{key} not in (select {key} from {table.name})
        """
    )
