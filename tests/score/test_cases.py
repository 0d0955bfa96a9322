"""Small cases with right answers are judged as they should be."""

import json

import pytest

from tests.score.cases import faults_of, main

LINE = "一季度槐荫区工业总产值45.3亿元，同比增长16.6%，区委书记张伟介绍。"


def case(verb="extract --lines", **right):
    return {"id": "c1", "kind": "k", "verb": verb, "input": LINE, "issue_date": "2023-04-20", "right": right}


def test_right_answers_have_no_faults():
    level = {
        "value": 4.53e9,
        "unit": "元",
        "indicator": "工业总产值",
        "subject": ["槐荫区", "济南市"],
        "measure": "level",
    }
    growth = {"value": 16.6, "period_start": "2023-01-01", "period_end": "2023-03-31", "value_high": None}
    assert (
        faults_of(case(figures=[level, growth], no_other_figures=True, names=[{"text": "张伟", "type": "PER"}])) == []
    )


@pytest.mark.parametrize(
    ("right", "fault"),
    [
        ({"figures": [{"value": 45.3}]}, "missing"),
        ({"figures": [{"value": 16.6, "measure": "level"}]}, "got {'measure': 'growth'}"),
        ({"not_figures": ["16.6%"]}, "no figure: 16.6%"),
        ({"figures": [{"value": 16.6}], "no_other_figures": True}, "no other figures: ['45.3亿元']"),
        ({"names": [{"text": "张伟", "type": ["ORG", "LOC"]}]}, "missing name"),
        ({"not_names": ["槐荫区"]}, "no name: 槐荫区"),
    ],
)
def test_each_kind_of_fault_is_told(right, fault):
    [told] = faults_of(case(**right))
    assert fault in told


def test_a_page_is_repaired_and_other_verbs_are_left_to_others(tmp_path, capsys):
    assert faults_of(case("repair", paragraphs=[LINE, "不在"])) == ["paragraph 不在…"]
    assert faults_of(case("query")) is None
    lines = [json.dumps(c, ensure_ascii=False) for c in (case(), case("query"), case(not_names=["槐荫区"]))]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert main([str(tmp_path / "cases.jsonl")]) == 0
    assert "right 1 of 2 = 0.500" in capsys.readouterr().out
