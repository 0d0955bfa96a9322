"""Reference rows that the warehouse and the gate share with the stages: units and divisions."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from tasks.extraction.names.gazetteer import division_table
from tasks.extraction.quantities.units import unit_table


@cache
def reference_rows() -> dict[str, list[dict[str, Any]]]:
    """Gives the rows of the tables `units` and `divisions` from the lexicon."""
    return {"units": list(unit_table()), "divisions": [asdict(division) for division in division_table()]}
