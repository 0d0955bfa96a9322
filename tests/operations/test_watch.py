"""Pages arrive by themselves: a real server, a real schedule, a worker that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.opening.drawing import pdf_of
from tests.operations.conftest import (
    BROADSHEET,
    PROJECT,
    Receiver,
    asked_again,
    authorization,
    environment,
    free_port,
    kill_tree,
    page,
    wait_for,
)
from warehouse import connect

pytestmark = pytest.mark.server


class Site:
    """A data directory, an inbox and the processes that work on them."""

    def __init__(self, root: Path, receiver: Receiver) -> None:
        self.data = root / "data"
        self.inbox = root / "inbox"
        self.inbox.mkdir()
        self.log = root / "watch.log"
        self.env = environment(
            self.data,
            BROADSHEET_SETTLE_SECONDS="2",
            BROADSHEET_ALERT_URLS=receiver.url,
            BROADSHEET_SERVER_PORT=str(free_port()),
        )
        self.watchers: list[subprocess.Popen[bytes]] = []

    def watch(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            command = [*BROADSHEET, "watch", str(self.inbox), "--every", "8s", "--publisher", "济南日报"]
            watcher = subprocess.Popen(command, env=self.env, cwd=PROJECT, stdout=log, stderr=log)
        self.watchers.append(watcher)
        return watcher

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*BROADSHEET, *arguments],
            env=self.env,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def api(self, path: str, body: dict[str, Any]) -> Any:
        server = json.loads((self.data / "prefect" / "server.json").read_text())
        request = urllib.request.Request(
            f"http://127.0.0.1:{server['port']}/api{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": authorization(self.data)},
        )
        return json.loads(asked_again(request))

    def runs(self, *states: str) -> list[dict[str, Any]]:
        wanted = {"flow_runs": {"state": {"type": {"any_": list(states)}}}}
        found: list[dict[str, Any]] = self.api("/flow_runs/filter", wanted)
        return found

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        path = self.data / "warehouse.duckdb"
        if not path.is_file():
            return []
        try:
            with connect(path) as con:
                return con.execute(sql).fetchall()
        except duckdb.Error:
            return []

    def loaded(self, *names: str) -> bool:
        held = {row[0] for row in self.ask("select file_name from documents where status = 'loaded'")}
        return held.issuperset(names)

    def story(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]


@pytest.fixture
def site(tmp_path: Path, receiver: Receiver) -> Iterator[Site]:
    it = Site(tmp_path, receiver)
    yield it
    for watcher in it.watchers:
        if watcher.poll() is None:
            kill_tree(watcher)
    it.call("server", "stop")


def write_slowly(path: Path, text: str) -> None:
    """Writes a page bit by bit, never still for as long as the inbox waits."""
    data = text.encode()
    with path.open("wb") as out:
        for n in range(10):
            out.write(data[n * len(data) // 10 : (n + 1) * len(data) // 10])
            out.flush()
            time.sleep(0.7)


def drop_sixty(inbox: Path) -> dict[str, str]:
    """Drops 60 files and more, in every way that pages arrive in; gives the good pages by name."""
    good = {f"2023-04-24_{n:03d}.txt": page(n) for n in range(1, 56)}
    for name, text in good.items():
        (inbox / name).write_text(text, "utf-8")
    (inbox / "sub").mkdir()
    (inbox / "sub" / "twice.txt").write_text(good["2023-04-24_001.txt"], "utf-8")
    (inbox / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 500)
    (inbox / "renamed.txt.part").write_text(page(301), "utf-8")
    (inbox / "late.txt").write_text(page(302), "utf-8")
    drawn = [
        (50, 740, 24, "槐荫区一季度工业增长"),
        (50, 700, 10, "槐荫区一季度实现工业总产值45.3亿元，同比增长16.6%。"),
    ]
    (inbox / "2023-04-24_A3.pdf").write_bytes(pdf_of(drawn))
    body = "".join(f"<p>{line}</p>" for line in page(303).split("\n"))
    (inbox / "web.txt").write_text(f"<!doctype html><meta charset=utf-8>{body}", "utf-8")
    (inbox / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (inbox / "council.txt").write_text("The council met on Monday.", "utf-8")
    return good | {"late.txt": page(302), "2023-04-24_A3.pdf#1": "", "web.txt": page(303)}


def test_sixty_pages_are_loaded_once_though_the_worker_is_killed(site: Site, receiver: Receiver) -> None:
    first = site.watch()
    wait_for(lambda: "watching" in site.story(), 300, "the watch to begin")
    slow = threading.Thread(target=write_slowly, args=(site.inbox / "slow.txt", page(300)))
    slow.start()
    good = drop_sixty(site.inbox)
    alive = site.data / "prefect" / "alive"
    wait_for(lambda: list(alive.glob("*.lock")) and list(site.data.glob("work/*/*/jobs.json")), 300, "a run at work")
    kill_tree(first)  # the worker, the run it had begun, and the server it had started
    (site.inbox / "renamed.txt.part").rename(site.inbox / "renamed.txt")
    slow.join()

    second, third = site.watch(), site.watch()  # two watches on one inbox
    good |= {"slow.txt": page(300), "renamed.txt": page(301)}
    wait_for(lambda: site.loaded(*good), 600, f"the good pages\n{site.story()}")
    (site.inbox / "2023-04-24_002.txt").write_text(page(2, "全区新增规上企业36家。"), "utf-8")
    (site.inbox / "late.txt.meta.json").write_text('{"page_title": "要闻", "page_label": "A2"}', "utf-8")
    late = "select page_title, page_label from documents where file_name = 'late.txt' and status = 'loaded'"
    wait_for(lambda: site.ask(late) == [("要闻", "A2")], 600, f"the late sidecar\n{site.story()}")
    versions = "select status, count(*) from documents where file_name = '2023-04-24_002.txt' group by 1 order by 1"
    wait_for(lambda: site.ask(versions) == [("loaded", 1), ("superseded", 1)], 600, f"the change\n{site.story()}")

    articles = "select d.file_name, count(distinct a.article_id) from documents d join articles a using (document_id) "
    assert dict(site.ask(articles + "where status = 'loaded' group by 1")) == dict.fromkeys(good, 1)
    assert site.ask("select count(*), count(distinct metric_id) from metrics")[0][0] > 0
    assert site.ask("select count(*) - count(distinct metric_id) from metrics") == [(0,)]
    rejected = site.ask("select file_name, file_kind from documents where status = 'rejected' and reason is not null")
    assert dict(rejected) == {"broken.txt": "unknown", "photo.txt": "image", "council.txt": "foreign text"}
    names = site.ask("select source_uri from document_sources where source_uri like '%twice.txt'")
    assert len(names) == 1

    assert len(site.runs("CRASHED")) == 1, "the killed run should have been closed"
    fired = lambda: any(run["auto_scheduled"] for run in site.runs("COMPLETED"))  # noqa: E731
    wait_for(fired, 600, f"the interval to fire by itself\n{site.story()}")
    assert any("in 1 batch" in run["name"] for run in site.runs("COMPLETED"))
    wait_for(lambda: "Broadsheet: Run crashed" in receiver.titles, 300, "the alert about the killed run")
    assert receiver.titles.count("Broadsheet: Run crashed") == 1

    for watcher in (second, third):
        os.kill(watcher.pid, signal.SIGTERM)
    assert [watcher.wait(timeout=300) for watcher in (second, third)] == [0, 0]
    assert "stopped watching" in site.story()
    assert site.call("server", "stop").returncode == 0
    assert site.call("server", "status").returncode == 4
