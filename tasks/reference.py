"""Reference rows and the parser that the gate and the warehouse get from the stages."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from expectations.reference import Parsed, Reference
from tasks.extraction.names.gazetteer import division_table
from tasks.extraction.quantities import parse_quantity
from tasks.extraction.quantities.units import unit_table


@cache
def reference_rows() -> dict[str, list[dict[str, Any]]]:
    """Gives the rows of the tables `units` and `divisions` from the lexicon."""
    units = [row | {"unit": row["canonical"], "unit_base": row["base"]} for row in unit_table()]
    return {"units": units, "divisions": [asdict(division) for division in division_table()]}


def gate_reference() -> Reference:
    """Gives what the quality gate compares a batch with."""
    rows = reference_rows()
    return Reference(units=rows["units"], divisions=rows["divisions"], parse=_parsed_again)


def _parsed_again(text: str) -> Parsed | None:
    quantity = parse_quantity(text)
    return None if quantity is None else (quantity.value, quantity.value_high, quantity.unit)
