"""Prefect's view of staging."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.retries import PAUSES, is_input_output_error
from tasks.staging.shard import stage_shard
from tasks.workers import in_worker
from warehouse.storage.folder import DataFolder


@task(
    task_run_name="stage {shard.name}",
    retries=len(PAUSES),
    retry_delay_seconds=PAUSES,
    retry_condition_fn=is_input_output_error,
)
def stage(shard: Path, folder: DataFolder) -> Path:
    """Keeps, decodes and describes the pages of a shard; retried, since it reads files.

    Args:
        shard: The shard's folder.
        folder: The data directory.
    """
    return in_worker(stage_shard, shard, folder)
