"""Asks the warehouse for the articles that the report shows: what is printed above them, their text, what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.report.rows import Row, parcel, rows_of


def article_heads(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the chosen articles, newest first, with where they come from and a digest of everything in them."""
    return rows_of(con, "article_heads")


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in some articles, packed; see `unpacked`.

    Attributes:
        paragraphs: Their paragraphs, in order.
        figures: Their figures, in the order of the text.
        names: The names in those of them whose pages are made, in the order of the text.
    """

    paragraphs: pa.Table
    figures: pa.Table
    names: pa.Table


def article_parts(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str], shown: Sequence[str]) -> Parts:
    """Packs what stands in articles.

    Args:
        con: The warehouse.
        article_ids: Which.
        shown: Those of them whose names are wanted.
    """
    return Parts(
        parcel(con, "article_paragraphs", [list(article_ids)]),
        parcel(con, "article_figures", [list(article_ids)]),
        parcel(con, "article_names", [list(shown)]),
    )
