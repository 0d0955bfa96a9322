"""The notebook that shows the checks in Great Expectations runs as it stands, and answers what it shows."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout

import duckdb

from tasks.check.notebook import open_checks
from tests.conftest import PROJECT
from tests.expectations.lake import data_folder, ingest
from tests.expectations.pages import sound_pages

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


def test_two_warehouses_that_are_open_at_once_are_looked_at_each_for_itself(tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.check.notebook.WAREHOUSE_TABLES", ("metrics",))
    folders = []
    for name, pages in (("one", 1), ("three", 3)):
        (tmp_path / name).mkdir()
        folders.append(data_folder(tmp_path / name))
        ingest(folders[-1], sound_pages(pages))
    with duckdb.connect(str(folders[1].warehouse)) as con:
        con.execute("update metrics set value = value * 10000")
        figures = con.execute("select count(*) from metrics").fetchone()[0]

    def seen(checks):
        """Which suites do not hold, by the checkpoint, and how many rows there are, by a look of one's own."""
        from great_expectations.expectations import ExpectTableRowCountToEqual

        results = checks.checkpoint.run().run_results.values()
        metrics = checks.context.data_sources.get("quality gate").get_asset("metrics").get_batch_definition("all")
        rows = metrics.get_batch().validate(ExpectTableRowCountToEqual(value=0)).result["observed_value"]
        return [result.suite_name for result in results if not result.success], rows

    one, three = (open_checks(folder.root) for folder in folders)
    with three:
        with one:
            assert seen(one) == ([], figures // 3)
        broken, rows = seen(three)
    assert "metrics__value_agrees_with_text" in broken
    assert rows == figures
