"""Prefect's view of loading."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.load.standing import load_what_is_new
from warehouse.storage.folder import DataFolder


@task(task_run_name="load")
def load(folder: DataFolder, corrections_file: Path | None, rules_folder: Path | None = None) -> int:
    """Loads into the warehouse what the lake has and it has not, in one transaction.

    Args:
        folder: The data directory.
        corrections_file: CSV of corrections; None without.
        rules_folder: Folder of the user's own checks; None without.
    """
    return load_what_is_new(folder, corrections_file, rules_folder)
