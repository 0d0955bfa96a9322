"""Tells the confidence of figures as the user's own checked figures bear it out, and keeps the shipped one beside it.

What belongs here: SQL inside a load's transaction. What does not: learning the two weights (`tasks.check.learned`).

The learned confidence is that of a logistic curve over the shipped one: ``1 / (1 + exp(-(slope × odds + offset)))``,
where odds is the logarithm of ``shipped / (1 - shipped)``.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

LEAST = 0.005
"""Shipped confidence is held this far from 0 and 1, whose odds are infinite."""
_NAME = "learned_confidence"


def put_shipped_confidence_back(con: duckdb.DuckDBPyConnection) -> None:
    """Gives every figure the confidence that the shipped weights tell.

    Args:
        con: A writable connection.
    """
    con.execute(
        "update metrics set confidence = confidence_shipped, confidence_shipped = null "
        "where confidence_shipped is not null"
    )


def tell_confidence(con: duckdb.DuckDBPyConnection, learned: Mapping[str, object] | None) -> None:
    """Gives the figures that the machine read the learned confidence, or the shipped one where nothing was learned.

    Args:
        con: A writable connection, before the corrections are made.
        learned: `slope` and `offset`; None where nothing was learned.
    """
    if _held(con) != _said(learned):
        put_shipped_confidence_back(con)
    con.execute("delete from warehouse_info where name = ?", [_NAME])
    if learned is None:
        return
    con.execute("insert into warehouse_info values (?, ?)", [_NAME, _said(learned)])
    con.execute(
        """
        update metrics
        set
            confidence_shipped = confidence,
            confidence = round(1 / (1 + exp(-(
                $slope::double * ln(greatest(least(confidence, 1 - $least), $least)
                    / (1 - greatest(least(confidence, 1 - $least), $least))) + $offset::double
            ))), 3)
        where confidence_shipped is null
        """,
        {"slope": learned["slope"], "offset": learned["offset"], "least": LEAST},
    )


def confidence_differs(con: duckdb.DuckDBPyConnection, learned: Mapping[str, object] | None) -> bool:
    """Tells whether the warehouse tells another confidence than what is learned today.

    Args:
        con: A connection to the warehouse.
        learned: As for `tell_confidence`.
    """
    return _held(con) != _said(learned)


def _said(learned: Mapping[str, object] | None) -> str:
    return "" if learned is None else f"{learned['slope']} {learned['offset']}"


def _held(con: duckdb.DuckDBPyConnection) -> str:
    row = con.execute("select value from warehouse_info where name = ?", [_NAME]).fetchone()
    return str(row[0]) if row else ""
