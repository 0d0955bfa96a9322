"""Applies batches of the lake to an open warehouse: SQL that replaces, supersedes and adds up rows.

What belongs here: what a batch does to the tables, inside a transaction that somebody else holds. What does not:
files, copies and publishing (`warehouse.load.publish`).

A batch replaces what the warehouse holds of its documents. A newer good version of a source supersedes the older
one; a rejected version supersedes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.ask.known import SUPERSEDED
from warehouse.lake.batch import batches
from warehouse.lake.inspection import require_whole
from warehouse.lake.manifest import BatchManifest
from warehouse.load.decisions import carry_out_decisions, take_quarantine
from warehouse.load.published import known_batches
from warehouse.schema import DOCUMENT_SOURCES, DOCUMENTS, PAGE_TABLES, QUARANTINE, Column, Table, table_named
from warehouse.storage.folder import DataFolder

_EMPTY = {"VARCHAR": "''", "JSON": "'{}'", "BOOLEAN": "false", "VARCHAR[]": "[]", "INTEGER[]": "[]"}


def start_applying(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the temporary tables in which batches note what they touch.

    `touched_documents` and `touched_entities` tell whoever keeps derived tables what has to be made anew.

    Args:
        con: A writable connection.
    """
    con.execute("create or replace temp table touched_entities (entity_id varchar)")
    con.execute("create or replace temp table touched_documents (document_id varchar)")


def apply_batch(
    con: duckdb.DuckDBPyConnection, folder: DataFolder, manifest: BatchManifest, *, hold_back: bool = True
) -> None:
    """Brings the rows of one batch into the tables.

    Args:
        con: A writable connection, after `start_applying`.
        folder: The data directory.
        manifest: The batch.
        hold_back: Leave out rows that stand in quarantine; not so when batches are merged.

    Raises:
        DamagedLakeError: A file of the batch does not hold what was written.
    """
    require_whole(folder, manifest)
    _take_documents(con, paths_of(folder, manifest, DOCUMENTS))
    _note_sources(con, paths_of(folder, manifest, DOCUMENT_SOURCES))
    for name in ("runs", "checks", "check_failures"):
        upsert(con, table_named(name), paths_of(folder, manifest, table_named(name)))
    held = paths_of(folder, manifest, QUARANTINE)
    take_quarantine(con, select_from(con, QUARANTINE, held) if held else "", held)
    for table in PAGE_TABLES:
        _insert_page_rows(con, table, paths_of(folder, manifest, table), hold_back)
    carry_out_decisions(con)
    note_batch(con, manifest)


def note_batch(con: duckdb.DuckDBPyConnection, manifest: BatchManifest) -> None:
    """Notes that the warehouse holds a batch, with its manifest, which can be put back from here.

    Args:
        con: A writable connection.
        manifest: The batch.
    """
    row = [manifest.batch_id, manifest.run_id, manifest.sha256, manifest.to_json()]
    con.execute("insert into lake_batches values (?, ?, ?, ?)", row)


def note_merged(con: duckdb.DuckDBPyConnection, folder: DataFolder) -> None:
    """Notes a merged batch in the place of those that it stands for; unnoted, it would be unknown once merged again.

    Args:
        con: A writable connection to a warehouse that holds every batch of the lake.
        folder: The data directory.
    """
    known = known_batches(con)
    for manifest in batches(folder):
        if manifest.replaces and manifest.batch_id not in known:
            note_batch(con, manifest)
        if known.intersection(manifest.replaces):
            con.execute("delete from lake_batches where batch_id in (select unnest(?))", [list(manifest.replaces)])


def finish_applying(con: duckdb.DuckDBPyConnection) -> None:
    """Takes superseded versions out, and has the machine answer for the figures that the batches brought.

    Args:
        con: A writable connection, after the last `apply_batch`.
    """
    _supersede(con)
    con.execute("update metrics set status = 'machine' where status is null")


