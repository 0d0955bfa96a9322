"""Keeps the books of a run: its row in `runs`, its working folder, and what it takes back when it is cut short."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tasks.publish.shard import published_files
from tasks.shard import JOBS, read_jobs
from tasks.staging.identity import document_id_of_bytes, pipeline_version
from tasks.staging.sources import drop_kept_stdin
from warehouse.arrow import arrow_table
from warehouse.lake import (
    JOURNAL,
    TEMPORARY,
    DataFolder,
    batches,
    commit_batch,
    drop_replaced,
    drop_unnamed,
    journalled,
    parquet_of,
    store,
)
from warehouse.manifest import BatchManifest
from warehouse.schema import RUNS

_STARTED = "started.json"
_HALF_MADE = (".warehouse-*", ".reading-*", ".quality-*")
"""What is made beside its place in the data directory and put there by a rename."""


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


def new_run_id() -> str:
    """Makes the id of a run; call it under the writer's lock, since batches count in the order of their runs' ids."""
    now = datetime.now(UTC)
    return f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(1)}"


def open_run(folder: DataFolder, run_id: str, started: datetime) -> None:
    """Makes the run's working folder and notes in it when the run began.

    Args:
        folder: The data directory.
        run_id: The run.
        started: When it began, UTC.
    """
    place = folder.work / run_id
    place.mkdir(parents=True, exist_ok=True)
    (place / _STARTED).write_text(json.dumps(started.isoformat()), "utf-8")


def record_run(folder: DataFolder, run_id: str, started: datetime, state: str, counts: Mapping[str, object]) -> None:
    """Makes the run's row part of the lake.

    Args:
        folder: The data directory.
        run_id: The run.
        started: When it began, UTC.
        state: completed, failed or crashed.
        counts: The other columns of `runs`.
    """
    ended = datetime.now(UTC)
    batch_id = f"{run_id}-9999"
    row = dict.fromkeys((c.name for c in RUNS.columns if c.type == "INTEGER"), 0) | {
        "run_id": run_id,
        "started_at": started.replace(tzinfo=None),
        "ended_at": ended.replace(tzinfo=None),
        "state": state,
        "pipeline_version": pipeline_version(),
        "seconds": (ended - started).total_seconds(),
    }
    made = [parquet_of(RUNS, arrow_table(RUNS, [row | dict(counts)]))]
    # A journal of its own each time: that of a run killed right here must not be overwritten when it is recorded.
    journal = folder.work / run_id / f"{batch_id}-{ended:%H%M%S%f}" / JOURNAL
    files = store(folder.lake, made, journal)
    commit_batch(folder, BatchManifest(batch_id, run_id, ended.isoformat(timespec="seconds"), tuple(files)))


def sweep(folder: DataFolder, known: Callable[[list[str]], Iterable[str]]) -> list[str]:
    """Takes away what runs left behind that were cut short, and records them as crashed.

    Only what their journals name is looked at, so it costs nothing where nothing was left.

    Args:
        folder: The data directory; the caller holds the writer's lock, and what the lake has is loaded.
        known: Tells which of some documents are known; the raw bytes of the others go.

    Returns:
        Ids of the runs that had been cut short.
    """
    left = sorted(path for path in folder.work.glob("*") if path.is_dir())
    recorded = {manifest.run_id for manifest in batches(folder) if manifest.files_of("runs")} if left else set()
    cut_short = [place for place in left if (place / _STARTED).is_file() and place.name not in recorded]
    for place in cut_short:
        started = datetime.fromisoformat(json.loads((place / _STARTED).read_text("utf-8")))
        record_run(folder, place.name, started, "crashed", {"note": "The run was cut short; the next one went on."})
    for place in left:
        close_run(folder, place.name, known)
    shutil.rmtree(folder.work, ignore_errors=True)
    for store_root in (folder.lake, folder.raw):
        shutil.rmtree(store_root / TEMPORARY, ignore_errors=True)
    for half_made in (path for name in _HALF_MADE for path in folder.root.glob(name)):
        shutil.rmtree(half_made) if half_made.is_dir() else half_made.unlink()
    drop_replaced(folder)
    drop_kept_stdin(folder)
    return [place.name for place in cut_short]


def close_run(folder: DataFolder, run_id: str, known: Callable[[list[str]], Iterable[str]]) -> None:
    """Deletes a run's working folder, and what it wrote for pages that did not get into the lake.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        run_id: The run.
        known: Tells which of some documents are known.
    """
    place = folder.work / run_id
    drop_unnamed(folder, [file for journal in place.rglob(JOURNAL) for file in journalled(journal)])
    kept = {
        document_id_of_bytes(job.sha256): job.sha256
        for jobs in place.rglob(JOBS)
        for job in read_jobs(jobs.parent)
        if job.sha256
    }
    for document_id in set(kept).difference(known(list(kept))):
        path = folder.raw_path(kept[document_id])
        path.unlink(missing_ok=True)
    shutil.rmtree(place, ignore_errors=True)
