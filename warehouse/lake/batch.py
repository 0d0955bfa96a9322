"""The Parquet lake: how its files are written so that a crash leaves nothing half, and which batches count.

A batch is a set of Parquet files and a manifest that names them. Files without a manifest are not part of the lake.
A manifest may stand for older ones that it replaces (merged, or with a forgotten page taken out); as soon as it is
there the older ones no longer count, whether or not somebody had the time to delete them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import EnvironmentProblem
from warehouse.lake.manifest import BatchManifest, LakeFile
from warehouse.schema import Table
from warehouse.storage.durable import holds, sync_folder, write_atomically
from warehouse.storage.folder import TEMPORARY, DataFolder

ROW_GROUP_ROWS = 131_072
JOURNAL = "files.json"
"""File in a run's working folders that notes which files are about to be written into the lake."""


class DamagedLakeError(EnvironmentProblem):
    """A file of the lake does not hold what was written; the message names it and the command that heals it."""


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
