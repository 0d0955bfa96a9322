"""Says what people make of figures as of now, whether or not a load has seen their answers.

What belongs here: the file of corrections held against the warehouse. What does not: the figure itself (`figures`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tasks.check.answers import Line, plain_span
from warehouse.gate.candidate import Connection


def status_now(con: Connection, lines: Iterable[Line]) -> Callable[[Mapping[str, Any]], str]:
    """Gives what says of a figure whether it is accepted, corrected, added, rejected, or the machine's alone.

    The answers that stand now count; what the warehouse says counts where they name the figure otherwise than by its id
    of today, and no more once the answer was taken back.

    Args:
        con: A connection to the warehouse.
        lines: All lines of the file of corrections.
    """
    lines = [line for line in lines if line["column"].startswith("metrics.")]
    said = _verdicts(lines)
    stands = {(line["page"], plain_span(line["span"])) for line in lines}
    found = con.execute("select distinct row_id, page, span from corrections where row_id is not null").fetchall()
    loaded = {row_id for row_id, page, span in found if (page, plain_span(span)) in stands}

    def status(figure: Mapping[str, Any]) -> str:
        page, _, place = str(figure["metric_id"]).partition(".")
        held = figure["status"] if figure["metric_id"] in loaded else None
        return said.get((page, plain_span(place))) or held or "machine"

    return status


def _verdicts(lines: Iterable[Line]) -> dict[tuple[str, str], str]:
    said: dict[tuple[str, str], str] = {}
    for line in lines:
        key = line["page"], plain_span(line["span"])
        own = line["value"] if line["column"] == "metrics.status" else "corrected"
        said[key] = own if said.get(key) in (None, "accepted") else said[key]
    return said