def _take_documents(con: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> None:
    con.execute("create or replace temp table incoming as select * from documents limit 0")
    if not paths:
        return
    con.execute(f"insert into incoming by name {select_from(con, DOCUMENTS, paths)}", [list(paths)])
    con.execute("insert into touched_documents select document_id from incoming")
    known = "select document_id from incoming semi join documents using (document_id)"
    if con.execute(f"select 1 where exists ({known})").fetchone():
        forget_rows(con, known)
        con.execute(f"delete from quarantine where decision = 'open' and document_id in ({known})")
        con.execute("delete from documents where document_id in (select document_id from incoming)")
    con.execute("insert into documents by name select * from incoming")


def _note_sources(con: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> None:
    """Notes under which names documents were seen; what a name held before, it holds no longer."""
    if not paths:
        return
    con.execute(
        f"create or replace temp table seen as {select_from(con, DOCUMENT_SOURCES, paths)}",
        [list(paths)],
    )
    newly_held = "select source_key from seen where is_current"
    con.execute(f"update document_sources set is_current = false where is_current and source_key in ({newly_held})")
    con.execute(
        "update document_sources s set is_current = n.is_current from seen n "
        "where s.document_id = n.document_id and s.source_key = n.source_key"
    )
    con.execute(
        "insert into document_sources by name select * from seen n where not exists (select 1 from document_sources s "
        "where s.document_id = n.document_id and s.source_key = n.source_key)"
    )
    con.execute(
        f"update documents set status = 'superseded', reason = '{SUPERSEDED}' "
        f"where status = 'rejected' and source_key in ({newly_held}) "
        "and document_id not in (select document_id from incoming union all select document_id from seen)"
    )


def upsert(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> None:
    """Brings in rows that take the place of those with the same key.

    Args:
        con: A writable connection.
        table: The declared table.
        paths: Parquet files with its rows.
    """
    if not paths:
        return
    con.execute(f"create or replace temp table newer as {select_from(con, table, paths)}", [list(paths)])
    match = " and ".join(f"t.{key} is not distinct from n.{key}" for key in table.key)
    con.execute(f"delete from {table.name} t where exists (select 1 from newer n where {match})")
    con.execute(f"insert into {table.name} by name select * from newer")


def _insert_page_rows(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str], hold_back: bool) -> None:
    if not paths:
        return
    held = ""
    if hold_back and len(table.key) == 1:
        held = (
            f"anti join (select row_id from held_now where table_name = '{table.name}') q "
            f"on r.{table.key[0]} = q.row_id"
        )
    arrived = "select document_id from incoming where status = 'loaded'"
    con.execute(
        f"insert into {table.name} by name select r.* from ({select_from(con, table, paths)}) r "
        f"semi join ({arrived}) i on r.document_id = i.document_id {held}",
        [list(paths)],
    )
    if table.name == "document_entities":
        con.execute("insert into touched_entities select distinct entity_id from read_parquet(?)", [list(paths)])


_NAME_LOST = (
    "not exists (select 1 from document_sources own "
    "where own.document_id = d.document_id and own.source_key = d.source_key and own.is_current)"
)


def _supersede(con: duckdb.DuckDBPyConnection) -> None:
    """Takes out documents whose every source holds a newer good version; names the others by a source they have."""
    con.execute(
        "create or replace temp table gone as select document_id from documents d where status = 'loaded' "
        "and not exists (select 1 from document_sources s where s.document_id = d.document_id and s.is_current)"
    )
    if con.execute("select 1 from gone limit 1").fetchone():
        con.execute("insert into touched_documents select document_id from gone")
        forget_rows(con, "select document_id from gone")
        con.execute(
            f"update documents set status = 'superseded', reason = '{SUPERSEDED}' "
            "where document_id in (select document_id from gone)"
        )
    renamed = f"select document_id from documents d where status = 'loaded' and {_NAME_LOST}"
    con.execute(f"insert into touched_documents {renamed}")
    con.execute(
        f"""
        update documents d
        set
            source_key = s.source_key,
            source_uri = s.source_uri,
            file_name = regexp_extract(rtrim(s.source_uri, '/'), '[^/]*$')
        from (
            select document_id, min(source_key) as source_key, arg_min(source_uri, source_key) as source_uri
            from document_sources
            where is_current
            group by document_id
        ) s
        where d.document_id = s.document_id and d.status = 'loaded' and {_NAME_LOST}
        """
    )


def forget_rows(con: duckdb.DuckDBPyConnection, which: str) -> None:
    """Deletes the rows of documents from all tables whose rows come and go with them.

    Args:
        con: A writable connection, after `start_applying`.
        which: A select of document ids.
    """
    con.execute(f"insert into touched_entities select entity_id from document_entities where document_id in ({which})")
    for table in PAGE_TABLES:
        con.execute(f"delete from {table.name} where document_id in ({which})")


def add_up_entities(con: duckdb.DuckDBPyConnection) -> None:
    """Adds up the entities that a batch or a correction touched.

    Args:
        con: A writable connection, after `finish_applying` and the corrections.
    """
    con.execute("delete from entities where entity_id in (select entity_id from touched_entities)")
    con.execute(
        """
        insert into entities by name
        select
            e.entity_id,
            min(e.type) as type,
            arg_max(e.name, (length(e.name), e.name)) as name,
            min(e.adcode) as adcode,
            min(e.scope) as scope,
            sum(e.mention_count)::bigint as mention_count,
            min(d.issue_date) as first_seen,
            max(d.issue_date) as last_seen
        from document_entities e
        join documents d using (document_id)
        where e.entity_id in (select entity_id from touched_entities)
        group by e.entity_id
        """
    )


def select_from(con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[str]) -> str:
    """Writes the select that reads Parquet files, of whatever schema version, in the columns of today.

    Args:
        con: Any connection.
        table: The declared table.
        paths: Its files, which the select takes as its one parameter.
    """
    described = con.execute("describe select * from read_parquet(?, union_by_name = true)", [list(paths)]).fetchall()
    there = {row[0] for row in described}
    columns = ", ".join(c.name if c.name in there else f"{_stand_in(c)} as {c.name}" for c in table.columns)
    return f"select {columns} from read_parquet(?, union_by_name = true)"


def _stand_in(column: Column) -> str:
    """What a column holds in rows that were written before it was declared."""
    value = "null" if column.null else _EMPTY.get(column.type, "0")
    return f"{value}::{column.type}"


def paths_of(folder: DataFolder, manifest: BatchManifest, table: Table) -> list[str]:
    """Lists the files in which a batch has rows of a table.

    Args:
        folder: The data directory.
        manifest: The batch.
        table: The declared table.
    """
    return [str(folder.lake / f.path) for f in manifest.files_of(table.name) if f.rows]
