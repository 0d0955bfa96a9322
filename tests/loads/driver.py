"""Makes runs with their real stages, gate, lake and load, plainly: without Prefect, each step done at once.

So a test can make fifty runs in the time that starting Prefect for one of them takes. As a program it takes a data
directory and paths, for tests that kill it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from expectations.verdict import Verdict
from flows.ingest.request import RunRequest
from flows.ingest.run import run as run_plainly
from flows.ingest.steps import CHECK, at_once
from flows.ingest.summary import RunSummary
from flows.settings import Settings, settings
from tasks.runs import new_run_id
from warehouse.storage.folder import DataFolder


def ungated(step: Any, *given: object) -> Any:
    """Takes a step at once, and lets every batch pass the gate unseen."""
    return at_once(replace(step, work=lambda *_: Verdict()) if step is CHECK else step, *given)


def run(data: Path, *paths: Path | str, gate: bool = True, **options: Any) -> RunSummary:
    """Takes pages into the warehouse of a data directory, in this process.

    Without the gate a run takes 0.3 instead of 1.5 seconds; for tests that are not about what it keeps back.

    Args:
        data: The data directory.
        *paths: Files, folders, bulk files.
        gate: Run the quality gate.
        **options: As for the request; settings in capitals, such as BATCH_MB.
    """
    given = {name.lower(): options.pop(name) for name in list(options) if name.isupper()}
    request = RunRequest([str(path) for path in paths], settings=Settings(data_dir=data, **given), **options)
    request = replace(request, run_id=request.run_id or _run_id())
    return run_plainly(request, DataFolder(data), submit=at_once if gate else ungated)


def _run_id() -> str:
    """Names a run by its time; with `TEST_CLOCK_BACK` every other process is so many seconds behind."""
    behind = float(os.environ.get("TEST_CLOCK_BACK", "0")) * (os.getpid() % 2)
    if not behind:
        return new_run_id()
    return f"{datetime.now(UTC) - timedelta(seconds=behind):%Y%m%dT%H%M%S-%f}"


@contextmanager
def settings_of(data: Path, **given: str) -> Iterator[None]:
    """Lets the settings speak of a data directory for as long as the block runs.

    Args:
        data: The data directory.
        **given: Settings in capitals.
    """
    environment = {f"BROADSHEET_{name}": value for name, value in given.items()}
    environment |= {"BROADSHEET_DATA_DIR": str(data), "PREFECT_HOME": str(data / "prefect")}
    with patch.dict(os.environ, environment):
        settings.cache_clear()
        try:
            yield
        finally:
            settings.cache_clear()


def warm_up(gate: bool = True) -> None:
    """Makes a run, so that a fork of this process finds everything imported and all language data read.

    Args:
        gate: The gate too.
    """
    from tests.loads.pages import write_pages

    with TemporaryDirectory() as place:
        run(Path(place) / "data", *write_pages(Path(place), range(1)), gate=gate)


if __name__ == "__main__":
    run(Path(sys.argv[1]), *sys.argv[2:])
