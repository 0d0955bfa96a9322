"""What people do with the lake itself: make the warehouse anew from it, and take a document out for good."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flows.planning import known_ids
from flows.progress import say
from flows.settings import settings
from flows.writing import writing
from tasks.check.corrected import load_batches
from tasks.runs import new_run_id, sweep
from tasks.staging.identity import pipeline_version
from warehouse.arrow import arrow_table
from warehouse.documents import documents_where, quoted
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.inspection import damaged_files, drop_strays
from warehouse.lake import JOURNAL, DataFolder, batches, commit_batch, parquet_of, store
from warehouse.manifest import BatchManifest
from warehouse.merge import merge_small_batches, redact
from warehouse.schema import DOCUMENTS


def rebuild(folder: DataFolder) -> int:
    """Makes the warehouse anew from the lake, and deletes files there that no batch names.

    Args:
        folder: The data directory.

    Returns:
        How many batches were loaded.

    Raises:
        UserError: There is no lake.
        EnvironmentProblem: A file of the lake is damaged or gone; the old warehouse stays.
    """
    if not batches(folder):
        raise UserError(f"There is no lake in {folder.lake} to rebuild from; make one with `broadsheet run`.")
    with writing(folder):
        sweep(folder, partial(known_ids, folder))
        if damaged := damaged_files(folder):
            raise EnvironmentProblem(
                f"{damaged[0]} is damaged or gone ({len(damaged)} files in all): restore it from a backup and run "
                "again; the warehouse is as it was."
            )
        merge_small_batches(folder, settings().merge_batches)
        loaded = _load_anew(folder)
        strays = drop_strays(folder)
        if strays:
            say(f"{strays} files that no batch names were deleted")
    return loaded


def forget(folder: DataFolder, names: Sequence[str]) -> list[str]:
    """Removes documents for good: raw bytes, rows in warehouse and lake, what quarantine kept of them.

    A row in `documents` says that it was forgotten; the page is not taken again unless forced.

    Args:
        folder: The data directory.
        names: Document ids, or paths or URLs as `documents` has them.

    Returns:
        Ids of the documents.

    Raises:
        UserError: A name is unknown.
    """
    with writing(folder):
        finish_forgetting(folder)
        rows = [row for name in names for row in _documents_named(folder, name)]
        fresh = {row["document_id"]: row for row in rows if row["status"] != "forgotten"}
        if not fresh:
            return []
        for document_id in fresh:
            _marker(folder).mkdir(parents=True, exist_ok=True)
            (_marker(folder) / document_id).touch()
        _note_forgotten(folder, list(fresh.values()))
        finish_forgetting(folder)
    return sorted(fresh)


def finish_forgetting(folder: DataFolder) -> None:
    """Takes out of lake and raw pages what was to be forgotten, also where a kill cut that short.

    The warehouse is made anew, since a database file keeps deleted rows in blocks that it has not used again.

    Args:
        folder: The data directory; the caller holds the writer's lock.
    """
    markers = sorted(_marker(folder).glob("*"))
    if not markers:
        return
    forgotten = {row["document_id"] for row in _forgotten_in_lake(folder)}
    for marker in markers:
        if marker.name in forgotten:
            redact(folder, marker.name)
            if path := folder.raw_of(marker.name):
                path.unlink(missing_ok=True)
    _load_anew(folder)
    shutil.rmtree(folder.quality, ignore_errors=True)
    shutil.rmtree(_marker(folder))


def _load_anew(folder: DataFolder) -> int:
    return load_batches(folder, settings().corrections_file, settings().rules_folder, anew=True)


def _forgotten_in_lake(folder: DataFolder) -> list[dict[str, Any]]:
    load_batches(folder, settings().corrections_file, settings().rules_folder)
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
        raise UserError(f"There is no document {name}: give its document_id, or its path as `documents` has it.")
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
