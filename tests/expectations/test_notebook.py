"""The notebook that shows the checks in Great Expectations runs as it stands, and answers what it shows."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

from tests.conftest import PROJECT

NOTEBOOK = PROJECT / "docs" / "checks.ipynb"


def run_cells(cells):
    """Gives what each cell of code prints, all run in one namespace, one after the other."""
    names = {}
    for cell in cells:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec("".join(cell["source"]), names)
        yield printed.getvalue()


def test_its_cells_print_what_they_show(shown_data, monkeypatch):
    monkeypatch.setenv("BROADSHEET_DATA_DIR", str(shown_data))
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    shown = ["".join(text for output in cell["outputs"] for text in output["text"]) for cell in cells]
    assert list(run_cells(cells)) == shown
