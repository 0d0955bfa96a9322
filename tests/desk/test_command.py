"""The desk's verbs: a correction from the command line, a list on paper and back, the user's own error rate."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from flows.desk.desk import Desk
from flows.desk.sheet import read_check_list, write_check_list
from flows.desk.spot import printed_of, span_of, spot_of
from tasks.check.answers import Answer, AnswerFile, lines_of
from tests.cli.inside import call_inside
from tests.desk.conftest import copied
from warehouse import connect
from warehouse.ask.desk import Scope, queue
from warehouse.errors import UserError

FIGURE = "d7607606558f04c41d0d9.p0037:52-57"


@pytest.fixture(scope="module")
def data(shown_data, tmp_path_factory):
    """A copy of the seeds' data as the learned reader reads them: with a confidence for every field."""
    return copied(shown_data, tmp_path_factory)


@pytest.fixture
def call(monkeypatch, capsys, data):
    """The command line within this process, over the copied data."""
    return lambda *arguments: call_inside(monkeypatch, capsys, data.root, *arguments)


def standing(data, metric_id: str = FIGURE):
    with connect(data.warehouse) as con:
        return con.execute(
            "select status, subject, subject_entity_id, checked_by from metrics where metric_id = ?", [metric_id]
        ).fetchone()


def test_a_figure_is_corrected_listed_exported_and_put_back(call, data, tmp_path):
    before = standing(data)
    done = call("correct", FIGURE, "subject=历下区", "--why", "核对", "--who", "李明")
    assert done.returncode == 0, done.stderr
    assert standing(data) == ("corrected", "历下区", "370102", "李明")
    listed = call("corrections", "list", "--format", "csv")
    assert "历下区,applied" in listed.stdout
    assert call("corrections", "export", "-o", str(tmp_path / "c.csv")).returncode == 0
    assert "历下区" in (tmp_path / "c.csv").read_text("utf-8")
    asked = "select count(*) from metric_facts"
    assert call("query", asked, "--checked", "-f", "csv").stdout.split() == ["count_star()", "1"]
    assert call("score").stdout.startswith("1 checked figures: 100.0% wrong")
    few = call("learn")
    assert few.returncode == 2
    assert "too few" in few.stderr
    done = call("correct", FIGURE, "region_adcode=zzz", "--why", "试")
    assert done.returncode == 2
    assert "region_is_a_division" in done.stderr
    assert call("corrections", "drop", FIGURE).returncode == 0
    assert standing(data) == before


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("correct", FIGURE, "subject", "--why", "x"), "column=value"),
        (("correct", FIGURE, "text=1", "--why", "x"), "can't be corrected"),
        (("correct", "d1.p1:1-2", "value=1", "--why", "x"), "Nothing in the warehouse has the id"),
        (("corrections", "drop", "d1.p1:1-2"), "There is no correction"),
        (("score", "--sample", "5"), "0 of the 5 figures"),
        (("desk", "--region", "槐荫区", "--sample", "5", "--export", "x.xlsx"), "in one way"),
        (("desk", "--import", "none.xlsx"), "There is no file"),
        (("desk", "--query", "nothing", "--export", "x.xlsx"), "no saved query"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_sentence(call, arguments, complaint):
    done = call(*arguments)
    assert done.returncode == 2
    assert complaint in done.stderr


def test_a_check_list_goes_out_and_comes_back(data, tmp_path):
    with connect(data.warehouse) as con:
        ids = [row["metric_id"] for row in queue(con, Scope("sample", "4"))]
    desk = Desk(data, AnswerFile(tmp_path / "corrections.csv"), Scope("sample", "4"))
    path = tmp_path / "check.xlsx"
    assert write_check_list(desk, path) == 4
    book = load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for row, (verdict, subject) in enumerate((("对", ""), ("错", "历下区"), ("不是数字", ""), ("也许", "")), start=2):
        sheet.cell(row, heads.index("判断 verdict") + 1).value = verdict
        sheet.cell(row, heads.index("right subject") + 1).value = subject
    book.save(path)
    taken, refused = read_check_list(desk, path, "李明")
    assert taken == 3
    assert refused == [
        "check.xlsx, row 5: the verdict '也许' must be one of 对, right, 错, wrong, 不是数字, not a figure."
    ]
    verdicts = [(desk.figure(each)["answer"] or {}).get("verdict") for each in ids]
    assert verdicts == ["accepted", "corrected", "rejected", None]
    taken, refused = read_check_list(desk, path, "王")
    assert taken == 0, "the answers that stand were given after the list was written"
    assert all("meanwhile" in sentence for sentence in refused[:3])


def test_what_is_no_check_list_is_refused(data, tmp_path):
    desk = Desk(data, AnswerFile(tmp_path / "corrections.csv"))
    path = tmp_path / "check.xlsx"
    path.write_bytes(b"no sheet")
    with pytest.raises(UserError, match="no sheet of Excel"):
        read_check_list(desk, path, "李明")


def test_what_was_checked_teaches_confidence_and_can_be_undone(call, data):
    told = "select count(*), count({0}_shipped), avg({0}) from metrics"
    columns = ("confidence", "confidence_subject", "confidence_indicator")
    with connect(data.warehouse) as con:
        rows = [spot_of(con, row["metric_id"]) for row in queue(con, Scope("sample", "120"))]
        shipped = [con.execute(told.format(column)).fetchone() for column in columns]
    count = shipped[0][0]
    file = AnswerFile(data.corrections)
    wrong = ("corrected", {"subject": "千佛山"}), ("rejected", {})
    said = [
        Answer(row["document_id"], span_of(row), printed_of(row), *wrong[n % 2], "李", "试")
        for n, row in enumerate(rows)
    ]
    file.merge([line for answer in said for line in lines_of(answer)])
    done = call("learn")
    assert done.returncode == 0, done.stderr
    assert "checked   120 figures" in done.stdout
    assert "wrong     subject: 60 of 120" in done.stdout
    assert "by rule   subject, " in done.stdout
    assert "learned   fact: what was told with 30%" in done.stdout
    with connect(data.warehouse) as con:
        learned = [con.execute(told.format(column)).fetchone() for column in columns]
    assert [row[:2] for row in learned] == [(count, count)] * 3
    assert learned[0][2] < shipped[0][2]
    assert learned[1][2] < shipped[1][2]
    assert learned[2][2] > shipped[2][2], "every indicator was right"
    scored = call("score", "--sample", "120").stdout
    assert scored.startswith("checked sample of 120: 100.0% wrong")
    assert "(indicator 0." in scored
    assert call("learn", "--undo").returncode == 0
    with connect(data.warehouse) as con:
        back = [con.execute(told.format(column)).fetchone() for column in columns]
    assert back == [(count, 0, pytest.approx(row[2])) for row in shipped]
    file.drop(lambda line: line["who"] == "李")
