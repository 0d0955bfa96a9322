"""The verb `report`: a static site to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import Checked
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(report)


def report(
    output: Annotated[Path, typer.Option(help="Folder to write; it can be mailed or put on any web host.")] = Path(
        "report"
    ),
    region: Annotated[str | None, typer.Option(help="Only this division: 槐荫区, 济南市 or an adcode.")] = None,
    since: Annotated[str | None, typer.Option(help="First issue date: 2023-01-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Last issue date.")] = None,
    all_persons: Annotated[bool, typer.Option("--all-persons", help="List private citizens too.")] = False,
    checked: Checked = False,
    data_dir: Annotated[Path | None, typer.Option(help="Where lake and warehouse lie.")] = None,
) -> None:
    """Writes a static site from the warehouse: no server, no network, opens from the disk.

    Example: broadsheet report --region 济南市 --since 2023-01-01
    """
    from flows.report.build import ReportRequest, build_report
    from flows.settings import choose, settings
    from tasks.staging.sidecar import parse_issue_date
    from warehouse import connect
    from warehouse.load.published import refuse_older

    choose(data_dir=data_dir)
    first, last = (parse_issue_date(day, "--since/--until", "option").day if day else None for day in (since, until))
    folder = settings().folder
    refuse_older(folder)
    with connect(folder.warehouse, checked=checked) as con:
        workers = settings().worker_count
        site = build_report(con, folder, ReportRequest(output, region, first, last, all_persons, workers))
    if not site.articles:
        echo("note: no article fits; the report is empty", err=True)
    if site.not_drawn:
        echo(f"note: {len(site.not_drawn)} printed pages are not shown; the first: {site.not_drawn[0]}", err=True)
    echo(f"{site.written} of {len(site.made)} pages written; open {output / 'index.html'}")
