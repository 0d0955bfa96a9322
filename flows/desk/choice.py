"""Which figures a saved query is about, for the desk to hand them out."""

from __future__ import annotations

from pathlib import Path

from warehouse.ask.query import ask, named_query, sandbox
from warehouse.errors import UserError

_MOST_ROWS = 20_000
"""Rows of a saved query that are looked through for ids of figures."""


def metric_ids_of(warehouse: Path, name: str) -> tuple[str, ...]:
    """Runs a saved query, or reads a view, and gives the figures that its answer rests on.

    Args:
        warehouse: The warehouse file.
        name: Of the query or view, and values of its parameters: `figures_of_region region=槐荫区`.

    Raises:
        UserError: There is none of that name, or its answer names no figures.
    """
    words = name.split()
    if not words:
        raise UserError("Give the name of a saved query or view; `broadsheet query --list` shows them.")
    values = dict(word.partition("=")[::2] for word in words[1:])
    with sandbox(warehouse) as con:
        answer = ask(con, named_query(words[0]), values)
        columns = [column for column in ("metric_id", "metric_ids") if column in answer.schema.names]
        if not columns:
            raise UserError(f"The answer of {words[0]} has no column metric_id: choose another query.")
        found: list[str] = []
        for batch in answer.batches:
            for value in batch.column(columns[0]).to_pylist():
                found += value if isinstance(value, list) else [value] if value else []
            if len(found) > _MOST_ROWS:
                break
    return tuple(dict.fromkeys(found))
