"""A signal is answered at every moment, and too little memory at once: one sentence, the documented exit code."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import BROADSHEET, PROJECT, hear_ctrl_c
from tests.loads.driver import run
from tests.loads.pages import digests, rubbish, write_pages


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("stopping")
    write_pages(place / "in", range(2))
    run(place / "data", place / "in", gate=False)
    return place


def start(data: Path, *arguments: str, **how) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "BROADSHEET_DATA_DIR": str(data)}
    command = [*BROADSHEET, *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, cwd=PROJECT, **pipes, **({"preexec_fn": hear_ctrl_c} | how))


def hears(process: subprocess.Popen[bytes]) -> bool:
    """Says whether the process has a handler for SIGTERM."""
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    except OSError:
        return True
    caught = next((int(line.split()[1], 16) for line in lines if line.startswith("SigCgt")), 0)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize(
    ("verb", "number", "seconds"),
    [
        ("run", signal.SIGTERM, 0.0),
        ("run", signal.SIGINT, 0.3),
        ("run", signal.SIGTERM, 1.5),
        ("rebuild", signal.SIGTERM, 0.0),
        ("rebuild", signal.SIGINT, 0.4),
        ("forget", signal.SIGTERM, 0.2),
        ("query", signal.SIGTERM, 0.0),
    ],
)
def test_a_signal_is_answered_with_a_sentence_and_130(place, tmp_path, verb, number, seconds):
    data = Path(shutil.copytree(place / "data", tmp_path / "data"))
    pages = write_pages(tmp_path / "in", range(8, 9))
    what = {"run": [str(pages[0])], "rebuild": [], "forget": [str(place / "in" / "2023-04-24_000.txt")]}
    process = start(data, verb, *what.get(verb, ["select count(*) from range(3000000000)"]))
    while process.poll() is None and not hears(process):
        time.sleep(0.005)
    time.sleep(seconds)
    process.send_signal(number)
    _, said = process.communicate(timeout=600)
    assert b"Traceback" not in said
    if process.returncode == 0 and seconds:
        pytest.skip("it had ended by then")
    assert (process.returncode, said.decode().count("broadsheet: interrupted")) == (130, 1), said.decode()
    if verb in ("run", "rebuild"):
        run(data, place / "in", gate=False)
        assert digests(data) == digests(place / "data")
        assert rubbish(data) == set()


def test_a_command_that_does_not_come_to_an_end_is_ended_by_force():
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(
        [sys.executable, "-c", STUBBORN], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert said.decode().count("broadsheet: interrupted") == 1


STUBBORN = """
import flows.ingest.stopping, time
flows.ingest.stopping.SECONDS = 0.3
flows.ingest.stopping.answer_signals()
told = False
while True:
    try:
        if not told:
            told = True
            print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        pass
"""


LINGERING = """
import sys, time, threading
import flows.ingest.stopping
flows.ingest.stopping.SECONDS = 0.5
import flows.cli
def linger(*_, **__):
    threading.Thread(target=time.sleep, args=(60,)).start()
    print("ready", flush=True)
    time.sleep(60)
import flows.cli.verbs
flows.cli.verbs.app = linger
sys.argv = ["broadsheet", "run"]
flows.cli.main()
"""


def test_a_command_that_has_said_its_end_and_lingers_says_it_once():
    with subprocess.Popen(
        [sys.executable, "-c", LINGERING], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=300)
    assert (process.returncode, said.decode().count("broadsheet: interrupted")) == (130, 1), said


SWALLOWED = """
import os, signal, time, weakref
import flows.ingest.stopping
flows.ingest.stopping.answer_signals()
class Thing: pass
thing = Thing()
watched = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM))
try:
    del thing  # the signal comes where Python can raise nothing
    time.sleep(60)
except KeyboardInterrupt:
    print("heard")
"""


def test_a_signal_that_comes_where_nothing_can_be_raised_is_heard_all_the_same():
    done = subprocess.run([sys.executable, "-c", SWALLOWED], cwd=PROJECT, capture_output=True, timeout=300, check=False)
    assert (done.stdout, done.stderr, done.returncode) == (b"heard\n", b"", 0)


@pytest.mark.parametrize("megabytes", [800, 1200, 1800])
@pytest.mark.parametrize("verb", [["run"], ["watch", "."], ["watch", ".", "--once"]])
def test_too_little_address_space_is_said_at_once(tmp_path, megabytes, verb):
    limit = megabytes * 1_000_000

    def narrow() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    process = start(tmp_path / "data", *verb, preexec_fn=narrow)
    out, said = process.communicate(timeout=600)
    assert process.returncode == 4, (out, said)
    assert b"Traceback" not in said
    assert said.decode().startswith("broadsheet: This needs 4.0 GB of address space and may have")
    assert said.decode().count("\n") == 1
