"""Looks up what the warehouse, and batches that wait to be loaded, know of documents.

So a run can leave unchanged pages alone, see which names moved, and find pages that are to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.ask.known import DocumentFacts, Known
from warehouse.connection import memory_database, reading
from warehouse.load.apply import select_from
from warehouse.load.published import pending_batches
from warehouse.schema import DOCUMENT_SOURCES, DOCUMENTS, Table
from warehouse.storage.folder import DataFolder

_FACTS = ("document_id", "source_key", "input_fingerprint", "status")


def look_up(folder: DataFolder, document_ids: Sequence[str], source_keys: Sequence[str]) -> Known:
    """Looks documents up by their ids and by the sources that describe them.

    Args:
        folder: The data directory.
        document_ids: Whom to look up.
        source_keys: Sources that were found.
    """
    known = Known()
    with reading(folder) as con:
        if con is None:
            return known
        _ask(con, known, document_ids, source_keys)
    return known


def look_up_pending(folder: DataFolder) -> Known:
    """Tells what batches that wait to be loaded will make known.

    Args:
        folder: The data directory.
    """
    known = Known()
    with memory_database() as con:
        for manifest in pending_batches(folder):
            for table in (DOCUMENTS, DOCUMENT_SOURCES):
                paths = [str(folder.lake / f.path) for f in manifest.files_of(table.name)]
                rows = con.execute(select_from(con, table, paths), [paths]) if paths else None
                for row in _dicts(rows):
                    _note_pending(known, table, row)
    return known


def documents_where(folder: DataFolder, condition: str) -> list[dict[str, Any]]:
    """Gives the `documents` rows that meet a condition, ordered by id.

    Args:
        folder: The data directory.
        condition: SQL over the columns of `documents` as `d`.
    """
    with reading(folder) as con:
        if con is None:
            return []
        return list(_dicts(con.execute(f"select d.* from documents d where {condition} order by document_id")))


def quoted(text: str) -> str:
    """Writes text as a SQL literal, for a condition of `documents_where`.

    Args:
        text: Any text.

    >>> quoted("O'Neill")
    "'O''Neill'"
    """
    return "'" + text.replace("'", "''") + "'"


COME_BACK = (
    "d.status = 'superseded' and exists "
    "(select 1 from document_sources s where s.document_id = d.document_id and s.is_current)"
)
"""Condition: an older version that a source holds again, though its page was not read again yet."""


def _ask(con: duckdb.DuckDBPyConnection, known: Known, document_ids: Sequence[str], source_keys: Sequence[str]) -> None:
    con.register("wanted", pa.table({"document_id": pa.array(document_ids, pa.string())}))
    con.register("found", pa.table({"source_key": pa.array(source_keys, pa.string())}))
    held: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for document_id, key, is_current in con.execute(
        "select document_id, source_key, is_current from document_sources semi join wanted using (document_id)"
    ).fetchall():
        names.setdefault(document_id, set()).add(key)
        if is_current:
            held.setdefault(document_id, set()).add(key)
    facts = ", ".join(_FACTS)
    for row in con.execute(f"select {facts} from documents semi join wanted using (document_id)").fetchall():
        sources, every = (frozenset(found.get(row[0], ())) for found in (held, names))
        known.documents[row[0]] = DocumentFacts(row[1], row[2], row[3], sources, every)
    for key, document_id in con.execute(
        "select source_key, document_id from documents semi join found using (source_key) "
        "where status in ('loaded', 'rejected')"
    ).fetchall():
        known.described_by.setdefault(key, set()).add(document_id)


def _note_pending(known: Known, table: Table, row: dict[str, Any]) -> None:
    document_id, key = row["document_id"], row["source_key"]
    before = known.documents.get(document_id)
    if table is DOCUMENTS:
        sources, names = (before.sources, before.names) if before else (frozenset(), frozenset())
        known.documents[document_id] = DocumentFacts(key, row["input_fingerprint"], row["status"], sources, names)
        known.described_by.setdefault(key, set()).add(document_id)
        return
    if row["is_current"]:
        for other, facts in known.documents.items():
            if key in facts.sources:
                known.documents[other] = replace(facts, sources=facts.sources - {key})
    if before:
        sources = before.sources | {key} if row["is_current"] else before.sources
        known.documents[document_id] = replace(before, sources=sources, names=before.names | {key})


def _dicts(result: duckdb.DuckDBPyConnection | None) -> Iterator[dict[str, Any]]:
    if result is None:
        return
    names = [column[0] for column in result.description or ()]
    for row in result.fetchall():
        yield dict(zip(names, row, strict=True))
