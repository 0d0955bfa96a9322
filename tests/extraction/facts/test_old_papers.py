"""Papers of the 1950s to 1990s: plans and what became of them, numerals in Chinese, years side by side, old units."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extraction.page import extract_page
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage


def _read(text, day=date(1956, 3, 5)):
    page = RepairedPage((Paragraph(1, 1, "body", text),), (Article(1),))
    return extract_page(page, PageContext(IssueDate(day)))


@pytest.mark.parametrize(
    ("text", "indicator", "value", "measure"),
    [
        ("棉纱产量完成计划的百分之一百零四点三。", "棉纱产量", 104.3, "share"),
        ("高炉生铁产量为年度计划的百分之一百一十五。", "高炉生铁产量", 115.0, "share"),
        ("国营工业总产值超额完成全年计划百分之五。", "国营工业总产值", 5.0, "level"),
        ("甘蔗产量超过计划百分之三。", "甘蔗产量", 3.0, "level"),
        ("关税超额完成全年任务的百分之十二。", "关税", 12.0, "level"),
    ],
)
def test_what_fulfils_a_plan_is_what_the_figure_is_of(text, indicator, value, measure):
    (fact,) = _read(text).metrics
    assert (fact.indicator, fact.value, fact.measure) == (indicator, value, measure)


def test_a_share_of_the_plan_is_of_what_was_told_before():
    facts = _read("生铁产量达到一百零二万吨，为计划的百分之一百一十五。").metrics
    assert [(f.indicator, f.measure) for f in facts] == [("生铁产量", "level"), ("生铁产量", "share")]


def test_what_was_planned_and_what_was_really_done():
    text = "一九五五年计划建设小型水库一百二十座，实际建成一百三十一座。"
    planned, done = _read(text).metrics
    assert (planned.modality, done.modality) == ("target", "actual")


def test_what_the_plan_sets_is_no_name_of_what_it_is_set_for():
    facts = _read("去年工农业总产值为九百亿元，计划规定一九六二年达到一千七百亿元。").metrics
    assert [(f.indicator, f.modality) for f in facts] == [("工农业总产值", "actual"), ("工农业总产值", "target")]


@pytest.mark.parametrize(
    ("text", "value", "comparison"),
    [
        ("一九五二年棉花产量比一九四九年增加百分之一百九十三。", 193.0, "prior"),
        ("棉花产量超过解放前最高年产量百分之五十三。", 53.0, "prior"),
        ("生铁产量比一九五〇年翻一番。", 1.0, "prior"),
        ("工业总产值平均每年递增百分之七点九。", 7.9, "prior"),
        ("手工业产值递减二成五。", -25.0, "prior"),
        ("发电量等于一九五二年的三点一倍。", 3.1, "prior"),
        ("粮食产量是十年前的五倍。", 5.0, "prior"),
        ("平均降水量比常年偏少六成。", -60.0, "prior"),
    ],
)
def test_growth_in_words(text, value, comparison):
    (growth,) = _read(text).metrics
    assert (growth.measure, growth.value, growth.comparison) == ("growth", value, comparison)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("棉花产量二千六百零七万担。", 26_070_000, "担"),
        ("粮食亩产二百三十市斤。", 230, "斤"),
        ("耕地面积七千二百万市亩。", 72_000_000, "亩"),
        ("修渠三十五华里。", 35, "里"),
        ("棉布产量三百一十二万匹。", 3_120_000, "匹"),
        ("棉纱产量二十六万四千件。", 264_000, "件"),
        ("全年发电量三亿二千万度。", 320_000_000, "千瓦时"),
        ("财政收入一千四百八十亿元。", 148_000_000_000, "元"),
        ("财政收入１４８０亿元。", 148_000_000_000, "元"),
    ],
)
def test_numerals_and_units_of_the_time(text, value, unit):
    (fact,) = _read(text).metrics
    assert (fact.value, fact.quantity.unit) == (value, unit)


@pytest.mark.parametrize(("day", "codes"), [(date(1954, 9, 1), ["quantity.old_renminbi"]), (date(1956, 9, 1), [])])
def test_the_first_renminbi_is_told_and_not_converted(day, codes):
    read = _read("水利投资为三百亿元。", day)
    assert read.metrics[0].value == 30_000_000_000
    assert [f.code for f in read.findings] == codes


def test_a_range_of_years_governs_and_these_years_mean_it():
    text = "从一九五三至一九五五年，国家共支出九十亿元。这三年全国共建水库四百二十座。"
    assert {(f.period_start, f.period_end) for f in _read(text).metrics} == {(date(1953, 1, 1), date(1955, 12, 31))}


def test_a_share_fell_from_one_to_another():
    first, last = _read("积累率由一九五三年的百分之三十六，降为百分之三十三。").metrics
    assert (first.measure, last.measure) == ("share", "share")


def test_the_nation_after_a_year_in_chinese_numerals():
    text = "华东区去年增产。一九五二年全国棉花产量为二千六百万担。"
    assert [f.subject for f in _read(text).metrics] == ["全国"]


def test_a_share_taken_of_something_keeps_whose_it_is():
    (fact,) = _read("消费所占的比重为百分之七十。").metrics
    assert (fact.indicator, fact.measure) == ("消费所占的比重", "share")


def test_the_ground_something_stands_on_is_not_measured():
    facts = _read("在去年增长百分之七的基础上，工业总产值又增长百分之九。").metrics
    assert [f.indicator for f in facts] == [None, "工业总产值"]
