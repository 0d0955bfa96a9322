"""Says which failures of a step are worth another try: those of reading and writing, and no others."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

PAUSES = [1.0, 5.0, 15.0]
"""Seconds before the next try."""
_LASTING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
"""What no waiting mends: a full disk, a closed folder."""


def may_pass(error: object) -> bool:
    """Says whether an error is one of reading or writing that may be gone at the next try.

    Args:
        error: What was raised.

    >>> may_pass(OSError(errno.EIO, "")), may_pass(OSError(errno.ENOSPC, "")), may_pass(ValueError())
    (True, False, False)
    """
    return isinstance(error, OSError) and not isinstance(error, TimeoutError) and error.errno not in _LASTING


def is_input_output_error(task: Any, task_run: Any, state: Any) -> bool:
    """Tells Prefect whether a failed task may be tried again.

    Args:
        task: The task.
        task_run: Its run.
        state: How it failed.
    """
    return may_pass(state.result(raise_on_failure=False))


def tried_again(work: Callable[..., T], *given: object) -> T:
    """Does some work, again after a pause where it failed to read or write.

    Args:
        work: The work.
        *given: What it takes.
    """
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_chain, wait_fixed

    trying = Retrying(
        stop=stop_after_attempt(1 + len(PAUSES)),
        wait=wait_chain(*map(wait_fixed, PAUSES)),
        retry=retry_if_exception(may_pass),
        reraise=True,
    )
    return trying(work, *given)
