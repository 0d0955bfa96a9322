"""The process that answers Prefect's API for a single run, and goes when the run is gone, however it went.

What belongs here: what runs inside that process. What does not: starting and stopping it (`private_api.py`), which must
not import Prefect's server.
"""

from __future__ import annotations

import asyncio
import gc
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI
    from filelock import FileLock
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from uvicorn import Server

STARTING = "starting.lock"
"""Held in Prefect's folder by a server that starts: two that migrate a new database at once both fail."""

_QUIET = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
}
"""What a single run does not need: flow and task runs, logs and artifacts are recorded all the same."""


def main() -> None:
    """Serves on the listening socket whose number stands on the command line; what came in before is answered first."""
    from filelock import FileLock

    gc.disable()  # a third of the start-up is the collector looking at modules that stay
    os.environ.update(_QUIET)
    lock = FileLock(Path(os.environ["PREFECT_HOME"]) / STARTING, thread_local=False)
    serve(in_turn(private_app(), lock), socket.socket(fileno=int(sys.argv[1])))


def private_app() -> FastAPI:
    """Makes the API without UI and without services that only a lasting server needs."""
    from prefect.server.api.server import create_app

    return create_app(ephemeral=True)


def in_turn(app: ASGIApp, lock: FileLock) -> ASGIApp:
    """Lets an app begin, and migrate its database, only while it holds a lock.

    Args:
        app: Any ASGI app.
        lock: The lock; other processes that start hold it meanwhile.
    """

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"].startswith("lifespan.startup."):
                lock.release()
            await send(message)

        await asyncio.to_thread(lock.acquire)
        await app(scope, receive, sent)

    return served


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answers requests until the process that started this one is gone.

    Args:
        app: Prefect's API.
        listener: A bound and listening socket.
    """
    import uvicorn

    config = uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    gc.enable()
    gc.freeze()
    threading.Thread(target=_stop_at_end_of_input, args=(server,), daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))
    gc.freeze()  # Python would go through all that was imported once more before it ends, and the command waits for it


def _stop_at_end_of_input(server: Server) -> None:
    while sys.stdin.buffer.read(1):
        pass
    server.should_exit = True


if __name__ == "__main__":
    main()
