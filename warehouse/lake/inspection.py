"""Says what of a data directory is damaged: manifests, lake files, raw pages, the warehouse; changes nothing.

What belongs here: looking, quickly at the start of every run and thoroughly for `broadsheet doctor` and a rebuild.
What does not: mending (`warehouse.lake.healing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.connection import reading
from warehouse.errors import EnvironmentProblem
from warehouse.lake.batch import DamagedLakeError, batches, read_manifest
from warehouse.lake.manifest import BatchManifest
from warehouse.lake.second_answers import damaged_records
from warehouse.storage.folder import TEMPORARY, DataFolder, set_aside

HEAL = "broadsheet doctor --heal"
REBUILD = "broadsheet rebuild"
_DIGITS = 20
"""Of a raw page's digest so many stand in its document's id."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was written.

    Attributes:
        place: The file.
        problem: What is wrong with it, in words.
        heal: The command that mends it.
    """

    place: Path
    problem: str
    heal: str

    def __str__(self) -> str:
        return f"{self.place} {self.problem}: `{self.heal}` heals it"


def refuse_damaged_lake(folder: DataFolder) -> None:
    """Looks at the lake without reading its files: manifests, their numbers, and that every file has its length.

    Args:
        folder: The data directory; the caller holds the writer's lock.

    Raises:
        DamagedLakeError: Something is damaged or gone; nothing was changed.
    """
    found = [*damaged_manifests(folder)] or [*_short_files(folder)]
    if found:
        more = f" ({len(found)} such files in all)" if len(found) > 1 else ""
        raise DamagedLakeError(f"{found[0]}{more}; nothing was changed.")


def look_over(folder: DataFolder) -> list[Damage]:
    """Reads everything: manifests, lake files, raw pages and each block of the warehouse, against their checksums.

    Args:
        folder: The data directory.
    """
    found = damaged_manifests(folder)
    found += [Damage(path, "is damaged or gone", HEAL) for path in damaged_files(folder)]
    found += [Damage(path, "is damaged", HEAL) for path in damaged_records(folder)]
    if problem := warehouse_problem(folder):
        found.append(Damage(folder.warehouse, f"is damaged ({problem})", REBUILD))
        return [*found, *_damaged_pages(folder, {})]
    return [*found, *_damaged_pages(folder, _sources(folder))]


def damaged_manifests(folder: DataFolder) -> list[Damage]:
    """Lists manifests that can't be read, and those that are missing by their numbers or by what the warehouse holds.

    Args:
        folder: The data directory.
    """
    read = [(path, *read_manifest(path)) for path in sorted(folder.manifests.glob("*.json"))]
    found = [Damage(path, f"is damaged ({problem})", HEAL) for path, manifest, problem in read if manifest is None]
    there = [manifest for _, manifest, _ in read if manifest]
    gone = [folder.manifests / f"{m.batch_id}.json" for m in missing_manifests(folder, there)]
    found += [Damage(path, "is gone", HEAL) for path in gone if path not in {damage.place for damage in found}]
    if not found:
        found = [
            Damage(folder.manifests, f"lacks the manifests of batches {first} to {last}", HEAL)
            for first, last in gaps(there)
        ]
    return found


def missing_manifests(folder: DataFolder, there: Sequence[BatchManifest]) -> list[BatchManifest]:
    """Lists the batches that the warehouse holds and that no manifest of the lake is, or stands for.

    Args:
        folder: The data directory.
        there: The manifests that can be read.
    """
    named = {manifest.batch_id for manifest in there} | {name for manifest in there for name in manifest.replaces}
    return [
        known
        for known in known_manifests(folder)
        if known.batch_id not in named
        and not any(m.replaces and m.since <= known.since and known.sequence <= m.sequence for m in there)
    ]


def known_manifests(folder: DataFolder) -> list[BatchManifest]:
    """Reads the manifests that the warehouse keeps of the batches that it holds; none where it can't be read.

    Args:
        folder: The data directory.
    """
    try:
        with reading(folder) as con:
            rows = con.execute("select manifest from lake_batches").fetchall() if con else []
        return sorted((BatchManifest.from_json(row[0]) for row in rows), key=lambda manifest: manifest.order)
    except (duckdb.Error, EnvironmentProblem, ValueError):
        return []


def gaps(there: Sequence[BatchManifest]) -> Iterator[tuple[int, int]]:
    """Finds numbers that no batch has: the first and the last of each row of them.

    Args:
        there: Manifests of the lake, replaced ones too.

    >>> from warehouse.lake.manifest import BatchManifest
    >>> list(gaps([BatchManifest(str(n), "r", "t", sequence=n, since=n) for n in (1, 2, 5)]))
    [(3, 4)]
    """
    reached = 0
    for manifest in sorted(there, key=lambda m: (m.since, m.sequence)):
        if manifest.since > reached + 1:
            yield reached + 1, manifest.since - 1
        reached = max(reached, manifest.sequence)


def damaged_files(folder: DataFolder) -> list[Path]:
    """Lists files of the lake that are gone or do not hold what their batch says; those of damaged manifests not.

    Args:
        folder: The data directory.
    """
    named = {file.path: file.sha256 for manifest in _readable(folder) for file in manifest.files}
    return [folder.lake / path for path, sha256 in named.items() if not _holds(folder.lake / path, sha256)]


def require_whole(folder: DataFolder, manifest: BatchManifest) -> None:
    """Refuses a batch whose files do not hold what was written, before anything is read out of them.

    Args:
        folder: The data directory.
        manifest: The batch.

    Raises:
        DamagedLakeError: Names the file.
    """
    for file in manifest.files:
        if not _holds(folder.lake / file.path, file.sha256):
            damage = Damage(folder.lake / file.path, "is damaged or gone", HEAL)
            raise DamagedLakeError(f"{damage}; the warehouse is as it was.")


def warehouse_problem(folder: DataFolder) -> str:
    """Reads every block of the warehouse, which DuckDB compares with its checksum; empty where all is well.

    Args:
        folder: The data directory.
    """
    if not folder.warehouse.is_file():
        return ""
    try:
        with reading(folder) as con:
            tables = con.execute("select schema_name, table_name from duckdb_tables()").fetchall() if con else []
            for schema, name in tables:
                con.execute(f'select bit_xor(hash(t)) from "{schema}"."{name}" t').fetchall()  # type: ignore[union-attr]
    except (duckdb.Error, EnvironmentProblem) as error:
        return str(error.__cause__ or error).splitlines()[0][:200]
    return ""


def strays(folder: DataFolder) -> list[Path]:
    """Lists Parquet files of the lake that no batch names; goes through the whole lake.

    Args:
        folder: The data directory.
    """
    named = {folder.lake / file.path for manifest in batches(folder) for file in manifest.files}
    return [path for path in sorted(folder.lake.rglob("*.parquet")) if path not in named]


def clear_strays(folder: DataFolder) -> tuple[int, int]:
    """Takes the files that no batch names out of the lake: what can still be read is set aside, the rest deleted.

    Args:
        folder: The data directory; the caller holds the writer's lock.

    Returns:
        How many were set aside, and how many deleted.
    """
    kept = deleted = 0
    for path in strays(folder):
        if _is_parquet(path):
            set_aside(folder, path)
            kept += 1
        else:
            path.unlink(missing_ok=True)
            deleted += 1
    return kept, deleted


def _readable(folder: DataFolder) -> list[BatchManifest]:
    read = [manifest for path in folder.manifests.glob("*.json") if (manifest := read_manifest(path)[0])]
    replaced = {batch_id for manifest in read for batch_id in manifest.replaces}
    return sorted((m for m in read if m.batch_id not in replaced), key=lambda manifest: manifest.order)


def _short_files(folder: DataFolder) -> Iterator[Damage]:
    for manifest in batches(folder):
        for file in manifest.files:
            path = folder.lake / file.path
            try:
                size = path.stat().st_size
            except OSError:
                yield Damage(path, "is gone", HEAL)
                continue
            if file.size not in (None, size):
                yield Damage(path, f"is damaged ({size} bytes, not {file.size})", HEAL)


def _damaged_pages(folder: DataFolder, sources: dict[str, str]) -> Iterator[Damage]:
    """Compares the raw pages with their names; `sources` says where to take the page from again."""
    for path in sorted(folder.raw.glob("*/*")):
        if path.parent.name != TEMPORARY and not _holds(path, path.name):
            source = sources.get(path.name[:_DIGITS], "the page")
            yield Damage(path, "is damaged", f"broadsheet run --force {source}")
    for document_id, source in sources.items():
        if folder.raw_of(f"d{document_id}") is None:
            yield Damage(folder.raw / document_id[:2] / document_id, "is gone", f"broadsheet run --force {source}")


def _sources(folder: DataFolder) -> dict[str, str]:
    """Gives the loaded pages' sources by the digits that their raw files' names begin with."""
    with reading(folder) as con:
        if con is None:
            return {}
        found = con.execute("select document_id, source_key from documents where status = 'loaded'").fetchall()
    return {document_id.removeprefix("d"): key for document_id, key in found}


def _is_parquet(path: Path) -> bool:
    try:
        pq.read_table(path)
    except (OSError, pa.ArrowException):
        return False
    return True


def _holds(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == sha256
    except OSError:
        return False
