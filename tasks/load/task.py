"""Prefect's view of loading."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.reference import reference_rows
from warehouse.lake import DataFolder
from warehouse.load import bring_up_to_date


@task(task_run_name="load")
def load(folder: DataFolder, corrections_file: Path | None) -> int:
    """Loads into the warehouse what the lake has and it has not, in one transaction.

    Args:
        folder: The data directory.
        corrections_file: CSV of corrections; None without.
    """
    return bring_up_to_date(folder, reference_rows(corrections_file))
