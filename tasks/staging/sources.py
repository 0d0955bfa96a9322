"""Finds the pages a user means: files, folders, globs, standard input and bulk files.

What belongs here: turning what stands on the command line into sources. What does not: reading a page's text.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.errors import UserError
from warehouse.lake import DataFolder, write_atomically

STDIN = "stdin:"
SIDECAR_ENDING = ".meta.json"
BULK_ENDINGS = (".jsonl", ".jsonl.gz", ".parquet")


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a page's bytes are.

    Attributes:
        source_key: What makes two versions the same page: absolute, normalised path or URL.
        source_uri: As the user gave it.
        path: File that holds the bytes.
        metadata: What a bulk record says besides its text (publisher, issue_date, …).
    """

    source_key: str
    source_uri: str
    path: Path
    metadata: dict[str, str] = field(default_factory=dict)

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
    """Keeps what came from standard input among the raw pages and gives the argument that stands for it.

    Args:
        data: All bytes of the page.
        folder: The data directory.

    Returns:
        `stdin:` and the SHA-256, which `find_sources` understands.
    """
    digest = hashlib.sha256(data).hexdigest()
    write_atomically(folder.raw_path(digest), data)
    return f"{STDIN}{digest}"


def find_sources(arguments: Sequence[str], folder: DataFolder) -> Iterator[Source]:
    """Goes through the files that the arguments name, each once, in a stable order.

    A file named by hand is always given; folders give their page files, subfolders included.

    Args:
        arguments: Files, folders, globs, or what `keep_stdin` gave.
        folder: The data directory.

    Raises:
        NoSuchInputError: Nothing is there under a name.
    """
    seen: set[str] = set()
    for argument in arguments:
        if argument.startswith(STDIN):
            yield Source(argument, "-", folder.raw_path(argument.removeprefix(STDIN)))
            continue
        for uri in _expand(argument):
            key = os.path.normpath(Path(uri).absolute())
            if key not in seen:
                seen.add(key)
                yield Source(key, uri, Path(uri))


def bulk_arguments(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Parts the arguments into bulk files and everything else.

    Args:
        arguments: As given on the command line.

    Returns:
        Bulk files, the rest.
    """
    bulk = [a for a in arguments if a.lower().endswith(BULK_ENDINGS)]
    return bulk, [a for a in arguments if a not in bulk]


def sidecar_path(path: Path) -> Path:
    """Tells where the sidecar of a page lies: `page.txt.meta.json` beside `page.txt`.

    Args:
        path: The page.
    """
    return path.with_name(path.name + SIDECAR_ENDING)


def _expand(argument: str) -> Iterator[str]:
    path = Path(argument)
    if path.is_dir():
        yield from _pages_below(argument)
    elif path.exists():
        yield argument
    elif glob.has_magic(argument):
        yield from sorted(p for p in glob.glob(argument, recursive=True) if Path(p).is_file())  # noqa: PTH207
    else:
        raise NoSuchInputError(f"There is no file or folder {argument}: check the path.")


def _pages_below(folder: str) -> Iterator[str]:
    for directory, subfolders, names in os.walk(folder):
        subfolders[:] = sorted(s for s in subfolders if not s.startswith("."))
        for name in sorted(names):
            if is_page_name(name):
                yield os.path.join(directory, name)  # noqa: PTH118 - keeps the path as the user wrote it
