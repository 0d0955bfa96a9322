"""The one declaration of all public tables; Parquet schemas, DDL, comments, checks and the dictionary come from it.

What belongs here: what a table and a column mean. What does not: SQL, PyArrow, anything that reads or writes.
"""

from __future__ import annotations

from warehouse.schema.columns import Column, ColumnType, Table
from warehouse.schema.corrections import CHECK_FAILURES, CORRECTION_STATUS, CORRECTIONS
from warehouse.schema.documents import DOCUMENT_SOURCES, DOCUMENT_STATUS, DOCUMENTS
from warehouse.schema.figures import (
    CHECKED,
    COMPARISONS,
    FIGURE_STATUS,
    INDICATORS,
    MACHINE_METRICS,
    MEASURES,
    METRICS,
    MODALITIES,
    QUALIFIERS,
    UNITS,
)
from warehouse.schema.findings import FINDING_LEVELS, FINDING_STAGES, FINDINGS
from warehouse.schema.names import DIVISIONS, DOCUMENT_ENTITIES, ENTITIES, ENTITY_TYPES, MENTIONS
from warehouse.schema.quality import CHECKS, LAKE_BATCHES, QUARANTINE, RUNS, SCOPES, SEVERITIES, WAREHOUSE_INFO
from warehouse.schema.search import TERM_PARAGRAPHS, TERM_POSTINGS, TERMS
from warehouse.schema.second import FIRST_READINGS, SECOND_READINGS, SECOND_VERDICTS
from warehouse.schema.texts import ARTICLES, PARAGRAPH_ROLES, PARAGRAPHS

SCHEMA_VERSION = 5
"""Raised when a public table changes; an older warehouse is rebuilt from the lake, a newer one refused."""

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    DOCUMENT_SOURCES,
    ARTICLES,
    PARAGRAPHS,
    MENTIONS,
    DOCUMENT_ENTITIES,
    ENTITIES,
    METRICS,
    FINDINGS,
    RUNS,
    CHECKS,
    CHECK_FAILURES,
    QUARANTINE,
    CORRECTIONS,
    MACHINE_METRICS,
    SECOND_READINGS,
    FIRST_READINGS,
    UNITS,
    INDICATORS,
    DIVISIONS,
    TERMS,
    TERM_PARAGRAPHS,
    TERM_POSTINGS,
    LAKE_BATCHES,
    WAREHOUSE_INFO,
)

PAGE_TABLES = tuple(table for table in TABLES if table.per_document)
"""Tables whose rows come and go with their document."""


def table_named(name: str) -> Table:
    """Finds the declaration of a table.

    Args:
        name: Its name.

    Raises:
        KeyError: There is no such table; the message lists those that there are.
    """
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(f"There is no table {name!r}; the tables are {', '.join(t.name for t in TABLES)}.")


__all__ = [
    "ARTICLES",
    "CHECKED",
    "CHECKS",
    "CHECK_FAILURES",
    "COMPARISONS",
    "CORRECTIONS",
    "CORRECTION_STATUS",
    "DIVISIONS",
    "DOCUMENTS",
    "DOCUMENT_ENTITIES",
    "DOCUMENT_SOURCES",
    "DOCUMENT_STATUS",
    "ENTITIES",
    "ENTITY_TYPES",
    "FIGURE_STATUS",
    "FINDINGS",
    "FINDING_LEVELS",
    "FINDING_STAGES",
    "FIRST_READINGS",
    "INDICATORS",
    "LAKE_BATCHES",
    "MACHINE_METRICS",
    "MEASURES",
    "MENTIONS",
    "METRICS",
    "MODALITIES",
    "PAGE_TABLES",
    "PARAGRAPHS",
    "PARAGRAPH_ROLES",
    "QUALIFIERS",
    "QUARANTINE",
    "RUNS",
    "SCHEMA_VERSION",
    "SCOPES",
    "SECOND_READINGS",
    "SECOND_VERDICTS",
    "SEVERITIES",
    "TABLES",
    "TERMS",
    "TERM_PARAGRAPHS",
    "TERM_POSTINGS",
    "UNITS",
    "WAREHOUSE_INFO",
    "Column",
    "ColumnType",
    "Table",
    "table_named",
]
