"""Calls the command as a user does, and notes what it took: seconds, and the memory of each kind of its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.corpus import PROJECT

BROADSHEET = [sys.executable, "-c", "from flows.cli import main; main()"]
_LOOKS_A_SECOND = 5
_FAMILY_EVERY = 5
"""To list the processes takes far longer than to look at ours."""
_KINDS = (("flows.orchestrate.api_process", "Prefect's API"), ("resource_tracker", "tracker"))


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call.

    Attributes:
        said: Its standard output.
        seconds: From its start to its end, the start of Python included.
        megabytes: Largest resident memory of a process, by kind of process.
    """

    said: str
    seconds: float
    megabytes: dict[str, float]

    @property
    def largest(self) -> float:
        """Memory of the largest process, in megabytes."""
        return max(self.megabytes.values(), default=0.0)


class CallError(RuntimeError):
    """The command ended otherwise than it should.

    Attributes:
        said: The last line of what it said.
    """

    def __init__(self, arguments: tuple[str, ...], errors: str) -> None:
        super().__init__(f"{arguments}: {errors[-2000:]}")
        lines = errors.split("\n")
        self.said = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


class _MemoryWatch(threading.Thread):
    """Notes the largest resident memory of each kind of process of a call, in megabytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(process.pid)
        self._kinds: dict[int, str] = {process.pid: "command"}
        self.largest: dict[str, float] = {}
        self.start()

    def run(self) -> None:
        family: list[psutil.Process] = []
        looks = 0
        while self._root.is_running():
            if looks % _FAMILY_EVERY == 0:
                with suppress(psutil.Error):
                    family = [self._root, *self._root.children(recursive=True)]
            for process in family:
                with suppress(psutil.Error, OSError):
                    kind, megabytes = self._kind(process), process.memory_info().rss / 1e6
                    self.largest[kind] = max(self.largest.get(kind, 0.0), megabytes)
            looks += 1
            time.sleep(1 / _LOOKS_A_SECOND)

    def _kind(self, process: psutil.Process) -> str:
        if process.pid not in self._kinds:
            said = " ".join(process.cmdline())
            kind = next((kind for part, kind in _KINDS if part in said), "")
            if not kind and "multiprocessing" in said:
                loaded = Path(f"/proc/{process.pid}/maps").read_text()
                if "sqlalchemy" not in loaded and "rjieba" not in loaded:
                    return "starting"  # it does not show yet what it will be
                kind = "checks" if "sqlalchemy" in loaded else "worker"
            self._kinds[process.pid] = kind or "other"
        return self._kinds[process.pid]


def call(data: Path, *arguments: str, workers: int = 0, reader: str = "rules") -> Called:
    """Calls the command line.

    Args:
        data: The data directory.
        *arguments: What stands behind `broadsheet`.
        workers: Worker processes; 0 means one a core.
        reader: `learned` or `rules`.

    Raises:
        CallError: It ended with another code than 0 or 1.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # nobody's default
    env = kept | {"BROADSHEET_DATA_DIR": str(data), "BROADSHEET_WORKERS": str(workers)}
    env |= {"BROADSHEET_READER": reader}
    started = time.perf_counter()
    process = subprocess.Popen(
        [*BROADSHEET, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=PROJECT
    )
    watch = _MemoryWatch(process)
    out, errors = process.communicate()
    if process.returncode not in (0, 1):
        raise CallError(arguments, errors.decode())
    return Called(out.decode(), time.perf_counter() - started, dict(watch.largest))
