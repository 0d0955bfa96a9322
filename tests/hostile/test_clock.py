"""Clocks go wrong, also backwards: what comes later counts, whatever time it is."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta

import pytest

from flows.ingest.lake_care import forget, rebuild
from flows.settings import settings
from flows.telling.alerts import alert
from tests.loads.driver import run, settings_of
from tests.loads.pages import page, rows, write_pages
from warehouse.lake.batch import batches
from warehouse.load.published import is_due
from warehouse.storage.folder import DataFolder


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock that ids of runs and batches are made from, in seconds from now."""

    def put(seconds: float) -> None:
        class Shifted(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.now(tz) + timedelta(seconds=seconds)

        for place in ("tasks.runs", "tasks.check.batch", "flows.ingest.lake_care", "flows.ingest.run"):
            monkeypatch.setattr(f"{place}.datetime", Shifted)

    return put


def test_with_a_clock_two_minutes_behind_a_page_is_forgotten_and_a_newer_version_wins(tmp_path, clock):
    data, (first, second) = tmp_path / "data", write_pages(tmp_path / "in", range(2))
    run(data, first, second, gate=False)
    clock(-120)
    secret = "300人达成就业意向"
    with settings_of(data):
        (document_id,) = forget(DataFolder(data), [str(first)], settings(), print)
    assert rows(data, f"select count(*) from paragraphs where text like '%{secret}%'") == [(0,)]
    assert DataFolder(data).raw_of(document_id) is None
    clock(-240)
    second.write_text(page(5), "utf-8")
    run(data, second, gate=False)
    versions = "select status, char_count from documents where file_name like '%_001.txt' order by status"
    seen = rows(data, versions)
    assert [status for status, _ in seen] == ["loaded", "superseded"]
    assert rows(data, "select count(*) from paragraphs where text like '%第5号%'") == [(1,)]
    with settings_of(data):
        rebuild(DataFolder(data), settings(), print)
    assert rows(data, versions) == seen
    assert rows(data, f"select status from documents where document_id = '{document_id}'") == [("forgotten",)]
    numbers = [batch.sequence for batch in batches(DataFolder(data))]
    assert numbers == sorted(numbers)


def test_a_warehouse_from_the_future_is_published_again_and_an_alert_said_again(tmp_path, monkeypatch):
    folder = DataFolder(tmp_path)
    folder.warehouse.write_bytes(b"")
    ahead = time.time() + 7200
    os.utime(folder.warehouse, (ahead, ahead))
    assert is_due(folder, 0)
    assert is_due(folder, 60)
    with settings_of(tmp_path):
        monkeypatch.setattr("flows.telling.alerts._now", lambda: datetime.fromtimestamp(ahead).astimezone())
        alert(folder, "Run failed", "why")
        monkeypatch.undo()
        alert(folder, "Run failed", "why")
    assert len((tmp_path / "prefect" / "alerts.log").read_text().splitlines()) == 2
