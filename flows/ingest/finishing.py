"""Takes pages to the warehouse batch by batch: while workers read one, the batch before it is checked and loaded.

What belongs here: the order of check, admission and load, and what of it may overlap. Batches are finished one at a
time and in their order. The next part is planned while the batch just read waits for the gate, so the warehouse a plan
looks at may lack the run's last batches; what the run has decided about them, `make_plans` remembers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext, suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from expectations.verdict import Verdict
from flows.ingest.batches import parted
from flows.ingest.request import CurrentRun
from flows.ingest.shards import work_shards
from flows.ingest.steps import CHECK, LOAD
from flows.ingest.summary import RunSummary
from flows.telling.terminal import counted
from tasks.check.apart import start_checker
from tasks.check.batch import admit_batch
from tasks.check.refusal import record_refusal
from tasks.runs import finding_counts, row_counts
from tasks.staging.jobs import PageJob, Sighting
from tasks.workers import in_this_process, seconds_of, worker_processes
from warehouse.load.published import is_due

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class _ReadBatch:
    """A batch that went through the stages and waits for the gate.

    Attributes:
        batch_id: Its id.
        documents: Its pages.
        shards: Folders of its published shards.
        moved: New names of known documents, which become part of the lake with it.
        own: Sources that were seen to hold its documents.
        loaded_with_run: It is loaded together with the run's own row: one copy of the warehouse instead of two.
    """

    batch_id: str
    documents: Set[str]
    shards: Sequence[Path]
    moved: Sequence[Sighting] = ()
    own: Sequence[Sighting] = ()
    loaded_with_run: bool = False


def work_jobs(
    run: CurrentRun, jobs: Iterable[PageJob], sightings: list[Sighting], moved: list[Sighting], numbers: Iterator[int]
) -> None:
    """Works on pages in batches; the last of them may be left to the load at the end of the run.

    Args:
        run: The run at hand.
        jobs: Pages to work on, planned as they are taken.
        sightings: Sources that were seen to hold them; a batch takes its own out.
        moved: New names of known documents; the next batch that is admitted takes them along.
        numbers: Numbers the batches of the run.
    """
    settings = run.settings
    finishing = _Finishing(run, moved)
    with worker_processes(settings.worker_count, settings.page_timeout):
        try:
            read: _ReadBatch | None = None
            for part in parted(jobs, settings.batch_mb * 1e6):
                if read:
                    finishing.begin(read)
                else:
                    start_checker()
                just_read = _read_batch(run, part, next(numbers))
                finishing.wait()
                read = _with_names(just_read, part, sightings, moved)
            if read:
                # Whether an older version comes back shows in the warehouse: new names of known pages are loaded first.
                finishing.finish(replace(read, loaded_with_run=not (read.moved or moved or sightings)))
        except BaseException:
            finishing.stop()
            raise
        finally:
            finishing.close()


def load_if_due(run: CurrentRun) -> None:
    """Loads and publishes, unless the last publication is younger than the setting allows.

    Args:
        run: The run at hand.
    """
    run.summary.waiting = not is_due(run.folder, run.settings.publish_minutes)
    if not run.summary.waiting:
        with run.summary.timed("load"):
            load_now(run)


def load_now(run: CurrentRun) -> None:
    """Loads what the lake has and the warehouse has not.

    Args:
        run: The run at hand.
    """
    run.submit(LOAD, run.folder, run.settings.corrections, run.settings.rules_folder).result()


class _Finishing:
    """Finishes a batch, in a thread of its own where another is to be read meanwhile."""

    def __init__(self, run: CurrentRun, moved: list[Sighting]) -> None:
        self._run = run
        self._moved = moved
        self._pool = ThreadPoolExecutor(1, "finishing")
        self._stopped = threading.Event()
        self._begun: Future[None] | None = None
        self._under_way: Future[None] | None = None

    def begin(self, batch: _ReadBatch) -> None:
        self._begun = self._under_way = self._pool.submit(copy_context().run, self.finish, batch)

    def wait(self) -> None:
        if self._under_way:
            under_way, self._under_way = self._under_way, None
            under_way.result()

    def finish(self, batch: _ReadBatch) -> None:
        """Checks, admits and loads a batch; names that do not get into the lake with it wait for the next."""
        if not (batch.documents and _admitted(self._run, batch, self._stopped)):
            self._moved[:0] = batch.moved

    def stop(self) -> None:
        """Begins no further part of the work; what went wrong with it would hide what stops us."""
        self._stopped.set()
        with suppress(Exception):
            self.wait()

    def close(self) -> None:
        """Waits until nothing is under way, however often somebody interrupts: afterwards the writer's lock goes."""
        interrupted = False
        while True:
            try:
                if self._begun:
                    wait([self._begun])  # joining a thread that was interrupted once takes it for dead (Python 3.11)
                self._pool.shutdown()
                break
            except KeyboardInterrupt:
                interrupted = True
        if interrupted:
            raise KeyboardInterrupt


