"""Brings in what runs say of themselves where that is all that is new: no other row is touched, and none looked at."""

from __future__ import annotations

import os

from warehouse.connection import open_for_writing
from warehouse.lake.inspection import require_whole
from warehouse.load.apply import note_batch, paths_of, upsert
from warehouse.load.publish import drop_copies, environment_problems, note_merged, pending_batches, publish_copy
from warehouse.schema import RUNS
from warehouse.storage.folder import DataFolder
from warehouse.storage.reflink import copy_file


def bring_in_runs(folder: DataFolder) -> int | None:
    """Loads the batches that the warehouse has not, where they hold rows of `runs` and no others, and publishes.

    Args:
        folder: The data directory; the caller holds the writer's lock and knows that the warehouse stands as a load
            left it.

    Returns:
        How many batches were loaded; None where one holds more, and a whole load is to be made.

    Raises:
        DamagedLakeError: A file of a batch does not hold what was written.
        EnvironmentProblem: The disk is full, or may not be written.
    """
    missing = pending_batches(folder)
    if any(manifest.replaces or {file.table for file in manifest.files} - {RUNS.name} for manifest in missing):
        return None
    if not missing:
        return 0
    drop_copies(folder)
    copy = folder.root / f".warehouse-{os.getpid()}.duckdb"
    with environment_problems(folder):
        try:
            copy_file(folder.warehouse, copy)
            con = open_for_writing(copy, memory_limit=f"{folder.load_mb}MB", spill=folder.work / "spill")
            try:
                con.execute("begin transaction")
                for manifest in missing:
                    require_whole(folder, manifest)
                    upsert(con, RUNS, paths_of(folder, manifest, RUNS))
                    note_batch(con, manifest)
                note_merged(con, folder)
                con.execute("commit")
                con.execute("checkpoint w")
            finally:
                con.close()
            publish_copy(copy, folder.warehouse)
        finally:
            drop_copies(folder)
    return len(missing)
