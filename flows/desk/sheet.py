"""A check list on paper: figures as a sheet of Excel to print or to send, and read back with what was written into it.

What belongs here: the sheet. What does not: what becomes of an answer (`desk`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from flows.desk.desk import Desk
from flows.desk.figures import as_text
from tasks.check.own_score import FIELDS
from warehouse.errors import UserError
from warehouse.storage.given import MOST_SIDE_BYTES, open_given

Row = dict[str, Any]

_SHOWN = ("id", "sentence", "text", "value", "unit", "indicator", "subject", "period", "measure", "modality")
_ASKED = ("verdict", *(f"right {name}" for name in FIELDS), "who", "why")
_HIDDEN = ("seen",)
_HEADS = {
    "id": "编号 id",
    "sentence": "原句 sentence",
    "text": "数字 figure",
    "verdict": "判断 verdict",
    "who": "核对人 who",
    "why": "理由 why",
    "seen": "版本 seen",
}
_WIDTHS = {"id": 14, "sentence": 60, "text": 12, "indicator": 16, "subject": 16, "verdict": 12}
_VERDICTS = {
    "对": "accepted",
    "right": "accepted",
    "错": "corrected",
    "wrong": "corrected",
    "不是数字": "rejected",
    "not a figure": "rejected",
}
_MOST_ROWS = 20_000
_MOST_UNPACKED = 300_000_000
_LONGEST_CELL = 32_000


def write_check_list(desk: Desk, path: Path) -> int:
    """Writes the figures of a desk's choice as a check list.

    Args:
        desk: The desk.
        path: The file to write.

    Returns:
        How many figures stand in it.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "核对 check"
    columns = (*_SHOWN, *_ASKED, *_HIDDEN)
    sheet.append([_head(name) for name in columns])
    count = 0
    for queued in desk.queue(desk.scope)["figures"]:
        shown = desk.figure(queued["metric_id"])
        sheet.append([_cell(value) for value in _values(shown, columns)])
        count += 1
    _lay_out(sheet, columns, count)
    book.save(path)
    return count


def _values(shown: Row, columns: Sequence[str]) -> Iterator[str]:
    for name in columns:
        if name in ("id", "text", "seen"):
            yield str(shown[name])
        elif name == "sentence":
            yield shown["printed"]
        elif name in _SHOWN:
            yield shown["fields"][name]
        else:
            yield ""


def _cell(text: str) -> str:
    """Keeps a text a text: a sheet's formulas begin with these signs."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def _head(name: str) -> str:
    return _HEADS.get(name, name)


def _lay_out(sheet: Any, columns: Sequence[str], count: int) -> None:
    """Makes the sheet fit to print: header on every page, lines to write on, one page wide."""
    line = Side(style="thin", color="999999")
    for number, name in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 11)
        sheet.column_dimensions[letter].hidden = name in _HIDDEN
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(line, line, line, line)
            cell.data_type = "s" if cell.value else cell.data_type
            if cell.row == 1:
                cell.font = Font(bold=True)
            elif name in _ASKED:
                cell.fill = PatternFill("solid", fgColor="FFF9E5")
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    choice = DataValidation(type="list", formula1='"对,错,不是数字"', allow_blank=True)
    verdict = get_column_letter(columns.index("verdict") + 1)
    choice.add(f"{verdict}2:{verdict}{count + 2}")
    sheet.add_data_validation(choice)


def read_check_list(desk: Desk, path: Path, who: str) -> tuple[int, list[str]]:
    """Takes the answers out of a check list; a row that can't be taken is named with its reason, the others stand.

    Args:
        desk: The desk that takes them.
        path: The sheet.
        who: Who checked, where the sheet does not say.

    Returns:
        How many answers were taken, and sentences about rows that were not.

    Raises:
        UserError: The file is no check list.
    """
    taken, refused = 0, []
    for number, row in _rows(path):
        if not row.get("verdict") and not any(row.get(f"right {name}") for name in FIELDS):
            continue
        try:
            desk.answer(_asked(desk, row, who))
            taken += 1
        except UserError as error:
            refused.append(f"{path.name}, row {number}: {error}")
    return taken, refused


def _asked(desk: Desk, row: dict[str, str], who: str) -> Row:
    fields = {name: _named_none(row[f"right {name}"]) for name in FIELDS if row.get(f"right {name}")}
    said = row.get("verdict", "").lower()
    verdict = _VERDICTS.get(said or "wrong")
    if verdict is None:
        raise UserError(f"the verdict {said!r} must be one of {', '.join(_VERDICTS)}.")
    if verdict == "corrected" and not fields:
        raise UserError("it is called wrong, but no cell says what is right.")
    if verdict != "corrected" and fields:
        raise UserError(f"it is called {said}, but cells say what is right instead: leave one of them out.")
    if row.get("sentence", "").lstrip("'") != _cell(desk.figure(row["id"])["printed"]).lstrip("'"):
        raise UserError("its sentence is another one in the warehouse now: check it anew.")
    return {
        "id": row["id"],
        "verdict": verdict,
        "fields": fields,
        "who": row.get("who") or who,
        "why": row.get("why", ""),
        "seen": row.get("seen", ""),
    }


def _named_none(text: str) -> str:
    return "" if text in ("无", "none", "-") else text


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    heads = {_head(name): name for name in (*_SHOWN, *_ASKED, *_HIDDEN)}
    try:
        with open_given(path) as handle:
            if path.stat().st_size > MOST_SIDE_BYTES:
                raise UserError(f"{path} is larger than {MOST_SIDE_BYTES / 1e6:g} MB: no check list is.")
            with zipfile.ZipFile(handle) as parts:
                if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                    raise UserError(f"{path} unpacks to more than {_MOST_UNPACKED / 1e6:g} MB: no check list does.")
            handle.seek(0)
            sheet = load_workbook(handle, read_only=True, data_only=True).worksheets[0]
            rows = sheet.iter_rows(values_only=True)
            names = [heads.get(str(head)) for head in next(rows, ())]
            if "id" not in names or "verdict" not in names:
                raise UserError(f"{path}: the first row is not that of a check list of `broadsheet desk --export`.")
            for number, cells in enumerate(rows, start=2):
                if number > _MOST_ROWS:
                    raise UserError(f"{path}: more than {_MOST_ROWS:,} rows; import it in parts.")
                row = {name: _read(cell) for name, cell in zip(names, cells, strict=False) if name}
                if row.get("id"):
                    yield number, row
    except FileNotFoundError:
        raise UserError(f"There is no file {path}: check the path.") from None
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UserError(f"{path} is no sheet of Excel (.xlsx) that can be read ({error}): save it as .xlsx.") from None


def _read(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return as_text(float(cell))
    return " ".join(str(cell).split()) if cell is not None else ""
