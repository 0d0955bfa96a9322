"""Puts a batch before the quality gate and makes it part of the lake with what the gate said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.verdict import Verdict
from tasks.publish.shard import published_files
from tasks.staging.plan import Sighting
from warehouse.arrow import arrow_schema, arrow_table
from warehouse.lake import BatchManifest, DataFolder, LakeFile, commit_batch, write_parquet
from warehouse.schema import CHECKS, DOCUMENT_SOURCES, DOCUMENTS, QUARANTINE


def candidate_files(folder: DataFolder, shards: Sequence[Path]) -> dict[str, list[Path]]:
    """Lists the Parquet files of a batch by table, before they are part of the lake.

    Args:
        folder: The data directory.
        shards: Folders of its published shards.
    """
    files: dict[str, list[Path]] = {}
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
    published = _files(shards)
    documents = _with_verdict(folder, [f for f in published if f.table == "documents"], verdict.rejected)
    status = {row["document_id"]: row["status"] for row in documents.select(["document_id", "status"]).to_pylist()}
    files = [f for f in published if f.table != "documents"]
    files.append(write_parquet(folder.lake, DOCUMENTS, documents))
    files.append(write_parquet(folder.lake, DOCUMENT_SOURCES, _source_rows(sightings, status)))
    files.append(write_parquet(folder.lake, CHECKS, _check_rows(batch_id, run_id, verdict)))
    files.append(write_parquet(folder.lake, QUARANTINE, _held_rows(run_id, verdict)))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    commit_batch(folder, BatchManifest(batch_id, run_id, now, tuple(f for f in files if f.rows)))
    said = documents.select(["source_uri", "status", "reason"]).to_pylist()
    return {row["source_uri"]: row["reason"] for row in said if row["status"] == "rejected"}


def _files(shards: Sequence[Path]) -> list[LakeFile]:
    return [file for shard in shards for file in published_files(shard)]


def _with_verdict(folder: DataFolder, files: Sequence[LakeFile], rejected: Mapping[str, str]) -> pa.Table:
    if not files:
        return arrow_table(DOCUMENTS, [])
    tables = [pq.read_table(folder.lake / f.path, schema=arrow_schema(DOCUMENTS)) for f in files]
    documents = pa.concat_tables(tables)
    if not rejected:
        return documents
    rows: list[dict[str, Any]] = documents.to_pylist()
    for row in rows:
        if row["document_id"] in rejected:
            row |= {"status": "rejected", "reason": rejected[row["document_id"]]}
    return arrow_table(DOCUMENTS, rows)


def _source_rows(sightings: Sequence[Sighting], status: Mapping[str, str]) -> pa.Table:
    now = datetime.now(UTC).replace(tzinfo=None)
    return arrow_table(
        DOCUMENT_SOURCES,
        [
            {
                "document_id": s.document_id,
                "source_key": s.source_key,
                "source_uri": s.source_uri,
                "first_seen": now,
                "is_current": status.get(s.document_id, "loaded") == "loaded",
            }
            for s in sightings
        ],
    )


def _check_rows(batch_id: str, run_id: str, verdict: Verdict) -> pa.Table:
    now = datetime.now(UTC).replace(tzinfo=None)
    return arrow_table(
        CHECKS,
        [
            {
                "run_id": run_id,
                "batch_id": batch_id,
                "table_name": r.table_name,
                "expectation": r.expectation,
                "column_name": r.column_name,
                "severity": r.severity,
                "scope": r.scope,
                "success": r.success,
                "unexpected_count": r.unexpected_count,
                "observed": r.observed,
                "checked_at": now,
            }
            for r in verdict.results
        ],
    )


def _held_rows(run_id: str, verdict: Verdict) -> pa.Table:
    return arrow_table(
        QUARANTINE,
        [
            {
                "quarantine_id": f"q{hashlib.sha256(f'{h.table_name}/{h.row_id}'.encode()).hexdigest()[:16]}",
                "run_id": run_id,
                "document_id": h.document_id,
                "table_name": h.table_name,
                "row_id": h.row_id,
                "reason": h.reason,
                "payload": json.dumps(h.payload, ensure_ascii=False, default=str),
                "decision": "open",
            }
            for h in verdict.held
        ],
    )
