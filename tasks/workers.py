"""The worker processes: one pool a run, dictionaries and models loaded once in each.

Prefect's own process runner costs about 0.1 s a task; a task in a thread that hands its work to this pool
costs a few milliseconds.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_pool: ProcessPoolExecutor | None = None


@contextmanager
def worker_processes(count: int) -> Iterator[None]:
    """Keeps a pool of worker processes for as long as the block runs.

    Args:
        count: Processes; with one, the work is done where it is called.
    """
    global _pool
    if count <= 1:
        yield
        return
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        _pool = pool
        try:
            yield
        finally:
            _pool = None
            pool.shutdown(cancel_futures=True)


def in_worker(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Does a piece of work in a worker process and waits for it; without a pool, right here.

    Args:
        work: A function that can be pickled.
        *args: Its arguments: paths and ids, no texts.
        **kwargs: The same by name.
    """
    if _pool is None:
        return work(*args, **kwargs)
    return _pool.submit(work, *args, **kwargs).result()
