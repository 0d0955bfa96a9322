"""Marks in an article's text: figures win over names, and nothing printed becomes HTML."""

from __future__ import annotations

from flows.report.marking import anchor_of, marked_text


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


def test_details_are_escaped_too():
    html = str(marked_text("45.3亿元", [figure("45.3亿元", 0, subject="<img src=x>")], []))
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_figure_is_marked_where_it_stands():
    html = str(marked_text("总产值45.3亿元，", [figure("45.3亿元", 3)], []))
    assert html.startswith("总产值<span")
    assert html.endswith("</span>，")
    assert 'id="m-p0001-3-9"' in html
    assert "45.3亿元" in html


def test_where_a_name_and_a_figure_overlap_the_figure_wins():
    html = str(marked_text("山6号桥", [figure("6号", 1)], [name("山6号桥", 0)]))
    assert "fig" in html
    assert 'class="mark loc"' not in html


def test_anchors_are_valid_ids():
    assert anchor_of("d12ab.p0004:12-17") == "m-p0004-12-17"
