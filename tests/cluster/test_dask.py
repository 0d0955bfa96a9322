"""A real Dask cluster on loopback gives the tables that a local run gives, even when a worker is killed."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest

from tests.bench.corpus import write_corpus
from tests.cluster.loopback import dask_cluster, free_port
from tests.loads.driver import run
from warehouse import connect
from warehouse.ask.content import content_digests

pytestmark = pytest.mark.slow


def digests(data: Path) -> dict[str, str]:
    with connect(data / "warehouse.duckdb") as con:
        return content_digests(con)


def test_a_worker_killed_in_mid_batch_loses_nothing(broadsheet, tmp_path):
    write_corpus(tmp_path / "pages", 16)
    here, there = tmp_path / "here", tmp_path / "there"
    small = {"BROADSHEET_SHARD_MB": "0.05"}
    assert run(here, tmp_path / "pages").new == 16
    with dask_cluster(2, tmp_path) as (address, workers):

        def kill_one_when_work_has_begun() -> None:
            while not list(there.glob("work/*/*/staged.arrow")):
                time.sleep(0.02)
            workers[0].send_signal(signal.SIGKILL)

        threading.Thread(target=kill_one_when_work_has_begun, daemon=True).start()
        done = broadsheet("run", "--dask", address, str(tmp_path / "pages"), data=there, **small)
        assert done.returncode == 0, done.stderr
        assert workers[0].wait(120) == -signal.SIGKILL
    assert digests(there) == digests(here)


def test_a_scheduler_that_does_not_answer_is_one_sentence(broadsheet, tmp_path):
    done = broadsheet("run", "--dask", f"tcp://127.0.0.1:{free_port()}", data=tmp_path / "data")
    assert done.returncode == 4
    assert "No Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr
