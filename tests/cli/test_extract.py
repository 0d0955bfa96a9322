"""The verb `extract`: JSON a paragraph, without warehouse and Prefect."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import PROJECT


def records(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_one_paragraph_and_empty_lines_stay(broadsheet):
    got = records(
        broadsheet(
            "extract",
            "--lines",
            "--issue-date",
            "2023-04-24",
            stdin="一季度，槐荫区完成工业总产值45.3亿元，同比增长16.6%。\n\n没有数字。\n",
        )
    )
    assert [r["text"] for r in got][1:] == ["", "没有数字。"]
    assert got[1] == {"text": "", "mentions": [], "metrics": []}
    value = got[0]["metrics"][0]
    assert (value["value"], value["unit"], value["metric_id"]) == (4530000000.0, "元", None)
    assert got[0]["text"][value["start_char"] : value["end_char"]] == value["text"]
    assert (value["period_start"], value["period_end"]) == ("2023-01-01", "2023-03-31")


def test_a_page_is_repaired_first(broadsheet):
    got = records(broadsheet("extract", str(next((PROJECT / "seeds").glob("000*")))))
    assert any("纵向到底”的“井”字形网络" in r["text"] for r in got)


def test_it_imports_neither_prefect_nor_duckdb(broadsheet):
    code = """
import io, sys
sys.stdin = io.TextIOWrapper(io.BytesIO('增长5%'.encode()))
sys.argv = ['broadsheet', 'extract', '--lines']
from flows.cli import main
try:
    main()
except SystemExit:
    pass
heavy = {'prefect', 'duckdb', 'great_expectations', 'pandas'}
print(sorted({name.split('.')[0] for name in sys.modules} & heavy))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=False)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
