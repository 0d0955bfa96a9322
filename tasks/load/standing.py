"""Knows whether the warehouse stands as the last load left it, so that a run with nothing new loads its own row alone.

What belongs here: the note of all that a load goes by, beside what the file it made looked like. What does not: the
load (`tasks.check.corrected`), which is imported only where there is something to load. The note may be lost at any
time; then the next load looks at everything once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tasks.staging.digests import marks_of
from tasks.staging.identity import ReadWith, reading_parts
from warehouse.load.run_rows import bring_in_runs
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

_CODE = Path(__file__).parents[2]
_OF_A_LOAD = ("tasks/reference.py", "tasks/check", "tasks/load", "tasks/second", "expectations", "warehouse")
"""Code and data that a load goes through; what reads pages is digested with them."""


def load_what_is_new(folder: DataFolder, corrections_file: Path | None, rules_folder: Path | None = None) -> int:
    """Brings the warehouse up to the lake; where nothing else has changed since the last load, no more is looked at.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        corrections_file: CSV of corrections; None without.
        rules_folder: Folder of the user's own checks; None without.

    Returns:
        How many batches were loaded.
    """
    given = _given(folder, corrections_file, rules_folder)
    stands = _note(folder) == f"{given} {_marks(folder.warehouse)}"
    loaded = bring_in_runs(folder) if stands else None
    if loaded == 0:
        return 0
    if loaded is None:
        from tasks.check.corrected import load_batches

        loaded = load_batches(folder, corrections_file, rules_folder)
    write_atomically(folder.state / "loaded", f"{given} {_marks(folder.warehouse)}".encode())
    return loaded


def _note(folder: DataFolder) -> str:
    try:
        return (folder.state / "loaded").read_text("utf-8", "replace")
    except OSError:
        return ""


def _given(folder: DataFolder, corrections_file: Path | None, rules_folder: Path | None) -> str:
    """Digests what a load goes by beside batches: what people and second readers said, the user's checks, the code."""
    digest = hashlib.sha256(" ".join((*reading_parts(ReadWith())[2:], _code_digest())).encode())
    for name in sorted(_answers(folder)):
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
    said = [corrections_file, folder.root / "learned.json"]
    for path in (*filter(None, said), *(sorted(rules_folder.glob("*.sql")) if rules_folder else ())):
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name} {len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _answers(folder: DataFolder) -> Iterator[str]:
    """Names the answers of second readers, which are written once and never changed, with their sizes."""
    for path in (folder.lake / "second-read").rglob("*.json"):
        yield f"{path.name} {path.stat().st_size}"


@cache
def _code_digest() -> str:
    places = [_CODE / place for place in _OF_A_LOAD]
    return _digest_of(path for place in places for path in (place, *sorted(place.rglob("*"))))


def _digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _marks(warehouse: Path) -> str:
    return marks_of(warehouse.stat()) if warehouse.is_file() else ""
