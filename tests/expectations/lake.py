"""Puts the small pages of `pages.py` through gate, lake and load, as a run does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from expectations.gate import check_batch
from expectations.rules import Rule
from expectations.verdict import Verdict
from tasks.check.records import check_rows, failure_rows, held_rows
from tests.expectations.pages import DIVISIONS, REFERENCE, UNITS, Rows, raw_lines, write_pages
from warehouse.lake.batch import commit_batch, parquet_of, store
from warehouse.lake.manifest import BatchManifest
from warehouse.load.publish import bring_up_to_date
from warehouse.schema import CHECK_FAILURES, CHECKS, QUARANTINE, table_named
from warehouse.schema.arrow import arrow_table
from warehouse.storage.folder import DataFolder

TABLES = {"units": UNITS, "divisions": DIVISIONS}


def ingest(folder: DataFolder, rows: Rows, run_id: str = "r1", own_rules: Sequence[Rule] = ()) -> Verdict:
    """Checks rows, makes them a batch of the lake and loads it."""
    verdict = check_batch(write_pages(folder.root.parent, rows), REFERENCE, own_rules)
    assert not verdict.refused
    documents = [row | {"run_id": run_id} for row in rows["documents"]]
    for row in documents:
        if row["document_id"] in verdict.rejected:
            row.update(status="rejected", reason=verdict.rejected[row["document_id"]])
    sources = [
        {key: row[key] for key in ("document_id", "source_key", "source_uri")}
        | {"first_seen": row["loaded_at"], "is_current": row["status"] == "loaded"}
        for row in documents
    ]
    tables = {**rows, "documents": documents, "document_sources": sources}
    made = [parquet_of(table_named(name), arrow_table(table_named(name), own)) for name, own in tables.items() if own]
    for table, own in (
        (CHECKS, check_rows(run_id, run_id, verdict)),
        (CHECK_FAILURES, failure_rows(run_id, run_id, verdict)),
        (QUARANTINE, held_rows(run_id, verdict)),
    ):
        if own.num_rows:
            made.append(parquet_of(table, own))
    files = store(folder.lake, made, folder.work / run_id / "files.json")
    commit_batch(folder, BatchManifest(f"{run_id}-0001", run_id, "2023-05-01T00:00:00", tuple(files)))
    bring_up_to_date(folder, TABLES)
    return verdict


def lines_of(document_id: str) -> list[str]:
    """Gives the raw lines of a page."""
    return raw_lines(document_id)


def data_folder(tmp_path: Path) -> DataFolder:
    """Gives an empty data directory."""
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    return folder
