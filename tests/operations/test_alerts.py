"""What is worth an alert, where it goes, and that it is not repeated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.ingest.summary import RunSummary
from flows.settings import settings
from flows.telling.alerts import alert, alert_about, alert_about_silence, alert_failed_run, last_alerts
from tests.operations.conftest import Receiver
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.storage.folder import DataFolder

NOW = datetime(2023, 4, 24, 5, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    monkeypatch.setenv("BROADSHEET_ALERT_URLS", receiver.url)
    monkeypatch.setenv("BROADSHEET_EXPECT_PAGES_HOURS", "26")
    settings.cache_clear()
    yield DataFolder(tmp_path)
    settings.cache_clear()


def test_an_alert_is_sent_and_logged_once(folder: DataFolder, receiver: Receiver) -> None:
    assert alert(folder, "Run failed", "磁盘已满")
    assert not alert(folder, "Run failed", "磁盘已满")
    assert [(each["title"], each["message"]) for each in receiver.got] == [("Broadsheet: Run failed", "磁盘已满")]
    assert [entry["body"] for entry in last_alerts(folder, 5)] == ["磁盘已满"]


def test_without_an_address_the_log_still_has_it(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_ALERT_URLS", "")
    settings.cache_clear()
    assert not alert(folder, "Run failed", "why")
    assert [entry["sent"] for entry in last_alerts(folder, 5)] == [False]


def test_an_unknown_or_dead_address_does_not_stop_the_run(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_ALERT_URLS", "nonsense json://127.0.0.1:9/")
    settings.cache_clear()
    assert not alert(folder, "Run failed", "why")


@pytest.mark.parametrize(
    ("summary", "titles"),
    [
        (
            RunSummary(checks_failed=["critical: documents ids_are_unique (2 rows)"]),
            ["Broadsheet: Critical check failed"],
        ),
        (RunSummary(refused="documents: no rows"), ["Broadsheet: Critical check failed"]),
        (RunSummary(checks_failed=["warning: metrics rate_is_usual (2 rows)"]), []),
        (RunSummary(rejected={"a.txt": "empty"}), []),
    ],
)
def test_critical_checks_raise_an_alert_and_warnings_do_not(
    folder: DataFolder, receiver: Receiver, summary: RunSummary, titles: list[str]
) -> None:
    alert_about(folder, summary)
    assert receiver.titles == titles


@pytest.mark.parametrize(("hours_ago", "raised"), [(25, False), (27, True), (None, True)])
def test_silence_for_longer_than_expected_raises_an_alert(
    folder: DataFolder, receiver: Receiver, hours_ago: int | None, raised: bool
) -> None:
    alert_about_silence(folder, NOW - timedelta(hours=hours_ago) if hours_ago else None, NOW)
    assert receiver.titles == (["Broadsheet: No new pages"] if raised else [])


@pytest.mark.parametrize(
    ("error", "inbox", "raised"),
    [
        (UserError("no such file"), False, False),
        (UserError("no such folder"), True, True),
        (EnvironmentProblem("disk full"), False, True),
        (ValueError("boom"), False, True),
    ],
)
def test_a_failed_run_raises_an_alert_unless_the_caller_was_just_told(
    folder: DataFolder,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    inbox: bool,
    raised: bool,
) -> None:
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(folder.root))
    settings.cache_clear()
    state = SimpleNamespace(name="Failed", message=str(error), result=lambda raise_on_failure: error)
    alert_failed_run(None, SimpleNamespace(name="a run", parameters={"inbox": inbox}, deployment_id=None), state)
    assert receiver.titles == (["Broadsheet: Run failed"] if raised else [])
