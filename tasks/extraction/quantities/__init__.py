"""Printed quantities: numbers with their units, read exactly.

What belongs here: everything from the digits to value, unit and qualifier.
What does not: what a quantity measures, whose it is and for when (`tasks.extraction.facts`).
"""

from __future__ import annotations

from tasks.extraction.quantities.finder import find_quantities
from tasks.page import Quantity

__all__ = ["find_quantities", "parse_quantity"]


def parse_quantity(text: str) -> Quantity | None:
    """Reads a text that is one quantity and nothing else; None where it is not.

    Args:
        text: A quantity as printed, such as 2.5万余个.

    >>> parse_quantity("2.5万余个").value
    25000.0
    """
    found = find_quantities(text)
    return found[0] if len(found) == 1 and found[0].text == text.strip() else None
