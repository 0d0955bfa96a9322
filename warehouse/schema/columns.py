"""How a table is declared: columns with a type, a meaning in two languages and the rules that hold for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal[
    "VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "VARCHAR[]", "INTEGER[]", "JSON"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public table.

    Attributes:
        name: Name in the warehouse, the lake and the contract.
        type: DuckDB type.
        en: What it means, in English.
        zh: What it means, in Chinese.
        null: Whether it may be empty.
        values: The only values it may take; empty where any value will do.
        references: `table.column` that must hold the value.
    """

    name: str
    type: ColumnType
    en: str
    zh: str
    null: bool = False
    values: tuple[str, ...] = ()
    references: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its key and its columns.

    Attributes:
        name: Name in the warehouse and folder name in the lake.
        en: "One row per …", in English.
        zh: The same in Chinese.
        key: Columns that together are unique.
        columns: In order.
        home: `lake` where the rows lie in Parquet and a rebuild reads them back; `derived` where the load
            makes them from other tables or from reference data.
        per_document: Whether its rows go when their document is superseded, rejected or forgotten.
    """

    name: str
    en: str
    zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    home: Literal["lake", "derived"] = "lake"
    per_document: bool = False

    def column(self, name: str) -> Column:
        """Finds a column by its name.

        Args:
            name: Its name.

        Raises:
            KeyError: The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)
