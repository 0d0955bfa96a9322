"""The benchmark keeps what it has measured when a later part of it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.measured import Measured, small_table
from tests.bench.small_runs import question_seconds


def test_a_question_that_fails_is_told_in_its_cell(tmp_path: Path) -> None:
    asked = question_seconds(tmp_path, 1, {"a count": ("query", "select 1"), "--version": ("--version",)})
    assert str(asked["a count"]).startswith("failed: broadsheet: There is no warehouse at ")
    assert isinstance(asked["--version"], float)
    [_, _, count, version] = small_table({"nowhere": asked})
    assert "failed: broadsheet: There is no warehouse" in count
    assert version.endswith(" s |")


def test_what_is_measured_is_printed_and_written_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "measured.json"
    measured = Measured(file)
    measured.add_small("here", {"one page more": 1.5})
    assert "| one page more | 1.50 s |" in capsys.readouterr().out
    assert json.loads(file.read_text("utf-8"))["small"] == {"here": {"one page more": 1.5}}
    measured.add_small("here", {"a count": "failed: a | b"})
    assert "| a count | failed: a \\| b |" in capsys.readouterr().out
    assert list(json.loads(file.read_text("utf-8"))["small"]["here"]) == ["one page more", "a count"]
