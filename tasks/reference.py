"""Reference rows and the parser that the gate and the warehouse get from the stages."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from expectations.reference import Parsed, Reference
from tasks.check.corrections import read_corrections
from tasks.extraction.quantities import parse_quantity
from tasks.extraction.quantities.units import unit_table
from tasks.lexicon import read_table
from tasks.reading.gazetteer import division_table

_BY_CONTEXT = ("度", "块", "个")
"""Units that only the words around tell apart: degrees and kilowatt-hours, pieces and yuan, 2.2个 of 个百分点."""


def reference_rows(corrections_file: Path | None = None) -> dict[str, list[dict[str, Any]]]:
    """Gives the rows of the reference tables from the lexicon, and those of `corrections` from the user's file.

    Args:
        corrections_file: CSV of corrections; None where the user gave none.
    """
    return {**_lexicon_rows(), "corrections": [dict(row) for row in read_corrections(corrections_file)]}


@cache
def _lexicon_rows() -> dict[str, list[dict[str, Any]]]:
    units = [row | {"unit": row["canonical"], "unit_base": row["base"]} for row in unit_table()]
    indicators = [
        row | {"indicator_key": row["key"], "aliases": row["aliases"].split("|") if row["aliases"] else []}
        for row in read_table("indicators")
    ]
    divisions = [asdict(division) for division in division_table()]
    return {"units": units, "indicators": indicators, "divisions": divisions}


def gate_reference() -> Reference:
    """Gives what the quality gate compares a batch with."""
    rows = _lexicon_rows()
    return Reference(units=rows["units"], divisions=rows["divisions"], parse=_parsed_again)


def _parsed_again(text: str) -> Parsed | None:
    quantity = parse_quantity(text)
    if quantity is None:
        return None
    unit = "" if quantity.unit in _BY_CONTEXT else quantity.unit
    return quantity.value, quantity.value_high, unit
