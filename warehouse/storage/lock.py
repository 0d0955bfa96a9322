"""One writer at a time: the lock that a run holds while it works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from warehouse.errors import EnvironmentProblem
from warehouse.storage.folder import DataFolder


class WriterBusyError(EnvironmentProblem):
    """Another run holds the writer's lock for longer than we are willing to wait."""


@contextmanager
def writer_lock(folder: DataFolder, timeout: float, say: Callable[[str], None]) -> Iterator[None]:
    """Holds the writer's lock for as long as the block runs; the system gives it back when a process dies.

    Args:
        folder: The data directory.
        timeout: Seconds to wait for another run.
        say: Takes the sentence that we are waiting.

    Raises:
        WriterBusyError: The other run did not end in time.
    """
    folder.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"Another run is at work in {folder.root}; waiting up to {timeout:g} seconds for it.")
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            raise WriterBusyError(
                f"Another run has been at work in {folder.root} for more than {timeout:g} seconds: "
                "wait for it, or raise BROADSHEET_LOCK_TIMEOUT."
            ) from None
    try:
        yield
    finally:
        lock.release()
