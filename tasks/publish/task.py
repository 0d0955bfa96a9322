"""Prefect's view of publishing."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.publish.shard import publish_shard
from tasks.retries import PAUSES, is_input_output_error
from tasks.workers import in_worker
from warehouse.storage.folder import DataFolder


@task(
    task_run_name="publish {shard.name}",
    retries=len(PAUSES),
    retry_delay_seconds=PAUSES,
    retry_condition_fn=is_input_output_error,
)
def publish(shard: Path, folder: DataFolder, run_id: str) -> Path:
    """Writes the tables of a shard as Parquet; retried, since it writes files.

    Args:
        shard: The shard's folder.
        folder: The data directory.
        run_id: The run.
    """
    return in_worker(publish_shard, shard, folder, run_id)
