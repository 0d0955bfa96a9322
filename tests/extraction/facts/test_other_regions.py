"""Words of growth and forecast as papers of Hong Kong and Taiwan print them, and what only looks like them."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extraction.page import extract_page
from tasks.page import Article, IssueDate, PageContext, Paragraph, RepairedPage


def _read(text):
    page = RepairedPage((Paragraph(1, 1, "body", text),), (Article(1),))
    return extract_page(page, PageContext(IssueDate(date(2024, 5, 3)))).metrics


@pytest.mark.parametrize(
    ("text", "value", "comparison"),
    [
        ("首季零售額按年下跌1.3%。", -1.3, "yoy"),
        ("首季零售額按季升0.8%。", 0.8, "qoq"),
        ("4月營收月增5.4%。", 5.4, "qoq"),
        ("4月營收年增35.9%。", 35.9, "yoy"),
        ("房價年漲8.2%。", 8.2, "yoy"),
        ("房價季減1.1%。", -1.1, "qoq"),
        ("出口額按月跌2.5%。", -2.5, "qoq"),
    ],
)
def test_reads_the_words_of_comparison(text, value, comparison):
    (growth,) = _read(text)
    assert (growth.value, growth.measure, growth.comparison) == (value, "growth", comparison)


@pytest.mark.parametrize("text", ["2023年，全年增5%。", "2023年出口额比上年增5%。"])
def test_a_year_before_the_verb_is_no_word_of_comparison(text):
    (growth,) = _read(text)
    assert (growth.value, growth.comparison) == (5.0, "prior")


@pytest.mark.parametrize("text", ["2023/24年度財政赤字料達1,016億元。", "特區政府預料2024-25年度盈餘為300億元。"])
def test_a_forecast_is_no_result(text):
    (metric,) = _read(text)
    assert metric.modality == "planned"


def test_materials_are_no_forecast():
    (metric,) = _read("4月，原料达到300吨。")
    assert metric.modality == "actual"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("4月食肆總收益的臨時估計為98億元。", "食肆總收益"),
        ("首季實質工資初步估計下跌0.4%。", "實質工資"),
        ("首季經濟成長率概估為6.5%。", "經濟成長率"),
    ],
)
def test_how_a_figure_was_made_is_not_what_it_is_of(text, indicator):
    (fact,) = _read(text)
    assert fact.indicator == indicator


def test_the_statistics_office_speaks_of_the_place():
    (fact,) = _read("政府統計處今日發表數字，指3月本港失業率為3.0%。")
    assert (fact.subject, fact.region_adcode) == ("本港", "810000")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023 年第 4 季 家具出口成長率為 4.9%。", date(2023, 10, 1), date(2023, 12, 31)),
        ("二○二一至二○二三年出口年增率為百分之六。", date(2021, 1, 1), date(2023, 12, 31)),
        ("民國112年出口年增率為6%。", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_times_as_papers_of_taiwan_print_them(text, first, last):
    (fact,) = _read(text)
    assert (fact.period_start, fact.period_end) == (first, last)


def test_the_same_month_of_the_year_before():
    (growth,) = _read("2024年3月零售額較2023年同月上升7.0%。")
    assert growth.comparison == "yoy"
    (growth,) = _read("2024年3月零售額較2019年同月上升7.0%。")
    assert growth.comparison == "prior"
