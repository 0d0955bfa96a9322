"""Takes the pages of a batch through the stages in shards; a page that breaks its shard is found and set aside.

A worker that is killed is nobody's fault: its pages are tried again with fresh ones, and left to the next run where
those are killed too.

What belongs here: handing shards over and finding the page that fails. What does not: the stages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

from flows.ingest.batches import parted
from flows.ingest.request import CurrentRun
from flows.ingest.steps import EXTRACT, PUBLISH, REPAIR, STAGE, Handed
from tasks.shard import write_jobs
from tasks.staging.jobs import PageJob
from tasks.workers import WorkerDiedError
from warehouse.errors import EnvironmentProblem, UserError

_PAUSES = (1.0, 5.0)
"""Seconds before a page that fails alone is tried again; after the last try it is rejected."""
_LEFT = "Its worker process was killed at every try, perhaps for want of memory; the next run tries again."


_MANY = 3
"""So many pages whose workers are killed whatever is tried say that the machine is at its end."""


class WorkersKilledError(EnvironmentProblem):
    """Worker processes are ended one after the other."""


def work_shards(
    run: CurrentRun, batch: str, jobs: Sequence[PageJob], workers: int
) -> tuple[list[Path], dict[str, str]]:
    """Takes pages through stage, repair, extract and publish.

    Args:
        run: The run at hand.
        batch: Name of the batch within its run.
        jobs: Its pages.
        workers: Processes that work on shards at once.

    Returns:
        The folders of the published shards, and for each page that is left to the next run its source and why;
        together they are all pages.

    Raises:
        WorkersKilledError: The workers of several pages were killed at every try.
    """
    parts = list(parted(jobs, run.settings.shard_mb * 1e6, at_least=workers))
    under_way = [(part, _submit(run, f"{batch}-part-{n:04d}", part)) for n, part in enumerate(parts, 1)]
    shards: list[Path] = []
    broken: list[PageJob] = []
    bereft: list[Sequence[PageJob]] = []
    for part, stages in under_way:
        try:
            shards.append(_finish(stages))
        except Exception as error:
            _give_up_on_environment(error)
            if _is_killed(error):
                bereft.append(part)
            else:
                broken += part
    for n, lost in enumerate(bereft, 1):
        try:
            shards.append(_finish(_submit(run, f"{batch}-again-{n:04d}", lost)))
        except Exception as error:
            _give_up_on_environment(error)
            broken += lost
    left: dict[str, str] = {}
    for n, job in enumerate(broken, 1):
        shard = _one_by_one(run, f"{batch}-alone-{n:04d}", job)
        if shard:
            shards.append(shard)
            continue
        left[job.source_uri] = _LEFT
        if len(left) == _MANY:
            raise WorkersKilledError(
                f"Worker processes are killed one after the other, the last on {job.source_uri}, perhaps for want of "
                "memory: free some, or set BROADSHEET_WORKERS=1; no page is blamed, the next run does the rest."
            )
    return shards, left


def _submit(run: CurrentRun, name: str, part: Sequence[PageJob]) -> list[Handed[Path]]:
    shard = run.folder.work / run.summary.run_id / f"{name}-{len(part)}-pages"
    write_jobs(shard, part)
    staged = run.submit(STAGE, shard, run.folder)
    repaired = run.submit(REPAIR, staged)
    extracted = run.submit(EXTRACT, repaired, run.settings.names_file, run.settings.reader)
    published = run.submit(PUBLISH, extracted, run.folder, run.summary.run_id)
    return [staged, repaired, extracted, published]


def _finish(stages: Sequence[Handed[Path]]) -> Path:
    """Waits for the stages of a shard in their order, so that the first failure is the one that is raised."""
    return [future.result() for future in stages][-1]


def _one_by_one(run: CurrentRun, name: str, job: PageJob) -> Path | None:
    """Takes a page of a broken shard through the stages alone; rejects it if it fails by itself every time.

    None where a worker was killed at the last try: then the page is left to the next run.
    """
    killed = False
    for attempt, pause in enumerate((0.0, *_PAUSES), 1):
        time.sleep(pause)
        try:
            return _finish(_submit(run, f"{name}-try-{attempt}", [job]))
        except Exception as error:
            _give_up_on_environment(error)
            killed = _is_killed(error)
            problem = f"The page could not be worked on ({_in_words(error)}): report it, with the page if you may."
    if killed:
        run.tell(f"{job.source_uri}: {_LEFT}")
        return None
    run.tell(f"{job.source_uri} failed {1 + len(_PAUSES)} times and is rejected: {problem}")
    return _finish(_submit(run, f"{name}-rejected", [replace(job, problem=problem)]))


def _give_up_on_environment(error: Exception) -> None:
    """Raises what no page is to blame for: a full disk, missing rights, a lost server."""
    if isinstance(error, (UserError, CancelledError)) or (
        isinstance(error, OSError) and not isinstance(error, TimeoutError)
    ):
        raise error


def _is_killed(error: Exception) -> bool:
    """Says whether a worker was ended from outside or ran out of memory, on this machine or on a cluster."""
    return isinstance(error, (WorkerDiedError, MemoryError)) or type(error).__name__ == "KilledWorker"


def _in_words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
