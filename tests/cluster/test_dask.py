"""A real Dask cluster on loopback gives the tables that a local run gives, even when a worker is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.corpus import write_corpus
from tests.conftest import PROJECT
from warehouse import connect
from warehouse.content import content_digests

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two worker processes with one thread each."""
    address = f"tcp://127.0.0.1:{free_port()}"
    env = os.environ | {"PYTHONPATH": str(PROJECT), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    scheduler = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--death-timeout",
        "60",
        "--local-directory",
        str(tmp_path),
    ]
    workers = [subprocess.Popen(worker, env=env, stderr=subprocess.DEVNULL) for _ in range(2)]
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def digests(data: Path) -> dict[str, str]:
    with connect(data / "warehouse.duckdb") as con:
        return content_digests(con)


def test_a_worker_killed_in_mid_batch_loses_nothing(broadsheet, cluster, tmp_path):
    address, workers = cluster
    write_corpus(tmp_path / "pages", 16)
    here, there = tmp_path / "here", tmp_path / "there"
    small = {"BROADSHEET_SHARD_MB": "0.05"}
    assert broadsheet("run", str(tmp_path / "pages"), data=here, **small).returncode == 0

    def kill_one_when_work_has_begun() -> None:
        while not list(there.glob("work/*/*/staged.arrow")):
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)

    threading.Thread(target=kill_one_when_work_has_begun, daemon=True).start()
    done = broadsheet("run", "--dask", address, str(tmp_path / "pages"), data=there, **small)
    assert done.returncode == 0, done.stderr
    assert workers[0].wait(10) == -signal.SIGKILL
    assert digests(there) == digests(here)


def test_a_scheduler_that_does_not_answer_is_one_sentence(broadsheet, tmp_path):
    done = broadsheet("run", "--dask", f"tcp://127.0.0.1:{free_port()}", data=tmp_path / "data")
    assert done.returncode == 4
    assert "No Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr
