"""What an answer holds speaks neither to a terminal nor to Excel, and any type is written in any format."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from flows.cli.render import no_formula
from flows.telling.terminal import json_text, shown
from tests.cli.inside import call_inside
from tests.warehouse.small import article, document, insert, metric, open_empty, paragraph
from warehouse.search.index import index_documents

SPEAKING = "\x1b[31m\x1b]0;t\x07\x9b2J\u202e\u2066\u200f\x08\x7f\r"
TITLE = f"济南{SPEAKING}日报"
EVERY_TYPE = """
select 'infinity'::date as d, '-infinity'::timestamp as t, timestamptz '2023-04-24 10:00+08' as z, map {'a': 1} as m,
    interval '3 days' as i, {'x': date 'infinity', 'y': [interval '1 day']} as s, time '10:00' as tm, 'ab'::blob as b,
    uuid '00000000-0000-0000-0000-000000000001' as u, 170141183460469231731687303715884105727::hugeint as h,
    'a'::enum('a', 'b') as e, '101'::bit as bt, -1.5::double as neg, [map {1: date 'infinity'}] as lm,
    timestamp_ns '2023-04-24 10:00:00.123456789' as ns, date '0044-01-01' as old, 'nan'::double as nan,
    12345678901234567890::ubigint as ub, union_value(k := 2) as un, null as nothing, -1.50::decimal(9, 2) as dec
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speaking")
    rejected = document("d2", status="rejected", reason=TITLE, file_name=TITLE, source_uri=TITLE)
    rows = {
        "documents": [document("d1", publisher=TITLE, file_name=TITLE, source_uri=TITLE), rejected],
        "articles": [article("d1.a1", TITLE)],
        "paragraphs": [paragraph("d1.p1", TITLE, "d1.a1")],
        "metrics": [metric("d1.p1", "1", 37.1, "%", sentence=TITLE, indicator=TITLE, subject=TITLE)],
    }
    with open_empty(folder / "warehouse.duckdb") as con:
        insert(con, rows)
        index_documents(con)
    return folder


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path) -> Any:
    def done(*arguments: str) -> CompletedProcess[str]:
        return call_inside(monkeypatch, capsys, data, *arguments)

    return done


def _speaks(text: str) -> list[str]:
    return [char for char in text if shown(char) != char]


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "select sentence, indicator, p.text from metrics join paragraphs p using (paragraph_id)"),
        ("query", "select text from paragraphs", "-f", "md"),
        ("query", "select text from paragraphs", "-f", "jsonl"),
        ("query", f'select 1 as "{TITLE}"'),
        ("query", f"select '{TITLE}' from nowhere"),
        ("search", "日报"),
        ("search", "日报", "-f", "table"),
        ("show", "d1.a1"),
        ("trace", "d1.p1:1"),
        ("trace", "d1.p1:1", "--json"),
        ("trace", "d1.a1"),
        ("trace", "d2"),
        ("status",),
    ],
)
def test_nothing_of_a_page_speaks_to_the_terminal(call: Any, arguments: tuple[str, ...]) -> None:
    done = call(*arguments)
    assert "Traceback" not in done.stderr
    assert _speaks(done.stdout + done.stderr) == []
    assert "济南" in done.stdout + done.stderr


def test_a_page_that_is_repaired_or_read_does_not_speak_either(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    text = f"济南经济一季度开门红\n\n    本报讯 全区工业总产值45.3亿元{SPEAKING[:-1]}，同比增长16.6%。\n"
    path.write_text(text + "    全区深入推进重点项目建设，加快产业转型升级。\n" * 60, "utf-8")
    for verb in (("repair",), ("repair", "--json"), ("repair", "--reasons"), ("extract",)):
        done = call(*verb, str(path))
        assert done.returncode == 0
        assert _speaks(done.stdout + done.stderr) == []


def test_json_means_the_same_and_holds_no_break_of_lines() -> None:
    value = {"a": f"{TITLE}\u2028\u2029\x85"}
    assert json.loads(json_text(value)) == value
    assert len(json_text(value).splitlines()) == 1


@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl", "md", "parquet", "xlsx"])
def test_every_type_is_written_in_every_format(call: Any, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"answer.{form}"
    done = call("query", EVERY_TYPE, "-f", form, "-o", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    if form == "json":
        (row,) = json.loads(target.read_text("utf-8"))
        assert (row["d"], row["t"], row["m"], row["lm"]) == ("infinity", "-infinity", {"a": 1}, [{"1": "infinity"}])
        assert (row["neg"], row["nan"], row["s"]["y"]) == (-1.5, None, ["1 days 0:00:00"])
    elif form == "csv":
        (row,) = csv.DictReader(target.read_text("utf-8").splitlines())
        assert (row["d"], row["neg"], row["m"]) == ("infinity", "-1.5", '{"a": 1}')
    elif form == "parquet":
        assert pq.read_table(target).column("i").to_pylist() == ["3 days 0:00:00"]
    elif form == "xlsx":
        values = dict(zip(*([cell.value for cell in row] for row in load_workbook(target).active), strict=True))
        assert (values["neg"], values["d"], values["h"]) == (-1.5, "infinity", str(2**127 - 1))


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1", "-cmd|' /C calc'!A0", '=HYPERLINK("x")', "-"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_for_excel(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "+3", "-1,000.5%", "-1e5", "16.6%", "1-2", "济南=好", ""])
def test_numbers_with_a_sign_and_plain_text_stay_as_they_are(text: str) -> None:
    assert no_formula(text) == text


def test_csv_for_excel_and_sheets_hold_no_formula_in_cells_or_header(call: Any, tmp_path: Path) -> None:
    sql = """select '=1+1' as "=2+2", -5 as "+n", '-12.5' as t"""
    assert call("query", sql, "-f", "csv", "--bom", "-o", str(tmp_path / "x.csv")).returncode == 0
    assert (tmp_path / "x.csv").read_text("utf-8-sig").splitlines() == ["'=2+2,'+n,t", "'=1+1,-5,-12.5"]
    assert call("query", sql, "-o", str(tmp_path / "y.csv")).returncode == 0
    assert (tmp_path / "y.csv").read_text("utf-8").splitlines() == ["=2+2,+n,t", "=1+1,-5,-12.5"]
    assert call("query", sql, "-o", str(tmp_path / "x.xlsx")).returncode == 0
    sheet = load_workbook(tmp_path / "x.xlsx").active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet] == [
        [("=2+2", "s"), ("+n", "s"), ("t", "s")],
        [("=1+1", "s"), (-5, "n"), ("-12.5", "s")],
    ]
