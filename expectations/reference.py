"""What the gate is given from above, since it may not import the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Parsed = tuple[float, float | None, str]
"""value, value_high and unit."""


def _parses_nothing(_: str) -> Parsed | None:
    return None


@dataclass(frozen=True, slots=True)
class Reference:
    """What checks compare the rows with.

    Attributes:
        units: Rows of the table `units`.
        divisions: Rows of the table `divisions`.
        parse: Reads a printed figure again; None where it can't be read without its sentence.
        history: Mean and standard deviation of each measure of volume over the pages loaded so far.
    """

    units: Iterable[Mapping[str, object]] = ()
    divisions: Iterable[Mapping[str, object]] = ()
    parse: Callable[[str], Parsed | None] = _parses_nothing
    history: Mapping[str, tuple[float, float]] = field(default_factory=dict)
