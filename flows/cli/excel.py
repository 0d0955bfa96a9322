"""Writes rows as an Excel sheet; imported only when somebody asks for one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from flows.cli.render import cell
from flows.cli.values import is_calendar_day
from warehouse.errors import UserError

_MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_WRAPPED = 24
"""Longer text is wrapped in its cell."""
_LINKED = Font(color="0563C1", underline="single")
_MOST_EXACT = 2**53
"""Excel's numbers are exact up to here; a longer one is written as text."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere.

    Attributes:
        text: What it shows.
        address: Where it leads; None for nowhere.
    """

    text: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet looks.

    Attributes:
        widths: Of columns by their name, in characters; long text in them is wrapped.
        filtered: Whether each column can be filtered.
    """

    widths: Mapping[str, int] = field(default_factory=dict)
    filtered: bool = True


def write_sheet(names: Sequence[str], rows: Iterable[Sequence[Any]], look: Look, path: Path) -> None:
    """Writes a sheet with a fixed bold header; text stays text, so that no cell becomes a formula.

    Args:
        names: Of the columns.
        rows: Plain values, and links.
        look: Widths and filters.
        path: The file to write.

    Raises:
        UserError: There are more rows than a sheet of Excel holds.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("broadsheet")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, start=1):
        width = look.widths.get(name, max(12, min(40, len(name) + 4)))
        sheet.column_dimensions[get_column_letter(number)].width = width
    header = [_text_cell(sheet, name) for name in names]
    for each in header:
        each.font = Font(bold=True)
    sheet.append(header)
    number = 0
    for number, row in enumerate(rows, start=1):
        if number > _MOST_ROWS:
            raise UserError(
                f"Excel holds {_MOST_ROWS:,} rows at most: write --format csv or parquet, or narrow the query."
            )
        sheet.append([_excel_cell(sheet, value) for value in row])
    if look.filtered and names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{number + 1}"
    book.save(path)


def _excel_cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, Link):
        linked = _text_cell(sheet, value.text)
        if value.address:
            linked.hyperlink, linked.font = value.address, _LINKED
        return linked
    if value is None or isinstance(value, bool) or is_calendar_day(value):
        return value
    if isinstance(value, Decimal) and abs(value) <= _MOST_EXACT:
        return float(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, int) and abs(value) <= _MOST_EXACT:
        return value
    return _text_cell(sheet, cell(value))


def _text_cell(sheet: Any, text: str) -> Any:
    written = WriteOnlyCell(sheet)
    written.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    written.data_type = "s"
    if len(text) > _WRAPPED:
        written.alignment = Alignment(wrap_text=True, vertical="top")
    return written
