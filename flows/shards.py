"""Takes the pages of a batch through the stages in shards; a page that breaks its shard is found and set aside.

What belongs here: handing shards to Prefect and finding the page that fails. What does not: the stages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

from prefect.futures import PrefectFuture

from flows.batches import parted
from flows.progress import say
from flows.settings import settings
from tasks.extraction.task import extract
from tasks.publish.task import publish
from tasks.repair.task import repair
from tasks.shard import write_jobs
from tasks.staging.jobs import PageJob
from tasks.staging.task import stage
from warehouse.errors import UserError
from warehouse.lake import DataFolder

_PAUSES = (1.0, 5.0)
"""Seconds before a page that fails alone is tried again; after the last try it is rejected."""


def work_shards(batch: str, jobs: Sequence[PageJob], folder: DataFolder, run_id: str, workers: int) -> list[Path]:
    """Takes pages through stage, repair, extract and publish.

    Args:
        batch: Name of the batch within its run.
        jobs: Its pages.
        folder: The data directory.
        run_id: The run.
        workers: Processes that work on shards at once.

    Returns:
        The folders of the published shards; together they hold every page.
    """
    parts = list(parted(jobs, settings().shard_mb * 1e6, at_least=workers))
    under_way = [(part, _submit(f"{batch}-part-{n:04d}", part, folder, run_id)) for n, part in enumerate(parts, 1)]
    shards: list[Path] = []
    broken: list[PageJob] = []
    for part, stages in under_way:
        try:
            shards.append(_finish(stages))
        except Exception as error:
            _give_up_on_environment(error)
            broken += part
    return shards + [_one_by_one(f"{batch}-alone-{n:04d}", job, folder, run_id) for n, job in enumerate(broken, 1)]


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


def _one_by_one(name: str, job: PageJob, folder: DataFolder, run_id: str) -> Path:
    """Takes a page of a broken shard through the stages alone; rejects it if it fails every time."""
    for attempt, pause in enumerate((0.0, *_PAUSES), 1):
        time.sleep(pause)
        try:
            return _finish(_submit(f"{name}-try-{attempt}", [job], folder, run_id))
        except Exception as error:
            _give_up_on_environment(error)
            problem = f"The page could not be worked on ({_in_words(error)}): report it, with the page if you may."
    say(f"{job.source_uri} failed {1 + len(_PAUSES)} times and is rejected: {problem}")
    return _finish(_submit(f"{name}-rejected", [replace(job, problem=problem)], folder, run_id))


def _give_up_on_environment(error: Exception) -> None:
    """Raises what no page is to blame for: a full disk, missing rights, a lost server."""
    if isinstance(error, (UserError, CancelledError)) or (
        isinstance(error, OSError) and not isinstance(error, TimeoutError)
    ):
        raise error


def _in_words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
