"""The verbs that ask the warehouse, as a user types them, on a small warehouse."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from tests.cli.inside import call_inside
from tests.conftest import BROADSHEET, PROJECT, hear_ctrl_c
from tests.warehouse.small import build
from warehouse.schema.views import saved_queries

Caller = Callable[..., subprocess.CompletedProcess[str]]

GROWTH = "select subject, value, issue_date from metric_facts where measure = 'growth' order by value"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    build(folder / "warehouse.duckdb")
    return folder


@pytest.fixture
def ask(broadsheet: Caller, data: Path) -> Caller:
    def call(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return broadsheet(*arguments, data=data, **more)

    return call


def test_a_table_keeps_its_columns_straight_under_chinese(ask: Caller) -> None:
    lines = ask("query", "select 'x' as a, 1 as b union all select '槐荫区', 23 order by b").stdout.splitlines()
    assert lines[2:] == ["x         1", "槐荫区   23", "(2 rows)"]


def test_saved_queries_take_parameters(ask: Caller) -> None:
    done = ask("query", "figures_of_region", "--param", "region=历下区", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["text"], row["citation"]) for row in rows] == [("8.5%", "济南时报 2023-04-25 A2《一季度各区经济》")]


def test_no_saved_query_knows_a_home_town() -> None:
    defaults = {p.default for saved in saved_queries() for p in saved.parameters}
    assert not [default for default in defaults if "区" in default or "市" in default]


@pytest.mark.parametrize(
    ("query", "column", "found"),
    [
        (["fastest_growing", "-p", "indicator=工业总产值", "-p", "period=2023Q1"], "region", ["槐荫区", "历下区"]),
        (["fastest_growing", "-p", "period=2022"], "region", []),
        (["fastest_growing", "-p", "region=历下"], "text", ["8.5%"]),
        (["promises", "-p", "region=槐荫区"], "text", ["50亿元"]),
        (["series_of_indicator", "-p", "region=槐荫区,历下区"], "subject", ["历下区", "槐荫区"]),
        (["series_of_indicator", "-p", "region=槐荫区"], "disputed", ['["45.3亿元"]']),
        (["region_rollup"], "region", ["槐荫区", "历下区"]),
    ],
)
def test_saved_queries_answer_what_is_asked(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: Path,
    query: list[str],
    column: str,
    found: list[str],
) -> None:
    done = call_inside(monkeypatch, capsys, data, "query", *query, "-f", "csv")
    assert [row[column] for row in csv.DictReader(io.StringIO(done.stdout))] == found, done.stderr


def test_sql_can_come_through_a_pipe(ask: Caller) -> None:
    assert ask("query", "-", "-f", "jsonl", stdin="select 1 as n").stdout == '{"n": 1}\n'


def test_sql_through_a_pipe_may_be_in_any_encoding(data: Path) -> None:
    done = subprocess.run(
        [*BROADSHEET, "query", "-", "-f", "jsonl"],
        input="select '工业总产值' as 指标".encode("gb18030"),
        capture_output=True,
        env=os.environ | {"BROADSHEET_DATA_DIR": str(data)},
        cwd=PROJECT,
        check=True,
    )
    assert json.loads(done.stdout) == {"指标": "工业总产值"}


def test_truth_and_spans_of_time_are_written_as_people_write_them(ask: Caller) -> None:
    sql = "select true as t, interval '3 days 90 seconds' as s"
    assert ask("query", sql, "-f", "csv").stdout == "t,s\ntrue,3 days 0:01:30\n"
    assert ask("query", sql, "-f", "jsonl").stdout == '{"t": true, "s": "3 days 0:01:30"}\n'


def test_json_keeps_lists_and_days_and_columns_of_one_name(ask: Caller) -> None:
    done = ask("query", "select date '2023-04-24' as d, ['a'] as l, null as n, 1 as n", "-f", "json")
    assert json.loads(done.stdout) == [{"d": "2023-04-24", "l": ["a"], "n": None, "n_2": 1}]


def test_markdown_escapes_its_bars(ask: Caller) -> None:
    done = ask("query", "select 'a|b' as x", "-f", "md")
    assert done.stdout == "| x |\n|---|\n| a\\|b |\n"


def test_csv_for_excel_begins_with_a_mark(ask: Caller, tmp_path: Path) -> None:
    target = tmp_path / "增长.csv"
    assert ask("query", GROWTH, "-o", str(target), "--bom").returncode == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfsubject,value,issue_date\r\n")


def test_parquet_holds_the_types(ask: Caller, tmp_path: Path) -> None:
    target = tmp_path / "x.parquet"
    assert ask("query", GROWTH, "-o", str(target)).returncode == 0
    assert pq.read_table(target).to_pylist()[1] == {
        "subject": "槐荫区",
        "value": 16.6,
        "issue_date": date(2023, 4, 24),
    }


def test_excel_gets_numbers_as_numbers_and_text_never_as_a_formula(ask: Caller, tmp_path: Path) -> None:
    target = tmp_path / "x.xlsx"
    assert ask("query", "select 1.5 as n, '=1+1' as t, null as e", "-o", str(target)).returncode == 0
    sheet = load_workbook(target).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["n", "t", "e"], [1.5, "=1+1", None]]
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["select headlin from articles"], "did you mean headline?"),
        (["metric_fact"], "did you mean metric_facts?"),
        (["promises", "-p", "period=2024Q9"], "There is no period 2024Q9; write it as 2023, 2023Q1"),
        (["from read_text('/etc/passwd')"], "no files"),
        (["drop table metrics"], "only reads"),
        (["select $x"], "--param x="),
        (["select 1", "--param", "x"], "name=value"),
        (["select 1", "-f", "doc"], "no format doc"),
        (["select 1", "-o", "x.doc"], "The ending .doc of x.doc says no format"),
        (["select 1", "-o", "x"], "x has no ending"),
        (["select ‘元’"], "column 8: ‘ is a Chinese quotation mark"),
        (["select count（*） from metrics"], "type ( instead"),
        (['from metric_facts where region = "槐荫区"'], "text is written '槐荫区'"),
        (["figures_of_region", "-p", "region=槐荫路"], "There is no region 槐荫路; did you mean 槐荫区?"),
        (["series_of_indicator", "-p", "indicator=工业总产直"], "did you mean 工业总产值?"),
        (["promises", "-p", "modality=done"], "one of actual, target, planned"),
        (["promises", "-p", "confidence=2"], "from 0 to 1"),
        (["fastest_growing", "-p", "limit=few"], "whole number"),
        (["who_with", "-p", "name=王建"], "did you mean 王健?"),
        (["select 1", "-f", "xlsx"], "--output"),
        (["select 1", "--bom"], "CSV"),
        (["select 1", "-o", "/no/such/folder/x.csv"], "no folder"),
        (["select 1", "-f", "csv", "-o", "."], "is a folder"),
        (["  "], "There is no query"),
        (["select 1", "--memory", "lots"], "size of memory"),
        ([], "--list"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: Path,
    arguments: list[str],
    says: str,
) -> None:
    done = call_inside(monkeypatch, capsys, data, "query", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_an_unfinished_answer_leaves_no_half_file(ask: Caller, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    done = ask("query", "select range as n from range(10000000000)", "-o", str(target), "--timeout", "0.5")
    assert done.returncode == 2
    assert "--timeout" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_query_and_all_that_belongs_to_it(data: Path, tmp_path: Path, sent: signal.Signals) -> None:
    endless = "select count(*) from range(10000000000) a, range(1000) b where hash(a.range + b.range) = 1"
    process = subprocess.Popen(
        [*BROADSHEET, "query", endless],
        env=os.environ | {"BROADSHEET_DATA_DIR": str(data), "PYTHONPATH": str(PROJECT), "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        cwd=PROJECT,
        preexec_fn=hear_ctrl_c,
    )
    while not list(tmp_path.glob("*/*")):  # the sandbox's own folder: the query is under way
        time.sleep(0.1)
    process.send_signal(sent)
    _, stderr = process.communicate(timeout=300)
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    assert not list(tmp_path.iterdir())


def test_list_names_every_saved_query_and_view(ask: Caller) -> None:
    listed = ask("query", "--list").stdout
    for name in ("fastest_growing", "metric_facts", "co_mentions", "coverage"):
        assert f"\n  {name}" in listed


def test_schema_describes_tables_and_views(ask: Caller) -> None:
    assert "value_high" in ask("schema", "metrics").stdout
    assert "Newspaper, date, page and headline" in ask("schema", "metric_facts").stdout
    wrong = ask("schema", "nothing")
    assert wrong.returncode == 2
    assert "metric_facts" in wrong.stderr


def test_without_a_warehouse_the_way_to_make_one_is_told(broadsheet: Caller, tmp_path: Path) -> None:
    done = broadsheet("query", "select 1", data=tmp_path)
    assert done.returncode == 2
    assert "broadsheet run" in done.stderr
