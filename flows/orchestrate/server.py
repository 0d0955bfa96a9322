"""Starts, finds and stops the resident Prefect server, whose state lies in the data directory.

What belongs here: where the server answers, and its life, which `prefect server start` leads. That command's
`--background` is not used: what a server in the background says goes nowhere, so a failure could not be looked up; it
takes two seconds more, and refuses to start again after a kill. The server answers on loopback unless told otherwise.
Nothing here imports Prefect.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from filelock import FileLock

from flows.orchestrate.api_process import STARTING
from flows.settings import PROJECT, guarded_server, prepare_prefect, settings
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

_EVERYWHERE = ("0.0.0.0", "::")
_SLOW = 30.0
"""Seconds in which a server whose process lives may leave a question unanswered, as on a busy machine."""
_GLANCE = 3.0
"""Seconds in which whoever only looks whether the lock is held lets go of it."""


class NoServerError(EnvironmentProblem):
    """There is no server, or it could not be started or stopped."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that was started.

    Attributes:
        pid: Its process.
        host: Address it listens on.
        port: Port it listens on.
        started_at: UTC, ISO format.
    """

    pid: int
    host: str
    port: int
    started_at: str

    @property
    def url(self) -> str:
        """Where the UI is, seen from this machine."""
        host = "127.0.0.1" if self.host in _EVERYWHERE else self.host
        return f"http://{host}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where the API is."""
        return f"{self.url}/api"


def find_server(folder: DataFolder) -> Server | None:
    """Finds the server of a data directory, if it runs and answers.

    Args:
        folder: The data directory.
    """
    server = last_server(folder)
    until = time.monotonic() + _SLOW
    while server and _is_held(_running(folder)):
        if _answers(server):
            return server
        if time.monotonic() > until:
            return None
        time.sleep(0.2)
    return None


def last_server(folder: DataFolder) -> Server | None:
    """Tells which server was started last, running or not; its port is taken again.

    Args:
        folder: The data directory.
    """
    try:
        return Server(**json.loads((folder.prefect / "server.json").read_text("utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def start_server(folder: DataFolder, host: str | None = None, port: int | None = None) -> Server:
    """Starts the server of a data directory, unless it runs already; two who start at once get the same one.

    Args:
        folder: The data directory.
        host: Address to listen on; the setting's without.
        port: Port to try first; the last one's or the setting's without. Taken ports are passed over.

    Raises:
        UserError: There is no such port.
        NoServerError: It did not come up.
    """
    if port is not None and not 0 < port < 65_536:
        raise UserError(f"--port {port} is no port: give one from 1 to 65535.")
    prepare_prefect(folder)
    with FileLock(folder.prefect / "server.lock"):
        if server := find_server(folder):
            return server
        last = last_server(folder)
        host = host or settings().server_host
        first = port or (last.port if last else settings().server_port)
        with FileLock(folder.prefect / STARTING):
            return _spawn(folder, host, _free_port(host, first))


def stop_server(folder: DataFolder) -> Server | None:
    """Stops the server of a data directory and waits until it is gone.

    Args:
        folder: The data directory.

    Returns:
        The server that ran; None if there was none.

    Raises:
        NoServerError: It does not end, or is not the one that was noted.
    """
    server = last_server(folder)
    running = _running(folder)
    if server is None or not _is_held(running):
        return None
    if not _has_open(server.pid, running):
        raise NoServerError(
            f"Another process than the server that was noted (process {server.pid}) holds {running}: "
            f"if no server is being started just now, end the process that `fuser {running}` names."
        )
    for number, seconds in ((signal.SIGTERM, 20.0), (signal.SIGKILL, 60.0)):
        with suppress(ProcessLookupError):
            os.kill(server.pid, number)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not _is_held(running):
                return server
            time.sleep(0.1)
    raise NoServerError(f"The server (process {server.pid}) does not end: stop that process yourself.")


def _spawn(folder: DataFolder, host: str, port: int) -> Server:
    log = folder.prefect / "server.log"
    with log.open("ab") as output, _running(folder).open("ab") as running:
        _take(running, folder)  # the server inherits the lock, and loses it when it ends, however it does
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)],
            pass_fds=[running.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=PROJECT,
            env=os.environ | _server_environment(folder, host, port),
            start_new_session=True,
        )
    try:
        server = Server(process.pid, host, port, datetime.now(UTC).isoformat(timespec="seconds"))
        write_atomically(folder.prefect / "server.json", json.dumps(asdict(server)).encode())
        _await(server, process, log)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return server


def _take(running: IO[bytes], folder: DataFolder) -> None:
    """Takes the lock that a server holds as long as it lives; who only looks whether it is held has it for a moment."""
    until = time.monotonic() + _GLANCE
    while True:
        try:
            fcntl.flock(running, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                raise NoServerError(
                    f"A server of {folder.root} lives and does not answer: end it with `broadsheet server stop`, or "
                    f"end the process that `fuser {_running(folder)}` names."
                ) from None
            time.sleep(0.1)


def _await(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + settings().server_patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise NoServerError(f"The server ended while it started: read the end of {log}.")
        if _answers(server):
            return
        time.sleep(0.2)
    raise NoServerError(f"The server did not answer within {settings().server_patience:g} seconds: see {log}.")


def _server_environment(folder: DataFolder, host: str, port: int) -> dict[str, str]:
    seconds = str(settings().history_days * 86_400)
    chosen = {
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": seconds,
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{settings().history_days}D",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "20",
    } | guarded_server(folder, port)
    return {name: os.environ.get(name, value) for name, value in chosen.items()}


def _free_port(host: str, first: int) -> int:
    for port in [*range(first, min(first + 50, 65_536)), 0]:
        try:
            with socket.create_server((host, port)) as listener:
                return int(listener.getsockname()[1])
        except PermissionError:
            raise NoServerError(f"Port {port} of {host} may not be used: choose one above 1023.") from None
        except OSError as error:
            if port == 0:
                raise NoServerError(f"No port of {host} can be listened on ({error.strerror}).") from None
    raise AssertionError("port 0 is always tried")


def _answers(server: Server) -> bool:
    connection = HTTPConnection(server.url.removeprefix("http://").rsplit(":", 1)[0], server.port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _running(folder: DataFolder) -> Path:
    return folder.prefect / "server.running"


def _has_open(pid: int, lock: Path) -> bool:
    """Says whether a process has a lock's file open, so that no stranger gets a signal who has its number by now."""
    if not Path("/proc/self/fd").is_dir():
        return True
    with suppress(OSError):  # it is gone, or another's
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                if handle.samefile(lock):
                    return True
    return False


def _is_held(lock: Path) -> bool:
    """Says whether a living process holds a lock; the system lets go of it however a process ends."""
    if not lock.is_file():
        return False
    with lock.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
