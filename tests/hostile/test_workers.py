"""A worker that is killed costs no page: it is tried again with a fresh one, at worst left to the next run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.ingest import shards
from flows.ingest.steps import REPAIR
from tasks.workers import WorkerDiedError
from tests.loads.driver import run
from tests.loads.pages import rows, rubbish, write_pages


@pytest.fixture
def kills(monkeypatch):
    """Sets how many workers are killed from now on; that a kill comes as such is shown in operations/test_inbox.py."""
    left = [0]
    monkeypatch.setattr(shards, "_PAUSES", (0.0, 0.0))

    def killed_now_and_then(shard):
        if left[0]:
            left[0] -= 1
            raise WorkerDiedError("its worker process died, perhaps for want of memory")
        return REPAIR.work(shard)

    monkeypatch.setattr(shards, "REPAIR", replace(REPAIR, work=killed_now_and_then))
    return lambda count: left.__setitem__(0, count)


def test_a_page_whose_worker_was_killed_is_loaded_by_a_fresh_one(tmp_path, kills):
    kills(2)
    write_pages(tmp_path / "in", range(2))
    summary = run(tmp_path / "data", tmp_path / "in", gate=False)
    assert (summary.new, summary.rejected, summary.left, summary.exit_code) == (2, {}, {}, 0)


def test_a_page_whose_workers_are_always_killed_is_left_and_loaded_by_the_next_run(tmp_path, kills):
    kills(5)
    data, (path,) = tmp_path / "data", write_pages(tmp_path / "in", range(1))
    summary = run(data, path, gate=False)
    assert (summary.new, summary.rejected, list(summary.left), summary.exit_code) == (0, {}, [str(path)], 4)
    assert "killed" in summary.left[str(path)]
    assert rows(data, "select count(*) from documents") == [(0,)]
    assert rubbish(data) == set()
    kills(0)
    summary = run(data, path, gate=False)
    assert (summary.new, summary.exit_code) == (1, 0)
    assert rows(data, "select status from documents") == [("loaded",)]


def test_a_machine_that_kills_every_worker_ends_the_run_with_a_sentence(tmp_path, kills):
    kills(999)
    write_pages(tmp_path / "in", range(5))
    with pytest.raises(shards.WorkersKilledError, match="want of memory") as problem:
        run(tmp_path / "data", tmp_path / "in", gate=False)
    assert problem.value.exit_code == 4
