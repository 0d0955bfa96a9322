"""What second readers told, as a load is given it, with how to deal with it; no SQL (`second_readings`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

Row = Mapping[str, Any]
Key = tuple[str, int]
"""Answer and number of a figure in it."""

ASKED = ("measure", "comparison", "indicator", "subject", "period", "modality")
"""What a second reader is asked of a figure."""


@dataclass(frozen=True, slots=True)
class Told:
    """What second readers told, and how to deal with it.

    Attributes:
        rows: Rows of `second_readings` as far as the answers give them.
        taken: Fields to be taken: answer, number, names of fields.
        trust: By model, what is added to the odds of a figure's confidence where it agrees.
        weigh: Says of an answer, by its key and our reading, the other columns of its row.
        judge: Says of figures by their ids which do not hold to what is expected, and why.
        follows: Gives the columns that follow from a field's value.
        words: What is said where an answer was dropped: message, what_to_do.
    """

    rows: Sequence[Row] = ()
    taken: Sequence[tuple[str, int, Sequence[str]]] = ()
    trust: Mapping[str, float] = field(default_factory=dict)
    weigh: Callable[[Key, Row], Row] = lambda _, __: {}
    judge: Callable[[duckdb.DuckDBPyConnection, Sequence[str]], Mapping[str, str]] = lambda _, __: {}
    follows: Callable[[str, str], Row] = lambda _, __: {}
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Tells one state of the answers from another; empty where there are none."""
        if not self.rows:
            return ""
        said = sorted(repr(sorted(row.items())) for row in self.rows)
        more = [repr(sorted(map(repr, self.taken))), repr(sorted(self.trust.items()))]
        return hashlib.sha256("\n".join([*said, *more]).encode()).hexdigest()
