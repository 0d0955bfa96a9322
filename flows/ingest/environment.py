"""Tells what the machine refused from what is wrong with the code or the pages, in a sentence with the cure."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from flows.ingest.space import bytes_free, full_disk, was_full
from warehouse.errors import EnvironmentProblem, UserError, causes
from warehouse.storage.folder import DataFolder

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
ADDRESS_SPACE_OF_A_RUN = 4_000_000_000
ADDRESS_SPACE_OF_A_REBUILD = 3_000_000_000
"""Bytes that libraries, their threads and DuckDB reserve: 3.2 and 2.4 GB were seen, far more than they ever touch."""
_LEAST_FREE = 5_000_000
"""With fewer bytes left than this, whatever failed failed for want of space: databases report it in their own ways,
and those that were rolling back have given some of it back."""


@contextmanager
def explained(folder: DataFolder) -> Iterator[None]:
    """Turns what a full disk or a closed folder makes other code raise into one sentence.

    Args:
        folder: The data directory.

    Raises:
        EnvironmentProblem: The machine is to blame.
    """
    try:
        yield
    except UserError:
        raise
    except KeyboardInterrupt:
        if was_full():
            raise full_disk(folder.root) from None
        raise
    except Exception as error:
        if problem := _problem(error, folder):
            raise problem from error
        raise


def require_memory(least: int = ADDRESS_SPACE_OF_A_RUN) -> None:
    """Refuses to begin under a limit of the address space in which libraries would hang or abort.

    Args:
        least: Bytes of address space that are needed.

    Raises:
        EnvironmentProblem: Says how much is needed.
    """
    try:
        import resource
    except ImportError:
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < least:
        raise EnvironmentProblem(
            f"This needs {least / 1e9:.1f} GB of address space and may have {limit / 1e9:.1f}: raise the limit "
            f"(ulimit -v {least // 1000} or more, LimitAS= in systemd)."
        )


def _problem(error: BaseException, folder: DataFolder) -> EnvironmentProblem | None:
    if any(isinstance(cause, MemoryError) for cause in causes(error)):
        return EnvironmentProblem(
            "There is too little memory: end other programs, raise the limit, or set BROADSHEET_WORKERS=1 and a "
            "smaller BROADSHEET_BATCH_MB; what was loaded before is as it was."
        )
    numbers = {cause.errno for cause in causes(error) if isinstance(cause, OSError)}
    kept = "what was loaded before is as it was."
    place = next(path for path in (folder.root, *folder.root.parents) if path.exists())
    if numbers & _FULL or was_full() or bytes_free(folder) < _LEAST_FREE:
        return full_disk(folder.root)
    if numbers & _CLOSED and not os.access(place, os.W_OK):
        return EnvironmentProblem(
            f"{folder.root} may not be written: change its rights, or choose another place with --data-dir; {kept}"
        )
    return None
