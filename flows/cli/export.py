"""The verb `export`: the warehouse as one file for other tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Checked, DataDir
from flows.telling.terminal import echo

_ENDINGS = {
    "datasette": (".db", ".sqlite", ".sqlite3"),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "duckdb": (".duckdb", ".db"),
    "xlsx": (".xlsx",),
}
"""Endings of each kind's file, first the one that it has where none is given."""


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(export)


def export(
    kind: Annotated[str, typer.Argument(metavar="datasette|sqlite|duckdb|xlsx", help="For which tool.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; broadsheet.db and so on without.")
    ] = None,
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Writes one file for other tools: SQLite with full text (for Datasette with its metadata), DuckDB, or Excel.

    Example: broadsheet export datasette -o broadsheet.db, then datasette broadsheet.db -m broadsheet.metadata.json
    """
    from flows.cli.output import replacing
    from flows.settings import choose, settings
    from warehouse.errors import UserError

    if kind not in _ENDINGS:
        raise UserError(f"There is no export for {kind}; there are {', '.join(_ENDINGS)}.")
    if output is not None and output.suffix and output.suffix.lower() not in _ENDINGS[kind] and not output.is_dir():
        raise UserError(f"{output.name} would hold {kind}: end it in one of {', '.join(_ENDINGS[kind])}.")
    choose(data_dir=data_dir)
    warehouse = settings().folder.warehouse
    target = output or Path(f"broadsheet{_ENDINGS[kind][0]}")
    _refuse_what_is_no_export(target, warehouse)
    with replacing(target) as beside:
        beside.unlink()
        rows = _writer(kind)(warehouse, beside, checked)
    echo(f"{rows:,} {'figures' if kind == 'xlsx' else 'rows'} in {target}")
    if kind == "datasette":
        metadata = target.with_suffix(".metadata.json")
        metadata.write_text(json.dumps(_metadata(target.stem), ensure_ascii=False, indent=1) + "\n", "utf-8")
        echo(f"to look   datasette {target} -m {metadata}")


def _refuse_what_is_no_export(target: Path, warehouse: Path) -> None:
    """Refuses to put a database, which is a file of its own, in the place of the warehouse or of a device."""
    from warehouse.errors import UserError

    if target.exists() and warehouse.exists() and target.samefile(warehouse):
        raise UserError(f"{target} is the warehouse itself: name another file.")
    if target.exists() and not target.is_file() and not target.is_dir():
        raise UserError(f"{target} is a device or a pipe: name a file to write.")


def _writer(kind: str) -> Callable[[Path, Path, bool], int]:
    from warehouse.ask.export import write_duckdb, write_sqlite

    return {"datasette": write_sqlite, "sqlite": write_sqlite, "duckdb": write_duckdb, "xlsx": _write_sheet}[kind]


def _write_sheet(warehouse: Path, target: Path, checked: bool) -> int:
    """Writes all figures as the sheet that `broadsheet figures` makes."""
    from flows.cli.excel import write_sheet
    from flows.cli.sheets import figure_sheet
    from warehouse import connect
    from warehouse.ask.figures import Wanted, find_figures

    with connect(warehouse, checked=checked) as con:
        rows = find_figures(con, Wanted(limit=1_048_575)).to_pylist()
    write_sheet(*figure_sheet(rows), target)
    return len(rows)


def _metadata(name: str) -> dict[str, object]:
    """Says to Datasette what each table and column is, in Chinese and English."""
    from warehouse.ask.export import descriptions

    return {
        "title": "Broadsheet 报纸数据库",
        "description": "Read by a machine from newspaper pages; every row leads to its sentence and lines. "
        "由机器从报纸版面读出，每行都可追溯到原句和原始行。",
        "databases": {name: {"tables": descriptions()}},
    }
