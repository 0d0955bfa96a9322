"""The flow `ingest`: pages in, warehouse out. It orders the stages and holds none of their logic."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count

from prefect import flow, get_run_logger, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from expectations.verdict import Verdict
from flows.ingest.batches import parted
from flows.ingest.environment import explained
from flows.ingest.inbox import last_load, settled_sources
from flows.ingest.lake_care import finish_forgetting
from flows.ingest.planning import known_ids, plan_run, refuse_wrong_files, returned_jobs, stale_jobs
from flows.ingest.shards import work_shards
from flows.ingest.space import require_space, space_watched, was_full
from flows.ingest.summary import RunSummary, summary_sentence
from flows.ingest.writing import writing
from flows.orchestrate.artifacts import name_run, run_name, show_run
from flows.orchestrate.liveness import alive, close_dead_runs
from flows.orchestrate.triggered import failure_recorded, refuse_odd_run_id, refuse_outside
from flows.settings import settings
from flows.telling.alerts import alert, alert_about, alert_about_silence, alert_failed_run
from flows.telling.new_rows import tell_new_rows
from flows.telling.progress import also_telling, keep_teardown_quiet, say, say_to_the_log
from flows.telling.terminal import counted
from tasks.check.batch import admit_batch, note_names
from tasks.check.corrections import misplaced_corrections
from tasks.check.quality import refresh_quality_page
from tasks.check.refusal import record_refusal
from tasks.check.task import check
from tasks.load.task import load
from tasks.runs import close_run, finding_counts, new_run_id, open_run, record_run, row_counts, sweep
from tasks.staging.jobs import PageJob, Plan, Sighting
from tasks.staging.source import Source
from tasks.staging.sources import drop_kept_stdin, expect_inputs, find_sources
from tasks.workers import in_this_process, seconds_of, worker_processes
from warehouse.lake.inspection import refuse_damaged_lake
from warehouse.lake.merge import merge_small_batches
from warehouse.load.publish import is_due, pending_batches
from warehouse.storage.folder import DataFolder
from warehouse.storage.lock import WriterBusyError


@flow(
    name="ingest",
    task_runner=ThreadPoolTaskRunner(max_workers=64),  # type: ignore[arg-type]
    on_failure=[alert_failed_run],
    on_crashed=[alert_failed_run],
)
def ingest(
    paths: list[str],
    publisher: str | None = None,
    issue_date: str | None = None,
    force: bool = False,
    stale: bool = False,
    run_id: str | None = None,
    inbox: bool = False,
) -> RunSummary:
    """Takes pages through every stage into the warehouse; pages that have not changed are left alone.

    Args:
        paths: Files, folders and globs.
        publisher: The newspaper; stronger than a sidecar.
        issue_date: Day of publication; stronger than any other source.
        force: Work on unchanged pages too.
        stale: Instead of the paths, take all loaded pages that other code or reference data read.
        run_id: Id to use; made anew without.
        inbox: The paths are inboxes: leave pages that are being written, and leave no trace where nothing is new.

    Returns:
        What was done.
    """
    keep_teardown_quiet()
    refuse_odd_run_id(run_id)
    started = datetime.now(UTC)
    folder = settings().folder
    if runtime.deployment.id:
        with failure_recorded(folder, run_id, started):
            refuse_outside(paths, settings().inbox_roots)
            expect_inputs(paths)
    refuse_wrong_files()
    summary = RunSummary(run_id=run_id or "", warehouse=str(folder.warehouse))
    flow_run_id = str(runtime.flow_run.id)
    require_space(folder)
    with (
        explained(folder),
        space_watched(folder),
        also_telling(get_run_logger().info),
        alive(folder, flow_run_id),
    ):
        for sentence in close_dead_runs(folder):
            alert(folder, "Run crashed", sentence)
        find = settled_sources if inbox else find_sources
        sources = find(paths, folder, summary.files)
        try:
            with writing(folder), _timed(summary, "total"), _said_if_interrupted():
                summary.run_id = summary.run_id or new_run_id()
                _run(sources, publisher, issue_date, force, stale, inbox, started, folder, summary)
        except WriterBusyError as busy:
            if not inbox:
                raise
            say(f"{busy} The next look takes what is new.")
            return summary
        name_run(flow_run_id, run_name(summary.new, summary.batches, summary.run_id, refused=bool(summary.refused)))
        _report(summary, folder, inbox)
    return summary


def _run(
    sources: Iterable[Source],
    publisher: str | None,
    issue_date: str | None,
    force: bool,
    stale: bool,
    inbox: bool,
    started: datetime,
    folder: DataFolder,
    summary: RunSummary,
) -> None:
    _clear_up(folder)
    open_run(folder, summary.run_id, started)
    try:
        _work(sources, publisher, issue_date, force, stale, folder, summary)
    except Exception:
        with suppress(OSError):
            sweep(folder, partial(known_ids, folder))
        raise
    finally:
        drop_kept_stdin(folder, own=True)
    if summary.batches or not inbox:
        state = "failed" if summary.refused else "completed"
        record_run(folder, summary.run_id, started, state, summary.run_columns())
        _load_if_due(folder, summary)
        merge_small_batches(folder, settings().merge_batches)
        with _timed(summary, "quality page"):
            refresh_quality_page(folder, settings().rules_folder)
        if settings().corrections:
            summary.notes += misplaced_corrections(folder)
    close_run(folder, summary.run_id, partial(known_ids, folder))


def _report(summary: RunSummary, folder: DataFolder, inbox: bool) -> None:
    """Tells whoever should know; a look at an inbox that found nothing leaves no trace but its own run."""
    if summary.batches or not inbox:
        show_run(summary, folder)
    if inbox and summary.batches:
        say_to_the_log(summary_sentence(summary))
    alert_about(folder, summary)
    if summary.batches and not summary.waiting:
        tell_new_rows(folder, settings().told_queries)
    if inbox:
        alert_about_silence(folder, last_load(folder))


def _clear_up(folder: DataFolder) -> None:
    """Goes on where a killed run stopped: loads what it had finished, takes back what it had not."""
    refuse_damaged_lake(folder)
    if is_due(folder, settings().publish_minutes) and pending_batches(folder):
        load(folder, settings().corrections, settings().rules_folder)
    finish_forgetting(folder)
    for sentence in sweep(folder, partial(known_ids, folder)):
        say(sentence)


def _work(
    sources: Iterable[Source],
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
        plans = plan_run(folder, sources, publisher, issue_date, force, run_id=summary.run_id)
        jobs = _planned_jobs(plans, sightings, moved, summary)
        _work_jobs(jobs, sightings, moved, numbers, folder, summary)
    if moved:
        summary.batches += 1
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
        for status in plan.kept_out.values():
            summary.kept_out[status] = summary.kept_out.get(status, 0) + 1
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
    with worker_processes(config.worker_count, config.page_timeout):
        for part in parted(jobs, config.batch_mb * 1e6):
            n = next(numbers)
            say(f"batch {n}: {len(part)} {'page' if len(part) == 1 else 'pages'}")
            for job in part:
                summary.reasons[job.reason] = summary.reasons.get(job.reason, 0) + 1
            ids = {job.document_id for job in part}
            own = [s for s in sightings if s.document_id in ids]
            sightings[:] = [s for s in sightings if s.document_id not in ids]
            few = sum(job.byte_size for job in part) < config.inline_mb * 1e6
            summary.batches += 1
            with in_this_process() if few else nullcontext():
                workers = 1 if few else config.worker_count
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
        shards, left = work_shards(f"batch-{batch_id[-4:]}", jobs, folder, summary.run_id, workers)
    if left:
        summary.left |= left
        missing = {job.document_id for job in jobs if job.source_uri in left}
        jobs = [job for job in jobs if job.document_id not in missing]
        sightings = [sighting for sighting in sightings if sighting.document_id not in missing]
    if not jobs:
        return False
    with _timed(summary, "check"):
        verdict = check(batch_id, folder, shards, settings().rules_folder)
    _note_verdict(summary, verdict)
    if verdict.refused:
        summary.refused = verdict.refused
        record_refusal(folder, batch_id, summary.run_id, verdict)
        return False
    summary.rejected |= admit_batch(folder, batch_id, summary.run_id, shards, sightings, verdict)
    summary.new += len(jobs)
    for shard in shards:
        for stage_name, seconds in seconds_of(shard).items():
            summary.worker_seconds[stage_name] = summary.worker_seconds.get(stage_name, 0.0) + seconds
    for table, rows in row_counts(shards).items():
        summary.rows[table] = summary.rows.get(table, 0) + rows
    for code, noticed in finding_counts(shards).items():
        summary.findings[code] = summary.findings.get(code, 0) + noticed
    _load_if_due(folder, summary)
    return True


def _load_if_due(folder: DataFolder, summary: RunSummary) -> None:
    """Loads and publishes, unless the last publication is younger than the setting allows."""
    summary.waiting = not is_due(folder, settings().publish_minutes)
    if not summary.waiting:
        with _timed(summary, "load"):
            load(folder, settings().corrections, settings().rules_folder)


def _note_verdict(summary: RunSummary, verdict: Verdict) -> None:
    for result in verdict.results:
        if result.success:
            summary.checks_passed += 1
        else:
            count = "" if result.unexpected_count is None else f" ({counted(result.unexpected_count, 'row')})"
            summary.checks_failed.append(f"{result.severity}: {result.table_name} {result.expectation}{count}")


@contextmanager
def _said_if_interrupted() -> Iterator[None]:
    try:
        yield
    except Exception:
        raise
    except BaseException:
        if not was_full():
            say("stopped: the batch at hand is rolled back, what was loaded before stays; the next run does the rest")
        raise


@contextmanager
def _timed(summary: RunSummary, stage_name: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        summary.seconds[stage_name] = summary.seconds.get(stage_name, 0.0) + time.perf_counter() - started
