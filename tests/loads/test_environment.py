"""What the machine refuses ends in one sentence and exit code 4, with the warehouse as it was."""

import os
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress

import pytest

from tests.conftest import BROADSHEET, PROJECT, call_broadsheet, hear_ctrl_c
from tests.loads.driver import run
from tests.loads.killing import metrics_by_document
from tests.loads.pages import digests, rubbish, write_pages


def mounted(place, size):
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `mount` here to make a small disk with")
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here ({done.stderr.decode().strip()}); run the test as root")


@pytest.fixture
def small_disk(tmp_path, undisturbed, prefect_made):
    """A disk of 60 MB with a warehouse on it."""
    place = tmp_path / "disk"
    mounted(place, "60m")
    try:
        shutil.copytree(undisturbed, place / "data")
        prefect_made(place / "data")
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def one_sentence(said):
    lines = [line for line in said.stderr.splitlines() if line.startswith("broadsheet: ")]
    assert len(lines) == 1, said.stderr
    assert "Traceback" not in said.stderr
    return lines[0]


def fill(path):
    with suppress(OSError), path.open("wb", buffering=0) as ballast:
        while ballast.write(bytes(4_096)):
            pass


@pytest.mark.slow
def test_a_full_disk_is_said_in_a_sentence_and_the_warehouse_stays(small_disk, tmp_path):
    """Filled by another program while a run works, and full before one begins; other moments in `tests.bench`."""
    data, inbox = small_disk / "data", tmp_path / "in"
    before = digests(data)
    write_pages(inbox, range(20, 24))

    def fill_when_work_has_begun() -> None:
        while not list(data.glob("work/*/*/jobs.json")):
            time.sleep(0.02)
        fill(small_disk / "ballast")

    filling = threading.Thread(target=fill_when_work_has_begun, daemon=True)
    filling.start()
    done = call_broadsheet("run", str(inbox), data=data)
    filling.join(600)
    assert done.returncode == 4, done.stderr
    assert "is full" in one_sentence(done)
    assert len([line for line in done.stderr.splitlines() if not line.startswith("batch ")]) == 1, done.stderr
    done = call_broadsheet("run", str(inbox), data=data)
    assert done.returncode == 4, done.stderr
    assert "is nearly full: 0." in one_sentence(done)
    (small_disk / "ballast").unlink()
    assert digests(data) == before
    assert run(data, inbox, gate=False).exit_code == 0
    assert digests(data) != before
    assert rubbish(data) == set()


def test_a_read_only_data_directory_is_said_in_a_sentence(small_disk, tmp_path):
    data = small_disk / "data"
    before = digests(data)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = call_broadsheet("run", str(tmp_path), data=data)
    assert done.returncode == 4, done.stderr
    assert str(data) in one_sentence(done)
    assert digests(data) == before


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_rolls_the_batch_back_and_says_so(tmp_path, number, prefect_made):
    data, inbox = tmp_path / "data", tmp_path / "in"
    prefect_made(data)
    write_pages(inbox, range(3))
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "BROADSHEET_DATA_DIR": str(data)}
    with subprocess.Popen(
        [*BROADSHEET, "run", str(inbox)], stderr=subprocess.PIPE, env=environment, cwd=PROJECT, preexec_fn=hear_ctrl_c
    ) as process:
        for _ in range(6_000):
            if list(data.glob("lake/.tmp")) or list(data.glob("work/*/*/files.json")):
                break
            time.sleep(0.05)
        process.send_signal(number)
        _, said = process.communicate(timeout=300)
    assert process.returncode == 130, said.decode()
    assert "Traceback" not in said.decode()
    assert "rolled back" in said.decode()
    if (data / "warehouse.duckdb").exists():
        assert len(metrics_by_document(data)) in (0, 3)
    assert run(data, inbox, gate=False).exit_code == 0
    assert len(metrics_by_document(data)) == 3
    assert rubbish(data) == set()
