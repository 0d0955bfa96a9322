"""Runs the flow `ingest` with its real stages, gate, lake and load, but without Prefect's server.

Tasks are replaced by the plain functions they wrap, so that a test can make fifty runs in the time that starting
Prefect for one of them takes. As a program it takes a data directory and paths, for tests that kill it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch


class _Done:
    """What a task's `submit` gives, when the work is done at once."""

    def __init__(self, work: Any, arguments: tuple[Any, ...]) -> None:
        self._value: Any = None
        self._error: Exception | None = None
        try:
            self._value = work(*(a.result() if isinstance(a, _Done) else a for a in arguments))
        except Exception as error:
            self._error = error

    def result(self) -> Any:
        if self._error:
            raise self._error
        return self._value


def _plain(task: Any) -> Any:
    return SimpleNamespace(submit=lambda *arguments: _Done(task.fn, arguments))


@contextmanager
def without_prefect(gate: bool = True) -> Iterator[None]:
    """Puts the tasks' plain functions in their place, and leaves out what only talks to Prefect.

    Without the gate a run takes 0.3 instead of 1.5 seconds; for tests that are not about what it keeps back.
    """
    from expectations.verdict import Verdict
    from flows.ingest import shards
    from flows.orchestrate import flow
    from tasks import runs
    from tasks.staging import identity, stage

    logger = SimpleNamespace(info=lambda *_: None)
    quiet = {
        "runtime": SimpleNamespace(flow_run=SimpleNamespace(id="none"), deployment=SimpleNamespace(id=None)),
        "get_run_logger": lambda: logger,
        "alive": lambda *_: nullcontext(),
        "close_dead_runs": lambda *_: [],
        "name_run": lambda *_: None,
        "show_run": lambda *_: None,
        "alert_about": lambda *_: None,
        "check": flow.check.fn if gate else lambda *_: Verdict(),
        "load": flow.load.fn,
    }
    stages = {name: _plain(getattr(shards, name)) for name in ("stage", "repair", "extract", "publish")}
    version = SimpleNamespace(pipeline_version=os.environ.get("TEST_PIPELINE_VERSION", "test"))
    with (
        patch.multiple(flow, **quiet),
        patch.multiple(shards, **stages),
        patch.object(identity, "pipeline_version", lambda: version.pipeline_version),
        patch.object(identity, "lexicon_digest", lambda: "test"),
        patch.object(stage, "pipeline_version", lambda: version.pipeline_version),
        patch.object(runs, "pipeline_version", lambda: version.pipeline_version),
        patch.object(runs, "datetime", _clock()),
    ):
        yield


def _clock() -> type[datetime]:
    """The clock that runs are named by; with `TEST_CLOCK_BACK` every other process is so many seconds behind."""
    behind = timedelta(seconds=float(os.environ.get("TEST_CLOCK_BACK", "0")) * (os.getpid() % 2))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - behind

    return Clock


def run(data: Path, *paths: Path | str, gate: bool = True, **options: Any) -> Any:
    """Takes pages into the warehouse of a data directory, in this process.

    Args:
        data: The data directory.
        *paths: Files, folders, bulk files.
        gate: Run the quality gate.
        **options: As for the flow; settings in capitals, such as BATCH_MB.
    """
    data.mkdir(parents=True, exist_ok=True)
    given = {name: str(options.pop(name)) for name in list(options) if name.isupper()}
    with settings_of(data, **given), without_prefect(gate):
        from flows.orchestrate import flow

        return flow.ingest.fn([str(path) for path in paths], **options)


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
        from flows.settings import settings

        settings.cache_clear()
        try:
            yield
        finally:
            settings.cache_clear()


def warm_up() -> None:
    """Makes a run, so that a fork of this process finds everything imported and all language data read."""
    from tests.loads.pages import write_pages

    with TemporaryDirectory() as place:
        run(Path(place) / "data", *write_pages(Path(place), range(1)))


if __name__ == "__main__":
    run(Path(sys.argv[1]), *sys.argv[2:])
