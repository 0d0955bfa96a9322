"""Asks repair for laid-out pages back, and has the scorer (`tests.score`) compare them with what they were made from.

What belongs here: reading pages that stand in no file. What does not: the comparison, and laying pages out
(`layout_pages`, `layout_compose`, `layout_unkind`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tasks.page import Extraction
from tests.score.comparing import compare
from tests.score.reading import as_rows, repaired
from tests.score.tally import Tally


def measure(pages: Iterable[tuple[str, dict[str, Any]]]) -> Tally:
    """Repairs raw pages and compares them with their annotations."""
    tally = Tally()
    for raw, layout in pages:
        tally.take(compare(as_rows(raw, None, repaired(raw), Extraction()), layout, None, None).tally)
    return tally
