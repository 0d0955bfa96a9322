"""Two loaders and six readers on one data directory; shared by the suite and by `tests/bench/kill_readers.py`.

As a program it is one of them: `load DATA FOLDER…` or `read DATA STOP`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGES_A_RUN = 3
LEAST_RUNS = 3
"""A loader makes so many runs however slow the machine is."""

_HALF_A_PAGE = """
select count(*) from documents d
where status = 'loaded' and (
    (select count(*) from articles a where a.document_id = d.document_id) <> 2
    or not exists (select 1 from metrics m where m.document_id = d.document_id)
    or not exists (select 1 from mentions m where m.document_id = d.document_id)
)
"""
_HALF_A_RUN = f"select count(*) from (select run_id from documents group by run_id having count(*) <> {PAGES_A_RUN})"


@dataclass
class Outcome:
    """What the readers and loaders saw.

    Attributes:
        loaded: Pages in the warehouse at the end.
        written: Pages that the loaders were given.
        answers: Questions that readers asked and got answered.
        versions: States of the warehouse that they saw.
        faults: What was wrong, in words.
    """

    loaded: int = 0
    written: int = 0
    answers: int = 0
    versions: int = 0
    faults: list[str] = field(default_factory=list)


def contend(place: Path, seconds: float, loaders: int = 2, readers: int = 6) -> Outcome:
    """Lets loaders and readers work at once, and says what came of it.

    Args:
        place: An empty folder.
        seconds: How long the loaders go on starting runs.
        loaders: Processes that load.
        readers: Processes that read.
    """
    data, stop = place / "data", place / "stop"
    data.mkdir(parents=True)
    start = [sys.executable, "-W", "ignore", "-m", "tests.loads.contention"]
    reading = [_start([*start, "read", str(data), str(stop)]) for _ in range(readers)]
    loading = [_start([*start, "load", str(data), str(place / f"in{n}"), str(seconds)]) for n in range(loaders)]
    outcome = Outcome()
    for process in loading:
        _take(process, outcome, "a loader")
    stop.touch()
    for process in reading:
        _take(process, outcome, "a reader")
    from tests.loads.pages import rows

    ((outcome.loaded,),) = rows(data, "select count(*) from documents where status = 'loaded'")  # type: ignore[assignment]
    if rows(data, _HALF_A_PAGE) != [(0,)]:
        outcome.faults.append("a page is loaded by half at the end")
    return outcome


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _take(process: subprocess.Popen[bytes], outcome: Outcome, who: str) -> None:
    said, errors = process.communicate()
    if process.returncode:
        outcome.faults.append(f"{who} failed: {errors.decode()[-300:]}")
        return
    told = json.loads(said.decode().strip().splitlines()[-1])
    outcome.written += told.get("written", 0)
    outcome.answers += told.get("answers", 0)
    outcome.versions = max(outcome.versions, told.get("versions", 0))
    outcome.faults += told.get("faults", [])


def load(data: Path, inbox: Path, seconds: float) -> dict[str, object]:
    """Runs again and again, each time on three new pages, waiting its turn for the lock."""
    from tests.loads.driver import run, warm_up
    from tests.loads.pages import write_pages

    warm_up(gate=False)
    number = sum(map(ord, inbox.name)) % 7 * 1_000_000
    written, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline or written < LEAST_RUNS * PAGES_A_RUN:
        folder = inbox / f"{number + written}"
        write_pages(folder, range(number + written, number + written + PAGES_A_RUN))
        assert run(data, folder, gate=False).new == PAGES_A_RUN
        written += PAGES_A_RUN
    return {"written": written}


def read(data: Path, stop: Path) -> dict[str, object]:
    """Asks the same questions until it is stopped; each answer must make sense, and nothing may go back."""
    from warehouse import connect
    from warehouse.connection import NoWarehouseError

    answers, pages, faults, seen = 0, 0, [], set()
    while not stop.exists():
        try:
            with connect(data / "warehouse.duckdb") as con:
                half = con.execute(_HALF_A_PAGE).fetchone(), con.execute(_HALF_A_RUN).fetchone()
                time.sleep(0.05)
                row = con.execute("select count(*) from documents where status = 'loaded'").fetchone()
        except NoWarehouseError:
            time.sleep(0.1)
            continue
        except Exception as error:
            faults.append(f"a reader was refused: {error}")
            break
        now = int(row[0]) if row else 0
        if half != ((0,), (0,)):
            faults.append(f"a reader saw half a load: {half}")
        if now < pages:
            faults.append(f"a reader saw {now} pages after {pages}")
        pages = now
        answers += 1
        seen.add(now)
        time.sleep(0.2)
    return {"answers": answers, "versions": len(seen), "faults": faults[:3]}


if __name__ == "__main__":
    verb, data_dir, other, *rest = sys.argv[1:]
    told = load(Path(data_dir), Path(other), float(rest[0])) if verb == "load" else read(Path(data_dir), Path(other))
    sys.stdout.write(json.dumps(told) + "\n")
