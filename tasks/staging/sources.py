"""Finds the pages a user means: files, folders, globs, standard input and bulk files.

What belongs here: turning what stands on the command line into sources. What does not: reading a page's text.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tasks.staging.bulk import BULK_ENDINGS, BulkRecord, read_bulk
from tasks.staging.objects import SCHEME, fetched_objects
from warehouse.durable import write_atomically
from warehouse.errors import UserError
from warehouse.lake import DataFolder

STDIN = "stdin:"
SIDECAR_ENDING = ".meta.json"


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a page's bytes are.

    Attributes:
        source_key: What makes two versions the same page: absolute, normalised path or URL.
        source_uri: As the user gave it.
        path: File that holds the bytes, or the bulk file with its record.
        metadata: What a bulk record says besides its text (publisher, issue_date, …).
        data: The page's bytes, where they came in a bulk record.
        problem: Why there is no page here, in a sentence; None where there is one.
    """

    source_key: str
    source_uri: str
    path: Path
    metadata: dict[str, str] = field(default_factory=dict)
    data: bytes | None = None
    problem: str | None = None

    @property
    def file_name(self) -> str:
        """Last part of the source."""
        return self.source_uri.rstrip("/").rsplit("/", 1)[-1]


class NoSuchInputError(UserError):
    """A path named on the command line is not there."""


def is_page_name(name: str) -> bool:
    """Says whether a file found in a folder is a page: `*.txt`, no README, no dotfile, nothing half-written.

    Args:
        name: The file's name without its folder.

    >>> is_page_name("2023-04-24_A1.txt"), is_page_name(".part.txt"), is_page_name("README.txt")
    (True, False, False)
    """
    lower = name.lower()
    if name.startswith((".", "~")) or name.endswith("~") or lower.startswith("readme"):
        return False
    return lower.endswith(".txt")


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


def find_sources(arguments: Sequence[str], folder: DataFolder) -> Iterator[Source]:
    """Goes through the pages that the arguments name, each once, in a stable order.

    A file named by hand is always given; folders give their page files, subfolders included; bulk files give their
    records one by one.

    Args:
        arguments: Files, folders, globs, bulk files, or what `keep_stdin` gave.
        folder: The data directory.

    Raises:
        NoSuchInputError: Nothing is there under a name.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _sources_of(argument, folder):
            if len(arguments) > 1 and source.data is None:
                if source.source_key in seen:
                    continue
                seen.add(source.source_key)
            yield source


def _sources_of(argument: str, folder: DataFolder) -> Iterator[Source]:
    if argument.startswith(STDIN):
        yield _kept(argument, folder)
        return
    if argument.startswith(SCHEME):
        yield from _object_sources(argument, folder)
        return
    for uri, problem in _expand(argument):
        path = Path(uri)
        key, shown = printable(os.path.abspath(uri)), printable(uri)  # noqa: PTH100 - `Path` is slow
        if problem is None and uri.lower().endswith(BULK_ENDINGS):
            for record in read_bulk(path):
                yield _record_source(record, key, shown, path)
        else:
            yield Source(key, shown, path, problem=problem)


def _object_sources(url: str, folder: DataFolder) -> Iterator[Source]:
    """Gives the pages below an address, none where nothing lies there yet; the object named by hand is always given."""
    for found in fetched_objects(url, folder, SIDECAR_ENDING, is_page_name):
        yield Source(found.address, found.address, found.copy, problem=found.problem)


def printable(path: str) -> str:
    r"""Writes a path as text, whatever bytes its name has: those that are no UTF-8 stand as `\xb3`.

    Args:
        path: As the system gives it.
    """
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


def _record_source(record: BulkRecord, key: str, shown: str, path: Path) -> Source:
    """A record is the same page as the file or URL that it says it came from; else its place makes it one."""
    if not record.source:
        return Source(
            f"{key}#{record.place}", f"{shown}#{record.place}", path, record.metadata, record.data, record.problem
        )
    own = record.source
    if "://" not in own:
        own = os.path.normpath(Path(key).parent / own)
    return Source(own, record.source, path, record.metadata, record.data, record.problem)


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


def sidecar_path(path: Path) -> Path:
    """Tells where the sidecar of a page lies: `page.txt.meta.json` beside `page.txt`.

    Args:
        path: The page.
    """
    return path.with_name(path.name + SIDECAR_ENDING)


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


def _expand(argument: str) -> Iterator[tuple[str, str | None]]:
    """Gives paths, each with the reason why it can't be used, if there is one."""
    path = Path(argument)
    if path.is_dir():
        yield from _pages_below(argument)
    elif path.exists() or path.is_symlink():
        yield argument, None
    else:
        expect_inputs([argument])
        for found in sorted(glob.glob(argument, recursive=True)):  # noqa: PTH207 - keeps the path as the user wrote it
            if Path(found).is_file() and not found.endswith(SIDECAR_ENDING):
                yield found, None


def _pages_below(folder: str) -> Iterator[tuple[str, str | None]]:
    closed: list[OSError] = []
    for directory, subfolders, names in os.walk(folder, onerror=closed.append):
        subfolders[:] = sorted(s for s in subfolders if not s.startswith("."))
        for name in sorted(names):
            if is_page_name(name):
                yield os.path.join(directory, name), None  # noqa: PTH118 - keeps the path as the user wrote it
    for error in closed:
        yield str(error.filename), f"The folder could not be read ({error.strerror}): check its rights."
