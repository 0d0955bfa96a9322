"""Every view and every export can be asked for the checked figures only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from flows.assistant import tools
from tests.cli.inside import call_inside
from tests.warehouse.small import build
from warehouse import connect
from warehouse.ask.changes import Change, of_checked
from warehouse.storage.folder import DataFolder

CHECKED = "16.6%"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small warehouse, one of whose five figures was accepted and another one rejected."""
    folder = tmp_path_factory.mktemp("checked")
    build(folder / "warehouse.duckdb")
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        con.execute("update metrics set status = 'machine'")
        con.execute("update metrics set status = 'accepted', checked_by = '李' where text = ?", [CHECKED])
        con.execute("update metrics set status = 'rejected', checked_by = '李' where text = '45.3亿元'")
    return folder


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path):
    def called(*arguments: str) -> str:
        done = call_inside(monkeypatch, capsys, data, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return called


def test_asking_verbs_show_checked_figures_alone(call, data: Path) -> None:
    assert call("query", "select text from metric_facts", "--checked", "-f", "csv").split() == ["text", CHECKED]
    of_region = ("figures", "--region", "山东省", "-f", "csv")
    assert len(call(*of_region, "--checked").splitlines()) == 2 < len(call(*of_region).splitlines())
    found = call("search", "槐荫区", "--checked", "-f", "csv")
    assert CHECKED in found
    assert len(found.splitlines()) < len(call("search", "槐荫区", "-f", "csv").splitlines())


def test_every_export_holds_checked_figures_alone(call, tmp_path: Path) -> None:
    files = {"sqlite": "x.sqlite", "datasette": "x.db", "duckdb": "x.duckdb", "xlsx": "x.xlsx"}
    for kind, name in files.items():
        call("export", kind, "--checked", "-o", str(tmp_path / name))
    for kind in ("sqlite", "datasette"):
        with sqlite3.connect(tmp_path / files[kind]) as con:
            assert con.execute("select text from metrics").fetchall() == [(CHECKED,)]
            assert con.execute("select text from metric_facts").fetchall() == [(CHECKED,)]
            assert con.execute("pragma foreign_key_check").fetchall() == []
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as con:
        assert con.execute("select text from metric_facts").fetchall() == [(CHECKED,)]
    sheet = load_workbook(tmp_path / "x.xlsx").active
    assert sheet.max_row == 2


def test_an_assistant_is_shown_checked_figures_alone_where_it_asks_or_the_server_says_so(data: Path) -> None:
    folder = DataFolder(data)
    sql = "select text from metrics"
    for offered, asked in ((tools(folder), {"checked": True}), (tools(folder, only_checked=True), {})):
        assert offered["query"](sql, **asked)["rows"] == [{"text": CHECKED}]
        assert [row["text"] for row in offered["figures"]([], region="山东省", **asked)["rows"]] == [CHECKED]
        shown = offered["show"]("d1.a1", **asked)
        assert [figure["text"] for figure in shown["figures"]] == [CHECKED]
    assert len(tools(folder)["query"](sql)["rows"]) == 5
    assert len(tools(folder)["search"]("槐荫区", checked=True)["rows"]) == 1


def test_of_changes_those_of_checked_figures_stay(data: Path) -> None:
    def change(what: str, identity: str) -> Change:
        return Change(what, "changed", "1", "2", "", "p/1.txt", identity)

    asked = [change("page", "d1"), change("figure", "d1.p1:16.6%"), change("figure", "d2.p1:8.5%")]
    with connect(data / "warehouse.duckdb") as con:
        assert [each.identity for each in of_checked(con, asked)] == ["d1.p1:16.6%"]
