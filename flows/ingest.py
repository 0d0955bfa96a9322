"""The flow `ingest`: pages in, warehouse out. It orders the stages and holds none of their logic."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.verdict import Verdict
from flows.batches import parted
from flows.planning import plan_run
from flows.progress import say
from flows.settings import settings
from flows.summary import RunSummary
from tasks.check.batch import admit_batch
from tasks.check.task import check
from tasks.extraction.task import extract
from tasks.load.task import load
from tasks.publish.task import publish
from tasks.repair.task import repair
from tasks.runs import record_run, row_counts
from tasks.shard import write_jobs
from tasks.staging.plan import PageJob, Plan, Sighting
from tasks.staging.sources import find_sources
from tasks.staging.task import stage
from tasks.workers import seconds_of, worker_processes
from warehouse.lake import DataFolder
from warehouse.load import pending_batches
from warehouse.lock import writer_lock


@flow(name="ingest", flow_run_name="ingest {run_id}", task_runner=ThreadPoolTaskRunner(max_workers=64))
def ingest(
    paths: list[str],
    publisher: str | None = None,
    issue_date: str | None = None,
    force: bool = False,
    run_id: str | None = None,
) -> RunSummary:
    """Takes pages through every stage into the warehouse; pages that have not changed are left alone.

    Args:
        paths: Files, folders and globs.
        publisher: The newspaper, where no sidecar knows better.
        issue_date: Day of publication; stronger than any other source.
        force: Work on unchanged pages too.
        run_id: Id to use; made anew without.

    Returns:
        What was done.
    """
    started = datetime.now(UTC)
    run_id = run_id or new_run_id(started)
    folder = settings().folder
    summary = RunSummary(run_id=run_id, warehouse=str(folder.warehouse))
    with writer_lock(folder, settings().lock_timeout, say), _timed(summary, "total"):
        _sweep(folder)
        if pending_batches(folder):
            load(folder)
        with _timed(summary, "plan"):
            plan = plan_run(folder, find_sources(paths, folder), publisher, issue_date, force)
        summary.unchanged = len(plan.unchanged)
        summary.reasons = {job.source_uri: job.reason for job in plan.jobs}
        _work(plan, folder, summary)
        record_run(folder, run_id, started, "failed" if summary.refused else "completed", summary.run_columns())
        load(folder)
    return summary


def new_run_id(started: datetime) -> str:
    """Makes a run's id; ids sort by time."""
    return f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def _work(plan: Plan, folder: DataFolder, summary: RunSummary) -> None:
    config = settings()
    total = sum(job.byte_size for job in plan.jobs)
    workers = 1 if total < 1_000_000 else config.worker_count
    sightings = list(plan.sightings)
    with worker_processes(workers):
        for n, jobs in enumerate(parted(plan.jobs, config.batch_mb * 1e6), 1):
            say(f"batch {n}: {len(jobs)} pages")
            ids = {job.document_id for job in jobs}
            own = [s for s in sightings if s.document_id in ids]
            _work_batch(f"{summary.run_id}-{n:04d}", jobs, own, folder, summary, workers)
    shutil.rmtree(folder.work / summary.run_id, ignore_errors=True)


def _work_batch(
    batch_id: str,
    jobs: Sequence[PageJob],
    sightings: Sequence[Sighting],
    folder: DataFolder,
    summary: RunSummary,
    workers: int,
) -> None:
    with _timed(summary, "stage to publish"):
        shards = _work_shards(batch_id, jobs, folder, summary.run_id, workers)
    with _timed(summary, "check"):
        verdict = check(batch_id, folder, shards)
    _note_verdict(summary, verdict)
    if verdict.refused:
        summary.refused = verdict.refused
        return
    summary.rejected |= admit_batch(folder, batch_id, summary.run_id, shards, sightings, verdict)
    summary.new += len(jobs)
    for shard in shards:
        for stage_name, seconds in seconds_of(shard).items():
            summary.worker_seconds[stage_name] = summary.worker_seconds.get(stage_name, 0.0) + seconds
    for table, rows in row_counts(shards).items():
        summary.rows[table] = summary.rows.get(table, 0) + rows
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


def _sweep(folder: DataFolder) -> None:
    """Takes away what a killed run left behind; the lock is held, so nobody else works there."""
    shutil.rmtree(folder.work, ignore_errors=True)


@contextmanager
def _timed(summary: RunSummary, stage_name: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        summary.seconds[stage_name] = summary.seconds.get(stage_name, 0.0) + time.perf_counter() - started
