"""Goes through the whole lake: files that are damaged, and files that no batch names. For rebuilds, not for runs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.lake import DataFolder, batches


def damaged_files(folder: DataFolder) -> list[Path]:
    """Lists files of the lake that are gone or do not hold what their batch says.

    Args:
        folder: The data directory.
    """
    named = {file.path: file.sha256 for manifest in batches(folder) for file in manifest.files}
    return [folder.lake / path for path, sha256 in named.items() if not _holds(folder.lake / path, sha256)]


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == sha256
    except OSError:
        return False


def drop_strays(folder: DataFolder) -> int:
    """Deletes every file of the lake that no batch names; goes through the whole lake.

    Args:
        folder: The data directory; the caller holds the writer's lock.

    Returns:
        How many were deleted.
    """
    named = {folder.lake / file.path for manifest in batches(folder) for file in manifest.files}
    strays = [path for path in folder.lake.rglob("*.parquet") if path not in named]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
