"""What is known of the files of a report that was built before: what each was made from, and how it looked then."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import warehouse
from flows.telling import excerpts
from warehouse.storage.given import UnusableFileError, read_given

NOTES = ".report.json"
"""File in the report's folder that says what each page was made from and what was written."""

FOLDER = Path(__file__).parent
LINK = "a link"
"""How a link looks, and whatever lies outside of the report's folder."""

_WAREHOUSE = Path(warehouse.__file__).parent


@dataclass(slots=True)
class Notes:
    """What is known of a build's files, by path.

    Attributes:
        made: Digest of what each page was made from; of a folder, under its name with a slash at the end.
        wrote: Digest of the bytes of each file: only a file that is still as an earlier build wrote it may be deleted.
        seen: Size and time of change of each file when it was written: one that looks the same is not read again.
    """

    made: dict[str, str] = field(default_factory=dict)
    wrote: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)


def is_below(path: Path, folder: Path) -> bool:
    """Says whether a path lies below a folder once all links are followed, and is none itself.

    Args:
        path: Of a file or a folder.
        folder: The folder.
    """
    try:
        return not path.is_symlink() and path.resolve().is_relative_to(folder.resolve()) and ".." not in path.parts
    except (OSError, ValueError):
        return False


def look_of(path: Path | str) -> str | None:
    """Gives size and time of change of a file; None where there is none. Of a link it says that it is one.

    Args:
        path: Of the file.
    """
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    if stat.S_ISLNK(found.st_mode):
        return LINK
    return f"{found.st_size} {found.st_mtime_ns}" if stat.S_ISREG(found.st_mode) else None


def digest_of_file(path: Path) -> str | None:
    """Digests the bytes of a file; None where it can't be read.

    Args:
        path: Of the file.
    """
    try:
        return hashlib.sha256(read_given(path)).hexdigest()
    except (OSError, ValueError, UnusableFileError):
        return None


def read_notes(output: Path) -> Notes:
    """Reads what the build before noted; nothing of what is not as we write it, so that every page is made anew.

    Args:
        output: The report's folder.
    """
    try:
        notes = json.loads(read_given(output / NOTES))
    except (OSError, ValueError, RecursionError, UnusableFileError):  # a new folder, or a build that was cut off
        notes = None

    def part(name: str) -> dict[str, str]:
        found = notes.get(name) if isinstance(notes, dict) else None
        return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}

    return Notes(part("made"), part("wrote"), part("seen"))


def digest_of(*parts: object) -> str:
    """Digests what a page is made from.

    Args:
        *parts: Plain values, and lists, tuples and dicts of them: what `repr` writes the same at each call.
    """
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()


@cache
def design_digest() -> str:
    """Digests the templates, words, queries and code, so that a new design makes all pages stale."""
    asked = [
        path for folder in ("report", "views", "macros") for path in sorted((_WAREHOUSE / "sql" / folder).iterdir())
    ]
    code = [*FOLDER.glob("*.py"), *(_WAREHOUSE / "report").glob("*.py"), Path(excerpts.__file__)]
    files = [*sorted((FOLDER / "templates").iterdir()), *sorted(code), FOLDER / "labels.csv", *asked]
    return digest_of(*(path.read_text("utf-8") for path in files if path.is_file()))
