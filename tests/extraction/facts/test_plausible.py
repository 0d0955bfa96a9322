"""Figures that cannot be are doubted; what cannot be read is told of and not given."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extraction.page import extract_page
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage


def _read(text, day=None):
    page = RepairedPage((Paragraph(1, 1, "body", text, lines=(7,)),), (Article(1),))
    return extract_page(page, PageContext(issue_date=IssueDate(day) if day else None))


def test_the_first_renminbi_is_told_of_and_never_converted():
    text = "这个合作社去年收入三千五百万元。"
    old, new = _read(text, date(1954, 5, 1)), _read(text, date(1956, 5, 1))
    assert [m.value for m in (*old.metrics, *new.metrics)] == [35000000.0, 35000000.0]
    assert [f.code for f in old.findings] == ["quantity.old_renminbi"]
    assert not new.findings


@pytest.mark.parametrize(
    ("text", "code", "excerpt"),
    [
        ("城镇居民人均可支配收入58301元，比上年增加1060元，增长22.2%。", "quantity.contradicts", "58301元"),
        ("全县森林覆盖率达379%。", "quantity.implausible", "379%"),
        ("全市共有学生300亿人。", "quantity.implausible", "300亿人"),
    ],
)
def test_what_cannot_be_is_doubted(text, code, excerpt):
    read = _read(text)
    assert any(f.code == code and f.excerpt.startswith(excerpt) for f in read.findings)
    assert all(m.confidence <= 0.3 and m.doubts for m in read.metrics if m.quantity.text == excerpt)


def test_a_change_of_a_level_further_off_is_not_doubted():
    assert not _read("前两月旅客发送量120万人次，日均2万人次，比上年同期增加20万人次，增长20%。").findings


@pytest.mark.parametrize(
    "text", ["产值4O.5亿元", "同比增长l6.6%", "总投资3万5元", "新增企业113300家家", "增速提高6、7个百分点"]
)
def test_what_cannot_be_read_is_told_of_and_not_given(text):
    read = _read(text)
    assert read.metrics == ()
    (finding,) = read.findings
    assert (finding.code, finding.where) == ("quantity.unreadable", "line 7")


def test_a_page_in_traditional_script_is_given_back_as_printed():
    read = _read("廣東省東莞市今年出口額減少3.1億元，同比下降6.5%。")
    first = read.metrics[0]
    assert (first.quantity.text, first.value, first.quantity.unit) == ("3.1億元", -310000000.0, "元")
    assert (first.indicator, first.subject) == ("出口額", "廣東省東莞市")
    assert [m.text for m in read.mentions] == ["廣東省東莞市"]
    assert first.region_adcode == "441900"


def test_invisible_signs_and_radicals_do_not_part_a_figure():
    read = _read("槐\u200b荫区新增⾼新技术企业13\u200b0家。")
    (metric,) = read.metrics
    assert (metric.value, metric.quantity.text) == (130.0, "13\u200b0家")
    assert metric.subject == "槐\u200b荫区"
    assert metric.indicator == "⾼新技术企业"
