"""Keeps what Great Expectations said of batches, in its own form, beside the quality page.

What belongs here: the files. What does not: what was checked (`project.py`), and the page for people (`quality_page`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from warehouse.storage.durable import make_folder, sync_folder, write_atomically

FOLDER = "great-expectations"
"""Below the quality page, and before that where the run works: one JSON file a batch, what Great Expectations says."""

KEPT = 50
"""Batches whose file is kept, the newest ones; the table `checks` has the results of all."""


def write_results(work: Path, batch_id: str, said: Mapping[str, object]) -> None:
    """Writes Great Expectations' description of a batch's results where the run works: nobody has decided about it yet.

    Args:
        work: The run's working folder, which is swept when the run is over or was cut short.
        batch_id: The batch.
        said: The description; empty where the batch did not come as far.
    """
    if said:
        write_atomically(work / FOLDER / f"{batch_id}.json", json.dumps(said, ensure_ascii=False, indent=1).encode())


def keep_results(quality: Path, batch_id: str, work: Path) -> Path | None:
    """Puts a batch's description beside the quality page, now that the lake tells of the batch.

    Args:
        quality: Folder of the quality page.
        batch_id: The batch; the lake has its pages, or that it was refused.
        work: The run's working folder.
    """
    written, path = (folder / FOLDER / f"{batch_id}.json" for folder in (work, quality))
    if not written.is_file():
        return None
    make_folder(path.parent)
    written.replace(path)
    sync_folder(path.parent)
    for old in [other for other in kept_results(quality) if other != path][KEPT - 1 :]:
        old.unlink(missing_ok=True)
    return path


def kept_results(quality: Path) -> list[Path]:
    """Lists the files that are kept, newest first by when they were written: a run may bear any id.

    Args:
        quality: Folder of the quality page.
    """
    return sorted((quality / FOLDER).glob("*.json"), key=_written, reverse=True)


def _written(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except FileNotFoundError:  # another run kept its own instead
        return 0, path.name


def carry_over(before: Path, after: Path) -> None:
    """Moves the files into the folder of a page that was written anew.

    Args:
        before: Folder of the page as it was.
        after: Folder of the new page.
    """
    if (before / FOLDER).is_dir():
        (before / FOLDER).replace(after / FOLDER)
