"""The worker processes: one pool a run, dictionaries and models loaded once in each.

Prefect's own process runner costs about 0.1 s a task; a task in a thread that hands its work to this pool
costs a few milliseconds.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec

P = ParamSpec("P")

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


def in_worker(work: Callable[Concatenate[Path, P], Path], shard: Path, *args: P.args, **kwargs: P.kwargs) -> Path:
    """Takes a shard through a stage in a worker process and waits for it; without a pool, right here.

    Args:
        work: The stage's function, which can be pickled.
        shard: The shard's folder.
        *args: The rest of its arguments: paths and ids, no texts.
        **kwargs: The same by name.
    """
    if _pool is None:
        return _timed(work, shard, *args, **kwargs)
    return _pool.submit(_timed, work, shard, *args, **kwargs).result()


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
