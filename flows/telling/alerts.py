"""Tells people that something needs them: to any Apprise address, and always to the log.

What belongs here: what is worth an alert and how it is sent. What does not: deciding whether data is good.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.ingest.summary import RunSummary
from flows.settings import settings
from flows.telling.language import in_language
from flows.telling.progress import say, say_to_the_log
from warehouse.errors import UserError
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

LOG_NAME = "alerts.log"

_endings_are_expected = False


def alert(folder: DataFolder, title: str, body: str, *, aloud: bool = True) -> bool:
    """Raises an alert; the same one is sent again only after `BROADSHEET_ALERT_PAUSE_HOURS`.

    Args:
        folder: The data directory.
        title: What happened, in a few words; two alerts with one title and body are the same.
        body: What, where, and what to do.
        aloud: Say it on standard error too.

    Returns:
        Whether it was sent to at least one address.
    """
    if aloud:
        say_to_the_log(f"ALERT {title}: {body}")
    if _said_lately(folder, f"{title}: {body}"):
        return False
    sent = _send(title, body)
    _note(folder, {"at": _now().isoformat(timespec="seconds"), "title": title, "body": body, "sent": sent})
    return sent


def expect_endings() -> None:
    """Raises no alert for runs that end from now on: whoever stops the watch knows that it takes its run along."""
    global _endings_are_expected
    _endings_are_expected = True


def alert_failed_run(flow: Any, flow_run: Any, state: Any) -> None:
    """Raises an alert for a flow run that failed or crashed; Prefect calls it.

    Args:
        flow: The flow.
        flow_run: Its run.
        state: How it ended.
    """
    if _endings_are_expected:
        return
    error = _error_of(state)
    by_hand = not flow_run.parameters.get("inbox") and not flow_run.deployment_id
    if by_hand and isinstance(error, UserError) and error.exit_code == UserError.exit_code:
        return  # whoever typed it is told at once
    what = str(error) if isinstance(error, UserError) else state.message or "no reason was given"
    told_anyway = by_hand and isinstance(error, UserError)
    alert(settings().folder, f"Run {state.name.lower()}", f"{flow_run.name}: {what}", aloud=not told_anyway)


def alert_about(folder: DataFolder, summary: RunSummary) -> None:
    """Raises an alert where a critical check failed, or pages were left because their workers were killed.

    Args:
        folder: The data directory.
        summary: What the run did.
    """
    failed = [sentence for sentence in summary.checks_failed if sentence.startswith("critical")]
    if summary.left:
        alert(folder, "Pages left", "; ".join(f"{uri}: {reason}" for uri, reason in summary.left.items()))
    if failed or summary.refused:
        alert(folder, "Critical check failed", "; ".join([*([summary.refused] if summary.refused else []), *failed]))


def alert_about_silence(folder: DataFolder, last_load: datetime | None, now: datetime | None = None) -> None:
    """Raises an alert when no page came for longer than `BROADSHEET_EXPECT_PAGES_HOURS`.

    Args:
        folder: The data directory.
        last_load: When a page was loaded last, UTC; None where none ever was.
        now: The present, UTC.
    """
    hours = settings().expect_pages_hours
    if not hours:
        return
    now = now or _now()
    if last_load is None:
        alert(folder, "No new pages", "No page was ever loaded: see to what fills the inbox.")
    elif now - last_load > timedelta(hours=hours):
        since = f"{last_load:%Y-%m-%d %H:%M} UTC"
        alert(
            folder, "No new pages", f"None since {since}, and {hours:g} hours are the limit: see what fills the inbox."
        )


def last_alerts(folder: DataFolder, count: int) -> list[dict[str, Any]]:
    """Reads the newest entries of the log, oldest first.

    Args:
        folder: The data directory.
        count: How many at most.
    """
    path = folder.prefect / LOG_NAME
    if not path.is_file():
        return []
    entries = []
    for line in path.read_text("utf-8", "replace").splitlines()[-count:]:
        with suppress(ValueError):  # a line that a power cut left half
            entries.append(json.loads(line))
    return entries


def _error_of(state: Any) -> object:
    with suppress(Exception):  # a state may have lost its error; the alert must not be lost with it
        return state.result(raise_on_failure=False)
    return None


def _send(title: str, body: str) -> bool:
    addresses = settings().alert_urls.split()
    if not addresses:
        return False
    import apprise

    logging.getLogger("apprise").setLevel(logging.ERROR)
    sent = False
    for number, address in enumerate(addresses, 1):
        service = apprise.Apprise.instantiate(address)
        if service is None:
            say(f"Address {number} of BROADSHEET_ALERT_URLS is none that Apprise knows: correct it.")
        elif service.notify(title=f"Broadsheet: {in_language(title)}", body=in_language(body)):
            sent = True
        else:
            say(f"The alert could not be delivered to {service.url(privacy=True)}.")  # type: ignore[no-untyped-call]
    return sent


def _said_lately(folder: DataFolder, words: str) -> bool:
    """Says whether this alert was raised within the pause, and remembers that it is raised now."""
    path = folder.state / "alerts.json"
    now = _now().timestamp()
    try:
        raised = {str(key): float(at) for key, at in json.loads(path.read_bytes()).items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        raised = {}
    pause = settings().alert_pause_hours * 3600
    raised = {key: at for key, at in raised.items() if 0 <= now - at < pause}
    if words in raised:
        return True
    with suppress(OSError):  # the disk may be what the alert is about
        write_atomically(path, json.dumps(raised | {words: now}, ensure_ascii=False).encode())
    return False


def _note(folder: DataFolder, entry: dict[str, Any]) -> None:
    with suppress(OSError):
        folder.prefect.mkdir(parents=True, exist_ok=True)
        with (folder.prefect / LOG_NAME).open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _now() -> datetime:
    return datetime.now(UTC)
