"""Puts the help and the usage errors of the command line into the reader's language."""

from __future__ import annotations

from typing import Any

import typer
from typer.main import get_command

from flows.telling.language import in_chinese


def chinese_command(app: typer.Typer) -> Any:
    """Makes the command line with its help in Chinese.

    Args:
        app: The command line as it is declared.
    """
    from typer import rich_utils

    for name in ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE", "ERRORS_PANEL_TITLE"):
        setattr(rich_utils, name, in_chinese(getattr(rich_utils, name)))
    for name in ("REQUIRED_LONG_STRING", "DEFAULT_STRING", "RICH_HELP", "ABORTED_TEXT"):
        setattr(rich_utils, name, in_chinese(getattr(rich_utils, name)))
    plain = rich_utils.highlighter  # usage and errors pass through it as strings, all else as Text
    rich_utils.highlighter = lambda text: plain(in_chinese(text) if isinstance(text, str) else text)  # type: ignore[assignment]
    command = get_command(app)
    _translate(command)
    return command


def _translate(command: Any) -> None:
    if command.help:
        command.help = "\n\n".join(in_chinese(said.replace("\n", " ")) for said in command.help.split("\n\n"))
    for option in command.get_params(typer.Context(command)):
        if getattr(option, "help", None):
            option.help = in_chinese(option.help)
    for below in getattr(command, "commands", {}).values():
        _translate(below)
