"""The notebook of the documentation runs as it stands, and answers what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.docs import NOTEBOOK, with_outputs
from tests.conftest import PROJECT


@pytest.mark.slow
def test_its_cells_run_one_after_the_other_and_print_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    (tmp_path / "docs").mkdir()
    (tmp_path / "seeds").symlink_to(PROJECT / "seeds")
    shown = NOTEBOOK.read_text("utf-8")
    assert with_outputs(shown, tmp_path / "docs") == shown, "run `make docs`"


def test_its_first_cell_runs_the_pipeline_in_five_lines_without_prefect() -> None:
    first = next(cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code")
    lines = [line for line in "".join(first["source"]).splitlines() if line]
    assert len(lines) == 5
    assert "run(RunRequest(" in lines[-1]
    assert not any("prefect" in line or "orchestrate" in line for line in lines)
