"""Looks at the space left on the disk while a run works, and ends the run with a sentence when there is none.

Whatever is full says so in a way of its own: DuckDB raises, Prefect's server answers 500 or 503, its client tries again
for minutes. So nobody is asked; the file system is.
"""

from __future__ import annotations

import io
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.ingest.stopping import stop_because
from warehouse.errors import EnvironmentProblem
from warehouse.storage.folder import DataFolder

TO_BEGIN = 20_000_000
"""Bytes that must be free when a run begins: Prefect's records and a small warehouse take some 10 MB."""
TO_GO_ON = 500_000
"""With fewer bytes left than this nothing that is tried can end well."""
_EVERY, _PATIENCE = 0.1, 5.0
"""Seconds between two looks, and seconds that a run may take to roll back before it is ended by force."""

_seen_full = threading.Event()
_watching = threading.Lock()


def bytes_free(folder: DataFolder) -> int:
    """Tells how much space is left where a data directory lies or will lie.

    Args:
        folder: The data directory.
    """
    place = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    return shutil.disk_usage(place).free


def was_full() -> bool:
    """Says whether the disk was seen full since the last run of this process began."""
    return _seen_full.is_set()


def full_disk(root: Path) -> EnvironmentProblem:
    """Says that a disk is full.

    Args:
        root: The data directory on it.
    """
    return EnvironmentProblem(
        f"The disk of {root} is full: free some space and run again; what was loaded before is as it was."
    )


def require_space(folder: DataFolder) -> None:
    """Refuses to begin where the next megabytes would fill the disk.

    Args:
        folder: The data directory.

    Raises:
        EnvironmentProblem: Says how much is left and how much is needed.
    """
    if (free := bytes_free(folder)) < TO_BEGIN:
        raise EnvironmentProblem(
            f"The disk of {folder.root} is nearly full: {free / 1e6:.1f} MB are left, and a run needs "
            f"{TO_BEGIN / 1e6:.0f} MB and room for a copy of the warehouse; free some space and run again."
        )


@contextmanager
def space_watched(folder: DataFolder) -> Iterator[None]:
    """Ends the block, as Ctrl-C would, as soon as the disk is full; where somebody watches already, does nothing.

    Args:
        folder: The data directory.
    """
    if not _watching.acquire(blocking=False):
        yield
        return
    _seen_full.clear()
    done, stderr = threading.Event(), sys.stderr

    def watch() -> None:
        while not done.wait(_EVERY):
            if bytes_free(folder) < TO_GO_ON:
                _seen_full.set()
                sys.stderr = io.StringIO()  # Prefect tells there of every log that its full server refuses
                problem = full_disk(folder.root)
                stop_because(f"broadsheet: {problem}", problem.exit_code, done, _PATIENCE)
                return

    try:
        threading.Thread(target=watch, daemon=True, name="space").start()
        yield
    finally:
        done.set()
        sys.stderr = stderr
        _watching.release()
