"""The worker processes: one pool a run, dictionaries and models loaded once in each.

Prefect's own process runner costs about 0.1 s a task; a task in a thread that hands its work to this pool
costs a few milliseconds.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import Concatenate, ParamSpec

P = ParamSpec("P")


class ShardTimeoutError(TimeoutError):
    """A stage took longer for a shard than it may; its process was ended."""


class WorkerDiedError(RuntimeError):
    """The worker process was ended from outside, or by its libraries for want of memory: no page's fault."""


class StoppedError(RuntimeError):
    """The run was broken off: no stage begins any more."""


class _Crew:
    """A pool that is made anew after one of its processes died or had to be ended."""

    def __init__(self, count: int, seconds: float | None) -> None:
        self._count = count
        self._seconds = seconds
        self._lock = threading.Lock()
        self._turn = threading.Semaphore(2 * count)
        self._pool: ProcessPoolExecutor | None = None

    def take_through(self, work: Callable[..., Path], *args: object, **kwargs: object) -> Path:
        with self._turn:
            pool, future = self._hand_over(work, *args, **kwargs)
            try:
                return future.result(self._seconds)
            except BrokenProcessPool:
                self._dismiss(pool)
                raise WorkerDiedError("its worker process died, perhaps for want of memory") from None
            except TimeoutError:
                if future.done():
                    raise
                self._dismiss(pool)
                raise ShardTimeoutError(f"a stage took longer than {self._seconds:g} seconds") from None

    def _hand_over(
        self, work: Callable[..., Path], *args: object, **kwargs: object
    ) -> tuple[ProcessPoolExecutor, Future[Path]]:
        with self._lock:
            _refuse_when_broken_off()
            if self._pool is None:
                spawn = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self._count, mp_context=spawn, initializer=start_worker)
            return self._pool, self._pool.submit(work, *args, **kwargs)

    def _dismiss(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
                _end_processes(pool)

    def close(self, *, at_once: bool) -> None:
        with self._lock:
            if self._pool is not None and at_once:
                _end_processes(self._pool)
            elif self._pool is not None:
                self._pool.shutdown(cancel_futures=True)
            self._pool = None


_crew: _Crew | None = None
_broken_off = False
_hands: set[threading.Thread] = set()
"""Threads that are taking a shard through a stage right now, here or by waiting for a worker process."""
_put_down = threading.Condition()


@contextmanager
def worker_processes(count: int, seconds: float | None = None) -> Iterator[None]:
    """Keeps a pool of worker processes for as long as the block runs; an interruption ends them at once.

    When the block is left nothing is under way, however often somebody interrupts: a thread that is in the middle of a
    stage is waited for, and no further stage begins. Afterwards the writer's lock may go.

    Args:
        count: Processes; with none, the work is done where it is called.
        seconds: How long a stage may take for one shard before its process is ended.
    """
    global _crew, _broken_off
    crew = _crew = _Crew(count, seconds) if count else None
    _broken_off = False
    try:
        yield
    except BaseException:
        _broken_off = True
        _in_spite_of_interruptions(partial(_break_off, crew))
        raise
    else:
        if crew:
            crew.close(at_once=False)
    finally:
        _crew = None


def _break_off(crew: _Crew | None) -> None:
    if crew:
        crew.close(at_once=True)
    with _put_down:
        _put_down.wait_for(lambda: not any(hand.is_alive() for hand in _hands - {threading.current_thread()}))


def _in_spite_of_interruptions(do: Callable[[], None]) -> None:
    """Does something that can be begun again until it is done; whoever interrupts meanwhile is heard afterwards."""
    interrupted = False
    while True:
        try:
            do()
            break
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt


def _refuse_when_broken_off() -> None:
    if _broken_off:
        raise StoppedError("the run was broken off")


@contextmanager
def _at_hand() -> Iterator[None]:
    hand = threading.current_thread()
    with _put_down:
        _refuse_when_broken_off()
        _hands.add(hand)
    try:
        yield
    finally:
        with _put_down:
            _hands.discard(hand)
            _put_down.notify_all()


@contextmanager
def in_this_process() -> Iterator[None]:
    """Does the work where it is called: for a few pages, starting processes would cost more."""
    global _crew
    crew, _crew = _crew, None
    try:
        yield
    finally:
        _crew = crew


def in_worker(work: Callable[Concatenate[Path, P], Path], shard: Path, *args: P.args, **kwargs: P.kwargs) -> Path:
    """Takes a shard through a stage in a worker process and waits for it; without a pool, right here.

    Args:
        work: The stage's function, which can be pickled.
        shard: The shard's folder.
        *args: The rest of its arguments: paths and ids, no texts.
        **kwargs: The same by name.

    Raises:
        ShardTimeoutError: It took too long.
        WorkerDiedError: The worker process died.
        StoppedError: The run was broken off before.
    """
    with _at_hand():
        if _crew is None:
            return _timed(work, shard, *args, **kwargs)
        return _crew.take_through(_timed, work, shard, *args, **kwargs)


def _end_processes(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        if not process.daemon:  # the gate's own process is one, and no worker
            process.kill()


def cores_of_process() -> int:
    """Counts the cores that this process may use: a container or `taskset` can make them fewer than there are."""
    count = getattr(os, "process_cpu_count", None)  # of Python 3.13
    if count is not None:
        return count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_seldom() -> None:
    """Lets a worker process look for garbage seldom.

    Dictionaries and models stay for the whole run: looking through them every few hundred objects takes an eighth of
    the extraction's time.
    """
    gc.set_threshold(100_000, 50, 50)


def start_worker() -> None:
    """Makes a worker process ready: it looks for garbage seldom, and ends when the one that started it is gone."""
    from warehouse.schema.arrow import spare_pandas  # Arrow is for the workers, not for whoever counts the cores

    collect_seldom()
    spare_pandas()
    _leave_with_parent()


def end_shortly() -> None:
    """Lets this process, which has nothing more to do, end without looking for garbage among all that it imported.

    That takes Python half a second. What is written from here on goes nowhere: DuckDB's binding lists its own objects
    at the very end.
    """
    gc.freeze()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _leave_with_parent() -> None:
    """Ends this worker when the run that started it is gone; a killed parent can't tell it."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def seconds_of(shard: Path) -> dict[str, float]:
    """Reads how long each stage worked on a shard, in seconds of a worker's time.

    Args:
        shard: The shard's folder.
    """
    return {path.stem.removesuffix("_shard"): float(path.read_text()) for path in shard.glob("*.seconds")}


def _timed(work: Callable[Concatenate[Path, P], Path], shard: Path, *args: P.args, **kwargs: P.kwargs) -> Path:
    started = time.perf_counter()
    done = work(shard, *args, **kwargs)
    (shard / f"{work.__name__}.seconds").write_text(f"{time.perf_counter() - started:.4f}")
    return done
