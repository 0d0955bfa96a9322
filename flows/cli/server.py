"""The verbs `server start|stop|status|env`: the Prefect server of a data directory."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the group to the command line."""
    group = typer.Typer(help="Starts, stops and finds the Prefect server of a data directory.", no_args_is_help=True)
    for verb in (start, stop, status, env):
        group.command()(verb)
    app.add_typer(group, name="server")


def start(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 without.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to try first; the next free one is taken.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Starts the server, unless it runs, and prints where its UI is; it works without a network.

    Example: broadsheet server start
    """
    from flows.orchestrate.server import start_server
    from flows.settings import choose, login_file, settings

    choose(data_dir=data_dir)
    folder = settings().folder
    server = start_server(folder, host, port)
    echo(f"The server runs (process {server.pid}); its UI is at {server.url} (login: {login_file(folder)})")


def stop(data_dir: DataDir = None) -> None:
    """Stops the server; runs that go on meanwhile end as crashed, and the next run does their work.

    Example: broadsheet server stop
    """
    from flows.orchestrate.server import stop_server
    from flows.settings import choose, settings

    choose(data_dir=data_dir)
    server = stop_server(settings().folder)
    echo(f"The server (process {server.pid}) was stopped." if server else "No server was running.")


def status(data_dir: DataDir = None) -> None:
    """Says whether the server runs and where; ends with 4 if it does not.

    Example: broadsheet server status
    """
    from flows.orchestrate.server import NoServerError, find_server
    from flows.settings import choose, login_file, settings

    choose(data_dir=data_dir)
    folder = settings().folder
    server = find_server(folder)
    if server is None:
        raise NoServerError(f"No server runs for {folder.root}; start one with `broadsheet server start`.")
    echo(
        f"The server runs (process {server.pid}, since {server.started_at}); its UI is at {server.url} "
        f"(login: {login_file(folder)})"
    )


def env(data_dir: DataDir = None) -> None:
    """Prints shell lines that point Prefect's own commands to this server.

    Example: eval "$(broadsheet server env)"
    """
    from flows.orchestrate.server import NoServerError, find_server
    from flows.settings import choose, login, prefect_environment, settings

    choose(data_dir=data_dir)
    folder = settings().folder
    server = find_server(folder)
    if server is None:
        raise NoServerError(f"No server runs for {folder.root}; start one with `broadsheet server start`.")
    own = {
        "PREFECT_API_URL": server.api_url,
        "PREFECT_API_AUTH_STRING": login(folder),
        "BROADSHEET_DATA_DIR": str(folder.root),
    }
    lines = own | prefect_environment(folder)
    for name, value in lines.items():
        echo(f"export {name}={shlex.quote(value)}")
