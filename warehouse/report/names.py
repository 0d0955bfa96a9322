"""Asks the warehouse for the names that the report shows: persons, organisations, divisions."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from warehouse.report.rows import Row, note, rows_of


def note_names(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which names stand in the chosen articles."""
    note(con, "named")


def person_contexts(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Gives for each mention of a person the few characters around it, and whether it stands in a byline."""
    return rows_of(con, "person_contexts")


def list_names(con: duckdb.DuckDBPyConnection, persons: Iterable[str] | None) -> None:
    """Notes in a temporary table which persons and organisations may be listed; all others stay in their articles.

    Args:
        con: The warehouse.
        persons: Ids of the persons; None for all.
    """
    note(con, "listed", [None if persons is None else sorted(persons)])


def names(con: duckdb.DuckDBPyConnection, type_: str) -> list[Row]:
    """Lists persons or organisations: how often, when, where, and with whom they appear.

    Args:
        con: The warehouse.
        type_: PER or ORG.
    """
    return rows_of(con, "names", [type_])


def note_places(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which articles belong to which division: they name it or have figures of it."""
    note(con, "places")


def regions(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the divisions that figures or names of the chosen articles belong to."""
    return rows_of(con, "regions")


def names_by_region(con: duckdb.DuckDBPyConnection, most: int = 30) -> dict[str, list[Row]]:
    """Lists for each division who is named in the articles that belong to it.

    Args:
        con: The warehouse.
        most: No more persons, and no more organisations, than these.

    Returns:
        Rows by adcode.
    """
    return _by_region(con, "names_by_region", most)


def articles_by_region(con: duckdb.DuckDBPyConnection, most: int = 100) -> dict[str, list[Row]]:
    """Lists the newest articles that belong to each division.

    Args:
        con: The warehouse.
        most: No more than these of a division.

    Returns:
        Rows by adcode.
    """
    return _by_region(con, "articles_by_region", most)


def _by_region(con: duckdb.DuckDBPyConnection, name: str, most: int) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(con, name, [most]):
        grouped.setdefault(row["adcode"], []).append(row)
    return grouped
