"""The ten questions of a working day, each in one step, with right answers: on the seeds and on four pages."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.inside import call_inside
from tests.conftest import PROJECT
from tests.loads.driver import run

Ask = Callable[..., subprocess.CompletedProcess[str]]

PAGES = {
    "2023-04-24.txt": ("今年一季度", "45.3亿元，同比增长16.6%", "60.1亿元，同比增长8.5%"),
    "2024-04-23.txt": ("今年一季度", "50.2亿元，同比增长10.8%", "66.7亿元，同比增长11.0%"),
    "2025-04-22.txt": ("今年一季度", "55.7亿元，同比增长11.0%", "70.0亿元，同比增长4.9%"),
    "2026-04-21.txt": ("今年一季度", "61.9亿元，同比增长11.1%", "77.2亿元，同比增长30.3%"),
}
"""Of the last page one growth does not fit its levels: 77.2 is 10.3 % more than 70.0."""


def page(name: str) -> str:
    period, one, other = PAGES[name]
    year, month, day = name.removesuffix(".txt").split("-")
    return (
        f"济南日报 {year}年{int(month)}月{int(day)}日 星期一\n\n各区工业开门红\n□本报记者 单玉国\n"
        f"  {period}，槐荫区完成工业总产值{one}。\n  {period}，历下区完成工业总产值{other}。\n"
    )


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages in two runs, the last page alone in the second."""
    folder = tmp_path_factory.mktemp("series")
    for name in PAGES:
        (folder / name).write_text(page(name), "utf-8")
    *first, last = (folder / name for name in PAGES)
    assert run(folder / "data", *first, publisher="济南日报").new == 3
    assert run(folder / "data", last, publisher="济南日报").new == 1
    return folder / "data"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = call_inside(monkeypatch, capsys, data, *arguments)
        assert done.returncode == 0, done.stderr
        return done

    return asked


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_1_which_district_grew_fastest_by_an_indicator_in_a_period(ask: Ask, series: Path, shown_data: Path) -> None:
    query = ("query", "fastest_growing", "-p", "indicator=工业总产值", "-f", "csv", "-p")
    assert [row["region"] for row in rows(ask(series, *query, "period=2024Q1"))] == ["历下区", "槐荫区"]
    assert [row["region"] for row in rows(ask(series, *query, "period=2023年一季度"))] == ["槐荫区", "历下区"]
    assert [(row["region"], row["text"]) for row in rows(ask(shown_data, *query, "period=2023Q1"))] == [
        ("槐荫区", "16.6%")
    ]


def test_2_all_figures_about_something_in_a_sheet(ask: Ask, shown_data: Path, tmp_path: Path) -> None:
    ask(shown_data, "figures", "高新技术企业", "-o", str(tmp_path / "x.xlsx"))
    sheet = load_workbook(tmp_path / "x.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    found = [{head: cell.value for head, cell in zip(heads, row, strict=True)} for row in sheet.iter_rows(min_row=2)]
    of_them = {(row["主体"], row["数字（原文）"]) for row in found if row["指标"] == "高新技术企业"}
    assert of_them >= {("槐荫区", "190家"), ("钢城区", "100家")}
    assert all(row["原句"] and row["出处"] and 0 <= row["可信度"] <= 1 for row in found)
    assert sheet.auto_filter.ref


def test_3_only_plans(ask: Ask, shown_data: Path) -> None:
    plans = rows(ask(shown_data, "query", "promises", "-p", "region=钢城区", "-p", "limit=100", "-f", "csv"))
    assert {row["modality"] for row in plans} <= {"target", "planned"}
    assert ("高新技术企业", "over", "100家") in {(row["indicator"], row["qualifier"], row["text"]) for row in plans}


def test_4_who_is_the_party_secretary_and_what_is_he_quoted_with(ask: Ask, shown_data: Path) -> None:
    shown = ask(shown_data, "show", "钢城区委书记").stdout
    assert shown.startswith("邹颂  钢城区委书记\n")
    assert "“打造东强战略智造先导区。”" in shown


def test_5_a_line_of_a_page(ask: Ask, shown_data: Path) -> None:
    printed = (PROJECT / "seeds" / "000_625344e733e11c76.txt").read_text("utf-8").splitlines()[119]
    assert f"asked      line 120: {printed}" in ask(shown_data, "trace", "000_625344e733e11c76.txt:120").stdout


def test_6_two_districts_over_time_with_a_chart(ask: Ask, series: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.svg"
    ask(series, "chart", "工业总产值", "--region", "槐荫区", "--region", "历下区", "-o", str(target))
    drawn = target.read_text("utf-8")
    assert drawn.count("<polyline") == 4  # levels and growths, each of two districts
    assert all(f"工业总产值 · {what} · 季度" in drawn for what in ("总量", "同比增速"))
    assert "槐荫区 今年一季度（2026） 61.9亿元" in drawn
    assert "出处：济南日报" in drawn


def test_7_what_changed_since_the_last_run(ask: Ask, series: Path) -> None:
    found = [(row["what"], row["change"], row["now"]) for row in rows(ask(series, "changes", "-f", "csv"))]
    assert ("figure", "new", "77.2亿元") in found
    assert [row[:2] for row in found[:1]] == [("page", "new")]
    assert not [row for row in found if row[2] == "45.3亿元"]


def test_8_everything_to_pandas_polars_and_r(ask: Ask, series: Path, tmp_path: Path) -> None:
    import pandas as pd
    import polars as pl

    target = tmp_path / "facts.parquet"  # R reads it with arrow::read_parquet
    ask(series, "query", "metric_facts", "-o", str(target))
    assert len(pd.read_parquet(target)) == pl.read_parquet(target).height
    assert set(pl.read_parquet(target)["subject"]) == {"槐荫区", "历下区"}


def test_9_all_articles_that_name_a_body_by_its_short_name(ask: Ask, shown_data: Path) -> None:
    hits = json.loads(ask(shown_data, "search", "统战部", "-f", "json", "--limit", "100").stdout)
    text = {path.name: path.read_text("utf-8") for path in (PROJECT / "seeds").glob("*.txt")}
    naming = {name for name, printed in text.items() if "统战部" in "".join(printed.split())}
    assert {hit["citation"].split()[0].split("《")[0] for hit in hits} == naming
    assert all("统战部" in hit["text"] for hit in hits)


def test_10_what_does_not_add_up(ask: Ask, series: Path) -> None:
    odd = rows(ask(series, "query", "does_not_add_up", "-f", "csv"))
    assert [(row["subject"], row["kind"], row["printed"], row["reckoned"]) for row in odd] == [
        ("历下区", "growth", "30.3%", "10.29")
    ]
    assert "2026-04-21" in odd[0]["citations"]
