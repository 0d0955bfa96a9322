"""The command `broadsheet`: one module a group of verbs; heavy imports happen inside the verb that needs them."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from flows.terminal import echo
from warehouse.errors import UserError

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
    "trace",
    "status",
    "quality",
    "lake",
    "report",
    "watch",
    "server",
)
"""Modules of this package; each registers its verbs through `register(app)`."""

for _name in _VERBS:
    import_module(f"flows.cli.{_name}").register(app)


_READERS = ("query", "search", "trace", "show", "status", "report", "check")
"""Verbs that ask the published warehouse, which may live in a bucket."""


@app.callback()
def before_each_verb(context: typer.Context) -> None:
    """Chinese newspaper pages in, a DuckDB warehouse of articles, names and figures out."""
    if context.invoked_subcommand in _READERS:
        from flows.settings import settings

        if settings().lake:
            from flows.writing import follow_published

            follow_published(settings().folder)


def main() -> None:
    """Runs the command line; what a user can cause ends in one sentence and the contract's exit code."""
    try:
        app(standalone_mode=True)
    except UserError as error:
        echo(f"broadsheet: {error}", err=True)
        sys.exit(error.exit_code)
    except PermissionError as error:
        echo(f"broadsheet: no permission for {error.filename}: change its rights or choose another place.", err=True)
        sys.exit(4)
    except OSError as error:
        echo(f"broadsheet: the system refused ({error}): see to the disk or the path and run again.", err=True)
        sys.exit(4)
    except KeyboardInterrupt:
        echo("broadsheet: interrupted; what was loaded before stays, the rest is done by the next run.", err=True)
        sys.exit(130)
