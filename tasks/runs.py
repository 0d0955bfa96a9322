"""Keeps the books of a run: its row in `runs`, its working folder, and what it takes back when it is cut short."""

from __future__ import annotations

import json
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tasks.publish.shard import published_files
from tasks.shard import JOBS, read_arrow, read_jobs
from tasks.staging.identity import document_id_of_bytes, pipeline_version
from tasks.staging.opened import drop_unpacked
from tasks.staging.sources import drop_kept_stdin
from warehouse.lake.batch import (
    JOURNAL,
    batches,
    commit_batch,
    drop_replaced,
    drop_unnamed,
    journalled,
    parquet_of,
    store,
)
from warehouse.lake.manifest import BatchManifest
from warehouse.schema import FINDINGS, RUNS
from warehouse.schema.arrow import arrow_table
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import TEMPORARY, DataFolder, set_aside

_STARTED = "started.json"
_Entry = TypeVar("_Entry")
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


def finding_counts(shards: Sequence[Path]) -> dict[str, int]:
    """Counts what was noticed about the pages of a batch, by code.

    Args:
        shards: Folders of published shards.
    """
    codes = (code for shard in shards for code in read_arrow(shard, FINDINGS).column("code").to_pylist())
    return dict(Counter(codes))


def new_run_id() -> str:
    """Makes the id of a run: its time, for people; nothing is ordered by it, since clocks go wrong."""
    now = datetime.now(UTC)
    return f"{now:%Y%m%dT%H%M%S}-{now.microsecond:05x}{secrets.token_hex(1)}"


def open_run(folder: DataFolder, run_id: str, started: datetime) -> None:
    """Makes the run's working folder and notes in it when the run began.

    Args:
        folder: The data directory.
        run_id: The run.
        started: When it began, UTC.
    """
    write_atomically(folder.work / run_id / _STARTED, json.dumps(started.isoformat()).encode())


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
        A sentence for each run that had been cut short, and for each journal that could not be read.
    """
    left = sorted(path for path in folder.work.glob("*") if path.is_dir())
    recorded = {manifest.run_id for manifest in batches(folder) if manifest.files_of("runs")} if left else set()
    cut_short = [place for place in left if (place / _STARTED).is_file() and place.name not in recorded]
    for place in cut_short:
        note = {"note": "The run was cut short; the next one went on."}
        record_run(folder, place.name, _start_of(place), "crashed", note)
    unreadable = [problem for place in left for problem in close_run(folder, place.name, known)]
    shutil.rmtree(folder.work, ignore_errors=True)
    for store_root in (folder.lake, folder.raw):
        shutil.rmtree(store_root / TEMPORARY, ignore_errors=True)
    for half_made in (path for name in _HALF_MADE for path in folder.root.glob(name)):
        shutil.rmtree(half_made) if half_made.is_dir() else half_made.unlink()
    drop_replaced(folder)
    drop_kept_stdin(folder)
    drop_unpacked(folder)
    said = [f"run {place.name} had been cut short; what it had finished is kept" for place in cut_short]
    return said + unreadable


def _start_of(place: Path) -> datetime:
    """Reads when a run began; a journal that a power cut emptied leaves the time that its folder was made."""
    try:
        return datetime.fromisoformat(json.loads((place / _STARTED).read_bytes()))
    except (ValueError, TypeError):
        return datetime.fromtimestamp(place.stat().st_mtime, UTC)


def close_run(folder: DataFolder, run_id: str, known: Callable[[list[str]], Iterable[str]]) -> list[str]:
    """Deletes a run's working folder, and what it wrote for pages that did not get into the lake.

    A journal that can't be read is set aside: what it named is in nobody's way, and its pages are worked on again.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        run_id: The run.
        known: Tells which of some documents are known.

    Returns:
        A sentence for each journal that could not be read.
    """
    place = folder.work / run_id
    said: list[str] = []
    files = [file for path in place.rglob(JOURNAL) for file in _read(folder, path, journalled, said)]
    drop_unnamed(folder, files)
    jobs = [job for path in place.rglob(JOBS) for job in _read(folder, path, lambda p: read_jobs(p.parent), said)]
    kept = {document_id_of_bytes(job.sha256): job.sha256 for job in jobs if job.sha256}
    for document_id in set(kept).difference(known(list(kept))):
        path = folder.raw_path(kept[document_id])
        path.unlink(missing_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    return said


def _read(folder: DataFolder, path: Path, read: Callable[[Path], list[_Entry]], said: list[str]) -> list[_Entry]:
    try:
        return read(path)
    except ValueError:
        place = set_aside(folder, path)
        said.append(f"{path} could not be read, as after a power cut: set aside as {place}, its work is done again")
        return []
