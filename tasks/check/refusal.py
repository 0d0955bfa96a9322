"""Keeps what the gate said of a batch that it refused: the checks become part of the lake, the pages do not."""

from __future__ import annotations

from datetime import UTC, datetime

from expectations.results import keep_results
from expectations.verdict import Verdict
from tasks.check.records import check_rows, failure_rows
from warehouse.lake.batch import JOURNAL, commit_batch, parquet_of, store
from warehouse.lake.manifest import BatchManifest
from warehouse.schema import CHECK_FAILURES, CHECKS
from warehouse.storage.folder import DataFolder


def record_refusal(folder: DataFolder, batch_id: str, run_id: str, verdict: Verdict) -> None:
    """Makes the results of a refused batch part of the lake, so that quality over time shows them.

    Args:
        folder: The data directory.
        batch_id: The batch that was refused.
        run_id: The run.
        verdict: What the gate said.
    """
    own = (
        (CHECKS, check_rows(batch_id, run_id, verdict)),
        (CHECK_FAILURES, failure_rows(batch_id, run_id, verdict)),
    )
    made = [parquet_of(table, rows) for table, rows in own if rows.num_rows]
    files = store(folder.lake, made, folder.work / run_id / batch_id / JOURNAL)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    commit_batch(folder, BatchManifest(batch_id, run_id, now, tuple(files)))
    keep_results(folder.quality, batch_id, folder.work / run_id)
