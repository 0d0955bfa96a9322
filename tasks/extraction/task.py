"""Prefect's view of extraction."""

from __future__ import annotations

from pathlib import Path

from prefect import task

from tasks.extraction.shard import extract_shard
from tasks.workers import in_worker


@task(task_run_name="extract {shard.name}")
def extract(shard: Path, names_file: Path | None = None, reader: str = "learned") -> Path:
    """Reads names and figures out of the pages of a shard."""
    return in_worker(extract_shard, shard, names_file, reader)
