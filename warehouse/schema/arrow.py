"""Gives the declared tables their Arrow form: schemas for Parquet with the descriptions in the metadata."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from importlib.abc import MetaPathFinder
from typing import Any

import pyarrow as pa

from warehouse.schema import SCHEMA_VERSION, Column, Table

_ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "JSON": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER[]": pa.list_(pa.int32()),
}


def arrow_schema(table: Table) -> pa.Schema:
    """Gives the Arrow schema of a table, with the meaning of every column in its metadata.

    Args:
        table: A declared table.
    """
    metadata = {"broadsheet.table": table.name, "broadsheet.schema_version": str(SCHEMA_VERSION)}
    metadata |= {"description": table.en, "description_zh": table.zh}
    return pa.schema([_arrow_field(column) for column in table.columns], metadata=metadata)


def arrow_table(table: Table, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Makes an Arrow table from rows; a row that lacks a column gets null there.

    Args:
        table: A declared table.
        rows: One mapping a row, column name to value.
    """
    return pa.Table.from_pylist(list(rows), schema=arrow_schema(table))


def _arrow_field(column: Column) -> pa.Field:
    described = {"description": column.en, "description_zh": column.zh}
    return pa.field(column.name, _ARROW_TYPES[column.type], nullable=column.null, metadata=described)


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def spare_pandas() -> None:
    """Has Arrow do without pandas in this process, which it imports to see whether a list of values is a frame of it.

    No such frame comes here, and the import takes 0.3 s and 40 MB. Arrow looks once; the process itself may still
    import pandas.
    """
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(finder)
