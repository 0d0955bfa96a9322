"""The server of a data directory, and several hosts as docs/operations.md describes them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations.conftest import BROADSHEET, PROJECT, asked_again, environment, free_port, page, wait_for
from warehouse import connect

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory, prefect_made: Callable[[Path], None]) -> Iterator[dict[str, str]]:
    data = tmp_path_factory.mktemp("server") / "data"
    prefect_made(data)
    it = environment(data, BROADSHEET_SERVER_PORT=str(free_port()))
    yield it
    broadsheet(it, "server", "stop")


def broadsheet(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*BROADSHEET, *arguments]
    return subprocess.run(command, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=600, check=False)


def test_a_taken_port_is_passed_over_and_a_second_start_finds_the_first(env: dict[str, str]) -> None:
    taken = int(env["BROADSHEET_SERVER_PORT"])
    with socket.create_server(("127.0.0.1", taken)):
        first = broadsheet(env, "server", "start")
    assert first.returncode == 0, first.stderr
    address = re.search(r"http://127\.0\.0\.1:(\d+)", first.stdout)
    assert address
    assert int(address[1]) != taken
    assert address[0] in broadsheet(env, "server", "start").stdout
    assert address[0] in broadsheet(env, "server", "status").stdout


def test_the_ui_asks_the_port_that_was_taken(env: dict[str, str]) -> None:
    address = re.search(r"http://[\d.:]+", broadsheet(env, "server", "start").stdout)
    assert address
    assert f"{address[0]}/api" in asked_again(f"{address[0]}/ui-settings").decode()


def test_several_hosts_as_the_documentation_says(env: dict[str, str], tmp_path: Path) -> None:
    text = (PROJECT / "docs" / "operations.md").read_text("utf-8")
    followed = re.search(r"followed by tests/operations/test_server.py -->\n```console\n(.*?)```", text, re.DOTALL)
    assert followed
    inbox = tmp_path / "pages"
    inbox.mkdir()
    (inbox / "2023-04-24_01.txt").write_text(page(1), "utf-8")
    os.utime(inbox / "2023-04-24_01.txt", (0, 0))
    command = tmp_path / "broadsheet"
    command.write_text(f'#!/bin/sh\nexec {BROADSHEET[0]} -c "{BROADSHEET[2]}" "$@"\n')
    command.chmod(0o755)
    script = "set -e\n" + followed[1].replace("/srv/pages", str(inbox))
    here = env | {"PATH": f"{tmp_path}{os.pathsep}{env['PATH']}", "BROADSHEET_SETTLE_SECONDS": "0"}
    with (tmp_path / "said.txt").open("wb") as said:
        shell = subprocess.Popen(
            ["bash", "-c", script], env=here, cwd=PROJECT, stdout=said, stderr=said, start_new_session=True
        )
        try:
            code = shell.wait(timeout=900)
        finally:
            os.killpg(shell.pid, signal.SIGKILL)  # the worker, which would wait for more
    assert code == 0, (tmp_path / "said.txt").read_text()
    with connect(Path(env["BROADSHEET_DATA_DIR"]) / "warehouse.duckdb") as con:
        assert con.execute("select count(*) from documents where status = 'loaded'").fetchall() == [(1,)]


def test_a_killed_server_is_not_taken_for_a_running_one(env: dict[str, str]) -> None:
    found = re.search(r"process (\d+)", broadsheet(env, "server", "start").stdout)
    assert found
    os.kill(int(found[1]), signal.SIGKILL)
    wait_for(lambda: broadsheet(env, "server", "status").returncode == 4, 180, "the server to be missed")
    assert "No server was running" in broadsheet(env, "server", "stop").stdout
