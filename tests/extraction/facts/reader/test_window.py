from datetime import date

import pytest

from tasks.extraction.facts.reader import cutting
from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.window import (
    BAR,
    BEFORE,
    BREAK,
    CANDIDATE,
    FIGURE,
    HINTS,
    HOUSE,
    NAME_MARKS,
    TEXT,
    TIME_HEAD,
    Window,
)
from tasks.extraction.page import read_by_rules
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage

DAY = PageContext(IssueDate(date(2023, 4, 24)))
NAMED = "槐荫区一季度经济数据出炉。记者从槐荫区统计局获悉，全区经济开局良好。"
TOLD = "一季度，全区完成工业总产值45.3亿元，同比增长16.6%。"


def windows(*texts: str, headline: str | None = None) -> list[Window]:
    page = RepairedPage(
        tuple(Paragraph(n, 1, "body", text) for n, text in enumerate(texts, 1)), (Article(1, headline=headline),)
    )
    return list(windows_of(read_by_rules(page, DAY)[0]))


def marked(window: Window, part: int) -> str:
    return "".join(c for c, p in zip(window.text, window.parts, strict=True) if p == part)


def test_a_window_holds_date_headline_and_the_sentences_asked_about():
    (window,) = windows(TOLD, headline="槐荫区开门红")
    assert window.text.startswith(f"{HOUSE}2023-04-24{BREAK}槐荫区开门红{BREAK}")
    assert window.text.endswith(TOLD)
    assert [window.text[a.start : a.end] for a in window.figures] == ["45.3亿元", "16.6%"]
    assert marked(window, FIGURE) == "45.3亿元16.6%"


def test_paragraphs_without_figures_open_no_window_but_are_remembered():
    (window,) = windows(NAMED, TOLD)
    assert NAMED in marked(window, BEFORE)
    assert f"槐荫区{BAR}" in marked(window, CANDIDATE)


def test_short_paragraphs_side_by_side_share_a_window():
    (window,) = windows(TOLD, "利润4.2亿元。", headline="槐荫区开门红")
    assert [window.text[a.start : a.end] for a in window.figures] == ["45.3亿元", "16.6%", "4.2亿元"]
    assert window.text.endswith(f"{TOLD}{BREAK}利润4.2亿元。")
    assert len(windows(TOLD * 9, TOLD * 9)) == 2


def test_sentences_without_figures_at_either_end_are_not_asked_about():
    (window,) = windows(f"{NAMED * 3}{TOLD}村民说好。{TOLD}{NAMED}")
    assert window.text.endswith(f"{BREAK}{TOLD}村民说好。{TOLD}")
    assert marked(window, BEFORE) == (NAMED * 3)[-40:]


def test_a_paragraph_is_not_cut_into_sentences_anew_for_each_of_its_windows(monkeypatch):
    cut, read = [], cutting.read_paragraph
    monkeypatch.setattr(cutting, "read_paragraph", lambda text: cut.append(text) or read(text))
    assert len(windows(TOLD * 60)) > 3
    assert len(cut) < 3


def test_names_and_times_are_marked_where_they_stand():
    (window,) = windows(NAMED, TOLD)
    at = window.text.index(TOLD)
    assert window.flags[at] & TIME_HEAD
    assert "一季度" in [t.period.text for t in window.times]
    assert window.names[window.text.index("槐荫区统计局")] == NAME_MARKS["ORG"]


def test_the_rules_answers_stand_in_the_window():
    (window,) = windows(NAMED, TOLD)
    for asked in window.figures:
        assert len(asked.hints) == HINTS
        assert all(window.text[a:b] == "槐荫区" for a, b in asked.ruled["subject"])


def test_the_lists_of_a_window_are_as_long_as_its_text():
    for window in windows(NAMED, TOLD * 20, headline="标题" * 60):
        lengths = {len(window.text), len(window.parts), len(window.names), len(window.flags)}
        assert len(lengths) == 1
        assert TEXT in window.parts


@pytest.mark.parametrize("text", ["增长5%，" * 900, "增长5%" * 900, "45.3亿元" * 500 + "。"])
def test_no_text_makes_a_window_longer_than_the_network_reads(text):
    assert all(len(w.text) <= 900 for w in windows(text))
