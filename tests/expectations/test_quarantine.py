"""What people decide about rows in quarantine, and their corrections: both hold in every rebuilt warehouse."""

from __future__ import annotations

import shutil

import pytest

from expectations.gate import check_warehouse
from tasks.check.corrected import judge_corrections
from tasks.check.corrections import CorrectionError, misplaced_corrections, read_corrections
from tasks.check.quarantine import (
    QuarantineError,
    StillFailsError,
    held_row,
    record_decision,
    refuse_unless_it_holds,
)
from tests.expectations.damage import change_figure, double_figure, figure
from tests.expectations.lake import TABLES, data_folder, ingest
from tests.expectations.pages import REFERENCE, sound_pages
from warehouse import connect
from warehouse.load.publish import bring_up_to_date
from warehouse.storage.folder import DataFolder


def rows_of(folder, query, *parameters):
    with connect(folder.warehouse) as con:
        return con.execute(query, list(parameters)).fetchall()


def metric(folder, row_id):
    return rows_of(folder, "select value, unit, period_start, indicator from metrics where metric_id = ?", row_id)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Made once: a warehouse in which one figure is kept back."""
    folder = data_folder(tmp_path_factory.mktemp("kept"))
    rows = sound_pages(2)
    change_figure("800人", confidence=1.5)(rows)
    ingest(folder, rows)
    return folder, figure(rows, "800人")["metric_id"]


@pytest.fixture
def held(kept, tmp_path):
    """A copy of it, and the figure's key."""
    shutil.copytree(kept[0].root, tmp_path / "data")
    return DataFolder(tmp_path / "data"), kept[1]


def decide(folder, decision):
    with connect(folder.warehouse) as con:
        row = held_row(con, "q").row
    record_decision(folder, row, decision)
    bring_up_to_date(folder, TABLES)


def test_a_held_row_stays_out_and_is_shown_with_its_page_and_lines(held):
    folder, row_id = held
    assert metric(folder, row_id) == []
    with connect(folder.warehouse) as con:
        shown = held_row(con, "q")
    assert shown.row["row_id"] == row_id
    assert shown.row["reason"].startswith("confidence_is_a_probability")
    assert (shown.source_uri, shown.lines) == ("pages/d2.txt", (4,))
    assert "800人" in shown.paragraph


def test_a_released_row_is_in_its_table_and_in_every_rebuilt_one(held):
    folder, row_id = held
    decide(folder, "released")
    loaded = metric(folder, row_id)
    assert len(loaded) == 1
    assert loaded[0][0] == 800
    bring_up_to_date(folder, TABLES, anew=True)
    assert metric(folder, row_id) == loaded
    assert rows_of(folder, "select decision from quarantine") == [("released",)]


def test_a_dropped_row_stays_out_even_after_it_was_released(held):
    folder, row_id = held
    decide(folder, "released")
    decide(folder, "dropped")
    assert metric(folder, row_id) == []
    bring_up_to_date(folder, TABLES, anew=True)
    assert metric(folder, row_id) == []


def test_a_decision_outlives_the_page_being_worked_on_again(held):
    folder, row_id = held
    decide(folder, "released")
    rows = sound_pages(2)
    change_figure("800人", confidence=1.5)(rows)
    ingest(folder, rows, "r2")
    assert len(metric(folder, row_id)) == 1
    assert rows_of(folder, "select decision from quarantine") == [("released",)]


def test_a_row_that_reads_otherwise_now_is_judged_anew(held):
    folder, row_id = held
    decide(folder, "dropped")
    ingest(folder, sound_pages(2), "r2")
    assert len(metric(folder, row_id)) == 1


def test_release_checks_the_row_again_first(held):
    folder, _ = held
    with connect(folder.warehouse) as con:
        row = held_row(con, "q")
        with pytest.raises(StillFailsError, match="confidence_is_a_probability"):
            refuse_unless_it_holds(con, row, REFERENCE)
        row.row["payload"]["confidence"] = 0.5
        refuse_unless_it_holds(con, row, REFERENCE)


def test_a_figure_that_came_twice_can_be_released_once(tmp_path):
    folder = data_folder(tmp_path)
    rows = sound_pages(2)
    double_figure(rows)
    ingest(folder, rows)
    with connect(folder.warehouse) as con:
        refuse_unless_it_holds(con, held_row(con, "q"), REFERENCE)
    decide(folder, "released")
    assert len(metric(folder, figure(rows, "16.6%", "d2")["metric_id"])) == 1


def test_an_unknown_id_is_answered_with_the_way_to_find_one(held):
    with connect(held[0].warehouse) as con, pytest.raises(QuarantineError, match="quarantine list"):
        held_row(con, "q-nothing")


def correct(folder, tmp_path, *lines):
    file = tmp_path / "corrections.csv"
    file.write_text("\n".join(["page,span,column,value,who,why", *lines]), "utf-8")
    bring_up_to_date(folder, {**TABLES, "corrections": read_corrections(file)}, judge=judge_corrections)


