"""Gives one run a Prefect API: a server that is running already, or a private one that goes when the run goes.

What belongs here: start and end of the private process. Nothing here imports Prefect before its settings stand.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.orchestrate.server import find_server
from flows.settings import PROJECT, guarded_server
from warehouse.errors import EnvironmentProblem
from warehouse.storage.folder import DataFolder

_LOG_LIMIT = 1_000_000


class NoPrefectApiError(EnvironmentProblem):
    """Prefect's API could not be started."""


@contextmanager
def prefect_api(folder: DataFolder) -> Iterator[bool]:
    """Points Prefect to an API for as long as the block runs; call it before Prefect is imported.

    Taken in this order: the address in `PREFECT_API_URL`, the server that `broadsheet server start` or `watch`
    runs, a private one. The private one starts while this process goes on with its own imports: the socket
    listens already, so the first request simply waits for its answer. It ends when this process does, after
    Prefect has sent what it sends at the very end: events and logs that wait in queues.

    Args:
        folder: The data directory, prepared for Prefect.

    Yields:
        Whether an API is being started, which takes seconds of a processor.

    Raises:
        NoPrefectApiError: The private process ended by itself.
    """
    if os.environ.get("PREFECT_API_URL"):
        yield False
        return
    if server := find_server(folder):
        with _address(server.api_url):
            yield False
        return
    log = folder.prefect / "private-api.log"
    process, port = _start(folder, log)
    atexit.register(_stop, process)  # before Prefect is imported, so that it runs after what Prefect does at exit
    try:
        with _address(f"http://127.0.0.1:{port}/api"):
            yield True
    except Exception as error:
        if process.poll():
            raise NoPrefectApiError(f"Prefect's API could not be started: {_last_line(log)} (see {log}).") from error
        raise


@contextmanager
def _address(url: str) -> Iterator[None]:
    os.environ["PREFECT_API_URL"] = url
    try:
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)


def _start(folder: DataFolder, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    if log.is_file() and log.stat().st_size > _LOG_LIMIT:
        log.unlink()
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("ab") as output:
        port = int(listener.getsockname()[1])
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.orchestrate.api_process", str(listener.fileno())],
            pass_fds=[listener.fileno()],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            cwd=PROJECT,
            env=os.environ | guarded_server(folder, port),
            start_new_session=True,
        )
        return process, port


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Lets the process write down what it still holds, and end."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
