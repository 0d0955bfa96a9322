"""Every suite loads with all its expectations; rules are read with clear errors; a broken check is no verdict."""

from __future__ import annotations

import inspect
import json
from dataclasses import replace
from pathlib import Path

import pytest

from expectations import gate, project
from expectations.characters import character_digest, count_characters
from expectations.check import check_from_rule
from expectations.facts import prepare_facts, volume_bounds
from expectations.gate import BrokenCheckError, check_batch, check_warehouse
from expectations.own_rules import own_rules
from expectations.project import add_checkpoint, make_project, on_database
from expectations.rules import RuleError, suite_rules
from expectations.runner import run_suites
from expectations.structure import structural_checks
from expectations.suite import BATCH_TABLES, WAREHOUSE_TABLES, suite, suites
from tests.expectations.damage import change_figure, figure
from tests.expectations.lake import data_folder, ingest
from tests.expectations.pages import REFERENCE, sound_pages, write_pages
from warehouse import connect
from warehouse.gate.candidate import fill_table, open_candidate
from warehouse.schema import METRICS, TABLES

SUITES = Path(inspect.getfile(gate)).parent / "suites"


def test_every_rule_file_is_in_the_suite_of_its_folder():
    files = {(path.parent.name, path.stem) for path in SUITES.glob("*/*.sql")}
    assert {(rule.table, rule.name) for rule in suite_rules()} == files
    assert len(files) > 50


def test_every_batch_table_has_a_suite_with_rules_by_hand():
    for table in BATCH_TABLES:
        assert any(check.view and check.name != "reference_exists" for check in suite(table))


def test_expectations_are_told_apart_by_table_name_and_column():
    for checks in suites(WAREHOUSE_TABLES).values():
        places = [(check.name, check.column) for check in checks]
        assert len(places) == len(set(places))
        assert all(check.zh and check.en for check in checks)


def test_the_structural_suite_says_what_the_declaration_says():
    for table in TABLES:
        said = {(check.name, check.column) for check in structural_checks(table)}
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            assert (("column_is_filled", column.name) in said) is not column.null, place
            assert (("value_is_in_set", column.name) in said) is bool(column.values), place
            assert (("reference_exists", column.name) in said) is bool(column.references), place
        assert "key_is_unique" in {name for name, _ in said}, table.name


def test_great_expectations_runs_every_expectation_of_every_suite(tmp_path):
    """A suite that names a class nobody knows loses that expectation silently; here none may be missing."""
    folder = data_folder(tmp_path)
    ingest(folder, sound_pages(2))
    wanted = suites(WAREHOUSE_TABLES)
    with connect(folder.warehouse) as con:
        verdict = check_warehouse(con, REFERENCE)
    assert [(r.table_name, r.expectation, r.column_name) for r in verdict.results] == [
        (check.table, check.name, check.column) for checks in wanted.values() for check in checks
    ]
    assert [r for r in verdict.results if not r.success] == []


def test_a_check_that_raises_fails_loudly_instead_of_judging_the_data(tmp_path, monkeypatch):
    spoilt = [replace(check, sql="select nothing from metrics") for check in suite("metrics")[-1:]]
    monkeypatch.setattr(gate, "suites", lambda tables, rules: {"metrics": spoilt})
    with pytest.raises(BrokenCheckError, match=spoilt[0].name):
        check_batch(write_pages(tmp_path, sound_pages(1)), REFERENCE)


def test_a_check_that_raises_amid_the_rows_is_named_too(tmp_path, monkeypatch):
    spoilt = [
        replace(check, sql="select error('no such luck') as seen from metrics") for check in suite("metrics")[-1:]
    ]
    monkeypatch.setattr(gate, "suites", lambda tables, rules: {"metrics": spoilt})
    with pytest.raises(BrokenCheckError, match=f"{spoilt[0].name} on metrics could not be evaluated.*no such luck"):
        check_batch(write_pages(tmp_path, sound_pages(1)), REFERENCE)


def test_batches_that_are_checked_one_after_the_other_are_judged_each_by_its_own_rows(tmp_path, monkeypatch):
    """Suites and checkpoint are made once and run on one database after the other."""
    monkeypatch.setattr(gate, "BATCH_TABLES", ("metrics",))
    spoilt = sound_pages(2)
    change_figure("107家", unit="人")(spoilt)
    verdicts = []
    for n, rows in enumerate((sound_pages(2), spoilt, sound_pages(2))):
        (tmp_path / str(n)).mkdir()
        verdicts.append(check_batch(write_pages(tmp_path / str(n), rows), REFERENCE))
    assert [len(verdict.held) for verdict in verdicts] == [0, 1, 0]


