"""The process that answers Prefect's API: a private one for a single run, or the resident server with its UI.

What belongs here: what runs inside that process. What does not: starting, finding and stopping it
(`flows.orchestrate.private_api`, `flows.orchestrate.server`), which must not import Prefect's server.
"""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import sqlite3
import sys
import threading
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Server

_QUIET = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
}
"""What a single run does not need: flow and task runs, logs and artifacts are recorded all the same."""


def main() -> None:
    """Serves on the listening socket whose number stands on the command line after the role."""
    role, number = sys.argv[1], int(sys.argv[2])
    home = Path(os.environ["PREFECT_HOME"])
    gc.disable()  # a third of the start-up is the collector looking at modules that stay
    if role == "private":
        os.environ.update(_QUIET)
        serve(private_app(home), socket.socket(fileno=number), until_stdin_closes=True)
    else:
        from filelock import FileLock

        with FileLock(home / "server.running"):
            serve(resident_app(home), socket.socket(fileno=number), until_stdin_closes=False)


def private_app(home: Path) -> FastAPI:
    """Makes the API without UI and without services that only a lasting server needs.

    Args:
        home: Prefect's folder.
    """
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True)
    migrate_once(home)
    return app


def resident_app(home: Path) -> FastAPI:
    """Makes the whole server, UI and schedules included.

    Args:
        home: Prefect's folder.
    """
    from prefect.server.api.server import create_app

    migrate_once(home)
    return create_app()


def serve(app: FastAPI, listener: socket.socket, *, until_stdin_closes: bool) -> None:
    """Answers requests until told to stop.

    Args:
        app: Prefect's API.
        listener: A bound and listening socket; requests that came in before are answered first.
        until_stdin_closes: Stop as soon as the process that started this one is gone, however it went.
    """
    import uvicorn

    config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    gc.enable()
    gc.freeze()
    if until_stdin_closes:
        threading.Thread(target=_stop_at_end_of_input, args=(server,), daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))


def migrate_once(home: Path) -> None:
    """Brings Prefect's database to the installed version's schema, one process at a time.

    Prefect itself goes through its migrations at every start, and two that do so at once on a new folder fail.

    Args:
        home: Prefect's folder.
    """
    from filelock import FileLock

    stamp = home / "schema.stamp"
    if _is_current(home, stamp):
        return
    with FileLock(home / "migrate.lock"):
        if _is_current(home, stamp):
            return
        from prefect.server.database import provide_database_interface

        asyncio.run(provide_database_interface().create_db())
        if (revision := _revision(home)) is not None:
            stamp.write_text(f"{version('prefect')} {revision}", "utf-8")


def _is_current(home: Path, stamp: Path) -> bool:
    revision = _revision(home)
    return revision is not None and stamp.is_file() and stamp.read_text("utf-8") == f"{version('prefect')} {revision}"


def _revision(home: Path) -> str | None:
    """Reads which schema the SQLite file holds; None where there is none, or the database lies elsewhere."""
    database = home / "prefect.db"
    if not database.is_file() or os.environ.get("PREFECT_SERVER_DATABASE_CONNECTION_URL"):
        return None
    try:
        con = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
        try:
            row = con.execute("select version_num from alembic_version").fetchone()
        finally:
            con.close()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def _stop_at_end_of_input(server: Server) -> None:
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True


if __name__ == "__main__":
    main()
