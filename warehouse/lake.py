"""The Parquet lake: where its files lie, how they are written so that a crash leaves nothing half, what a batch is.

A batch is a set of Parquet files and a manifest that names them. Files without a manifest are not part of the lake.
A manifest may stand for older ones that it replaces (merged, or with a forgotten page taken out); as soon as it is
there the older ones no longer count, whether or not somebody had the time to delete them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.durable import holds, make_folder, sync_folder, write_atomically
from warehouse.errors import EnvironmentProblem
from warehouse.manifest import BatchManifest, LakeFile
from warehouse.schema import Table

ROW_GROUP_ROWS = 131_072
TEMPORARY = ".tmp"
"""Folder below `lake/` and `raw/` for files that are being written; emptied at the start of a run."""
JOURNAL = "files.json"
"""File in a run's working folders that notes which files are about to be written into the lake."""


class DamagedLakeError(EnvironmentProblem):
    """A file of the lake does not hold what was written; the message names it and the command that heals it."""


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


def parquet_of(table: Table, rows: pa.Table) -> tuple[LakeFile, bytes]:
    """Makes rows into a Parquet file named by its content, and writes nothing yet.

    Args:
        table: The declared table the rows belong to.
        rows: Arrow table with the schema of `arrow_schema(table)`.

    Returns:
        Where the file is to lie, and its bytes; the same rows give the same.
    """
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", row_group_size=ROW_GROUP_ROWS, store_schema=True)
    data = sink.getvalue().to_pybytes()
    digest = hashlib.sha256(data).hexdigest()
    path = f"{table.name}/{digest[:2]}/{digest[:24]}.parquet"
    return LakeFile(table.name, path, rows.num_rows, digest, len(data)), data


def store(lake: Path, made: Iterable[tuple[LakeFile, bytes]], journal: Path) -> list[LakeFile]:
    """Writes Parquet files into the lake, after noting in a journal which, so that a crash leaves no orphan unknown.

    Args:
        lake: The lake's root.
        made: What `parquet_of` gave.
        journal: File to note them in.

    Returns:
        The files, in the order given.
    """
    made = list(made)
    write_atomically(journal, json.dumps([asdict(file) for file, _ in made]).encode())
    for file, data in made:
        target = lake / file.path
        if not holds(target, data):
            write_atomically(target, data, lake / TEMPORARY)
    return [file for file, _ in made]


def journalled(journal: Path) -> list[LakeFile]:
    """Reads which files a journal names.

    Args:
        journal: The file that `store` wrote.

    Raises:
        ValueError: A power cut, or somebody, left something else there.
    """
    try:
        return [LakeFile(**raw) for raw in json.loads(journal.read_bytes())]
    except TypeError as error:
        raise ValueError(f"{journal} is no journal ({error})") from None


def commit_batch(folder: DataFolder, manifest: BatchManifest) -> Path:
    """Makes a batch part of the lake by writing its manifest, with the number that its turn gives it.

    A batch that stands for others takes their place in the order; any other one comes last.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        manifest: Names files that are already written.
    """
    every = manifests(folder)
    if stood_for := [other for other in every if other.batch_id in manifest.replaces]:
        numbered = replace(manifest, sequence=max(m.sequence for m in stood_for), since=min(m.since for m in stood_for))
    else:
        number = max((other.sequence for other in every), default=0) + 1
        numbered = replace(manifest, sequence=number, since=number)
    return write_manifest(folder, numbered)


def write_manifest(folder: DataFolder, manifest: BatchManifest) -> Path:
    """Writes a manifest as it is.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        manifest: With its number.
    """
    path = _manifest_path(folder, manifest.batch_id)
    write_atomically(path, manifest.to_json().encode(), folder.lake / TEMPORARY)
    return path


def batches(folder: DataFolder) -> list[BatchManifest]:
    """Lists the batches of the lake in the order in which they are to be loaded; replaced ones are left out.

    Args:
        folder: The data directory.

    Raises:
        DamagedLakeError: A manifest can't be read.
    """
    every = manifests(folder)
    replaced = {batch_id for manifest in every for batch_id in manifest.replaces}
    return [manifest for manifest in every if manifest.batch_id not in replaced]


def drop_replaced(folder: DataFolder) -> int:
    """Deletes batches that another one stands for, first their files and last their manifests.

    Args:
        folder: The data directory; the caller holds the writer's lock.

    Returns:
        How many manifests were deleted.
    """
    live = batches(folder)
    replaced = {batch_id for manifest in live for batch_id in manifest.replaces}
    gone = [manifest for manifest in manifests(folder) if manifest.batch_id in replaced]
    drop_unnamed(folder, [file for manifest in gone for file in manifest.files])
    for manifest in gone:
        _manifest_path(folder, manifest.batch_id).unlink(missing_ok=True)
    if gone:
        sync_folder(folder.manifests)
    return len(gone)


def drop_unnamed(folder: DataFolder, files: Iterable[LakeFile]) -> int:
    """Deletes those of the files that no batch of the lake names.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        files: Candidates.

    Returns:
        How many were deleted.
    """
    candidates = {file.path for file in files}
    if not candidates:
        return 0
    candidates -= {file.path for manifest in batches(folder) for file in manifest.files}
    for path in candidates:
        (folder.lake / path).unlink(missing_ok=True)
    for parent in {(folder.lake / path).parent for path in candidates}:
        if parent.is_dir():
            sync_folder(parent)
    return len(candidates)


def manifests(folder: DataFolder) -> list[BatchManifest]:
    """Reads all manifests, those of replaced batches too, in the order of loading.

    Args:
        folder: The data directory.

    Raises:
        DamagedLakeError: One can't be read.
    """
    found = []
    for path in folder.manifests.glob("*.json"):
        manifest, problem = read_manifest(path)
        if manifest is None:
            raise DamagedLakeError(
                f"{path} is damaged ({problem}): `broadsheet doctor --heal` puts it back; nothing was changed."
            )
        found.append(manifest)
    return sorted(found, key=lambda manifest: manifest.order)


def read_manifest(path: Path) -> tuple[BatchManifest | None, str]:
    """Reads a manifest, or says why it can't be read.

    Args:
        path: Its file.
    """
    try:
        manifest = BatchManifest.from_json(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return None, "it is gone"
    except ValueError as error:
        return None, str(error)
    return (manifest, "") if manifest.batch_id == path.stem else (None, "it is that of another batch")


def _manifest_path(folder: DataFolder, batch_id: str) -> Path:
    return folder.manifests / f"{batch_id}.json"


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
