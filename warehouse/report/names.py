"""Asks the warehouse for the names that the report shows: persons, organisations, divisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from warehouse.report.rows import Row, grouped, note, rows_of


def note_names(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which names stand in the chosen articles, and which persons sign one anywhere."""
    note(con, "named")
    note(con, "signing")


def person_contexts(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Gives for each mention of a person the few characters around it, and whether it stands in a byline."""
    return rows_of(con, "person_contexts")


def list_names(con: duckdb.DuckDBPyConnection, persons: Iterable[str] | None) -> None:
    """Notes in a temporary table which persons and organisations may be listed; all others stay in their articles.

    Args:
        con: The warehouse, with its names noted.
        persons: Ids of the persons; None for all.
    """
    note(con, "listed", [None if persons is None else sorted(persons)])


def name_heads(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists all persons and organisations, the most reported first, each with a digest of all that is told of it.

    Args:
        con: The warehouse, with its names listed and its content noted.
    """
    return rows_of(con, "name_heads")


def names(con: duckdb.DuckDBPyConnection, entity_ids: Sequence[str], speaking: Sequence[str]) -> dict[str, Row]:
    """Tells of persons and organisations how often, when, where, and with whom they appear, and what they said.

    Args:
        con: The warehouse, with its names listed and its content noted.
        entity_ids: Which.
        speaking: Those of them of whom it is also told what they said.

    Returns:
        Rows by id.
    """
    if not entity_ids:
        return {}
    note(con, "told", [list(entity_ids)])
    return {row["entity_id"]: row for row in rows_of(con, "names", [list(speaking)])}


def names_in_short(con: duckdb.DuckDBPyConnection, entity_ids: Sequence[str], most: int) -> dict[str, Row]:
    """Tells of many persons or organisations when and in which newest articles they appear.

    Args:
        con: The warehouse, with its names listed and its content noted.
        entity_ids: Which.
        most: No more articles of each than these.

    Returns:
        Rows by id.
    """
    if not entity_ids:
        return {}
    note(con, "told", [list(entity_ids)])
    return {row["entity_id"]: row for row in rows_of(con, "names_in_short", [most])}


def note_places(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which articles belong to which division: they name it or have figures of it."""
    note(con, "places")


def regions(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the divisions that figures or names of the chosen articles belong to, with a digest of what is told."""
    return rows_of(con, "regions")


def names_by_region(con: duckdb.DuckDBPyConnection, adcodes: Sequence[str], most: int = 30) -> dict[str, list[Row]]:
    """Lists for divisions who is named in the articles that belong to them.

    Args:
        con: The warehouse.
        adcodes: Which.
        most: No more persons, and no more organisations, than these.

    Returns:
        Rows by adcode.
    """
    return grouped(rows_of(con, "names_by_region", [most, list(adcodes)]), "adcode")


def articles_by_region(con: duckdb.DuckDBPyConnection, adcodes: Sequence[str], most: int = 100) -> dict[str, list[Row]]:
    """Lists the newest articles that belong to divisions.

    Args:
        con: The warehouse.
        adcodes: Which.
        most: No more than these of a division.

    Returns:
        Rows by adcode.
    """
    return grouped(rows_of(con, "articles_by_region", [most, list(adcodes)]), "adcode")
