"""Tells the confidence of figures as the user's own checked figures bear it out, and keeps the shipped one beside it.

What belongs here: SQL inside a load's transaction. What does not: learning the curves (`tasks.check.learned`).

A learned confidence is that of a logistic curve over the shipped one: ``1 / (1 + exp(-(slope × odds + offset)))``,
where odds is the logarithm of ``shipped / (1 - shipped)``. The whole fact and each field have a curve of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from warehouse.load.info import note, noted

TOLD = {
    "fact": "confidence",
    "indicator": "confidence_indicator",
    "subject": "confidence_subject",
    "period": "confidence_period",
    "modality": "confidence_modality",
}
"""What confidence is told of, and its column; the shipped one stands in the column of that name and `_shipped`."""

LEAST = 0.005
"""Shipped confidence is held this far from 0 and 1, whose odds are infinite."""
_NAME = "learned_confidence"

Curves = Iterable[Mapping[str, object]]


def put_shipped_confidence_back(con: duckdb.DuckDBPyConnection) -> None:
    """Gives every figure the confidence that the shipped weights tell.

    Args:
        con: A writable connection.
    """
    for column in TOLD.values():
        con.execute(
            f"update metrics set {column} = {column}_shipped, {column}_shipped = null "
            f"where {column}_shipped is not null"
        )


def tell_confidence(con: duckdb.DuckDBPyConnection, learned: Curves) -> None:
    """Gives the figures that the machine read the learned confidence, or the shipped one where nothing was learned.

    Args:
        con: A writable connection, before the corrections are made.
        learned: `question` (of `TOLD`), `slope` and `offset` of each curve.
    """
    learned = list(learned)
    if confidence_differs(con, learned):
        put_shipped_confidence_back(con)
    note(con, _NAME, _said(learned) if learned else "")
    for curve in learned:
        column = TOLD[str(curve["question"])]
        con.execute(
            f"""
            update metrics
            set
                {column}_shipped = {column},
                {column} = round(1 / (1 + exp(-(
                    $slope::double * ln(greatest(least({column}, 1 - $least), $least)
                        / (1 - greatest(least({column}, 1 - $least), $least))) + $offset::double
                ))), 3)
            where {column}_shipped is null and {column} is not null
            """,
            {"slope": curve["slope"], "offset": curve["offset"], "least": LEAST},
        )


def confidence_differs(con: duckdb.DuckDBPyConnection, learned: Curves) -> bool:
    """Tells whether the warehouse tells another confidence than what is learned today.

    Args:
        con: A connection to the warehouse.
        learned: As for `tell_confidence`.
    """
    return noted(con, _NAME) != _said(learned)


def _said(learned: Curves) -> str:
    return "; ".join(sorted(f"{curve['question']} {curve['slope']} {curve['offset']}" for curve in learned))
