"""Nobody without the login asks the Prefect server for anything, and what it is asked for stays in the inboxes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from functools import partial
from http.client import HTTPConnection
from typing import Any
from unittest.mock import patch

import pytest

from flows.ingest.request import RunRequest
from flows.orchestrate.triggered import NotAllowedError, refuse_outside
from tests.operations.conftest import (
    BROADSHEET,
    PROJECT,
    authorization,
    environment,
    free_port,
    kill_tree,
    page,
    wait_for,
)
from warehouse.errors import UserError

FOREIGN = {"Origin": "http://pages.example"}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("in", True),
        ("in/2024/a.txt", True),
        ("in/*/a.txt", True),
        ("in/../secret.txt", False),
        ("in/*/../../secret.txt", False),
        ("inner/a.txt", False),
        ("secret.txt", False),
        ("in/link/secret.txt", False),
        ("*/secret.txt", False),
    ],
)
def test_runs_of_deployments_read_below_their_inboxes_only(tmp_path, path, allowed):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    roots = [str(tmp_path / "in"), "s3://bucket/in"]
    for asked in (str(tmp_path / path), f"s3://bucket/{path}" if "link" not in path and "*" not in path else None):
        if asked is None:
            continue
        if allowed:
            refuse_outside([asked], roots)
        else:
            with pytest.raises(NotAllowedError, match="BROADSHEET_INBOX"):
                refuse_outside([roots[0], asked], roots)


def test_without_inboxes_a_deployment_reads_nothing_and_an_odd_run_id_is_refused(tmp_path):
    with pytest.raises(NotAllowedError, match="none is set"):
        refuse_outside([str(tmp_path)], [])
    with pytest.raises(NotAllowedError):
        refuse_outside(["stdin:abc"], [str(tmp_path)])
    RunRequest(run_id="20231124T000000-1")
    with pytest.raises(UserError, match="no id of a run"):
        RunRequest(run_id="../../elsewhere")


def ask(port: int, path: str, method: str = "POST", body: Any = None, **headers: str) -> tuple[int, Any, Any]:
    """Asks an API, again while it says that its database is busy (503); gives status, parsed body and headers."""
    return wait_for(partial(asked_once, port, path, method, body, headers), 300, f"an answer to {path}")


def asked_once(port: int, path: str, method: str, body: Any, headers: dict[str, str]) -> tuple[int, Any, Any] | None:
    """Asks once; nothing while the server asks to be asked again, as Prefect's own client would."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = json.dumps(body if body is not None else {}) if method == "POST" else None
    connection.request(method, f"/api{path}", content, {"Content-Type": "application/json"} | named)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status == 503:
        return None
    return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else text, answer.headers


def refuses_strangers(port: int, login: str) -> None:
    """Tries what a page of another origin, or another user of the machine, can try."""
    for path in ("/deployments/filter", "/flow_runs/filter", "/flows/filter"):
        assert ask(port, path)[0] == 401
        assert ask(port, path, **FOREIGN)[0] == 401
        assert ask(port, path, Authorization="Basic YTpi")[0] == 401
        assert ask(port, path, Authorization="Bearer x")[0] == 401
    asks_first = FOREIGN | {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization"}
    status, _, headers = ask(port, "/deployments/filter", "OPTIONS", **asks_first)
    assert status >= 400
    assert headers["Access-Control-Allow-Origin"] is None
    status, _, headers = ask(port, "/deployments/filter", Authorization=login, **FOREIGN)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, None), "a page may not read even what it is sent"


@pytest.fixture(scope="module")
def site(tmp_path_factory, prefect_made) -> Iterator[Any]:
    """A watch on an inbox, its server, and a secret beside the inbox."""
    place = tmp_path_factory.mktemp("site")
    data, inbox = place / "data", place / "in"
    inbox.mkdir()
    prefect_made(data)
    (place / "secret.txt").write_text(page(7), "utf-8")
    (inbox / "2023-04-24_01.txt").write_text(page(1), "utf-8")
    os.utime(inbox / "2023-04-24_01.txt", (0, 0))
    env = environment(data, BROADSHEET_SERVER_PORT=str(free_port()), BROADSHEET_SETTLE_SECONDS="0")
    with (place / "watch.log").open("wb") as log:
        command = [*BROADSHEET, "watch", str(inbox), "--every", "1h"]
        watcher = subprocess.Popen(command, env=env, cwd=PROJECT, stdout=log, stderr=log)
    try:
        wait_for(lambda: "watching" in (place / "watch.log").read_text(), 600, "the watch to begin")
        port = json.loads((data / "prefect" / "server.json").read_text())["port"]
        yield place, port, authorization(data), env
    finally:
        kill_tree(watcher)
        subprocess.run([*BROADSHEET, "server", "stop"], env=env, cwd=PROJECT, check=False, timeout=300)


@pytest.mark.slow
@pytest.mark.server
def test_the_server_refuses_strangers_and_answers_the_watch(site):
    place, port, login, env = site
    assert ask(port, "/health", "GET")[0] == 200
    refuses_strangers(port, login)
    assert stat.S_IMODE((place / "data" / "prefect" / "login").stat().st_mode) == 0o600
    loaded = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    wait_for(lambda: ask(port, "/flow_runs/filter", body=loaded, Authorization=login)[1], 600, "the schedule's look")
    done = subprocess.run([*BROADSHEET, "status"], env=env, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert "ingest/inbox" in done.stdout, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.server
def test_a_run_that_was_triggered_with_a_wrong_path_fails_with_its_reason_and_an_alert(site):
    place, port, login, _ = site
    (deployment,) = ask(port, "/deployments/filter", Authorization=login)[1]
    reasons = {"secret.txt": "may not read", "in/nowhere.txt": "There is no file"}
    made = {}
    for asked in reasons:
        given = {"parameters": {"paths": [str(place / asked)], "inbox": False}, "state": {"type": "SCHEDULED"}}
        path = f"/deployments/{deployment['id']}/create_flow_run"
        status, run, _ = ask(port, path, body=given, Authorization=login)
        assert status in (200, 201), run
        made[asked] = run["id"]

    def ended(flow_run: str) -> Any:
        found = ask(port, f"/flow_runs/{flow_run}", "GET", Authorization=login)[1]["state"]
        return found if found["type"] in ("COMPLETED", "FAILED", "CRASHED") else None

    alerts = place / "data" / "prefect" / "alerts.log"
    for asked, why in reasons.items():
        state = wait_for(partial(ended, made[asked]), 900, (place / "watch.log").read_text())
        assert (state["type"], why in state["message"]) == ("FAILED", True), state
        wait_for(lambda why=why: alerts.exists() and why in alerts.read_text("utf-8"), 600, f"the alert of {asked}")
        assert asked in alerts.read_text("utf-8")


@pytest.mark.server
def test_the_private_api_of_a_run_refuses_strangers_too(tmp_path, prefect_made):
    from flows.orchestrate.private_api import prefect_api
    from flows.settings import prepare_prefect
    from warehouse.storage.folder import DataFolder

    folder = DataFolder(tmp_path)
    prefect_made(tmp_path)
    with patch.dict(os.environ, {"PREFECT_API_URL": "", "PREFECT_API_AUTH_STRING": ""}):
        prepare_prefect(folder)
        with prefect_api(folder):
            refuses_strangers(int(os.environ["PREFECT_API_URL"].split(":")[2].split("/")[0]), authorization(tmp_path))
