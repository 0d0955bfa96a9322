"""Errors that a user can cause or mend; each is one sentence, and says how the command ends."""

from __future__ import annotations

from collections.abc import Iterator


class UserError(Exception):
    """Something was asked for that can't be: wrong usage, wrong SQL, an unknown name."""

    exit_code = 2


class EnvironmentProblem(UserError):  # noqa: N818 - it is the machine's state, not a mistake in the call
    """The machine does not let us: lock held, disk full, no permission, no server."""

    exit_code = 4


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Gives an error and, one by one, what it came from.

    Args:
        error: The error.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
