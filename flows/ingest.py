"""The flow `ingest`: pages in, warehouse out. It orders the stages and holds none of their logic."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.verdict import Verdict
from flows.batches import parted
from flows.planning import known_ids, plan_run, returned_jobs, stale_jobs
from flows.progress import say
from flows.settings import settings
from flows.summary import RunSummary
from tasks.check.batch import admit_batch, note_names
from tasks.check.task import check
from tasks.extraction.task import extract
from tasks.load.task import load
from tasks.publish.task import publish
from tasks.repair.task import repair
from tasks.runs import close_run, open_run, record_run, row_counts, sweep
from tasks.shard import write_jobs
from tasks.staging.plan import PageJob, Plan, Sighting
from tasks.staging.sources import drop_kept_stdin, find_sources
from tasks.staging.task import stage
from tasks.workers import seconds_of, worker_processes
from warehouse.lake import DataFolder
from warehouse.load import is_due, pending_batches
from warehouse.lock import writer_lock
from warehouse.merge import merge_small_batches


@flow(name="ingest", flow_run_name="ingest {run_id}", task_runner=ThreadPoolTaskRunner(max_workers=64))
def ingest(
    paths: list[str],
    publisher: str | None = None,
    issue_date: str | None = None,
    force: bool = False,
    stale: bool = False,
    run_id: str | None = None,
) -> RunSummary:
    """Takes pages through every stage into the warehouse; pages that have not changed are left alone.

    Args:
        paths: Files, folders and globs.
        publisher: The newspaper, where no sidecar knows better.
        issue_date: Day of publication; stronger than any other source.
        force: Work on unchanged pages too.
        stale: Instead of the paths, take all loaded pages that other code or reference data read.
        run_id: Id to use; made anew without.

    Returns:
        What was done.
    """
    started = datetime.now(UTC)
    run_id = run_id or new_run_id(started)
    folder = settings().folder
    summary = RunSummary(run_id=run_id, warehouse=str(folder.warehouse))
    with writer_lock(folder, settings().lock_timeout, say), _timed(summary, "total"):
        _clear_up(folder)
        open_run(folder, run_id, started)
        try:
            _work(paths, publisher, issue_date, force, stale, folder, summary)
        finally:
            close_run(folder, run_id, partial(known_ids, folder))
            drop_kept_stdin(folder, own=True)
        record_run(folder, run_id, started, "failed" if summary.refused else "completed", summary.run_columns())
        close_run(folder, run_id, partial(known_ids, folder))
        _load_if_due(folder, summary)
        merge_small_batches(folder, settings().merge_batches)
    return summary


def new_run_id(started: datetime) -> str:
    """Makes a run's id; ids sort by time."""
    return f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def _clear_up(folder: DataFolder) -> None:
    """Goes on where a killed run stopped: loads what it had finished, takes back what it had not."""
    if is_due(folder, settings().publish_minutes) and pending_batches(folder):
        load(folder)
    for cut_short in sweep(folder, partial(known_ids, folder)):
        say(f"run {cut_short} had been cut short; what it had finished is kept")


def _work(
    paths: list[str],
    publisher: str | None,
    issue_date: str | None,
    force: bool,
    stale: bool,
    folder: DataFolder,
    summary: RunSummary,
) -> None:
    numbers = count(1)
    moved: list[Sighting] = []
    if stale:
        _work_jobs(stale_jobs(folder), [], [], numbers, folder, summary)
    else:
        sightings: list[Sighting] = []
        plans = plan_run(folder, find_sources(paths, folder), publisher, issue_date, force, run_id=summary.run_id)
        jobs = _planned_jobs(plans, sightings, moved, summary)
        _work_jobs(jobs, sightings, moved, numbers, folder, summary)
    if moved:
        note_names(folder, f"{summary.run_id}-{next(numbers):04d}", summary.run_id, moved)
        _load_if_due(folder, summary)
    if not summary.waiting and (returned := returned_jobs(folder)):
        _work_jobs(returned, [], [], numbers, folder, summary)


