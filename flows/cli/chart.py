"""The verb `chart`: an indicator over time, region beside region, as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Checked, DataDir, Regions
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(chart)


def chart(
    indicator: Annotated[str, typer.Argument(help="Its name, another name of it, or a part: 工业总产值, GDP.")],
    region: Regions = None,
    confidence: Annotated[float, typer.Option(min=0, max=1, help="At least this sure.")] = 0.5,
    output: Annotated[Path, typer.Option("--output", "-o", help="The SVG file to write.")] = Path("chart.svg"),
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Draws an indicator over time; quarters, months, whole years and years to date stand apart, and so do targets.

    Example: broadsheet chart 工业总产值 --region 槐荫区 --region 历下区 -o chart.svg
    """
    from flows.cli.output import replacing
    from flows.report.charts import sheet_of_charts
    from flows.report.figures import indicator_charts
    from flows.report.wording import labels
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.ask.figures import figures_of_indicator
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    if output.suffix.lower() != ".svg":
        raise UserError(f"A chart is written as SVG: end {output.name} in .svg.")
    with connect(settings().folder.warehouse, checked=checked) as con:
        figures = figures_of_indicator(con, indicator, ",".join(region or ()), confidence)
    drawn = []
    for name in dict.fromkeys(figure["indicator_name"] for figure in figures):
        own = [figure for figure in figures if figure["indicator_name"] == name]
        for each in indicator_charts(name, own, ""):
            title = f"{name} · {labels()[each['key']][0]} · {labels()[each['period']][0]}（{each['unit']}）"
            drawn.append((title, each["svg"], f"出处：{each['sources']}"))
    if not drawn:
        raise UserError(
            f"There are no two figures of {indicator} to draw together: `broadsheet figures {indicator}` lists "
            "what there is."
        )
    with replacing(output) as beside:
        beside.write_text(sheet_of_charts(drawn), "utf-8")
    count = "1 chart" if len(drawn) == 1 else f"{len(drawn)} charts"
    echo(f"{count} of {len(figures)} figures in {output}")
