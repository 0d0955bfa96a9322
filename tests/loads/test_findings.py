"""What the stages noticed about a page reaches the warehouse, the summary and the status, with what to do about it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from flows.ingest.summary import summary_lines
from tasks.findings import wording
from tests.cli.inside import call_inside
from tests.loads.driver import run
from tests.loads.pages import page, rows
from tests.repair.test_order import columns

CURE = wording()["layout.disordered"]["what_to_do"]


@pytest.fixture(scope="module")
def noticed(tmp_path_factory):
    """A page in no order, one that stops in mid-sentence and holds an impossible number, and a sound one."""
    place = tmp_path_factory.mktemp("noticed")
    lines = [line for column in columns(4, 2) for line in column]
    random.Random(3).shuffle(lines)
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text("\n".join(lines), "utf-8")
    (place / "in" / "b.txt").write_text(
        "    " + page(1).strip().removesuffix("。") + "，全区同比增长999999%，今年\n", "utf-8"
    )
    (place / "in" / "c.txt").write_text(page(2), "utf-8")
    return place / "data", run(place / "data", place / "in")


def test_findings_stand_in_their_table_with_line_and_cure(noticed):
    data, summary = noticed
    shown = "select file_name, stage, code, level, line, what_to_do from findings join documents using (document_id) "
    found = rows(data, shown + "where code <> 'layout.unfinished' or file_name = 'b.txt' order by all")
    assert [row[:5] for row in found if row[0] != "a.txt"] == [
        ("b.txt", "extract", "quantity.implausible", "warning", 12),
        ("b.txt", "repair", "layout.unfinished", "warning", 12),
    ]
    assert ("a.txt", "repair", "layout.disordered", "warning", 1, CURE) in found
    n = sum(summary.findings.values())
    assert rows(data, "select count(*), count(distinct finding_id) from findings") == [(n, n)]
    assert rows(data, "select findings from runs") == [(n,)]


def test_the_summary_and_the_status_name_the_cure(noticed, monkeypatch, capsys):
    data, summary = noticed
    said = "\n".join(summary_lines(summary))
    assert summary.findings["layout.disordered"] == 1
    assert "1 layout.disordered" in said
    assert CURE in said
    done = call_inside(monkeypatch, capsys, data, "status")
    assert (
        f"finding   warning layout.disordered (1 on 1 page): {wording()['layout.disordered']['message']}" in done.stdout
    )


def test_figures_of_a_page_in_no_order_are_doubted(noticed):
    data, _ = noticed
    told = "select max(confidence), bool_and(list_contains(doubts, 'the page''s lines are in no order')), count(*) > 0 "
    of_page = "from metrics join documents using (document_id) where file_name "
    assert rows(data, told + of_page + "= 'a.txt'") == [(0.3, True, True)]
    assert rows(data, told + of_page + "= 'c.txt'")[0][1] is False


def test_every_finding_that_the_code_can_make_has_words():
    import re

    made = {
        code
        for path in Path("tasks").rglob("*.py")
        for code in re.findall(r'"((?:layout|quantity|facts|second)\.[a-z_]+)"', path.read_text("utf-8"))
    }
    assert made == set(wording())
