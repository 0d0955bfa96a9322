"""Writes down what a run did as a row of `runs`, in a batch of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.publish.shard import published_files
from tasks.staging.identity import pipeline_version
from warehouse.arrow import arrow_table
from warehouse.lake import BatchManifest, DataFolder, commit_batch, write_parquet
from warehouse.schema import RUNS


def row_counts(shards: Sequence[Path]) -> dict[str, int]:
    """Counts the rows that the shards of a batch published, by table.

    Args:
        shards: Folders of published shards.
    """
    counts: dict[str, int] = {}
    for shard in shards:
        for file in published_files(shard):
            counts[file.table] = counts.get(file.table, 0) + file.rows
    return counts


def record_run(folder: DataFolder, run_id: str, started: datetime, state: str, counts: Mapping[str, object]) -> None:
    """Makes the run's row part of the lake.

    Args:
        folder: The data directory.
        run_id: The run.
        started: When it began, UTC.
        state: completed or failed.
        counts: The other columns of `runs`.
    """
    ended = datetime.now(UTC)
    row = {
        "run_id": run_id,
        "started_at": started.replace(tzinfo=None),
        "ended_at": ended.replace(tzinfo=None),
        "state": state,
        "pipeline_version": pipeline_version(),
        "seconds": (ended - started).total_seconds(),
    } | dict(counts)
    file = write_parquet(folder.lake, RUNS, arrow_table(RUNS, [row]))
    commit_batch(folder, BatchManifest(f"{run_id}-9999", run_id, ended.isoformat(timespec="seconds"), (file,)))
