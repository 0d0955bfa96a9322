"""Takes the pages of a batch through the stages in shards; a page that breaks its shard is found and set aside.

A worker that is killed is nobody's fault: its pages are tried again with fresh ones, and left to the next run where
those are killed too.

What belongs here: handing shards to Prefect and finding the page that fails. What does not: the stages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

from prefect.futures import PrefectFuture

from flows.ingest.batches import parted
from flows.settings import settings
from flows.telling.progress import say
from tasks.extraction.task import extract
from tasks.publish.task import publish
from tasks.repair.task import repair
from tasks.shard import write_jobs
from tasks.staging.jobs import PageJob
from tasks.staging.task import stage
from tasks.workers import WorkerDiedError
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.storage.folder import DataFolder

_PAUSES = (1.0, 5.0)
"""Seconds before a page that fails alone is tried again; after the last try it is rejected."""
_LEFT = "Its worker process was killed at every try, perhaps for want of memory; the next run tries again."


_MANY = 3
"""So many pages whose workers are killed whatever is tried say that the machine is at its end."""


class WorkersKilledError(EnvironmentProblem):
    """Worker processes are ended one after the other."""


def work_shards(
    batch: str, jobs: Sequence[PageJob], folder: DataFolder, run_id: str, workers: int
) -> tuple[list[Path], dict[str, str]]:
    """Takes pages through stage, repair, extract and publish.

    Args:
        batch: Name of the batch within its run.
        jobs: Its pages.
        folder: The data directory.
        run_id: The run.
        workers: Processes that work on shards at once.

    Returns:
        The folders of the published shards, and for each page that is left to the next run its source and why;
        together they are all pages.

    Raises:
        WorkersKilledError: The workers of several pages were killed at every try.
    """
    parts = list(parted(jobs, settings().shard_mb * 1e6, at_least=workers))
    under_way = [(part, _submit(f"{batch}-part-{n:04d}", part, folder, run_id)) for n, part in enumerate(parts, 1)]
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
            shards.append(_finish(_submit(f"{batch}-again-{n:04d}", lost, folder, run_id)))
        except Exception as error:
            _give_up_on_environment(error)
            broken += lost
    left: dict[str, str] = {}
    for n, job in enumerate(broken, 1):
        shard = _one_by_one(f"{batch}-alone-{n:04d}", job, folder, run_id)
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


def _submit(name: str, part: Sequence[PageJob], folder: DataFolder, run_id: str) -> list[PrefectFuture[Path]]:
    shard = folder.work / run_id / f"{name}-{len(part)}-pages"
    write_jobs(shard, part)
    staged = stage.submit(shard, folder)
    # Prefect takes a future where the task takes its result; its annotations do not say so.
    repaired = repair.submit(staged)  # type: ignore[call-overload]
    extracted = extract.submit(repaired, settings().names_file, settings().reader)  # type: ignore[call-overload]
    published = publish.submit(extracted, folder, run_id)  # type: ignore[call-overload]
    return [staged, repaired, extracted, published]


def _finish(stages: Sequence[PrefectFuture[Path]]) -> Path:
    """Waits for the stages of a shard in their order, so that the first failure is the one that is raised."""
    return [future.result() for future in stages][-1]


def _one_by_one(name: str, job: PageJob, folder: DataFolder, run_id: str) -> Path | None:
    """Takes a page of a broken shard through the stages alone; rejects it if it fails by itself every time.

    None where a worker was killed at the last try: then the page is left to the next run.
    """
    killed = False
    for attempt, pause in enumerate((0.0, *_PAUSES), 1):
        time.sleep(pause)
        try:
            return _finish(_submit(f"{name}-try-{attempt}", [job], folder, run_id))
        except Exception as error:
            _give_up_on_environment(error)
            killed = _is_killed(error)
            problem = f"The page could not be worked on ({_in_words(error)}): report it, with the page if you may."
    if killed:
        say(f"{job.source_uri}: {_LEFT}")
        return None
    say(f"{job.source_uri} failed {1 + len(_PAUSES)} times and is rejected: {problem}")
    return _finish(_submit(f"{name}-rejected", [replace(job, problem=problem)], folder, run_id))


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
