"""All verbs of the command `broadsheet`: one module a group; heavy imports happen inside the verb that needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

app = typer.Typer(
    name="broadsheet",
    help="Chinese newspaper pages in, a DuckDB warehouse of articles, names and figures out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_VERBS = (
    "run",
    "repair",
    "extract",
    "query",
    "search",
    "figures",
    "changes",
    "chart",
    "trace",
    "status",
    "quality",
    "desk",
    "correct",
    "second_read",
    "lake",
    "report",
    "watch",
    "server",
    "mcp",
    "export",
)
"""Modules of this package; each registers its verbs through `register(app)`."""

for _name in _VERBS:
    import_module(f"flows.cli.{_name}").register(app)


_READERS = (
    "query",
    "search",
    "figures",
    "changes",
    "chart",
    "trace",
    "show",
    "status",
    "report",
    "check",
    "mcp",
    "export",
)
"""Verbs that ask the published warehouse, which may live in a bucket."""


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from flows.telling.terminal import echo

        echo(f"broadsheet {version('broadsheet')}")
        raise typer.Exit


@app.callback()
def before_each_verb(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and end.")
    ] = False,
    _language: Annotated[
        str | None,
        typer.Option("--lang", help="Language of messages, en or zh; without, as LC_ALL, LC_MESSAGES or LANG say."),
    ] = None,
) -> None:
    """Chinese newspaper pages in, a DuckDB warehouse of articles, names and figures out."""
    if context.invoked_subcommand in _READERS:
        from flows.settings import settings

        if settings().lake:
            from flows.ingest.writing import follow_published
            from flows.telling.progress import say_to_the_log

            follow_published(settings().folder, settings().lake, say_to_the_log)