def _read_batch(run: CurrentRun, jobs: Sequence[PageJob], number: int) -> _ReadBatch:
    """Takes a batch through the stages; pages whose workers were killed are left out."""
    summary = run.summary
    run.tell(f"batch {number}: {len(jobs)} {'page' if len(jobs) == 1 else 'pages'}")
    for job in jobs:
        summary.reasons[job.reason] = summary.reasons.get(job.reason, 0) + 1
    summary.batches += 1
    few = sum(job.byte_size for job in jobs) < run.settings.inline_mb * 1e6
    with in_this_process() if few else nullcontext(), summary.timed("stage to publish"):
        workers = 1 if few else run.settings.worker_count
        shards, left = work_shards(run, f"batch-{number:04d}", jobs, workers)
    summary.left |= left
    documents = {job.document_id for job in jobs} - {job.document_id for job in jobs if job.source_uri in left}
    return _ReadBatch(f"{summary.run_id}-{number:04d}", documents, shards)


def _with_names(
    batch: _ReadBatch, jobs: Sequence[PageJob], sightings: list[Sighting], moved: list[Sighting]
) -> _ReadBatch:
    """Takes out of the lists which names go with a batch."""
    ids = {job.document_id for job in jobs}
    own = [sighting for sighting in sightings if sighting.document_id in batch.documents]
    sightings[:] = [sighting for sighting in sightings if sighting.document_id not in ids]
    taken = list(moved)
    moved.clear()
    return replace(batch, moved=taken, own=own)


def _admitted(run: CurrentRun, batch: _ReadBatch, stopped: threading.Event) -> bool:
    """Puts a batch before the gate and loads it; says whether it became part of the lake."""
    folder, summary, shards = run.folder, run.summary, batch.shards
    with summary.timed("check"):
        verdict = run.submit(CHECK, batch.batch_id, folder, shards, run.settings.rules_folder).result()
    if stopped.is_set():
        return False
    _note_verdict(summary, verdict)
    if verdict.refused:
        summary.refused = verdict.refused
        record_refusal(folder, batch.batch_id, summary.run_id, verdict)
        return False
    names = [*batch.moved, *batch.own]
    summary.rejected |= admit_batch(folder, batch.batch_id, summary.run_id, shards, names, verdict)
    summary.new += len(batch.documents)
    _add_up(summary.worker_seconds, *map(seconds_of, shards))
    _add_up(summary.rows, row_counts(shards))
    _add_up(summary.findings, finding_counts(shards))
    if batch.loaded_with_run:
        summary.waiting = not is_due(folder, run.settings.publish_minutes)
    elif not stopped.is_set():
        load_if_due(run)
    return True


def _add_up(total: dict[str, N], *added: Mapping[str, N]) -> None:
    for each in added:
        for name, amount in each.items():
            total[name] = total[name] + amount if name in total else amount


def _note_verdict(summary: RunSummary, verdict: Verdict) -> None:
    for result in verdict.results:
        if result.success:
            summary.checks_passed += 1
        else:
            count = "" if result.unexpected_count is None else f" ({counted(result.unexpected_count, 'row')})"
            summary.checks_failed.append(f"{result.severity}: {result.table_name} {result.expectation}{count}")
