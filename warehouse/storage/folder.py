"""The data directory: where raw pages, the lake, the warehouse and what a run notes down lie.

What belongs here: places, keeping raw bytes, setting damaged files aside. What does not: what a batch is (`lake/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.storage.durable import holds, make_folder, sync_folder, write_atomically

TEMPORARY = ".tmp"
"""Folder below `lake/` and `raw/` for files that are being written; emptied at the start of a run."""

LOAD_MB = 200.0
"""Enough for loads beside tens of thousands of pages: what does not fit goes to the disk for a moment."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The places below the data directory.

    Attributes:
        root: The data directory.
        load_mb: Megabytes of memory that DuckDB may use while it loads into the warehouse.
    """

    root: Path
    load_mb: float = LOAD_MB

    @property
    def raw(self) -> Path:
        """Raw pages by the SHA-256 of their bytes."""
        return self.root / "raw"

    @property
    def lake(self) -> Path:
        """Parquet files and manifests."""
        return self.root / "lake"

    @property
    def manifests(self) -> Path:
        """Manifests of the batches."""
        return self.lake / "batches"

    @property
    def work(self) -> Path:
        """What a run writes down between its stages; swept at the next start."""
        return self.root / "work"

    @property
    def state(self) -> Path:
        """Caches that may be lost."""
        return self.root / "state"

    @property
    def set_aside(self) -> Path:
        """What was damaged, or belongs to nothing that is known: kept until a person deletes it."""
        return self.root / "set-aside"

    @property
    def quality(self) -> Path:
        """The quality page."""
        return self.root / "quality"

    @property
    def prefect(self) -> Path:
        """Prefect's own state."""
        return self.root / "prefect"

    @property
    def warehouse(self) -> Path:
        """The published DuckDB file."""
        return self.root / "warehouse.duckdb"

    @property
    def corrections(self) -> Path:
        """What people checked and corrected."""
        return self.root / "corrections.csv"

    @property
    def lock(self) -> Path:
        """The one writer's lock."""
        return self.root / "writer.lock"

    def raw_path(self, sha256: str) -> Path:
        """Tells where the raw bytes with this digest lie.

        Args:
            sha256: Digest of the bytes, in hexadecimal.
        """
        return self.raw / sha256[:2] / sha256

    def raw_of(self, document_id: str) -> Path | None:
        """Finds the raw bytes of a document, whose id begins as their digest does.

        Args:
            document_id: `d` and the first digits of the digest.
        """
        start = document_id.removeprefix("d")
        found = sorted((self.raw / start[:2]).glob(f"{start}*")) if len(start) == len(document_id) - 1 else []
        return found[0] if found else None

    def keep_raw(self, sha256: str, data: bytes) -> None:
        """Keeps the raw bytes of a page, unless they are there already; damaged ones are written anew.

        Args:
            sha256: Their digest.
            data: All of them.
        """
        path = self.raw_path(sha256)
        if not holds(path, data):
            write_atomically(path, data, self.raw / TEMPORARY)


def set_aside(folder: DataFolder, path: Path) -> Path:
    """Moves a file that is damaged, or that nothing names, out of the way; only a person deletes it.

    Args:
        folder: The data directory.
        path: The file, below it.

    Returns:
        Where it lies now.
    """
    place = folder.set_aside / path.relative_to(folder.root)
    number = 0
    while place.exists():
        number += 1
        place = place.with_name(f"{path.name}.{number}")
    make_folder(place.parent)
    path.replace(place)
    sync_folder(place.parent)
    sync_folder(path.parent)
    return place
