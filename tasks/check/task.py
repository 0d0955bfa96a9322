"""Prefect's view of the quality gate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from expectations.verdict import Verdict
from tasks.check.judge import judge_shards
from warehouse.storage.folder import DataFolder


@task(task_run_name="check {batch_id}")
def check(batch_id: str, folder: DataFolder, shards: Sequence[Path], rules_folder: Path | None) -> Verdict:
    """Puts a batch before the quality gate.

    Args:
        batch_id: The batch.
        folder: The data directory.
        shards: Folders of its shards.
        rules_folder: The user's own rules; None without.
    """
    return judge_shards(batch_id, folder, shards, rules_folder)
