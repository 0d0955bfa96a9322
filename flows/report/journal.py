"""What a build of the report is about to write, noted before it does: of one that is killed the next clears the rest.

What belongs here: the journal's file, and that one build at a time is at work in a folder. What does not: what is
written (`site.py`), what is known of a build that came to its end (`notes.py`).
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.storage.given import UnusableFileError, read_given

JOURNAL = ".report.begun"
PART = ".report.part-"
"""How the name of a file begins that is not yet written to its end."""


def hold(output: Path) -> int:
    """Holds a report's folder for one build; the system gives it back when a process dies, and no file is left.

    Args:
        output: The report's folder.

    Returns:
        The folder, open; closing it lets others in.

    Raises:
        EnvironmentProblem: Another build is at work there.
    """
    held = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise EnvironmentProblem(
            f"Another report is being written into {output}: wait for it, or choose another folder with --output."
        ) from None
    except OSError:  # a file system that can't hold a folder: then whoever writes into it sees to it alone
        return held
    return held


def note_begun(output: str, path: str, digest: str) -> None:
    """Notes that a file is about to be written; several processes may at a time.

    Args:
        output: The report's folder.
        path: Path below it.
        digest: Of the bytes that it will have.

    Raises:
        UserError: A link stands where the journal should be.
    """
    journal = f"{output}/{JOURNAL}"
    try:
        handle = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        if os.path.islink(journal):  # noqa: PTH114  a Path costs as much as the writing
            raise UserError(
                f"{journal} leads out of the report's folder: take the link away, or choose another folder."
            ) from error
        raise
    try:
        os.write(handle, f"{json.dumps([path, digest])}\n".encode())
    finally:
        os.close(handle)


def read_begun(output: Path) -> dict[str, set[str]]:
    """Reads what a build that did not come to its end was about to write; a line that is not as we write it is left.

    Args:
        output: The report's folder.

    Returns:
        Digests that files were to have, by path below the folder.
    """
    try:
        lines = read_given(output / JOURNAL).splitlines()
    except (OSError, UnusableFileError):
        return {}
    begun: dict[str, set[str]] = {}
    for line in lines:
        try:
            path, digest = json.loads(line)
        except (ValueError, TypeError, RecursionError):  # the last one may be cut off
            continue
        if isinstance(path, str) and isinstance(digest, str):
            begun.setdefault(path, set()).add(digest)
    return begun


def drop_parts(output: Path) -> None:
    """Takes away files that a killed build had begun to write.

    Args:
        output: The report's folder, held by this build.
    """
    for part in output.glob(f"{PART}*"):
        part.unlink(missing_ok=True)
