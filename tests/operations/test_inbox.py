"""Which files of an inbox are taken and which are left, and what a failing page does to its neighbours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ingest.inbox import settled_sources
from tasks import workers
from tasks.workers import ShardTimeoutError, in_worker, worker_processes
from tests.operations.conftest import BROADSHEET, PROJECT, environment, page
from warehouse.storage.folder import DataFolder

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Lets something happen while the inbox waits for its pages to lie still, instead of waiting."""
    acts: list[Callable[[], object]] = []
    monkeypatch.setattr("flows.ingest.inbox.time.sleep", lambda _: [act() for act in acts])
    return acts.append


@pytest.fixture
def inbox(tmp_path: Path, meanwhile: Meanwhile) -> Path:
    folder = tmp_path / "inbox"
    (folder / "sub").mkdir(parents=True)
    return folder


def names(inbox: Path) -> list[str]:
    return [source.file_name for source in settled_sources([str(inbox)], DataFolder(inbox.parent / "data"), 600, print)]


def test_temporary_names_are_no_pages_and_subfolders_count(inbox: Path) -> None:
    for name in (".hidden.txt", "~a.txt", "b.txt~", "c.txt.part", "d.txt", "sub/e.txt", "d.txt.meta.json"):
        (inbox / name).write_text("{}", "utf-8")
    assert names(inbox) == ["d.txt", "e.txt"]


def test_a_page_that_grows_while_we_wait_is_left(inbox: Path, meanwhile: Meanwhile) -> None:
    (inbox / "still.txt").write_text("a", "utf-8")
    growing = inbox / "growing.txt"
    growing.write_text("a", "utf-8")
    meanwhile(lambda: growing.write_text("ab", "utf-8"))
    assert names(inbox) == ["still.txt"]


def test_a_page_whose_sidecar_is_written_just_now_is_left(inbox: Path, meanwhile: Meanwhile) -> None:
    (inbox / "a.txt").write_text("a", "utf-8")
    meanwhile(lambda: (inbox / "a.txt.meta.json").write_text("{", "utf-8"))
    assert names(inbox) == []


def test_an_old_time_on_a_file_written_just_now_deceives_nobody(inbox: Path, meanwhile: Meanwhile) -> None:
    copied = inbox / "copied.txt"
    copied.write_text("a", "utf-8")
    os.utime(copied, (0, 0))

    def go_on() -> None:
        copied.write_text("ab", "utf-8")
        os.utime(copied, (0, 0))

    meanwhile(go_on)
    assert names(inbox) == []


def test_a_page_that_breaks_a_stage_is_rejected_and_its_neighbours_are_loaded(
    tmp_path: Path, prefect_made: Callable[[Path], None]
) -> None:
    prefect_made(tmp_path / "data")
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(2):
        (pages / f"{n}.txt").write_text(page(n), "utf-8")
    (pages / "bad.txt").write_text(page(9, "炸弹"), "utf-8")
    code = (
        "import sys, json, flows.ingest.shards as shards, tasks.extraction.page as extraction\n"
        "shards._PAUSES = (0.0,)\n"
        "whole = extraction.extract_page\n"
        "def extract_page(page, *rest):\n"
        "    if any('炸弹' in p.text for p in page.paragraphs): raise ValueError('boom')\n"
        "    return whole(page, *rest)\n"
        "extraction.extract_page = extract_page\n"
        "from flows.orchestrate.local import run_locally\n"
        f"print(json.dumps(run_locally([{str(pages)!r}]).to_dict()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import flows.settings as s; s.prepare_prefect(s.settings().folder)\n" + code],
        env=environment(tmp_path / "data"),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout.splitlines()[-1])
    assert summary["new"] == 3
    assert [Path(uri).name for uri in summary["rejected"]] == ["bad.txt"]
    assert "ValueError: boom" in next(iter(summary["rejected"].values()))


@pytest.mark.server
def test_two_runs_at_once_on_a_new_data_directory_load_each_page_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page(1), "utf-8")
    command = [*BROADSHEET, "run", str(tmp_path / "a.txt"), "--json"]
    env = environment(tmp_path / "data")
    runs = [subprocess.Popen(command, env=env, cwd=PROJECT, stdout=-1, stderr=-1) for _ in range(2)]
    said = [run.communicate(timeout=600) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sorted(json.loads(out)["new"] for out, _ in said) == [0, 1]


def fine(shard: Path) -> Path:
    return shard


def die(shard: Path) -> Path:
    os._exit(9)


def hang(shard: Path) -> Path:
    time.sleep(600)
    return shard


def test_a_dead_or_hanging_worker_process_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with worker_processes(1, seconds=300):
        with pytest.raises(RuntimeError, match="worker process died"):
            in_worker(die, tmp_path)
        assert in_worker(fine, tmp_path) == tmp_path
        monkeypatch.setattr(workers._crew, "_seconds", 1.0)  # starting a process may take longer on a busy machine
        with pytest.raises(ShardTimeoutError, match="longer than 1 seconds"):
            in_worker(hang, tmp_path)
        monkeypatch.undo()
        assert in_worker(fine, tmp_path) == tmp_path
