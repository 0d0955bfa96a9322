"""A lesson with other names is the same lesson."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.window import Window
from tasks.extraction.page import read_by_rules
from tasks.learning.annotated import Example, Lesson
from tasks.learning.exchange import exchange_names, names_by_kind, names_in
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage

TEXT = "一季度，槐荫区完成工业总产值45.3亿元，同比增长16.6%。历下区统计局说，历下区利润4.2亿元。"
OTHERS = {"LOC": ["乌鲁木齐市沙依巴克区"], "ORG": ["县志办"], "PER": []}


def lesson_of(window: Window) -> Example:
    """Takes the rules' answers for right ones."""
    lessons = [
        Lesson(1, spans=tuple(tuple((a, b - 1) for a, b in asked.ruled[q]) for q in ("indicator", "subject")))
        for asked in window.figures
    ]
    return Example("own", window, tuple(lessons))


@pytest.fixture(scope="module")
def example() -> Example:
    page = RepairedPage((Paragraph(1, 1, "body", TEXT),), (Article(1, headline="槐荫区开门红"),))
    (window,) = windows_of(read_by_rules(page, PageContext(IssueDate(date(2023, 4, 24))))[0])
    return lesson_of(window)


def answers(example: Example) -> list[list[str]]:
    text = example.window.text
    return [[text[a : b + 1] for spans in lesson.spans for a, b in spans] for lesson in example.lessons]


def test_names_are_collected_by_kind(example):
    assert {"槐荫区", "历下区"} <= set(names_by_kind([example])["LOC"])


def test_every_place_of_a_name_and_every_answer_gets_the_new_name(example):
    other = exchange_names(example, OTHERS, 1.0, random.Random(1))
    assert "槐荫区" not in other.window.text
    named = {other.window.text[a:b] for a, b, kind in names_in(other.window) if kind == "LOC"}
    assert named == set(OTHERS["LOC"])
    changed = [[a.replace("槐荫区", *OTHERS["LOC"]) for a in said] for said in answers(example)]
    assert [said[:2] for said in answers(other)][:2] == [said[:2] for said in changed][:2]


def test_figures_times_and_marks_move_along(example):
    other = exchange_names(example, OTHERS, 1.0, random.Random(1)).window
    window = example.window
    assert len(other.text) == len(other.parts) == len(other.names) == len(other.flags)
    for mine, theirs in ((window.figures, other.figures), (window.times, other.times)):
        assert [window.text[x.start : x.end] for x in mine] == [other.text[x.start : x.end] for x in theirs]


def test_without_a_share_the_lesson_stays_itself(example):
    assert exchange_names(example, OTHERS, 0.0, random.Random(1)) is example
