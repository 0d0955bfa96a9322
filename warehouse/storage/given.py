"""Reads files that somebody gave us: regular ones, of a bounded size, so that none can hold a run up or fill memory.

What belongs here: opening what a path of somebody else's leads to. What does not: what stands in it.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from warehouse.errors import UserError

MOST_PAGE_BYTES = 100_000_000
"""A page of a newspaper has some ten thousand characters; a file of more bytes than these is no page."""
MOST_FILE_BYTES = 600_000_000
"""Bytes of a file that is opened page by page."""
MOST_SIDE_BYTES = 64_000_000
"""Bytes of a file of names, corrections or rules."""
MOST_SIDECAR_BYTES = 1_000_000

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


class UnusableFileError(UserError):
    """What lies under a path is no file that can be read, or too large; the message says which and what to do."""


def open_given(path: Path) -> BufferedReader:
    """Opens a regular file to read it; a pipe or device is refused without waiting for it.

    Args:
        path: Whatever somebody named.

    Raises:
        FileNotFoundError: Nothing is there, or nothing can be under so long a name.
        UnusableFileError: It is no regular file, or may not be read.
    """
    try:
        regular_file(path)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):  # under a name that can't be nothing is
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
        raise UnusableFileError(f"{path} could not be read ({error.strerror}): check that it may be read.") from None
    return os.fdopen(handle, "rb")


def regular_file(path: Path) -> os.stat_result:
    """Looks at what lies under a path.

    Args:
        path: Whatever somebody named.

    Raises:
        OSError: Nothing is there, or it can't be looked at.
        UnusableFileError: It is no regular file.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "no file")
        raise UnusableFileError(f"{path} is {kind}, not a file: put a file there.")
    return status


def read_given(path: Path, most: int = MOST_SIDE_BYTES) -> bytes:
    """Reads a regular file that is not larger than it may be.

    Args:
        path: Whatever somebody named.
        most: Bytes it may have.

    Raises:
        FileNotFoundError: Nothing is there.
        UnusableFileError: It is no regular file, may not be read, or is too large.
    """
    with open_given(path) as handle:
        data = handle.read(most + 1)
    if len(data) > most:
        raise UnusableFileError(f"{path} is larger than {most / 1e6:g} MB: shorten it.")
    return data
