"""What the gate says about a batch: what holds, what is kept back and why.

Plain values only; nothing here imports Great Expectations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from warehouse.errors import UserError


class BrokenCheckError(UserError):
    """An expectation could not be evaluated; nothing can be said about the data, so nothing is loaded."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation and what it saw.

    Attributes:
        table_name: The table.
        expectation: Its stable name.
        column_name: The column it is about; None where it is about the table.
        severity: `critical` or `warning`.
        scope: `batch`, `document` or `row`: what is kept back when a critical one fails.
        success: Whether it held.
        unexpected_count: Rows that did not hold.
        observed: What was seen, in words.
        unexpected_ids: Keys of the rows (scope row) or documents (scope document) that did not hold.
    """

    table_name: str
    expectation: str
    column_name: str | None
    severity: str
    scope: str
    success: bool
    unexpected_count: int | None = None
    observed: str | None = None
    unexpected_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row that goes to quarantine instead of its table.

    Attributes:
        table_name: The table it was meant for.
        row_id: Its key there.
        document_id: The page it came from.
        reason: The check that failed, in words.
        payload: The row.
    """

    table_name: str
    row_id: str
    document_id: str | None
    reason: str
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that did not hold to an expectation, critical or not.

    Attributes:
        table_name: Its table.
        expectation: The expectation's stable name.
        column_name: The column it is about.
        row_id: Its key; None where the expectation is about a page.
        document_id: The page it came from.
        seen: What was seen, in words.
        lines: Raw lines it stands on, from 1; empty where that is the whole page.
    """

    table_name: str
    expectation: str
    column_name: str | None
    row_id: str | None
    document_id: str | None
    seen: str | None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer for one batch.

    Attributes:
        results: Every expectation that was run.
        refused: Why nothing of the batch may be loaded; None where it may.
        rejected: Documents to keep back whole, with the reason.
        held: Rows to quarantine.
        failed_rows: Every row that did not hold to an expectation, for the quality page.
        said: What was seen in Great Expectations' own words: its description of the result of each suite.
    """

    results: tuple[CheckResult, ...] = ()
    refused: str | None = None
    rejected: Mapping[str, str] = field(default_factory=dict)
    held: tuple[HeldRow, ...] = ()
    failed_rows: tuple[FailedRow, ...] = ()
    said: Mapping[str, object] = field(default_factory=dict)
