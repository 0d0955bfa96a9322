"""The flow `ingest`: a run as Prefect records it, with name, tasks, artifacts, and the alerts about what it found."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, get_run_logger, runtime
from prefect.task_runners import ThreadPoolTaskRunner

from flows.ingest.environment import explained
from flows.ingest.inbox import last_load
from flows.ingest.request import RunRequest
from flows.ingest.run import run
from flows.ingest.space import require_space
from flows.ingest.summary import RunSummary, summary_sentence
from flows.orchestrate.artifacts import name_run, run_name, show_run
from flows.orchestrate.liveness import alive, close_dead_runs
from flows.orchestrate.task_runs import as_task
from flows.orchestrate.triggered import failure_recorded, refuse_outside
from flows.settings import Settings, settings
from flows.telling.alerts import alert, alert_about, alert_about_silence, alert_failed_run
from flows.telling.new_rows import tell_new_rows
from flows.telling.progress import also_telling, keep_teardown_short, say, say_to_the_log
from tasks.check.apart import checks_apart
from tasks.staging.sources import expect_inputs


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
    keep_teardown_short()
    chosen = settings()
    request = RunRequest(paths, publisher, issue_date, force, stale, run_id, inbox, chosen)
    folder = chosen.folder
    if runtime.deployment.id:
        with failure_recorded(folder, chosen, run_id, datetime.now(UTC)):
            refuse_outside(paths, chosen.inbox_roots)
            expect_inputs(paths)
    flow_run_id = str(runtime.flow_run.id)
    require_space(folder)
    with explained(folder), also_telling(get_run_logger().info), alive(folder, flow_run_id):
        for sentence in close_dead_runs(folder):
            alert(folder, "Run crashed", sentence)
        with checks_apart(chosen.rules_folder):
            summary = run(request, folder, say, as_task)
        if summary.run_id:  # else it was another run's turn
            name_run(flow_run_id, run_name(summary.new, summary.batches, summary.run_id, refused=bool(summary.refused)))
            _report(summary, chosen, inbox)
    return summary


def _report(summary: RunSummary, chosen: Settings, inbox: bool) -> None:
    """Tells whoever should know; a look at an inbox that found nothing leaves no trace but its own run."""
    folder = chosen.folder
    if summary.batches or not inbox:
        show_run(summary, folder)
    if inbox and summary.batches:
        say_to_the_log(summary_sentence(summary))
    alert_about(folder, summary)
    if summary.batches and not summary.waiting:
        tell_new_rows(folder, chosen.told_queries)
    if inbox:
        alert_about_silence(folder, last_load(folder))
