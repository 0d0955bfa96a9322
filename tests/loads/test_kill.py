"""Runs are killed with -9; afterwards everything is as if nobody had."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expectations.results import kept_results
from tests.conftest import BROADSHEET, PROJECT
from tests.loads.driver import run
from tests.loads.killing import Killed, Runner, kill_many, metrics_by_document, undisturbed
from tests.loads.pages import digests, rows, rubbish, write_pages
from warehouse.load.publish import bring_up_to_date
from warehouse.storage.folder import DataFolder


@pytest.fixture(scope="module")
def runner():
    running = Runner()
    yield running
    running.close()


@pytest.mark.slow
def test_twenty_kills_at_random_moments_lose_nothing_and_leave_nothing(runner, tmp_path):
    """Most go without the quality gate, in which a run this small spends nine tenths of its time writing nothing."""
    write_pages(tmp_path / "in", range(4))
    result = Killed()
    for gate, count in ((False, 16), (True, 4)):
        runner.gate = gate
        expected = undisturbed(runner, tmp_path / f"expected{gate}", tmp_path / "in")
        for _ in kill_many(runner, tmp_path / f"killed{gate}", tmp_path / "in", expected, count, 7, result):
            pass
    assert result.faults == []
    assert result.hits >= 10, "too few kills hit a running process for the test to mean anything"


@pytest.mark.slow
def test_a_lake_survives_kill_after_kill(runner, tmp_path):
    """Every run is killed a little later than the one before, on the same data, so that what is left piles up."""
    runner.gate = False
    write_pages(tmp_path / "in", range(4))
    expected = undisturbed(runner, tmp_path / "expected", tmp_path / "in")
    data = tmp_path / "data"
    for n in range(6):
        runner.run(data, tmp_path / "in", kill_after=expected.seconds * n / 6)
    assert runner.run(data, tmp_path / "in") == 0
    assert digests(data) == expected.digests
    assert rubbish(data) == set()
    shutil.copytree(data, tmp_path / "again")
    (tmp_path / "again" / "warehouse.duckdb").unlink()
    from tasks.reference import reference_rows

    bring_up_to_date(DataFolder(tmp_path / "again"), reference_rows())
    assert digests(tmp_path / "again") == expected.digests


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.parametrize("sign", ["work/*/*/jobs.json", "lake/batches/*.json"], ids=["reading", "half loaded"])
def test_the_real_command_killed_with_all_its_processes_is_made_good_by_the_next(tmp_path, sign, prefect_made):
    """While the first pages are being read, and when the first batch is in the lake and more are to come."""
    inbox, data = tmp_path / "in", tmp_path / "data"
    prefect_made(data)
    write_pages(inbox, range(4))
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "BROADSHEET_DATA_DIR": str(data),
        "BROADSHEET_BATCH_MB": "0.0016",
        "BROADSHEET_INLINE_MB": "0.000001",
    }
    command = [*BROADSHEET, "run", str(inbox)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": PROJECT}
    with subprocess.Popen(command, start_new_session=True, **quiet) as process:
        while not list(data.glob(sign)) and process.poll() is None:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it should have been at work"
    assert subprocess.run(command, check=False, timeout=900, **quiet).returncode == 0
    assert len(metrics_by_document(data)) == 4
    assert rubbish(data) == set()


@pytest.mark.slow
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from tasks import workers; from tests.loads.test_kill import say_pid_and_sleep;"
        "\nif __name__ == '__main__':\n"
        "    with workers.worker_processes(1):\n"
        "        workers.in_worker(say_pid_and_sleep, Path(sys.argv[2]))\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code, "utf-8")
    with subprocess.Popen([sys.executable, str(script), str(PROJECT), str(tmp_path)]) as parent:
        worker = int(_wait_for(tmp_path / "pid"))
        parent.kill()
    for _ in range(3_000):
        if not _runs(worker):
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived its parent")


def say_pid_and_sleep(shard):
    (shard / "pid.part").write_text(str(os.getpid()))
    (shard / "pid.part").rename(shard / "pid")
    time.sleep(600)
    return shard


def _wait_for(path):
    for _ in range(3_000):
        if path.exists():
            return path.read_text()
        time.sleep(0.1)
    raise TimeoutError(path)


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")
    return status.exists() and "zombie" not in status.read_text()


def test_a_run_killed_while_it_is_recorded_leaves_no_file_behind(tmp_path, monkeypatch):
    """Found by 60 kills: the record of the crash took the journal's place, and the first record's file was orphaned."""
    data, (path,) = tmp_path / "data", write_pages(tmp_path / "in", range(1))

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr("tasks.runs.commit_batch", killed)
    with pytest.raises(SystemExit):
        run(data, path, gate=False)
    monkeypatch.undo()
    run(data, path, gate=False)
    assert rubbish(data) == set()
    assert sorted(rows(data, "select state from runs")) == [("completed",), ("crashed",)]


def test_what_was_said_of_a_batch_that_never_got_into_the_lake_is_not_kept_beside_the_quality_page(
    tmp_path, monkeypatch
):
    data, (path,) = tmp_path / "data", write_pages(tmp_path / "in", range(1))

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr("tasks.check.batch.commit_batch", killed)
    with pytest.raises(SystemExit):
        run(data, path)
    assert kept_results(data / "quality") == []
    monkeypatch.undo()
    done = run(data, path)
    assert [kept.stem for kept in kept_results(data / "quality")] == [f"{done.run_id}-0001"]
    assert rubbish(data) == set()
