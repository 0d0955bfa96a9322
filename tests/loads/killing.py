"""Kills runs at random moments and looks at what is left; shared by the suite and by `tests/bench/kill_runs.py`."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.loads.pages import digests, rows, rubbish

PROJECT = Path(__file__).resolve().parent.parent.parent

_FORKING = """
import os, sys
sys.path.insert(0, {project!r})
from pathlib import Path
from tests.loads.driver import run, warm_up
warm_up()
print("warm", flush=True)
for line in sys.stdin:
    data, gate, *paths = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        os.setsid()
        code = 1
        try:
            run(Path(data), *paths, gate=gate == "gate", BATCH_MB="0.0016")
            code = 0
        finally:
            os._exit(code)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Runner:
    """A process that has imported everything once and forks a fresh one, in a group of its own, for each run."""

    def __init__(self, gate: bool = True) -> None:
        self.gate = gate
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _FORKING.format(project=str(PROJECT))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._line() == "warm"

    def run(self, data: Path, *paths: Path, kill_after: float | None = None) -> int:
        """Makes a run; kills its process group with -9 after some seconds, if it is still there.

        Returns:
            Its exit status: 0, or what it was killed with.
        """
        self._ask("\t".join(map(str, (data, "gate" if self.gate else "", *paths))))
        child = int(self._line())
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        return int(self._line())

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=300)

    def _ask(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@dataclass
class Undisturbed:
    """What a run that nobody kills comes to.

    Attributes:
        digests: Of its tables.
        metrics: Metrics of each document.
        seconds: How long it took.
    """

    digests: dict[str, str]
    metrics: dict[str, tuple[int, float]]
    seconds: float


@dataclass
class Killed:
    """What came of the kills.

    Attributes:
        moments: Seconds after which each run was killed.
        hits: How many were still running then.
        partly: How many left some pages loaded and some not.
        faults: What was wrong, in words.
    """

    moments: list[float] = field(default_factory=list)
    hits: int = 0
    partly: int = 0
    faults: list[str] = field(default_factory=list)


def undisturbed(runner: Runner, data: Path, inbox: Path) -> Undisturbed:
    """Makes the run that the others are compared with."""
    started = time.monotonic()
    assert runner.run(data, inbox) == 0
    return Undisturbed(digests(data), metrics_by_document(data), time.monotonic() - started)


def metrics_by_document(data: Path) -> dict[str, tuple[int, float]]:
    """Counts and adds up the metrics of each loaded document: what a reader may see of it is all or nothing."""
    found = rows(
        data,
        "select d.document_id, count(m.metric_id), coalesce(sum(m.value), 0) from documents d "
        "left join metrics m using (document_id) where d.status = 'loaded' group by 1",
    )
    return {str(document): (int(str(count)), float(str(total))) for document, count, total in found}


def kill_once(runner: Runner, data: Path, inbox: Path, expected: Undisturbed, moment: float, result: Killed) -> None:
    """Kills one run, looks at the warehouse as a reader does, runs again and compares."""
    result.moments.append(moment)
    result.hits += runner.run(data, inbox, kill_after=moment) != 0
    where = f"killed after {moment:.3f} s"
    if (data / "warehouse.duckdb").exists():
        seen = metrics_by_document(data)
        result.partly += 0 < len(seen) < len(expected.metrics)
        if not seen.items() <= expected.metrics.items():
            result.faults.append(f"{where}: a reader saw half a page")
    if runner.run(data, inbox) != 0:
        result.faults.append(f"{where}: the next run failed")
        return
    if digests(data) != expected.digests:
        result.faults.append(f"{where}: the tables differ from those of an undisturbed run")
    if left := rubbish(data):
        result.faults.append(f"{where}: left behind {sorted(left)[:3]}")


def kill_many(
    runner: Runner, place: Path, inbox: Path, expected: Undisturbed, count: int, seed: int, result: Killed
) -> Iterator[int]:
    """Kills runs, each on a data directory of its own, at moments spread over a run.

    The machine may be faster now than when the undisturbed run was measured: where a run was over before its moment
    came, the moments after it come sooner.

    Args:
        runner: Makes the runs.
        place: An empty folder.
        inbox: The pages.
        expected: What a run comes to.
        count: How many.
        seed: Chooses the moments.
        result: What came of the kills; added to.

    Yields:
        The number of each kill.
    """
    sooner = 1.0
    for n, moment in enumerate(moments(count, expected.seconds, seed), 1):
        before = result.hits
        kill_once(runner, place / f"{n}", inbox, expected, moment * sooner, result)
        sooner *= 1.0 if result.hits > before else 0.8
        shutil.rmtree(place / f"{n}", ignore_errors=True)
        yield n


def moments(count: int, seconds: float, seed: int) -> list[float]:
    """Chooses moments to kill at, one in each of as many equal parts of a run, in random order."""
    chance = random.Random(seed)
    found = [(n + chance.random()) * seconds / count for n in range(count)]
    chance.shuffle(found)
    return found
