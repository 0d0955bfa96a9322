"""What people do with the lake itself: rebuild from it, heal it, and take a document out for good."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flows.ingest.environment import ADDRESS_SPACE_OF_A_REBUILD, require_memory
from flows.ingest.planning import known_ids
from flows.ingest.writing import fetch_again, writing
from flows.settings import Settings
from flows.telling.progress import Teller
from tasks.check.answers import AnswerFile
from tasks.check.shared import conflicts_of
from tasks.load.standing import load_what_is_new
from tasks.runs import new_run_id, sweep
from tasks.staging.identity import pipeline_version
from warehouse.ask.documents import documents_where, quoted
from warehouse.errors import UserError
from warehouse.lake.batch import JOURNAL, DamagedLakeError, batches, commit_batch, parquet_of, store
from warehouse.lake.healing import forget_set_aside, heal_lake
from warehouse.lake.inspection import (
    HEAL,
    clear_strays,
    damaged_files,
    look_over,
    refuse_damaged_lake,
    warehouse_problem,
)
from warehouse.lake.manifest import BatchManifest
from warehouse.lake.merge import merge_small_batches, redact
from warehouse.lake.second_answers import forget_answers
from warehouse.schema import DOCUMENTS
from warehouse.schema.arrow import arrow_table
from warehouse.storage.durable import sync_folder, write_atomically
from warehouse.storage.folder import DataFolder


def rebuild(folder: DataFolder, settings: Settings, tell: Teller) -> int:
    """Makes the warehouse anew from the lake, and clears files away that no batch names.

    Args:
        folder: The data directory.
        settings: Name the bucket and the user's files.
        tell: Takes sentences about what goes on.

    Returns:
        How many batches were loaded.

    Raises:
        UserError: There is no lake.
        DamagedLakeError: A manifest or a file of the lake is damaged or gone; the old warehouse stays.
    """
    require_memory(ADDRESS_SPACE_OF_A_REBUILD)
    with writing(folder, settings, tell):
        refuse_damaged_lake(folder)
        if not batches(folder):
            raise UserError(f"There is no lake in {folder.lake} to rebuild from; make one with `broadsheet run`.")
        if damaged := damaged_files(folder):
            raise DamagedLakeError(
                f"{damaged[0]} is damaged or gone ({len(damaged)} files in all): `{HEAL}` heals it; the warehouse is "
                "as it was."
            )
        loaded = _load_anew(folder, settings)
        _sweep(folder, tell)
        merge_small_batches(folder, settings.merge_batches)
        kept, deleted = clear_strays(folder)
        if kept or deleted:
            tell(f"{kept} files that no batch names were set aside in {folder.set_aside}, {deleted} were unreadable")
    return loaded


def heal(folder: DataFolder, settings: Settings, tell: Teller) -> list[str]:
    """Mends lake and warehouse as far as anything can be read; what is damaged is set aside, never deleted.

    Args:
        folder: The data directory.
        settings: Name the bucket and the user's files.
        tell: Takes sentences about what goes on.

    Returns:
        What was done, in sentences; none where all was well.
    """
    require_memory(ADDRESS_SPACE_OF_A_REBUILD)
    with writing(folder, settings, tell):
        copies = [damage.place for damage in look_over(folder) if damage.place != folder.warehouse]
        said = fetch_again(folder, settings.lake, copies)
        said += heal_lake(folder, new_run_id())
        problem = warehouse_problem(folder)
        if said or problem:
            loaded = _load_anew(folder, settings)
            _sweep(folder, tell)
            said.append(f"{folder.warehouse} was made anew from {loaded} batches of the lake.")
    return said


def _sweep(folder: DataFolder, tell: Teller) -> None:
    for sentence in sweep(folder, partial(known_ids, folder)):
        tell(sentence)


def forget(folder: DataFolder, names: Sequence[str], settings: Settings, tell: Teller) -> list[str]:
    """Removes documents for good: raw bytes, rows in warehouse and lake, what quarantine kept of them.

    A row in `documents` says that it was forgotten; the page is not taken again unless forced.

    Args:
        folder: The data directory.
        names: Document ids, or paths or URLs as `documents` has them.
        settings: Name the bucket and the user's files.
        tell: Takes sentences about what goes on.

    Returns:
        Ids of the documents.

    Raises:
        UserError: A name is unknown.
        DamagedLakeError: A file of the lake is damaged, so that it can't be said what is in it.
    """
    require_memory(ADDRESS_SPACE_OF_A_REBUILD)
    with writing(folder, settings, tell):
        refuse_damaged_lake(folder)
        finish_forgetting(folder, settings)
        rows = [row for name in names for row in _documents_named(folder, name)]
        fresh = {row["document_id"]: row for row in rows if row["status"] != "forgotten"}
        if not fresh:
            return []
        for document_id in fresh:
            write_atomically(_marker(folder) / document_id, b"")
        _note_forgotten(folder, list(fresh.values()))
        finish_forgetting(folder, settings)
    return sorted(fresh)


def finish_forgetting(folder: DataFolder, settings: Settings) -> None:
    """Takes out of lake and raw pages what was to be forgotten, also where a kill cut that short.

    The warehouse is made anew, since a database file keeps deleted rows in blocks that it has not used again.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        settings: Name the user's files.
    """
    markers = sorted(_marker(folder).glob("*"))
    if not markers:
        return
    forgotten = {row["document_id"] for row in _forgotten_in_lake(folder, settings)}
    for marker in markers:
        if marker.name in forgotten:
            redact(folder, marker.name)
            forget_set_aside(folder, marker.name)
            if path := folder.raw_of(marker.name):
                path.unlink(missing_ok=True)
                sync_folder(path.parent)
    AnswerFile(folder.corrections).drop(lambda line: line["page"] in forgotten)  # its sentences stand there
    conflicts_of(folder).drop(lambda line: line["page"] in forgotten, repeated=True)
    forget_answers(folder, forgotten)
    _load_anew(folder, settings)
    shutil.rmtree(folder.quality, ignore_errors=True)
    shutil.rmtree(_marker(folder))
    sync_folder(folder.root)


def _load_anew(folder: DataFolder, settings: Settings) -> int:
    from tasks.check.corrected import load_batches

    return load_batches(folder, settings.corrections, settings.rules_folder, anew=True)


def _forgotten_in_lake(folder: DataFolder, settings: Settings) -> list[dict[str, Any]]:
    load_what_is_new(folder, settings.corrections, settings.rules_folder)
    return documents_where(folder, "d.status = 'forgotten'")


def _documents_named(folder: DataFolder, name: str) -> list[dict[str, Any]]:
    said = {quoted(name), *([] if "://" in name else [quoted(os.path.abspath(name))])}  # noqa: PTH100 - as in keys
    meant = f"in ({', '.join(sorted(said))})"
    found = documents_where(
        folder,
        f"d.document_id = {quoted(name)} or d.source_key {meant} or exists (select 1 from document_sources s "
        f"where s.document_id = d.document_id and (s.source_key {meant} or s.source_uri {meant}))",
    )
    if not found:
        raise UserError(
            f"There is no document {name or repr(name)}: give its document_id, or its path as `documents` has it."
        )
    return found


def _note_forgotten(folder: DataFolder, rows: Sequence[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    run_id = new_run_id()
    kept = ("document_id", "source_key", "source_uri", "file_name", "input_fingerprint")
    changed = {
        "status": "forgotten",
        "reason": f"Forgotten on {now:%Y-%m-%d}; `broadsheet run --force` takes it again.",
        "pipeline_version": pipeline_version(),
        "run_id": run_id,
        "loaded_at": now.replace(tzinfo=None),
    }
    table = arrow_table(DOCUMENTS, [{key: row[key] for key in kept} | changed for row in rows])
    batch_id = f"{run_id}-0001"
    files = store(folder.lake, [parquet_of(DOCUMENTS, table)], folder.work / run_id / batch_id / JOURNAL)
    commit_batch(folder, BatchManifest(batch_id, run_id, now.isoformat(timespec="seconds"), tuple(files)))
    shutil.rmtree(folder.work / run_id, ignore_errors=True)


def _marker(folder: DataFolder) -> Path:
    return folder.root / "forgetting"
