"""Finds the files a user means: files, folders, globs, addresses in a bucket, standard input.

What belongs here: turning what stands on the command line into sources. What does not: looking into them (`opened`).
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.opening.kinds import aside_by_name
from tasks.staging.objects import SCHEME, fetched_objects
from tasks.staging.sidecar import SIDECAR_ENDING
from tasks.staging.source import Source
from tasks.staging.tally import FileTally
from warehouse.errors import UserError
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

STDIN = "stdin:"
_WORTH_FETCHING = (".txt", ".pdf", ".html", ".htm", ".mht", ".mhtml", ".docx", ".zip", ".tar", ".tgz", ".gz")
"""Endings of objects of a bucket that may be pages: what one is shows only when it is here."""


class NoSuchInputError(UserError):
    """A path named on the command line is not there."""


def keep_stdin(data: bytes, folder: DataFolder) -> str:
    """Keeps what came from standard input until a run has taken it, and gives the argument that stands for it.

    Args:
        data: All bytes of the page.
        folder: The data directory.

    Returns:
        `stdin:` and the SHA-256, which `find_sources` understands.
    """
    digest = hashlib.sha256(data).hexdigest()
    write_atomically(folder.state / "stdin" / str(os.getpid()) / digest, data)
    return f"{STDIN}{digest}"


def drop_kept_stdin(folder: DataFolder, *, own: bool = False) -> None:
    """Deletes what processes that are gone kept of their standard input.

    Args:
        folder: The data directory.
        own: Delete what this process kept, too.
    """
    for kept in (folder.state / "stdin").glob("*"):
        if not _is_alive(int(kept.name)) or (own and kept.name == str(os.getpid())):
            shutil.rmtree(kept, ignore_errors=True)


def find_sources(
    arguments: Sequence[str], folder: DataFolder, tally: FileTally | None = None, *, keep: bool = True
) -> Iterator[Source]:
    """Goes through the pages that the arguments name, each once, in a stable order.

    A file named by hand is always given; folders give their files, subfolders included; bulk files, PDF and archives
    give what they hold one by one.

    Args:
        arguments: Files, folders, globs, bulk files, or what `keep_stdin` gave.
        folder: The data directory.
        tally: Counts what is found.
        keep: Remember what was read out of a file; a dry run does not.

    Raises:
        NoSuchInputError: Nothing is there under a name.
    """
    from tasks.staging.opened import opened  # it imports Arrow, and who only looks whether a path is there needs none

    return opened(find_files(arguments, folder, tally), folder, tally, keep=keep)


def find_files(arguments: Sequence[str], folder: DataFolder, tally: FileTally | None = None) -> Iterator[Source]:
    """Goes through the files that the arguments name, each once, in a stable order, and looks into none.

    Args:
        arguments: As for `find_sources`.
        folder: The data directory.
        tally: Counts what is left aside by its name.

    Raises:
        NoSuchInputError: Nothing is there under a name.
    """
    tally = FileTally() if tally is None else tally
    seen: set[str] = set()
    for argument in arguments:
        for source in _files_of(argument, folder, tally):
            if len(arguments) > 1:
                if source.source_key in seen:
                    continue
                seen.add(source.source_key)
            yield source


def _files_of(argument: str, folder: DataFolder, tally: FileTally) -> Iterator[Source]:
    if argument.startswith(STDIN):
        yield _kept(argument, folder)
        return
    if argument.startswith(SCHEME):
        yield from _object_sources(argument, folder, tally)
        return
    in_folder = Path(argument).is_dir()
    for uri, problem in _expand(argument, tally, folder):
        key, shown = printable(os.path.abspath(uri)), printable(uri)  # noqa: PTH100 - `Path` is slow
        yield Source(key, shown, Path(uri), problem=problem, in_folder=in_folder)


def _object_sources(url: str, folder: DataFolder, tally: FileTally) -> Iterator[Source]:
    """Gives the pages below an address, none where nothing lies there yet; the object named by hand is always given."""

    def is_page(name: str) -> bool:
        if _left_aside(name, tally):
            return False
        worth = name.lower().endswith(_WORTH_FETCHING)
        if not worth:
            tally.aside["object of another kind"] += 1
        return worth

    for found in fetched_objects(url, folder, SIDECAR_ENDING, is_page):
        in_folder = found.address != url
        yield Source(found.address, found.address, found.copy, problem=found.problem, in_folder=in_folder)


def _left_aside(name: str, tally: FileTally) -> bool:
    why = aside_by_name(name)
    if why:
        tally.aside[why] += 1
    return why is not None


def printable(path: str) -> str:
    r"""Writes a path as text, whatever bytes its name has: those that are no UTF-8 stand as `\xb3`.

    Args:
        path: As the system gives it.
    """
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _kept(argument: str, folder: DataFolder) -> Source:
    digest = argument.removeprefix(STDIN)
    places = sorted((folder.state / "stdin").glob(f"*/{digest}"))
    return Source(argument, "-", places[0] if places else folder.raw_path(digest))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def expect_inputs(arguments: Sequence[str]) -> None:
    """Says at once, before anything is started, that nothing is there under a name.

    Args:
        arguments: What `find_sources` takes.

    Raises:
        NoSuchInputError: Neither file nor folder nor glob nor address.
    """
    for argument in arguments:
        if argument.startswith((STDIN, SCHEME)) or glob.has_magic(argument):
            continue
        if not (Path(argument).exists() or Path(argument).is_symlink()):
            raise NoSuchInputError(f"There is no file or folder {printable(argument)}: check the path.")


def _expand(argument: str, tally: FileTally, data: DataFolder) -> Iterator[tuple[str, str | None]]:
    """Gives paths, each with the reason why it can't be used, if there is one."""
    path = Path(argument)
    if path.is_dir():
        yield from _files_below(argument, tally, data)
    elif path.exists() or path.is_symlink():
        yield argument, None
    else:
        expect_inputs([argument])
        for found in sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207 - keeps the path as the user wrote it
            if Path(found).is_file() and not found.endswith(SIDECAR_ENDING):
                yield found, None


def _files_below(folder: str, tally: FileTally, data: DataFolder) -> Iterator[tuple[str, str | None]]:
    closed: list[OSError] = []
    for directory, subfolders, names in os.walk(folder, onerror=closed.append):
        subfolders[:] = sorted(s for s in subfolders if not s.startswith(".") and not _is_data(directory, s, data))
        for name in sorted(names):
            if not _left_aside(name, tally):
                yield os.path.join(directory, name), None  # noqa: PTH118 - keeps the path as the user wrote it
    for error in closed:
        yield str(error.filename), f"The folder could not be read ({error.strerror}): check its rights."


def _is_data(directory: str, name: str, data: DataFolder) -> bool:
    """Tells whether a folder is a data directory, where what was read is kept: nothing in it is a page."""
    place = Path(directory, name)
    return place.absolute() == data.root.absolute() or (place / "lake" / "batches").is_dir()
