"""Brings in what runs say of themselves where that is all that is new: no other row is touched, and none looked at."""

from __future__ import annotations

from warehouse.lake.inspection import require_whole
from warehouse.load.apply import note_batch, note_merged, paths_of, upsert
from warehouse.load.published import pending_batches
from warehouse.load.working_copy import environment_problems, publish_copy, writable_copy
from warehouse.schema import RUNS
from warehouse.storage.folder import DataFolder


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
    with environment_problems(folder), writable_copy(folder) as (copy, con):
        con.execute("begin transaction")
        for manifest in missing:
            require_whole(folder, manifest)
            upsert(con, RUNS, paths_of(folder, manifest, RUNS))
            note_batch(con, manifest)
        note_merged(con, folder)
        con.execute("commit")
        con.execute("checkpoint w")
        con.close()
        publish_copy(copy, folder.warehouse)
    return len(missing)
