"""Marks in an article's text: figures win over names, and nothing printed becomes HTML."""

from __future__ import annotations

from flows.report.marking import anchor_of, line_of_each, marked_text
from flows.report.tables import figure_rows


def figure(text: str, start: int, **given):
    row = {
        "metric_id": f"d1.p0001:{start}-{start + len(text)}",
        "start_char": start,
        "end_char": start + len(text),
        "text": text,
        "value": 45.3e8,
        "value_high": None,
        "unit": "元",
        "indicator": "工业总产值",
        "subject": "槐荫区",
        "period": "一季度",
        "period_start": None,
        "period_end": None,
        "measure": "level",
        "comparison": None,
        "modality": "actual",
        "confidence": 0.9,
    }
    return row | given


def name(text: str, start: int, type_: str = "LOC"):
    return {
        "start_char": start,
        "end_char": start + len(text),
        "text": text,
        "type": type_,
        "name": text,
        "adcode": None,
    }


def test_a_headline_of_script_stays_text():
    text = "<script>alert(1)</script>&"
    assert str(marked_text(text, [], [])) == "&lt;script&gt;alert(1)&lt;/script&gt;&amp;"


def test_a_figure_is_marked_where_it_stands_and_leads_to_its_details():
    html = str(marked_text("总产值45.3亿元，", [figure("45.3亿元", 3)], []))
    assert html == '总产值<a class="mark fig actual" id="m-p0001-3-9" href="#r-p0001-3-9">45.3亿元</a>，'


def test_a_row_of_figures_is_escaped():
    evil = '"><img src=x>'
    row = figure(evil, 0, indicator=evil, subject=evil, unit=evil, topic=evil, citation=evil, article_id="d1.a1")
    row |= {"sentence": f"产值{evil}。", "qualifier": "over"}
    columns = ["topic", "indicator", "subject", "period", "value", "measure", "modality", "confidence", "sentence"]
    columns += ["citation"]
    html = str(figure_rows([row], columns))
    assert "<img" not in html
    assert html.count("&lt;img") == 7


def test_each_character_is_found_on_its_raw_line():
    lines = ["《标题》", "\ufeff  完成 产值45", ".3亿元", "另一段"]
    assert line_of_each("完成 产值45.3亿元", [2, 3], lines) == [2] * 7 + [3] * 4


def test_where_lines_hold_more_or_other_than_the_paragraph_none_is_given():
    assert line_of_each("产值", [1, 2], ["产值", "又一段"]) == []
    assert line_of_each("产值", [1], ["产量"]) == []


def test_where_a_name_and_a_figure_overlap_the_figure_wins():
    html = str(marked_text("山6号桥", [figure("6号", 1)], [name("山6号桥", 0)]))
    assert "fig" in html
    assert 'class="mark loc"' not in html


def test_anchors_are_valid_ids():
    assert anchor_of("d12ab.p0004:12-17") == "m-p0004-12-17"
