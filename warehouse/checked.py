"""Lets a connection see the checked figures alone, through every view.

What belongs here: what stands before the warehouse's own table in a connection; views find it first. What does not: who
checks (`warehouse.corrections`).
"""

from __future__ import annotations

import duckdb

from warehouse.schema import CHECKED


def only_checked(con: duckdb.DuckDBPyConnection) -> None:
    """Hides the figures that nobody checked, and those that were rejected, from `metrics` and all views over it.

    Args:
        con: A connection to the warehouse; nothing in its file is changed.
    """
    said = ", ".join(f"'{status}'" for status in CHECKED)
    con.execute(f"create or replace temp view metrics as select * from warehouse.main.metrics where status in ({said})")
