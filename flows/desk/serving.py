"""Serves a desk on this machine until it is stopped; every answer is kept when it is given."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from flows.desk.app import desk_app
from flows.desk.desk import Desk
from flows.desk.guard import Door

_HOST = "127.0.0.1"


def serve(desk: Desk, port: int, ready: Callable[[str], None]) -> None:
    """Serves a desk until Ctrl-C or SIGTERM.

    Args:
        desk: What is served.
        port: The port; 0 for any that is free.
        ready: Takes the address with its one-time token.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_HOST, port))
        listening.listen(128)  # whoever opens the address at once waits for the server instead of being refused
        port = listening.getsockname()[1]
        door = Door()
        config = uvicorn.Config(
            desk_app(desk, port, door),
            log_level="critical",
            access_log=False,
            lifespan="off",
            server_header=False,
            ws="none",
        )
        ready(f"http://{_HOST}:{port}/?token={door.token}")
        uvicorn.Server(config).run(sockets=[listening])
