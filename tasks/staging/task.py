"""Prefect's view of staging."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.staging.shard import stage_shard
from tasks.workers import in_worker
from warehouse.lake import DataFolder


@task(task_run_name="stage {shard.name}", retries=2, retry_delay_seconds=1)
def stage(shard: Path, folder: DataFolder) -> Path:
    """Keeps, decodes and describes the pages of a shard; retried, since it reads files."""
    return in_worker(stage_shard, shard, folder)
