"""Asks repair for laid-out pages back, and has the scorer (`tests.score`) compare them with what they were made from.

What belongs here: reading pages that stand in no file. What does not: the comparison, and laying pages out
(`layout_pages`, `layout_compose`, `layout_unkind`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tasks.page import Extraction, RepairedPage
from tests.score.comparing import Comparison, compare
from tests.score.reading import as_rows, repaired
from tests.score.tally import Tally

FIELDS = ("headline", "kicker", "deck", "dateline")
"""What an article prints besides its text and its authors."""


def measure(pages: Iterable[tuple[str, dict[str, Any]]]) -> Tally:
    """Repairs raw pages and compares them with their annotations."""
    tally = Tally()
    for raw, layout in pages:
        tally.take(compared(raw, repaired(raw), layout).tally)
    return tally


def compared(raw: str, page: RepairedPage, layout: dict[str, Any]) -> Comparison:
    """Compares a repaired page with its annotation."""
    return compare(as_rows(raw, None, page, Extraction()), layout, None, None)
