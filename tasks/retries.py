"""Says which failures of a task are worth another try: those of reading and writing, and no others."""

from __future__ import annotations

import errno
from typing import Any

PAUSES = [1.0, 5.0, 15.0]
"""Seconds before the next try."""
_LASTING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
"""What no waiting mends: a full disk, a closed folder."""


def is_input_output_error(task: Any, task_run: Any, state: Any) -> bool:
    """Tells Prefect whether a failed task may be tried again.

    Args:
        task: The task.
        task_run: Its run.
        state: How it failed.
    """
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, TimeoutError) and error.errno not in _LASTING