def test_who_knows_great_expectations_finds_suites_batch_definitions_and_a_checkpoint_by_name(tmp_path):
    """All are of Great Expectations' own classes; a rule's view is an asset that is to have no rows."""
    import great_expectations as gx

    wanted = suites(("mentions", "metrics"))
    made = make_project(wanted)
    add_checkpoint(made)
    context = made.context
    assert type(context).__module__.startswith("great_expectations")
    source = context.data_sources.get("quality gate")
    rule = context.suites.get("metrics__value_is_finite")
    assert [(type(each), each.value, each.severity) for each in rule.expectations] == [
        (gx.expectations.ExpectTableRowCountToEqual, 0, "critical")
    ]
    assert rule.expectations[0].description == "Values are finite numbers."
    assert source.get_asset("metrics__value_is_finite").get_batch_definition("all")
    assert {"mentions", "metrics"} <= {each.name for each in context.suites.all()}
    files = write_pages(tmp_path, sound_pages(1))
    con = open_candidate(files)
    fill_table(con, "units", REFERENCE.units)
    fill_table(con, "divisions", REFERENCE.divisions)
    prepare_facts(con, REFERENCE)
    with on_database(con, wanted, made.handle):
        result = context.checkpoints.get("quality gate").run()
        head = source.get_asset("metrics").get_batch_definition("all").get_batch().head(2)
    con.close()
    assert type(result) is gx.checkpoint.CheckpointResult
    assert {each.suite_name for each in result.run_results.values()} == set(made.checks)
    assert all(each.success for each in result.run_results.values())
    assert "metric_id" in str(head)


def test_what_great_expectations_says_comes_with_the_verdict_in_its_own_form(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "BATCH_TABLES", ("metrics",))
    rows = sound_pages(2)
    change_figure("107家", unit="人")(rows)
    verdict = check_batch(write_pages(tmp_path, rows), REFERENCE)
    said = json.loads(json.dumps(verdict.said))
    assert not said["success"]
    failed = [each for each in said["validation_results"] if not each["success"]]
    assert [
        (e["expectation_type"], e["kwargs"]["batch_id"], e["result"]["observed_value"])
        for each in failed
        for e in each["expectations"]
    ] == [("expect_table_row_count_to_equal", "quality gate-metrics__value_agrees_with_text", 1)]


def test_a_figure_on_which_the_parser_fails_costs_its_row_and_not_the_batch(tmp_path):
    def broken(_: str):
        raise ValueError("no such numeral")

    verdict = check_batch(write_pages(tmp_path, sound_pages(1)), replace(REFERENCE, parse=broken))
    assert not verdict.refused
    assert verdict.held
    assert all("no such numeral" in row.reason for row in verdict.held)


def test_a_native_expectation_names_all_failing_rows_and_not_the_first_twenty():
    checks = [check for check in suite("metrics") if check.name == "value_is_in_set" and check.column == "measure"]
    con = open_candidate({})
    filler = {"DOUBLE": "0.0", "INTEGER": "0"}
    columns = ", ".join("null" if c.null else filler.get(c.type, "'x'") for c in METRICS.columns[1:])
    con.execute(f"insert into metrics select 'm' || i, {columns} from range(50) t (i)")
    (outcome,) = run_suites(con, {"metrics": checks}).each
    assert outcome.count == 50
    assert len({row[0] for row in outcome.rows}) == 50


def test_telemetry_is_off(monkeypatch):
    import os

    monkeypatch.delenv("GX_ANALYTICS_ENABLED", raising=False)
    project.great_expectations.cache_clear()
    project.great_expectations()
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_the_digest_of_characters_depends_on_neither_order_nor_white_space_nor_where_the_text_is_cut():
    import pyarrow as pa

    whole = "济南\u3000市 2023年\n𠮷野家GDP增长5.2%"
    parts = ["增长5.2%", "𠮷野家GDP", "", "年2023市南济"]
    batch = pa.record_batch({"document_id": ["d"] * len(parts), "text": parts})
    assert count_characters([batch])["d"].digest == character_digest(whole)
    assert character_digest(whole + "家") != character_digest(whole)


def test_characters_are_counted_by_class():
    import pyarrow as pa

    batch = pa.record_batch({"document_id": ["d"], "text": ["的国锟\ufffd\ue000~12和345"]})
    row = count_characters([batch])["d"].to_row()
    counted = {name: row[name] for name in ("damaged", "mojibake", "symbol", "common", "hanzi", "number", "printed")}
    assert counted == {"damaged": 2, "mojibake": 1, "symbol": 1, "common": 3, "hanzi": 4, "number": 2, "printed": 12}


