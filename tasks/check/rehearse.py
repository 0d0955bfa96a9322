"""Puts an answer before the same expectations as every figure before it is written down.

What belongs here: saying at once what a load would refuse. What does not: the expectations (`expectations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from expectations.gate import check_warehouse
from expectations.own_rules import own_rules
from tasks.check.answers import Line
from tasks.check.corrections import correction_of
from tasks.reference import gate_reference
from warehouse.gate.candidate import Connection
from warehouse.gate.rehearsal import rehearsed


def refusal_of(
    con: Connection, document_id: str, lines: Sequence[Line], row_id: str, rules_folder: Path | None = None
) -> str | None:
    """Says which expectation a corrected figure would not hold to, or that its place is not found; None where it holds.

    Args:
        con: A connection to the warehouse.
        document_id: Its page.
        lines: All lines of corrections of that page.
        row_id: The figure.
        rules_folder: Folder of the user's own checks.
    """
    given = [correction_of(line, line["span"]) for line in lines]
    with rehearsed(con, document_id, given) as trial:
        placed = trial.execute(
            "select refusal from corrections where status = 'orphaned' and row_id is not distinct from ?", [row_id]
        ).fetchone()
        if placed:
            return str(placed[0])
        verdict = check_warehouse(trial, gate_reference(), own_rules(rules_folder), ("metrics",))
    return next((held.reason for held in verdict.held if held.row_id == row_id), None)
