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
