"""A Dask cluster on loopback: a scheduler and worker processes of one thread each, as hosts of a real one would be."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import PROJECT

Process = subprocess.Popen[bytes]


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dask_cluster(workers: int, place: Path) -> Iterator[tuple[str, list[Process]]]:
    """Starts a scheduler and so many workers; gives its address and the workers' processes, and ends them all."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = _start("dask_scheduler", "--host", address, "--no-dashboard")
    own = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "300", "--local-directory", str(place))
    started = [_start("dask_worker", address, *own) for _ in range(workers)]
    try:
        from distributed import Client

        with Client(address, timeout=300) as client:
            client.wait_for_workers(workers, timeout=300)
        yield address, started
    finally:
        for process in (*started, scheduler):
            process.kill()
            process.wait()


def _start(tool: str, *arguments: str) -> Process:
    env = os.environ | {"PYTHONPATH": str(PROJECT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{tool}", *arguments], env=env, stderr=subprocess.DEVNULL
    )
