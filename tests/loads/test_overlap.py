"""While a batch is read, the one before it is checked and loaded; order and promises stay those of one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations.verdict import Verdict
from flows.ingest import finishing
from flows.ingest.finishing import _Finishing
from flows.ingest.request import RunRequest
from flows.ingest.run import run
from flows.ingest.steps import CHECK, LOAD, STAGE, Step, at_once
from flows.ingest.summary import RunSummary
from flows.settings import Settings
from tests.loads.pages import rows, rubbish, write_pages
from warehouse.errors import EnvironmentProblem
from warehouse.storage.folder import DataFolder

Before = Callable[[str, int], Verdict | None]


def run_watched(place: Path, pages: int, before: Before) -> RunSummary:
    """Runs each page as a batch of its own.

    Args:
        place: An empty folder.
        pages: How many.
        before: Hears of each step, by its name and its number among its kind; what it gives of a check is the verdict.
    """
    counts: dict[str, int] = {}

    def submit(step: Step[Any], *given: object) -> Any:
        counts[step.name] = counts.get(step.name, 0) + 1
        number = counts[step.name]

        def work(*values: Any) -> Any:
            said = before(step.name, number)
            return (said or Verdict()) if step is CHECK else step.work(*values)

        return at_once(Step(step.name, work, of_shard=False), *given)

    write_pages(place / "in", range(pages))
    request = RunRequest([str(place / "in")], settings=Settings(batch_mb=0.0001, merge_batches=0))
    return run(request, DataFolder(place / "data"), submit=submit)


def test_a_batch_is_checked_and_loaded_while_the_next_is_read(tmp_path: Path) -> None:
    meeting, seen = threading.Barrier(2, timeout=60), []

    def before(step: str, number: int) -> None:
        if (step, number) in ((CHECK.name, 1), (STAGE.name, 2), (LOAD.name, 2), (STAGE.name, 3)):
            meeting.wait()  # each waits for the other
        if step in (CHECK.name, LOAD.name):
            seen.append(step)

    summary = run_watched(tmp_path, 3, before)
    assert (summary.new, summary.batches) == (3, 3)
    assert seen[:6] == [CHECK.name, LOAD.name] * 3
    assert rows(tmp_path / "data", "select count(*) from documents") == [(3,)]


def test_what_stops_the_reading_of_a_batch_leaves_no_half_batch_and_the_next_run_loads_the_rest(tmp_path: Path) -> None:
    reading = threading.Event()

    def before(step: str, number: int) -> None:
        if (step, number) == (STAGE.name, 2):
            reading.set()
            raise EnvironmentProblem("the disk is gone")
        if (step, number) == (CHECK.name, 1):
            reading.wait(60)

    with pytest.raises(EnvironmentProblem, match="the disk is gone"):
        run_watched(tmp_path, 3, before)
    assert run_watched(tmp_path, 3, lambda *_: None).new in (2, 3)
    assert rows(tmp_path / "data", "select count(*) from documents where status = 'loaded'") == [(3,)]
    assert rubbish(tmp_path / "data") == set()


def test_an_error_of_a_check_ends_the_run_although_the_next_batch_was_read(tmp_path: Path) -> None:
    def before(step: str, number: int) -> None:
        if (step, number) == (CHECK.name, 1):
            raise ValueError("broken gate")

    with pytest.raises(ValueError, match="broken gate"):
        run_watched(tmp_path, 3, before)
    assert not (tmp_path / "data" / "warehouse.duckdb").exists()


def test_a_refused_batch_is_left_out_and_those_after_it_are_loaded(tmp_path: Path) -> None:
    refused = Verdict(refused="too few of all")
    summary = run_watched(tmp_path, 3, lambda step, n: refused if (step, n) == (CHECK.name, 2) else None)
    assert (summary.new, summary.refused, summary.exit_code) == (2, "too few of all", 3)
    assert rows(tmp_path / "data", "select count(*) from documents") == [(2,)]


def test_who_interrupts_twice_still_waits_for_the_load_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on, loaded, waits = threading.Event(), threading.Event(), []

    def load(_self: object, _batch: object) -> None:
        goes_on.wait(60)
        loaded.set()

    def interrupted(futures: list[Any]) -> None:
        waits.append(futures)
        if len(waits) <= 2:  # no real signal: what listens to those would end this process
            raise KeyboardInterrupt
        goes_on.set()
        futures[0].result()

    monkeypatch.setattr(_Finishing, "finish", load)
    monkeypatch.setattr(finishing, "wait", interrupted)
    own: Any = _Finishing(None, [])  # type: ignore[arg-type]
    own.begin(None)
    with pytest.raises(KeyboardInterrupt):
        own.close()
    assert loaded.is_set()
