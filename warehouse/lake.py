"""The Parquet lake: where its files lie, how they are written so that a crash leaves nothing half, what a batch is.

A batch is a set of Parquet files and a manifest that names them. Files without a manifest are not part of the lake.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.schema import Table

ROW_GROUP_ROWS = 131_072


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file of a batch.

    Attributes:
        table: Name of the table.
        path: Path below the lake's root, with forward slashes.
        rows: Rows in it.
        sha256: Digest of its bytes.
    """

    table: str
    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BatchManifest:
    """What makes a batch part of the lake; written last, after its checks.

    Attributes:
        batch_id: Sorts in the order of loading.
        run_id: The run that made it.
        created_at: UTC, ISO format.
        files: Its Parquet files.
    """

    batch_id: str
    run_id: str
    created_at: str
    files: tuple[LakeFile, ...] = field(default=())

    def files_of(self, table: str) -> list[LakeFile]:
        """Lists the files of one table."""
        return [f for f in self.files if f.table == table]

    def to_json(self) -> str:
        """Writes the manifest as JSON, the same text for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> BatchManifest:
        """Reads a manifest back.

        Raises:
            ValueError: The text is no manifest.
        """
        raw = json.loads(text)
        raw["files"] = tuple(LakeFile(**f) for f in raw["files"])
        return BatchManifest(**raw)


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The places below the data directory.

    Attributes:
        root: The data directory.
    """

    root: Path

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
    def lock(self) -> Path:
        """The one writer's lock."""
        return self.root / "writer.lock"

    def raw_path(self, sha256: str) -> Path:
        """Tells where the raw bytes with this digest lie."""
        return self.raw / sha256[:2] / sha256


def write_atomically(path: Path, data: bytes) -> None:
    """Writes a file so that a reader, or a crash, finds the old one or the new one and never a half.

    Args:
        path: Where it goes; the folder is made.
        data: All its bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def write_parquet(lake: Path, table: Table, rows: pa.Table) -> LakeFile:
    """Writes rows as one Parquet file named by its content; the same rows give the same file.

    Args:
        lake: The lake's root.
        table: The declared table the rows belong to.
        rows: Arrow table with the schema of `arrow_schema(table)`.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", row_group_size=ROW_GROUP_ROWS, store_schema=True)
    data = sink.getvalue().to_pybytes()
    digest = hashlib.sha256(data).hexdigest()
    relative = f"{table.name}/{digest[:2]}/{digest[:24]}.parquet"
    target = lake / relative
    if not target.exists():
        write_atomically(target, data)
    return LakeFile(table.name, relative, rows.num_rows, digest)


def commit_batch(folder: DataFolder, manifest: BatchManifest) -> Path:
    """Makes a batch part of the lake by writing its manifest.

    Args:
        folder: The data directory.
        manifest: Names files that are already written.
    """
    path = folder.manifests / f"{manifest.batch_id}.json"
    write_atomically(path, manifest.to_json().encode())
    return path


def batches(folder: DataFolder) -> Iterator[BatchManifest]:
    """Goes through the batches of the lake in the order in which they are to be loaded.

    Args:
        folder: The data directory.
    """
    for path in sorted(folder.manifests.glob("*.json")):
        yield BatchManifest.from_json(path.read_text("utf-8"))


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
