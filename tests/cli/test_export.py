"""The warehouse as one file for other tools, tried with those tools."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from tests.cli.inside import call_inside
from tests.warehouse.small import build


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    build(folder / "warehouse.duckdb")
    return folder


@pytest.fixture
def export(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path):
    def made(kind: str, name: str) -> Path:
        done = call_inside(monkeypatch, capsys, data, "export", kind, "-o", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        return tmp_path / name

    return made


def test_datasette_shows_searches_and_links(export) -> None:
    from datasette.app import Datasette

    file = export("datasette", "small.db")
    metadata = json.loads(file.with_suffix(".metadata.json").read_text("utf-8"))

    async def look() -> tuple[dict, str]:
        shown = Datasette([str(file)], metadata=metadata)
        found = await shown.client.get("/small/articles_text.json?_search=冷链物流&_shape=objects")
        page = await shown.client.get("/small/metric_facts")
        return found.json(), page.text

    found, page = asyncio.run(look())
    assert [row["article_id"] for row in found["rows"]] == ["d1.a2"]
    assert 'href="/small/articles/d1~2Ea1"' in page
    assert "一行一个数字" in page


def test_sqlite_keeps_every_row_and_reference(export) -> None:
    with sqlite3.connect(export("sqlite", "x.sqlite")) as con:
        assert con.execute("select count(*) from metrics").fetchone() == (5,)
        assert con.execute("pragma foreign_key_check").fetchall() == []
        assert con.execute("select authors from articles limit 1").fetchone() == ("[]",)


def test_any_duckdb_opens_the_copy_and_its_views(export) -> None:
    with duckdb.connect(str(export("duckdb", "x.duckdb")), read_only=True) as con:
        assert con.execute("select count(*) from metric_facts").fetchone() == (5,)
        assert con.execute("select count(*) from search_paragraphs(['物流'])").fetchone() == (3,)


def test_the_sheet_can_be_filtered_and_leads_to_its_sources(export) -> None:
    sheet = load_workbook(export("xlsx", "x.xlsx")).active
    assert sheet.auto_filter.ref == "A1:V6"
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["主体", "指标", "数字（原文）", "数值"]
    assert heads[-3:] == ["由谁负责", "第二读者", "第二读者的意见"]
    assert {row[heads.index("状态")].value for row in sheet.iter_rows(min_row=2)} == {"已实现", "目标"}


def test_an_unknown_tool_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    done = call_inside(monkeypatch, capsys, data, "export", "access")
    assert done.returncode == 2
    assert "datasette, sqlite, duckdb, xlsx" in done.stderr


def test_a_file_whose_ending_says_something_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    done = call_inside(monkeypatch, capsys, data, "export", "sqlite", "-o", str(tmp_path / "x.txt"))
    assert done.returncode == 2
    assert "x.txt would hold sqlite: end it in one of .sqlite, .sqlite3, .db." in done.stderr
    assert not (tmp_path / "x.txt").exists()


def test_the_warehouse_and_devices_are_no_files_to_export_into(monkeypatch, capsys, data: Path, tmp_path: Path) -> None:
    """A database is a file of its own, which takes the place of what was there: a pipe would be gone."""
    warehouse, pipe = data / "warehouse.duckdb", tmp_path / "pipe.db"
    os.mkfifo(pipe)
    before = warehouse.read_bytes()
    for kind, target, said in (("duckdb", warehouse, "the warehouse itself"), ("sqlite", pipe, "a device or a pipe")):
        done = call_inside(monkeypatch, capsys, data, "export", kind, "-o", str(target))
        assert done.returncode == 2
        assert said in done.stderr
    assert warehouse.read_bytes() == before
    assert pipe.is_fifo()


@pytest.mark.parametrize("command", [("forget", "nothing"), ("learn",), ("corrections", "apply")])
def test_nothing_is_made_in_a_data_directory_that_was_mistyped(monkeypatch, capsys, tmp_path: Path, command) -> None:
    done = call_inside(monkeypatch, capsys, tmp_path / "mistyped", *command)
    assert done.returncode == 2
    assert "There is no warehouse at" in done.stderr
    assert not (tmp_path / "mistyped").exists()
