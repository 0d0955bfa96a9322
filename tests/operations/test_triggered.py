"""A run that somebody asked a server for, and that fails for what it was asked, says why wherever people look."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.orchestrate.triggered import failure_recorded
from flows.settings import settings
from tasks.staging.sources import expect_inputs
from tests.cli.inside import call_inside
from warehouse import connect
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder


def test_a_wrong_path_stands_in_runs_once_and_in_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    folder = DataFolder(tmp_path)
    for _ in range(2):
        with (
            pytest.raises(UserError, match="no file or folder"),
            failure_recorded(folder, settings(), None, datetime.now(UTC)),
        ):
            expect_inputs([str(tmp_path / "nowhere")])
    with connect(folder.warehouse) as con:
        rows = con.execute("select state, note from runs").fetchall()
    assert rows == [("failed", f"There is no file or folder {tmp_path}/nowhere: check the path.")]
    assert not any(folder.work.glob("*"))
    said = call_inside(monkeypatch, capsys, tmp_path, "status").stdout
    assert f"failed: 0 new, 0 unchanged, 0 rejected; There is no file or folder {tmp_path}/nowhere" in said
