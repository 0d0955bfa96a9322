"""What the tests of operations share: a receiver of alerts, pages to drop, processes to start, kill and wait for."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

PROJECT = Path(__file__).resolve().parents[2]
BROADSHEET = [sys.executable, "-c", "from flows.cli import main; main()"]


def page(number: int, extra: str = "") -> str:
    """A small page of one article, different for every number."""
    return (
        f"槐荫区第{number}号街区一季度工业产值增长\n\n□记者 王建国\n\n"
        f"　　本报济南讯（记者 王建国）记者从济南市槐荫区统计局获悉，一季度，槐荫区第{number}号街区规模以上工业总产值"
        f"{number + 10}.3亿元，同比增长{number % 20 + 1}.5%。{extra}\n\n"
        f"　　截至3月末，该街区共有企业{number + 100}家，新增就业{number + 200}人。济南市委常委、槐荫区委书记李明表示，"
        "今年将力争完成固定资产投资20亿元。\n"
    )


class Receiver:
    """A local HTTP server that keeps what Apprise's json:// posts to it."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(json.loads(body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"json://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def titles(self) -> list[str]:
        return [str(each["title"]) for each in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Receives alerts."""
    it = Receiver()
    yield it
    it.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of a process of ours, with its data in `data`; who reads the pages is no matter there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "BROADSHEET_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    own = {"PYTHONPATH": str(PROJECT), "BROADSHEET_DATA_DIR": str(data), "BROADSHEET_READER": "rules", "PATH": path}
    return kept | own | more


def authorization(data: Path) -> str:
    """The header that a data directory's Prefect server asks for."""
    login = (data / "prefect" / "login").read_bytes().strip()
    return f"Basic {b64encode(login).decode()}"


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kills a process and all below it with -9, as a power cut would."""
    for pid in [process.pid, *descendants(process.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def asked_again(request: Request | str) -> bytes:
    """Asks a server of ours, again while it says that it is busy (503), as Prefect's own client does."""

    def answer() -> bytes | None:
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=300) as said:
                return bytes(said.read()) or b" "
        except HTTPError as error:
            if error.code != 503:
                raise
            return None

    return bytes(wait_for(answer, 300, f"an answer to {request if isinstance(request, str) else request.full_url}"))


def wait_for(what: Callable[[], Any], seconds: float, why: str = "") -> Any:
    """Waits until something is true and gives it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds:g} seconds in vain: {why}")