def test_bounds_of_volume_are_in_order():
    for bound in volume_bounds():
        given = [bound[name] for name in ("fails_below", "warns_below", "warns_above") if bound[name] is not None]
        assert given == sorted(given)


RULE = """-- zh: 数字不得为零。
-- en: No figure is zero.
-- name: figure_is_not_zero
-- table: metrics
-- severity: critical
-- scope: row
select metric_id, document_id, text as seen from metrics where value = 0;
"""


def write_rule(folder: Path, text: str) -> Path:
    (folder / "rule.sql").write_text(text, "utf-8")
    return folder


def test_a_rule_of_the_user_keeps_its_rows_back(tmp_path):
    own_rules.cache_clear()
    rules = own_rules(write_rule(tmp_path, RULE))
    rows = sound_pages(2)
    change_figure("107家", text="0家", value=0.0)(rows)
    found = figure(rows, "0家")
    verdict = check_batch(write_pages(tmp_path, rows), REFERENCE, rules)
    reasons = {held.row_id: held.reason for held in verdict.held}
    assert "figure_is_not_zero: No figure is zero. Seen: 0家" in reasons[found["metric_id"]]


@pytest.mark.parametrize(
    "select",
    [
        "SELECT metric_id, document_id, text AS seen FROM metrics WHERE value = 0",
        "select metric_id, document_id, text as seen from\n\n    metrics\nwhere value = 0;",
        "select m.metric_id, m.document_id, m.text as seen from documents join metrics m using (document_id) "
        "where m.value = 0",
        "with zero as (select * from metrics where value = 0)\nselect metric_id, document_id, text as seen from zero",
        "From \"metrics\" Select metric_id, document_id, text || '{batch} 100%' as seen Where value = 0 -- so far\n;",
    ],
)
def test_a_rule_may_be_written_in_any_way_that_duckdb_understands(tmp_path, select, recwarn, caplog):
    own_rules.cache_clear()
    rules = own_rules(write_rule(tmp_path, RULE.partition("select")[0] + select))
    rows = sound_pages(2)
    change_figure("107家", text="0家", value=0.0)(rows)
    checks = {"metrics": tuple(check_from_rule(rule) for rule in rules)}
    con = open_candidate(write_pages(tmp_path, rows))
    project.great_expectations()
    recwarn.clear()
    caplog.clear()
    (outcome,) = run_suites(con, checks).each
    con.close()
    assert [(row[0], row[2][:2]) for row in outcome.rows] == [(figure(rows, "0家")["metric_id"], "0家")]
    assert [str(warning.message) for warning in recwarn] == []
    assert [record.message for record in caplog.records if record.levelname != "INFO"] == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("-- table: metrics\n", "", "lacks `-- table: …`"),
        ("critical", "fatal", "line 5: severity is 'fatal'; use one of critical, warning"),
        ("scope: row", "scope: page", "line 6: scope is 'page'; use one of batch, document, row"),
        ("-- table: metrics", "-- table: figures", "line 4: table is 'figures'"),
        ("figure_is_not_zero", "Figure!", "line 3: the name 'Figure!'"),
        ("figure_is_not_zero", "span_shows_the_text", "taken by Broadsheet's own suites"),
        ("metric_id, ", "", "must select metric_id too"),
        ("value = 0", "worth = 0", "DuckDB does not understand"),
        ("select metric_id", "delete", "DuckDB does not understand"),
        ("value = 0;", "value = 0; select 1", "is one select"),
        ("from metrics", "from articles", "must select `from metrics`"),
    ],
)
def test_a_wrong_rule_is_named_with_what_to_do(tmp_path, old, new, complaint):
    own_rules.cache_clear()
    with pytest.raises(RuleError) as error:
        own_rules(write_rule(tmp_path, RULE.replace(old, new)))
    assert complaint in str(error.value)
    assert "rule.sql" in str(error.value)


def test_a_folder_of_rules_that_is_not_there_is_said(tmp_path):
    own_rules.cache_clear()
    with pytest.raises(RuleError, match="There is no folder of rules"):
        own_rules(tmp_path / "nowhere")


def test_the_documentation_lists_every_rule_as_it_is():
    listed = (SUITES.parent.parent / "docs" / "quality.md").read_text("utf-8")
    for rule in suite_rules():
        line = f"| {rule.table} | `{rule.name}` | {rule.severity} | {rule.scope} | {rule.zh} {rule.en} |"
        assert line in listed, f"docs/quality.md lacks: {line}"
