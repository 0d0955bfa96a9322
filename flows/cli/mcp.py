"""The verb `mcp`: a read-only server for AI assistants."""

from __future__ import annotations

import typer

from flows.cli.options import Checked, DataDir


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command(name="mcp")(serve_assistants)


def serve_assistants(checked: Checked = False, data_dir: DataDir = None) -> None:
    """Answers AI assistants over standard input and output (Model Context Protocol), read-only.

    Example: broadsheet mcp --data-dir data, as the command of a server in your assistant's settings
    """
    from flows.assistant import serve
    from flows.settings import choose, settings

    choose(data_dir=data_dir)
    serve(settings().folder, checked)
