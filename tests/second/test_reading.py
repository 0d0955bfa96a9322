"""What is sent of a page, what of an answer may be used, and what it is to our own reading."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from flows.second.server import Server
from tasks.second.agreeing import agreeing
from tasks.second.answers import Reading, problems_of, read_answers
from tasks.second.loading import answer_id
from tasks.second.questions import (
    MOST_FIGURES,
    MOST_TEXT,
    Asked,
    Passage,
    passages,
    printed_parts,
    questions_about,
)
from tasks.second.weighing import days_of, weigh

TEXT = "槐荫区完成工业总产值45.3亿元，同比增长16.6%。"
FIGURES = (Asked(10, 16, "45.3亿元"), Asked(21, 26, "16.6%"))
PASSAGE = Passage("d1", "d1.p0001", TEXT, FIGURES, "2023-04-24", ("一季度ＧＤＰ公布",), "", "今年一季度有新进展。")


def answered(sent: str, *figures: dict[str, object], count: int = 2) -> list[Reading]:
    return read_answers([json.dumps({"figures": figures})], sent, count)


def test_each_order_numbers_the_same_figures_and_is_a_question_of_its_own():
    first, second = (next(questions_about(PASSAGE, order)) for order in (1, 2))
    assert [f.text for f in first.figures] == ["45.3亿元", "16.6%"]
    assert [f.text for f in second.figures] == ["16.6%", "45.3亿元"]
    assert json.loads(second.sent)["正文"] == "槐荫区完成工业总产值⟦2⟧45.3亿元，同比增长⟦1⟧16.6%。"
    assert first.question_id != second.question_id
    assert first == next(questions_about(PASSAGE, 1))


def test_the_digest_of_an_answer_depends_on_text_question_model_and_parameters():
    question = next(questions_about(PASSAGE))
    other = next(questions_about(replace(PASSAGE, heads=("另一标题",))))
    asked = [(question, "a", {}), (other, "a", {}), (question, "b", {}), (question, "a", {"temperature": 1})]
    assert len({answer_id(*each) for each in asked}) == 4


def test_many_figures_and_long_paragraphs_are_parted():
    text = "".join(f"第{n}家企业产值{n}亿元，情况说明若干文字若干文字若干文字。" for n in range(100, 200))
    figures = []
    for n in range(100, 200):
        at = text.index(f"产值{n}亿元") + 2
        figures.append(Asked(at, at + 5, f"{n}亿元"))
    questions = list(questions_about(Passage("d1", "d1.p1", text, tuple(figures))))
    assert sum(len(question.figures) for question in questions) == 100
    assert all(len(question.figures) <= MOST_FIGURES for question in questions)
    for question in questions:
        (shown,) = printed_parts(question.sent)
        assert len(shown) <= 2 * MOST_TEXT
        assert all(text[f.start : f.end] in shown for f in question.figures)


def test_headline_section_and_neighbours_are_sent():
    rows = [
        {"paragraph_id": f"d1.p{n}", "document_id": "d1", "role": role, "text": text}
        for n, (role, text) in enumerate(
            [
                ("headline", "标题"),
                ("body", "前文一。前文二。前文三。"),
                ("subhead", "小题"),
                ("body", TEXT),
                ("body", "后一。后二。"),
            ]
        )
    ]
    (passage,) = passages(rows, {"d1.p3": FIGURES}, "2023-04-24")
    assert (passage.heads, passage.section, passage.before, passage.after) == (
        ("标题",),
        "小题",
        "前文二。前文三。",
        "后一。",
    )


def test_a_page_can_not_number_figures_itself():
    passage = Passage("d1", "d1.p1", "⟦1⟧增长8%，⟦2⟧下降9%。", (Asked(12, 14, "9%"),))
    assert json.loads(next(questions_about(passage)).sent)["正文"].count("⟦") == 1


@pytest.mark.parametrize(
    ("field", "said", "printed"),
    [
        ("subject", " 槐 荫 区", "槐荫区"),
        ("indicator", "工业⟦1⟧总产值", "工业总产值"),
        ("indicator", "GDP", "ＧＤＰ"),
        ("period", "今年 一季度", "今年一季度"),
        ("period", "2023-04-24", None),
        ("subject", "数字", None),
        ("subject", "济南市", None),
        ("subject", "，", None),
        ("subject", "有新进展。槐荫区", None),
        ("indicator", TEXT * 4, None),
    ],
)
def test_words_must_be_printed_in_what_was_sent_but_for_spaces_and_width(field, said, printed):
    sent = next(questions_about(PASSAGE)).sent
    reading = answered(sent, {"n": 1, "figure": True, field: said}, {"n": 2, "figure": True})[0]
    assert reading.fields.get(field) == printed
    assert (field in reading.dropped) == (printed is None)


@pytest.mark.parametrize(
    "figures",
    [
        [],
        [{"n": 1}],
        [{"n": 1, "figure": "yes"}],
        [{"n": 1, "figure": True, "unit": "元"}],
        [{"n": 1, "figure": True, "measure": "水平"}],
        [{"n": 1, "figure": True}, {"n": 1, "figure": False}],
        [{"n": True, "figure": True}],
    ],
)
def test_what_is_not_as_the_schema_has_it_is_dropped(figures):
    sent = next(questions_about(PASSAGE)).sent
    assert "answer" in answered(sent, *figures)[0].dropped


def test_the_second_asking_mends_what_the_first_lacks_and_no_more():
    sent = next(questions_about(PASSAGE)).sent
    one = json.dumps({"figures": [{"n": 1, "figure": True, "subject": "外星", "measure": "level"}, {"n": 2}]})
    two = json.dumps(
        {
            "figures": [
                {"n": 1, "figure": True, "subject": "槐荫区", "measure": "share"},
                {"n": 2, "figure": True, "measure": "growth"},
            ]
        }
    )
    assert len(problems_of(read_answers([one], sent, 2))) == 2
    first, second = read_answers([one, two], sent, 2)
    assert (first.fields["subject"], first.fields["measure"], first.dropped) == ("槐荫区", "level", {})
    assert second.fields["measure"] == "growth"


OURS = {
    "measure": "growth",
    "comparison": "yoy",
    "indicator": "工业总产值",
    "subject": "槐荫区",
    "period": "一季度",
    "period_start": date(2023, 1, 1),
    "period_end": date(2023, 3, 31),
    "modality": "actual",
}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, "agrees"),
        ({"subject": "全区", "period": "今年一季度"}, "agrees"),
        ({"indicator": "完成工业总产值"}, "agrees"),
        ({"indicator": "规模以上工业总产值"}, "differs"),  # another series
        ({"indicator": "工业增加值"}, "differs"),
        ({"subject": "济南市"}, "differs"),
        ({"subject": "全市"}, "differs"),
        ({"comparison": "qoq"}, "differs"),
        ({"period": "去年"}, "differs"),
        ({"modality": None}, "not said"),
        ({"measure": "level", "comparison": None}, "differs"),
    ],
)
def test_an_answer_is_weighed_field_by_field(said, verdict):
    fields = {name: value for name, value in OURS.items() if not name.startswith("period_")} | said
    found = weigh(Reading(fields=fields), OURS, ["今年一季度，槐荫区去年也有。"], date(2023, 4, 24))
    assert found.verdict == verdict


def test_times_are_put_into_dates_by_our_own_code_alone():
    parts = ["截至6月末，今年计划投资。"]
    assert days_of("截至6月末", parts, date(2023, 7, 4))[1] == date(2023, 6, 30)
    found = weigh(Reading(fields={"period": "计划"}), {"period": None}, parts, date(2023, 7, 4))
    assert "period" in found.dropped


def answer(model: str, order: int, **fields: str) -> dict[str, object]:
    row = {"metric_id": "m", "answer_id": f"{model}{order}", "number": 1, "model": model, "order_number": order}
    return row | {"verdict": "differs", "differing": list(fields), "agreed": []} | fields


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        ([answer("a", 1, subject="历下区"), answer("b", 1, subject="历下区")], ["subject"]),
        ([answer("a", 1, subject="历下区"), answer("a", 2, subject="历下区")], ["subject"]),
        ([answer("a", 1, subject="历下区"), answer("a", 1, subject="历下区")], []),
        ([answer("a", 1, subject="历下区"), answer("b", 1, subject="市中区")], []),
        ([answer("a", 1, subject="全市"), answer("b", 1, subject="全市")], []),
        (
            [
                answer("a", 1, subject="历下区"),
                answer("b", 1, subject="历下区"),
                answer("c", 1) | {"agreed": ["subject"]},
            ],
            [],
        ),
        (
            [
                answer("a", 1, measure="share"),
                answer("b", 1, measure="share"),
                answer("c", 1) | {"verdict": "no figure"},
            ],
            [],
        ),
    ],
)
def test_only_what_independent_answers_agree_on_is_taken(rows, taken):
    assert [each["fields"] for each in agreeing(rows, 2)] == ([taken] if taken else [])


@pytest.mark.parametrize(
    ("host", "leaves"),
    [
        ("127.0.0.1:8080", False),
        ("localhost", False),
        ("[::1]:1", False),
        ("127.8.8.8", False),
        ("10.0.0.4", True),
        ("localhost.example.org", True),
        ("api.example.org", True),
    ],
)
def test_it_is_known_whether_text_leaves_the_machine(host, leaves):
    assert Server(f"http://{host}/v1", "m", {}).leaves_the_machine is leaves