def _planned_jobs(
    plans: Iterator[Plan], sightings: list[Sighting], moved: list[Sighting], summary: RunSummary
) -> Iterator[PageJob]:
    """Gives jobs as they are planned; names gather in the lists until a batch takes them along."""
    while True:
        with _timed(summary, "plan"):
            plan = next(plans, None)
        if plan is None:
            return
        summary.unchanged += len(plan.unchanged)
        sightings.extend(plan.sightings)
        moved.extend(plan.moved)
        yield from plan.jobs


def _work_jobs(
    jobs: Iterable[PageJob],
    sightings: list[Sighting],
    moved: list[Sighting],
    numbers: Iterator[int],
    folder: DataFolder,
    summary: RunSummary,
) -> None:
    config = settings()
    with worker_processes(config.worker_count):
        for part in parted(jobs, config.batch_mb * 1e6):
            n = next(numbers)
            say(f"batch {n}: {len(part)} pages")
            for job in part:
                summary.reasons[job.reason] = summary.reasons.get(job.reason, 0) + 1
            ids = {job.document_id for job in part}
            own = [s for s in sightings if s.document_id in ids]
            sightings[:] = [s for s in sightings if s.document_id not in ids]
            workers = 1 if sum(job.byte_size for job in part) < 1_000_000 else config.worker_count
            if _work_batch(f"{summary.run_id}-{n:04d}", part, moved + own, folder, summary, workers):
                moved.clear()


def _work_batch(
    batch_id: str,
    jobs: Sequence[PageJob],
    sightings: Sequence[Sighting],
    folder: DataFolder,
    summary: RunSummary,
    workers: int,
) -> bool:
    """Takes a batch through all stages; says whether it became part of the lake."""
    with _timed(summary, "stage to publish"):
        shards = _work_shards(batch_id, jobs, folder, summary.run_id, workers)
    with _timed(summary, "check"):
        verdict = check(batch_id, folder, shards)
    _note_verdict(summary, verdict)
    if verdict.refused:
        summary.refused = verdict.refused
        return False
    summary.rejected |= admit_batch(folder, batch_id, summary.run_id, shards, sightings, verdict)
    summary.new += len(jobs)
    for shard in shards:
        for stage_name, seconds in seconds_of(shard).items():
            summary.worker_seconds[stage_name] = summary.worker_seconds.get(stage_name, 0.0) + seconds
    for table, rows in row_counts(shards).items():
        summary.rows[table] = summary.rows.get(table, 0) + rows
    _load_if_due(folder, summary)
    return True


def _load_if_due(folder: DataFolder, summary: RunSummary) -> None:
    """Loads and publishes, unless the last publication is younger than the setting allows."""
    summary.waiting = not is_due(folder, settings().publish_minutes)
    if not summary.waiting:
        with _timed(summary, "load"):
            load(folder)


def _work_shards(batch_id: str, jobs: Sequence[PageJob], folder: DataFolder, run_id: str, workers: int) -> list[Path]:
    published = []
    for n, part in enumerate(parted(jobs, settings().shard_mb * 1e6, at_least=workers), 1):
        shard = folder.work / run_id / f"{batch_id}-{n:04d}"
        write_jobs(shard, part)
        staged = stage.submit(shard, folder)
        repaired = repair.submit(staged)
        extracted = extract.submit(repaired, settings().names_file)
        published.append(publish.submit(extracted, folder, run_id))
    return [future.result() for future in published]


def _note_verdict(summary: RunSummary, verdict: Verdict) -> None:
    for result in verdict.results:
        if result.success:
            summary.checks_passed += 1
        else:
            count = "" if result.unexpected_count is None else f" ({result.unexpected_count} rows)"
            summary.checks_failed.append(f"{result.severity}: {result.table_name} {result.expectation}{count}")


@contextmanager
def _timed(summary: RunSummary, stage_name: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        summary.seconds[stage_name] = summary.seconds.get(stage_name, 0.0) + time.perf_counter() - started
