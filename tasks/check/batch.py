"""Puts a batch before the quality gate and makes it part of the lake with what the gate said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.results import keep_results
from expectations.verdict import Verdict
from tasks.check.records import check_rows, failure_rows, held_rows
from tasks.publish.shard import documents_file, published_files
from tasks.staging.jobs import Sighting
from warehouse.ask.known import SUPERSEDED
from warehouse.lake.batch import JOURNAL, commit_batch, parquet_of, store
from warehouse.lake.manifest import BatchManifest, LakeFile
from warehouse.schema import CHECK_FAILURES, CHECKS, DOCUMENT_SOURCES, DOCUMENTS, QUARANTINE
from warehouse.schema.arrow import arrow_schema, arrow_table
from warehouse.storage.folder import DataFolder


def candidate_files(folder: DataFolder, shards: Sequence[Path]) -> dict[str, list[Path]]:
    """Lists the Parquet files of a batch by table, before they are part of the lake.

    Args:
        folder: The data directory.
        shards: Folders of its published shards.
    """
    files: dict[str, list[Path]] = {"documents": [documents_file(shard) for shard in shards]}
    for file in _files(shards):
        files.setdefault(file.table, []).append(folder.lake / file.path)
    return files


def admit_batch(
    folder: DataFolder,
    batch_id: str,
    run_id: str,
    shards: Sequence[Path],
    sightings: Sequence[Sighting],
    verdict: Verdict,
) -> dict[str, str]:
    """Writes the batch's manifest, with rejected documents marked and kept-back rows in quarantine.

    Args:
        folder: The data directory.
        batch_id: Its id.
        run_id: The run.
        shards: Folders of its published shards.
        sightings: Sources that were seen to hold its documents.
        verdict: What the gate said; must not refuse the batch.

    Returns:
        Why documents were rejected, by their source as the user gave it.
    """
    documents, status = _judged([documents_file(shard) for shard in shards], sightings, verdict.rejected)
    own = (
        (DOCUMENTS, documents),
        (DOCUMENT_SOURCES, _source_rows(sightings, status)),
        (CHECKS, check_rows(batch_id, run_id, verdict)),
        (CHECK_FAILURES, failure_rows(batch_id, run_id, verdict)),
        (QUARANTINE, held_rows(run_id, verdict)),
    )
    made = [parquet_of(table, rows) for table, rows in own if rows.num_rows]
    files = [*_files(shards), *store(folder.lake, made, folder.work / run_id / batch_id / JOURNAL)]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    commit_batch(folder, BatchManifest(batch_id, run_id, now, tuple(f for f in files if f.rows)))
    keep_results(folder.quality, batch_id, folder.work / run_id)
    said = documents.select(["source_uri", "status", "reason"]).to_pylist()
    return {row["source_uri"]: row["reason"] for row in said if row["status"] == "rejected"}


def note_names(folder: DataFolder, batch_id: str, run_id: str, sightings: Sequence[Sighting]) -> None:
    """Makes names under which known pages were seen part of the lake, in a batch of their own.

    Args:
        folder: The data directory.
        batch_id: Its id.
        run_id: The run.
        sightings: Sources that were seen to hold loaded documents.
    """
    made = [parquet_of(DOCUMENT_SOURCES, _source_rows(sightings, {}))]
    files = store(folder.lake, made, folder.work / run_id / batch_id / JOURNAL)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    commit_batch(folder, BatchManifest(batch_id, run_id, now, tuple(files)))


def _files(shards: Sequence[Path]) -> list[LakeFile]:
    return [file for shard in shards for file in published_files(shard)]


def _judged(
    files: Sequence[Path], sightings: Sequence[Sighting], rejected: Mapping[str, str]
) -> tuple[pa.Table, dict[str, str]]:
    """Writes the gate's word, and what of one source is superseded within the batch, into the rows of `documents`."""
    tables = [pq.read_table(file, schema=arrow_schema(DOCUMENTS)) for file in files]
    documents = pa.concat_tables(tables) if tables else arrow_table(DOCUMENTS, [])
    status = dict(zip(*(documents[name].to_pylist() for name in ("document_id", "status")), strict=True))
    changes = {document_id: ("rejected", reason) for document_id, reason in rejected.items()}
    status |= dict.fromkeys(rejected, "rejected")
    changes |= dict.fromkeys(_rejected_before_good(sightings, status), ("superseded", SUPERSEDED))
    if not changes:
        return documents, status
    rows: list[dict[str, Any]] = documents.to_pylist()
    for row in rows:
        row["status"], row["reason"] = changes.get(row["document_id"], (row["status"], row["reason"]))
    return arrow_table(DOCUMENTS, rows), status


def _rejected_before_good(sightings: Sequence[Sighting], status: Mapping[str, str]) -> set[str]:
    """Finds rejected versions that were followed, in the same batch, by a good version of their source."""
    waiting: dict[str, str] = {}
    found: set[str] = set()
    for sighting in sightings:
        if status.get(sighting.document_id) == "rejected":
            waiting[sighting.source_key] = sighting.document_id
        elif sighting.source_key in waiting:
            found.add(waiting.pop(sighting.source_key))
    return found


def _source_rows(sightings: Sequence[Sighting], status: Mapping[str, str]) -> pa.Table:
    """Writes sightings as rows; of several versions of one source the last good one is current."""
    now = datetime.now(UTC).replace(tzinfo=None)
    current = {
        s.source_key: s.document_id
        for s in sightings
        if status.get(s.document_id, "loaded" if s.good else "rejected") == "loaded"
    }
    seen = {(s.document_id, s.source_key): s for s in sightings}
    rows = [
        {
            "document_id": s.document_id,
            "source_key": s.source_key,
            "source_uri": s.source_uri,
            "first_seen": now,
            "is_current": current.get(s.source_key) == s.document_id,
        }
        for s in seen.values()
    ]
    return arrow_table(DOCUMENT_SOURCES, rows)
