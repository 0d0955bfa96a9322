"""Prefect's view of repair."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.repair.shard import repair_shard
from tasks.workers import in_worker


@task(task_run_name="repair {shard.name}")
def repair(shard: Path) -> Path:
    """Makes paragraphs and articles of the pages of a shard."""
    return in_worker(repair_shard, shard)
