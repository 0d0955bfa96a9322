"""The seed pages: they pass, and what is done to their real rows is caught as it is on made-up ones."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from expectations.gate import check_batch
from expectations.results import kept_results
from expectations.suite import BATCH_TABLES
from tasks.reference import gate_reference
from tests.loads.driver import run
from warehouse import connect
from warehouse.schema import table_named


def written(data: Path, folder: Path, **changed: str) -> dict[str, list[Path]]:
    """Writes the loaded rows as a batch; `metrics__value="value * 2"` changes a column on the way."""
    files = {}
    with connect(data / "warehouse.duckdb") as con:
        for name in BATCH_TABLES:
            columns = []
            for column in table_named(name).column_names:
                new = changed.get(f"{name}__{column}")
                columns.append(f"{new} as {column}" if new else column)
            path = folder / f"{name}.parquet"
            only = changed.get(f"{name}__where", "true")
            con.execute(f"copy (select {', '.join(columns)} from {name} where {only}) to '{path}' (format parquet)")
            files[name] = [path]
    return files


def failed(verdict) -> dict[str, int]:
    return {f"{r.table_name}.{r.expectation}": r.unexpected_count for r in verdict.results if not r.success}


def test_the_seed_pages_pass_with_no_critical_failure(seed_data):
    with connect(seed_data / "warehouse.duckdb") as con:
        bad = con.execute("select * from checks where not success and severity = 'critical'").fetchall()
        held = con.execute("select count(*) from quarantine").fetchone()[0]
        checked = con.execute("select count(*) from checks").fetchone()[0]
    assert bad == []
    assert held == 0
    assert checked > 120


def test_values_off_by_ten_thousand_are_caught_in_nearly_every_real_figure(seed_data, tmp_path):
    files = written(seed_data, tmp_path, metrics__value="value * 10000")
    verdict = check_batch(files, gate_reference())
    with duckdb.connect() as con:
        changed = con.execute(
            "select count(*) from read_parquet(?) where value <> 0", [str(files["metrics"][0])]
        ).fetchone()
    caught = [held for held in verdict.held if "value_agrees_with_text" in held.reason]
    assert len(caught) >= 0.95 * changed[0]


@pytest.mark.parametrize(
    ("changed", "expectation"),
    [
        ({"metrics__start_char": "start_char + 1"}, "metrics.span_shows_the_text"),
        ({"mentions__text": "reverse(text) || '某'"}, "mentions.span_shows_the_text"),
        ({"paragraphs__where": "seq % 7 <> 0"}, "documents.page_is_lossless"),
        ({"paragraphs__text": "replace(text, '区', '市')"}, "documents.page_is_lossless"),
        ({"articles__headline": "dateline", "articles__dateline": "headline"}, "articles.headline_is_printed"),
    ],
    ids=["spans", "names", "paragraphs", "characters", "headlines"],
)
def test_damage_to_the_real_rows_is_caught(seed_data, tmp_path, changed, expectation):
    if "articles__headline" in changed:
        changed = changed | {"articles__headline": "coalesce(dateline, '本报讯')"}
    assert expectation in failed(check_batch(written(seed_data, tmp_path, **changed), gate_reference()))


ROW_RULE = """-- zh: 不收一百零七。
-- en: No figure is 107.
-- name: figure_is_not_107
-- table: metrics
-- severity: critical
-- scope: row
select metric_id, document_id, text as seen from metrics where value = 107
"""
BATCH_RULE = """-- zh: 什么都不收。
-- en: No page is let in.
-- name: no_page_at_all
-- table: documents
-- severity: critical
-- scope: batch
select document_id as seen from documents
"""
PAGE = """企业数量增加
    本报讯 今年一季度，全区新增企业107家，同比增长16.6%。
    下一步，该区将继续优化营商环境，帮助企业解决用工、融资等方面的问题。
"""


@pytest.mark.slow
def test_rows_are_kept_back_decided_about_and_a_refused_batch_leaves_the_warehouse_as_it_was(broadsheet, tmp_path):
    data, pages, rules, stricter = (tmp_path / name for name in ("data", "pages", "rules", "stricter"))
    for folder in (pages, rules, stricter):
        folder.mkdir()
    (rules / "row.sql").write_text(ROW_RULE, "utf-8")
    (stricter / "batch.sql").write_text(BATCH_RULE, "utf-8")
    (pages / "2023-04-24.txt").write_text(PAGE, "utf-8")
    given = {"data": data, "BROADSHEET_RULES_FOLDER": str(rules)}
    asked = (
        "select (select count(*) from metrics where value = 107), (select count(*) from documents), "
        "(select count(*) from quarantine)"
    )

    def state():
        with connect(data / "warehouse.duckdb") as con:
            return con.execute(asked).fetchone()

    assert run(data, pages, RULES_FOLDER=rules).exit_code == 0
    assert state() == (0, 1, 1)
    assert (data / "quality" / "index.html").is_file()

    listed = broadsheet("quarantine", "list", "--format", "csv", **given).stdout
    row_id = listed.splitlines()[1].split(",")[0]
    assert broadsheet("quarantine", "release", row_id, "--anyway", **given).returncode == 0
    assert state() == (1, 1, 1)
    (pages / "2023-04-25.txt").write_text(PAGE + "    另讯 二季度企业再增300家。\n", "utf-8")
    refused = broadsheet("run", str(pages), "--json", data=data, BROADSHEET_RULES_FOLDER=str(stricter))
    summary = json.loads(refused.stdout)
    assert (refused.returncode, summary["new"]) == (3, 0)
    assert kept_results(data / "quality")[0].stem == f"{summary['run_id']}-0001"
    assert state() == (1, 1, 1)
    with connect(data / "warehouse.duckdb") as con:
        said = con.execute("select success from checks where expectation = 'no_page_at_all'").fetchall()
    assert said == [(False,)]
