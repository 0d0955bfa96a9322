"""A run: pages in, warehouse out. It orders the stages and holds none of their logic.

Whoever calls says where sentences go and how steps are taken: Prefect's flow (`flows/orchestrate/flow.py`) records each
as a task run, a notebook or a test takes them plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count

from flows.ingest.environment import explained
from flows.ingest.finishing import load_if_due, load_now, work_jobs
from flows.ingest.inbox import settled_sources
from flows.ingest.lake_care import finish_forgetting
from flows.ingest.planning import known_ids, plan_run, refuse_wrong_files, returned_jobs, stale_jobs
from flows.ingest.request import CurrentRun, RunRequest
from flows.ingest.space import require_space, space_watched, was_full
from flows.ingest.steps import Submit, in_threads
from flows.ingest.summary import RunSummary
from flows.ingest.writing import writing
from flows.settings import Settings
from flows.telling.progress import Teller
from tasks.check.apart import checks_apart
from tasks.check.batch import note_names
from tasks.check.quality import refresh_quality_page
from tasks.runs import close_run, new_run_id, open_run, record_run, sweep
from tasks.staging.jobs import PageJob, Plan, Sighting
from tasks.staging.source import Source
from tasks.staging.sources import drop_kept_stdin, find_sources
from warehouse.lake.inspection import refuse_damaged_lake
from warehouse.lake.merge import merge_small_batches
from warehouse.load.published import is_due, pending_batches
from warehouse.storage.folder import DataFolder
from warehouse.storage.lock import WriterBusyError


def _to_nobody(sentence: str) -> None:
    """Takes a sentence and does nothing with it."""


def run(request: RunRequest, folder: DataFolder, tell: Teller = _to_nobody, submit: Submit | None = None) -> RunSummary:
    """Takes pages through every stage into the warehouse; pages that have not changed are left alone.

    Args:
        request: What is asked.
        folder: The data directory, whatever the request's settings say.
        tell: Takes sentences about what goes on.
        submit: Takes the steps of the work; without, threads of this process hand them to its worker processes. A
            script that calls it so does it below `if __name__ == "__main__"`, since such processes read it again.

    Returns:
        What was done.
    """
    settings = request.settings.model_copy(update={"data_dir": folder.root})
    refuse_wrong_files(settings)
    require_space(folder)
    summary = RunSummary(warehouse=str(folder.warehouse))
    with (
        explained(folder),
        space_watched(folder),
        _plainly(settings) if submit is None else nullcontext(submit) as steps,
    ):
        _run(CurrentRun(request, folder, settings, tell, steps, summary))
    return summary


@contextmanager
def _plainly(settings: Settings) -> Iterator[Submit]:
    """Takes the steps as a run does that nobody orchestrates."""
    with in_threads() as submit, checks_apart(settings.rules_folder):
        yield submit


def _run(run: CurrentRun) -> None:
    request, folder, summary = run.request, run.folder, run.summary
    started = datetime.now(UTC)
    paths = list(request.paths)
    sources = (
        settled_sources(paths, folder, run.settings.settle_seconds, run.tell, summary.files)
        if request.inbox
        else find_sources(paths, folder, summary.files)
    )
    try:
        with writing(folder, run.settings, run.tell), summary.timed("total"), _said_if_interrupted(run.tell):
            summary.run_id = request.run_id or new_run_id()
            _run_alone(run, sources, started)
    except WriterBusyError as busy:
        if not request.inbox:
            raise
        run.tell(f"{busy} The next look takes what is new.")


def _run_alone(run: CurrentRun, sources: Iterable[Source], started: datetime) -> None:
    """Does the run while nobody else writes."""
    folder, settings, summary = run.folder, run.settings, run.summary
    _clear_up(run)
    open_run(folder, summary.run_id, started)
    try:
        _work(run, sources)
    except Exception:
        with suppress(OSError):
            sweep(folder, partial(known_ids, folder))
        raise
    finally:
        drop_kept_stdin(folder, own=True)
    if summary.batches or not run.request.inbox:
        state = "failed" if summary.refused else "completed"
        record_run(folder, summary.run_id, started, state, summary.run_columns())
        load_if_due(run)
        merge_small_batches(folder, settings.merge_batches)
        with summary.timed("quality page"):
            refresh_quality_page(folder, settings.rules_folder)
        if settings.corrections:
            from tasks.check.corrections import misplaced_corrections

            summary.notes += misplaced_corrections(folder)
    close_run(folder, summary.run_id, partial(known_ids, folder))


def _clear_up(run: CurrentRun) -> None:
    """Goes on where a killed run stopped: loads what it had finished, takes back what it had not."""
    refuse_damaged_lake(run.folder)
    if is_due(run.folder, run.settings.publish_minutes) and pending_batches(run.folder):
        load_now(run)
    finish_forgetting(run.folder, run.settings)
    for sentence in sweep(run.folder, partial(known_ids, run.folder)):
        run.tell(sentence)


def _work(run: CurrentRun, sources: Iterable[Source]) -> None:
    request, folder, summary = run.request, run.folder, run.summary
    numbers = count(1)
    moved: list[Sighting] = []
    if request.stale:
        work_jobs(run, stale_jobs(folder, run.settings), [], [], numbers)
    else:
        sightings: list[Sighting] = []
        plans = plan_run(
            folder, run.settings, sources, request.publisher, request.issue_date, request.force, run_id=summary.run_id
        )
        work_jobs(run, _planned_jobs(plans, sightings, moved, summary), sightings, moved, numbers)
    if moved:
        summary.batches += 1
        note_names(folder, f"{summary.run_id}-{next(numbers):04d}", summary.run_id, moved)
        load_if_due(run)
    if not summary.waiting and (returned := returned_jobs(folder, run.settings)):
        work_jobs(run, returned, [], [], numbers)


def _planned_jobs(
    plans: Iterator[Plan], sightings: list[Sighting], moved: list[Sighting], summary: RunSummary
) -> Iterator[PageJob]:
    """Gives jobs as they are planned; names gather in the lists until a batch takes them along."""
    while True:
        with summary.timed("plan"):
            plan = next(plans, None)
        if plan is None:
            return
        summary.unchanged += len(plan.unchanged)
        for status in plan.kept_out.values():
            summary.kept_out[status] = summary.kept_out.get(status, 0) + 1
        sightings.extend(plan.sightings)
        moved.extend(plan.moved)
        yield from plan.jobs


@contextmanager
def _said_if_interrupted(tell: Teller) -> Iterator[None]:
    try:
        yield
    except Exception:
        raise
    except BaseException:
        if not was_full():
            tell("stopped: the batch at hand is rolled back, what was loaded before stays; the next run does the rest")
        raise
