"""Who breaks a run off that works in threads gets the lock back when no thread writes any more."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from flows.ingest import shards
from flows.ingest.request import RunRequest
from flows.ingest.run import run
from flows.ingest.steps import EXTRACT, PUBLISH, REPAIR, STAGE, Step, in_threads
from flows.settings import Settings
from tests.loads.driver import run as run_at_once
from tests.loads.pages import rubbish, write_pages
from warehouse.storage.folder import DataFolder

STAGES = (STAGE, REPAIR, EXTRACT, PUBLISH)


class Interrupted:
    """What is handed in, for somebody who presses Ctrl-C while he waits for it."""

    def __init__(self, begun: threading.Event) -> None:
        self._begun = begun

    def result(self) -> Any:
        self._begun.wait(60)
        raise KeyboardInterrupt  # no real signal: what listens to those would end this process


@pytest.mark.parametrize("slow", [STAGE, PUBLISH], ids=lambda step: step.name)
def test_a_stage_under_way_is_waited_for_and_none_begins_after_it(tmp_path, monkeypatch, slow: Step[Path]) -> None:
    folder, begun = DataFolder(tmp_path / "data"), threading.Event()
    seen: list[tuple[str, bool]] = []

    def is_locked() -> bool:
        try:
            with FileLock(folder.lock, timeout=0):
                return False
        except Timeout:
            return True

    def watched(step: Step[Path]) -> Step[Path]:
        def work(*given: Any) -> Path:
            if step is slow:
                begun.set()
                time.sleep(0.5)
            seen.append((step.name, is_locked()))
            return step.work(*given)

        return replace(step, work=work)

    for step in STAGES:
        monkeypatch.setattr(shards, step.name.upper(), watched(step))
    pages = write_pages(tmp_path / "in", range(1))
    request = RunRequest([str(path) for path in pages], settings=Settings())
    with in_threads() as threads:

        def submit(step: Step[Any], *given: object) -> Any:
            handed = threads(step, *given)
            return Interrupted(begun) if step.name == PUBLISH.name else handed

        monkeypatch.setattr(shards, "_finish", lambda stages: stages[-1].result())
        with pytest.raises(KeyboardInterrupt):
            run(request, folder, submit=submit)
        assert not is_locked()
    names = [step.name for step in STAGES]
    assert seen == [(name, True) for name in names[: names.index(slow.name) + 1]]
    monkeypatch.undo()
    assert run_at_once(folder.root, *pages, gate=False).new == 1
    assert rubbish(folder.root) == set()
