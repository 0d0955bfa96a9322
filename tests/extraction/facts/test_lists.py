"""Lists of figures, each with its own thing."""

from __future__ import annotations

import pytest

from tests.extraction.facts.reading import read


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("第一、二、三产业增加值分别增长3.1%、4.2%和5.3%。", ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("轻、重工业增加值分别增长3.1%和4.2%。", ["轻工业增加值", "重工业增加值"]),
        ("猪、牛、羊肉产量分别增长1.2%、3.4%和5.6%。", ["猪肉产量", "牛肉产量", "羊肉产量"]),
        ("进、出口分别增长3.1%、4.2%。", ["进口", "出口"]),
        ("农业、工业产值分别增长3.1%和4.2%。", ["农业产值", "工业产值"]),
        ("家具类、家电类销售额分别增长3.1%和4.2%。", ["家具类销售额", "家电类销售额"]),
    ],
)
def test_each_figure_gets_its_own_thing(text, indicators):
    assert [m.indicator for m in read(text)] == indicators


def test_a_natural_growth_rate_is_a_share_and_no_growth():
    (rate,) = read("人口自然增长率-0.6‰。")
    assert (rate.indicator, rate.measure, rate.value) == ("人口自然增长率", "share", -0.6)


def test_a_list_shares_its_base_of_comparison():
    facts = read("端午假期，接待游客12万人次，收入3.2亿元，较2022年端午分别增长15.3%和22.1%。")
    assert [m.comparison for m in facts if m.measure == "growth"] == ["yoy", "yoy"]


def test_a_bare_rate_says_what_it_is_against_only_after_another():
    facts = read("上半年产值3亿元，同比增长5%。落地项目108个，增幅25%；开票销售23亿元，同比增长6%，利润2亿元，增幅8%。")
    assert [m.comparison for m in facts if m.measure == "growth"] == ["yoy", "prior", "yoy", "yoy"]


@pytest.mark.parametrize(
    "text", ["家具产量全省第一、全国第三。", "家具产量居全省第一、全国第三。", "家具产量排名全省第一、全国第三。"]
)
def test_among_whom_a_rank_is_held_is_no_part_of_what_is_ranked(text):
    assert [(m.indicator, m.value) for m in read(text)] == [("家具产量", 1), ("家具产量", 3)]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("工业用电量同比增长8%，较去年同期（-1%）提高9个百分点。", "工业用电量"),
        ("家具出口额连年增长，两年里跨越2亿元、3亿元台阶。", "家具出口额"),
    ],
)
def test_a_word_of_comparison_is_nothing_that_was_measured(text, indicator):
    assert {m.indicator for m in read(text)} == {indicator}


@pytest.mark.parametrize("row", ["甲乙和" * 40, "甲乙和" * 40 + "等", "等于" + "甲乙与丙及" * 40, "甲乙和" * 4000])
def test_a_long_row_of_joiners_before_a_list_is_read(row: str) -> None:
    assert {"3%", "4%"} <= {f.quantity.text for f in read(row + "产量分别增长3%、4%。")}