def span_of(rows, text):
    found = figure(rows, text)
    return f"p{int(found['paragraph_id'][-4:])}:{found['start_char']}-{found['end_char']}"


def test_a_correction_stands_in_the_table_beside_the_machines_value_and_can_be_taken_back(held, tmp_path):
    folder, _ = held
    rows = sound_pages(2)
    row_id, span = figure(rows, "107家")["metric_id"], span_of(rows, "107家")
    correct(
        folder,
        tmp_path,
        f"d2.txt,{span},metrics.value,170,李,印刷错误",
        f"d2,{span},metrics.indicator,新增企业,李,看原文",
    )
    assert metric(folder, row_id)[0][0] == 170
    assert metric(folder, row_id)[0][3] == "新增企业"
    beside = "select column_name, machine_value, value, who, status from corrections order by 1"
    assert rows_of(folder, beside) == [
        ("metrics.indicator", "工业总产值", "新增企业", "李", "applied"),
        ("metrics.value", "107.0", "170", "李", "applied"),
    ]
    correct(folder, tmp_path, f"d2,{span},metrics.indicator,新增企业,李,看原文")
    assert metric(folder, row_id)[0][0] == 107
    ingest(folder, rows, "r2")
    assert rows_of(folder, beside) == []
    assert metric(folder, row_id)[0][3] == "工业总产值"


def test_a_correction_of_a_place_that_is_not_there_changes_nothing_and_says_so(held, tmp_path):
    folder, _ = held
    correct(folder, tmp_path, "d1,p99:1-2,metrics.value,1,李,误")
    assert rows_of(folder, "select status, row_id from corrections") == [("no such place", None)]
    assert misplaced_corrections(folder) == [
        "correction d1 p99:1-2 metrics.value: no such place, or several pages of that name"
    ]


def test_the_place_of_a_correction_may_be_written_as_ids_have_it(tmp_path):
    file = tmp_path / "corrections.csv"
    file.write_text(
        "page,span,column,value,who,why\nd1,p0012:3-4,metrics.value,1,李,误\nd1,a003,articles.byline,甲,李,误", "utf-8"
    )
    assert [row["span"] for row in read_corrections(file)] == ["p12:3-4", "a3"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("d1,p3:1-2,metrics.value,many,李,误", "line 2: 'many' is no number"),
        ("d1,p3:1-2,metrics.period_start,四月,李,误", "line 2: '四月' is no day"),
        ("d1,p3:1-2,metrics.measure,much,李,误", "line 2: measure is 'much'; use one of level"),
        ("d1,p3:1-2,metrics.text,1,李,误", "line 2: the column 'metrics.text' can't be corrected"),
        ("d1,3,metrics.value,1,李,误", "line 2: the span '3' must be paragraph and characters"),
        ("d1,p3:1-2,metrics.value,1,,误", "line 2: who is empty"),
        ("d1,p3:1-2,metrics.value,,李,误", "line 2: value may not be empty"),
        ("d1,p3:1-2,metrics.value,1,李", "line 2: there must be 6 cells"),
        (
            "d1,a1,articles.headline,甲,李,误\nd1,a1,articles.headline,乙,李,误",
            "line 3: line 2 corrects the same place",
        ),
    ],
)
def test_a_wrong_line_of_corrections_is_named_with_what_to_do(tmp_path, line, complaint):
    file = tmp_path / "corrections.csv"
    file.write_text("page,span,column,value,who,why\n" + line, "utf-8")
    with pytest.raises(CorrectionError) as error:
        read_corrections(file)
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    ("column", "value", "expectation"),
    [
        ("region_adcode", "zzz", "region_is_a_division"),
        ("unit", "<script>", "unit_is_known"),
        ("value_high", "1", "range_ascends"),
        ("period_start", "2999-01-01", "period"),
    ],
)
def test_a_corrected_row_holds_as_every_row_does_or_keeps_its_value(held, tmp_path, column, value, expectation):
    folder, _ = held
    rows = sound_pages(2)
    row_id, span = figure(rows, "107家")["metric_id"], span_of(rows, "107家")
    before = metric(folder, row_id)
    topic = f"d2.txt,{span},metrics.topic,工业,李,试"
    correct(folder, tmp_path, f"d2.txt,{span},metrics.{column},{value},李,试", topic)
    assert metric(folder, row_id) == before
    found = rows_of(folder, "select status, refusal from corrections")
    assert {status for status, _ in found} == {"refused"}
    assert all(expectation in refusal for _, refusal in found)
    assert any("refused" in sentence for sentence in misplaced_corrections(folder))
    with connect(folder.warehouse) as con:
        assert [r for r in check_warehouse(con, REFERENCE).results if not r.success and r.severity == "critical"] == []
    correct(folder, tmp_path, topic)
    assert rows_of(folder, "select status from corrections") == [("applied",)]
