"""Prefect's view of the quality gate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task

from expectations.gate import check_batch
from expectations.verdict import Verdict
from tasks.check.batch import candidate_files
from tasks.reference import gate_reference
from warehouse.lake import DataFolder


@task(task_run_name="check {batch_id}")
def check(batch_id: str, folder: DataFolder, shards: Sequence[Path]) -> Verdict:
    """Puts a batch before the quality gate."""
    return check_batch(candidate_files(folder, shards), gate_reference())
