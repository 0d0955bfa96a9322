"""The verb `watch`: new pages arrive by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(watch)


def watch(
    inbox: Annotated[
        list[str], typer.Argument(help="Folders that pages arrive in, subfolders included; or s3://bucket/prefix.")
    ],
    every: Annotated[str | None, typer.Option(help="Time between two looks: 30s, 5m, 2h; 5m without --cron.")] = None,
    cron: Annotated[str | None, typer.Option(help="When to look, as cron writes it, local time: '0 5 * * *'.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Look once, now, and end: for a cron line of your own.")] = False,
    publisher: Annotated[str | None, typer.Option(help="The newspaper: 济南日报; stronger than a sidecar.")] = None,
    tell: Annotated[
        list[str] | None,
        typer.Option(help="Send new rows of this query, each once: SQL, or 'promises region=槐荫区'. May be repeated."),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the deployment: ingest/NAME.")] = "inbox",
    data_dir: DataDir = None,
) -> None:
    """Watches folders and takes new and changed pages into the warehouse, until it is stopped.

    Example: broadsheet watch /srv/pages --every 5m --publisher 济南日报
    """
    from flows.ingest.environment import require_memory
    from flows.orchestrate.spans import parse_span
    from flows.settings import choose, prepare_prefect, settings
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    for folder in inbox:
        if "://" not in folder and not Path(folder).is_dir():
            raise UserError(f"There is no folder {folder}: make it, or check the path.")
    if sum(1 for given in (every, cron, once or None) if given) > 1:
        raise UserError("Give one of --every, --cron and --once.")
    inboxes = tuple(folder if "://" in folder else str(Path(folder).absolute()) for folder in inbox)
    if tell:
        choose(tell="\n".join(" ".join(query.split()) for query in tell))
    if queries := settings().told_queries:
        from flows.telling.new_rows import note_rows

        note_rows(settings().folder, queries)
    if once:
        _look_once(inboxes, publisher)
    choose(inbox=";".join(inboxes))
    span = None if cron else parse_span(every or "5m")
    require_memory()
    prepare_prefect(settings().folder)
    from flows.orchestrate.deployments import Watch
    from flows.orchestrate.watch import keep_watching

    keep_watching(Watch(name, inboxes, publisher, span, cron))


def _look_once(inboxes: tuple[str, ...], publisher: str | None) -> None:
    from flows.ingest.summary import summary_lines
    from flows.orchestrate.local import run_locally
    from flows.telling.progress import tell_through

    tell_through(lambda sentence: echo(sentence, err=True))
    summary = run_locally(list(inboxes), publisher=publisher, inbox=True)
    for line in summary_lines(summary):
        echo(line)
    raise typer.Exit(summary.exit_code)
