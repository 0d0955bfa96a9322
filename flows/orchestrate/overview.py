"""Looks at what goes on from outside: schedules, last and next runs, pages that wait in the inboxes.

What belongs here: reading Prefect's API as plain JSON, so that `status` answers without importing Prefect.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from flows.orchestrate.server import Server
from flows.orchestrate.spans import written_span
from tasks.staging.sources import NoSuchInputError, find_files
from warehouse import connect
from warehouse.storage.folder import DataFolder

_BUSY, _PAUSES = 503, (1.0, 2.0, 4.0)
"""What the server says while its database is locked, and seconds until it is asked again."""


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """How a deployment stands.

    Attributes:
        name: Flow and deployment: ingest/inbox.
        inboxes: What it looks at.
        timing: When, in words.
        is_served: Whether a process takes its runs right now.
        last: Name and state of the last run that began, and when (UTC); None where none did.
        next: When the next one is due, UTC; None where none is.
    """

    name: str
    inboxes: tuple[str, ...]
    timing: str
    is_served: bool
    last: tuple[str, str, datetime] | None
    next: datetime | None


def schedule_states(server: Server, auth: str) -> list[ScheduleState]:
    """Asks the server for its deployments of `ingest`.

    Args:
        server: A running server.
        auth: The login that it asks for.
    """
    ask = partial(_ask, server, auth)
    found = ask("/deployments/filter", {"flows": {"name": {"any_": ["ingest"]}}})
    return [_state(ask, deployment) for deployment in found]


def backlog(folder: DataFolder, inboxes: Sequence[str]) -> int:
    """Counts pages in inboxes that the warehouse does not know, or that were touched since it took them.

    Args:
        folder: The data directory.
        inboxes: Folders.
    """
    taken: dict[str, datetime] = {}
    if folder.warehouse.is_file():
        with connect(folder.warehouse) as con:
            rows = con.execute(
                "select s.source_key, max(greatest(d.loaded_at, s.first_seen)) from document_sources s "
                "join documents d using (document_id) group by 1 "
                "union all select source_key, loaded_at from documents where status = 'rejected'"
            ).fetchall()
        for key, at in rows:
            for name in {key, key.partition("#")[0]}:  # a page out of a file stands for the file
                taken[name] = max(at, taken.get(name, at))
    try:
        sources = list(find_files(inboxes, folder))
    except NoSuchInputError:
        return 0
    waiting = 0
    for source in sources:
        at = taken.get(source.source_key)
        try:
            touched = datetime.fromtimestamp(source.path.stat().st_mtime, UTC).replace(tzinfo=None)
        except OSError:
            continue
        waiting += at is None or touched > at
    return waiting


def _state(ask: Callable[[str, dict[str, Any]], list[dict[str, Any]]], deployment: dict[str, Any]) -> ScheduleState:
    which = {"deployments": {"id": {"any_": [deployment["id"]]}}}
    begun = {"state": {"type": {"not_any_": ["SCHEDULED", "PENDING"]}}}
    due = {"state": {"type": {"any_": ["SCHEDULED"]}}}
    last = ask("/flow_runs/filter", which | {"flow_runs": begun, "sort": "EXPECTED_START_TIME_DESC", "limit": 1})
    coming = ask("/flow_runs/filter", which | {"flow_runs": due, "sort": "NEXT_SCHEDULED_START_TIME_ASC"})
    return ScheduleState(
        f"ingest/{deployment['name']}",
        tuple(deployment["parameters"].get("paths", ())),
        ", ".join(_timing(each) for each in deployment["schedules"]) or "no schedule",
        deployment.get("status") == "READY",
        (last[0]["name"], last[0]["state_name"], _time(last[0]["expected_start_time"])) if last else None,
        _time(coming[0]["next_scheduled_start_time"]) if coming else None,
    )


def _timing(schedule: dict[str, Any]) -> str:
    rule = schedule["schedule"]
    text = (
        f"cron {rule['cron']} {rule.get('timezone') or 'UTC'}"
        if "cron" in rule
        else f"every {written_span(rule['interval'])}"
    )
    return text if schedule["active"] else f"{text} (paused)"


def _ask(server: Server, auth: str, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {b64encode(auth.encode()).decode()}"}
    request = Request(server.api_url + path, data=json.dumps(body).encode(), headers=headers)
    for pause in (*_PAUSES, None):
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
                rows: list[dict[str, Any]] = json.loads(answer.read())
                return rows
        except HTTPError as error:
            if error.code != _BUSY or pause is None:
                return []
            time.sleep(pause)
        except (URLError, TimeoutError):
            return []
    return []


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
