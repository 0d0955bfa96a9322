"""Writes down what the gate said as rows of `checks`, `check_failures` and `quarantine`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from expectations.verdict import HeldRow, Verdict
from warehouse.schema import CHECK_FAILURES, CHECKS, QUARANTINE
from warehouse.schema.arrow import arrow_table


def check_rows(batch_id: str, run_id: str, verdict: Verdict) -> pa.Table:
    """Gives a row of `checks` for every expectation that was run.

    Args:
        batch_id: The batch.
        run_id: The run.
        verdict: What the gate said.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = []
    for result in verdict.results:
        row = asdict(result)
        del row["unexpected_ids"]
        rows.append(row | {"run_id": run_id, "batch_id": batch_id, "checked_at": now})
    return arrow_table(CHECKS, rows)


def failure_rows(batch_id: str, run_id: str, verdict: Verdict) -> pa.Table:
    """Gives a row of `check_failures` for every row or page that did not hold to an expectation.

    Args:
        batch_id: The batch.
        run_id: The run.
        verdict: What the gate said.
    """
    where = {"run_id": run_id, "batch_id": batch_id}
    return arrow_table(
        CHECK_FAILURES,
        [
            where | asdict(row) | {"failure_id": f"{batch_id}.f{number:05d}", "lines": list(row.lines)}
            for number, row in enumerate(verdict.failed_rows, 1)
        ],
    )


def held_rows(run_id: str, verdict: Verdict) -> pa.Table:
    """Gives a row of `quarantine` for every row that is kept back.

    Args:
        run_id: The run.
        verdict: What the gate said.
    """
    return arrow_table(QUARANTINE, [_held_row(run_id, held) for held in verdict.held])


def _held_row(run_id: str, held: HeldRow) -> dict[str, Any]:
    """Writes a held row; its id covers its content, so that a decision holds for the row as it was and no other."""
    payload = json.dumps(held.payload, ensure_ascii=False, default=str)
    return {
        "quarantine_id": f"q{hashlib.sha256(f'{held.table_name}/{payload}'.encode()).hexdigest()[:16]}",
        "run_id": run_id,
        "document_id": held.document_id,
        "table_name": held.table_name,
        "row_id": held.row_id,
        "reason": held.reason,
        "payload": payload,
        "decision": "open",
    }
