"""The verb `figures`: all figures about something, with sentence, source and confidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Bom, Checked, DataDir, Format, Output, Regions, Since, Until
from flows.telling.terminal import echo

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = ("subject", "indicator", "text", "period", "modality", "confidence", "sentence", "citation")
"""What a terminal shows; files hold all."""


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(figures)


def figures(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that indicator, subject, headline or sentence hold; all must fit.")
    ] = None,
    region: Regions = None,
    period: Annotated[str, typer.Option(help="2023, 2023Q1, 2023-03, 2023年一季度 or 一季度.")] = "",
    modality: Annotated[str, typer.Option(help="actual, target or planned.")] = "",
    confidence: Annotated[float, typer.Option(min=0, max=1, help="At least this sure.")] = 0.0,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="Figures at most.")] = 1000,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Lists all figures about something, those of an indicator of that name first; -o x.xlsx makes a sheet.

    Example: broadsheet figures 高新技术企业 --region 槐荫区 -o figures.xlsx
    """
    from flows.cli.days import days_between
    from flows.cli.render import Rows, write_rows
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.ask.figures import Wanted, find_figures, nearest_indicator
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    first, last = days_between(since, until)
    asked = tuple(word for word in words or () if word.strip())
    if not (asked or region or period or modality):
        raise UserError(
            "Say what the figures are to be about: a word such as 高新技术企业, or --region, --period, --modality."
        )
    wanted = Wanted(asked, ",".join(region or ()), period, modality, confidence, first, last, limit)
    with connect(settings().folder.warehouse, checked=checked) as con:
        found = find_figures(con, wanted)
        nearest = nearest_indicator(con, "".join(asked)) if not found.num_rows and asked else None
    if not found.num_rows:
        hint = f"did you mean {nearest}?" if nearest else "try fewer or other words."
        echo(f"There is no figure about {' '.join(asked) or 'this'}; {hint}", err=True)
    if output and (form == "xlsx" or (form is None and output.suffix.lower() == ".xlsx")):
        _write_sheet(found, output)
        echo(f"{found.num_rows} {'figure' if found.num_rows == 1 else 'figures'} in {output}", err=True)
        return
    shown = found if form or output else found.select(list(_SHOWN))
    if found.num_rows or form or output:
        write_rows(Rows(shown.schema, shown.to_batches()), form, output, bom=bom)


def _write_sheet(found: pa.Table, output: Path) -> None:
    from flows.cli.excel import write_sheet
    from flows.cli.output import replacing
    from flows.cli.sheets import figure_sheet

    with replacing(output) as beside:
        write_sheet(*figure_sheet(found.to_pylist()), beside)


def place_of(row: dict[str, Any]) -> str:
    """Says on which lines of which file a figure stands: FILE:LINE, as `broadsheet trace` takes it.

    Args:
        row: With `source_uri` and `lines`.

    >>> place_of({"source_uri": "pages/1.txt", "lines": [12, 13]})
    'pages/1.txt:12-13'
    """
    lines = row["lines"] or [0]
    return f"{row['source_uri']}:{lines[0]}" + (f"-{lines[-1]}" if len(lines) > 1 else "")
