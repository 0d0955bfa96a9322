"""What governs a figure in time: frames, lists, times side by side, the year of 全年, the base of comparison."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tasks.extraction.facts.period.frames import frame_of
from tasks.extraction.periods import find_periods
from tasks.lexicon import read_table
from tests.extraction.facts.reading import read


@pytest.mark.parametrize("row", read_table("period_frames"), ids=lambda row: row["example"])
def test_every_frame_reads_its_example(row):
    text = re.sub("[⟦⟧]", "", row["example"])
    marked = re.search("⟦(.+?)⟧", row["example"])
    found = [p for p in find_periods(text, date(2023, 7, 20)) if p.start_char <= marked.start() < p.end_char]
    assert found
    # a base that 比 announces is told apart when it is found
    assert found[0].kind == "compare" or frame_of(text, found[0]) is not None


# text, figure, period
GOVERNED = [
    ("前三季度，全县养殖业延续8月份企稳回升的势头，同比增长7.3%，高于全市2.4个百分点。", "7.3%", "前三季度"),
    ("前三季度，全县养殖业延续8月份企稳回升的势头，同比增长7.3%，高于全市2.4个百分点。", "2.4个百分点", "前三季度"),
    ("2022年，居民收入5.5万元，是1985年的12倍，人均住房42平方米。", "42平方米", "2022年"),
    ("去年全市生产总值2012亿元，增速创2005年以来最高水平，人均3万元。", "3万元", "去年"),
    ("年末全县共有卫生机构672个，床位1440张，执业医师860人。", "1440张", "年末"),
    ("年末全县共有卫生机构672个，床位1440张，执业医师860人。", "860人", "年末"),
    ("2022年末总人口5万人。全年出生人口1840人。", "1840人", "全年"),
    ("截至6月底，协会历年累计培训1.2万人，覆盖25个乡镇。", "25个", "截至6月底"),
    ("去年，全区出台培养计划，力争用五年时间，选拔年轻干部300名。", "300名", "五年时间"),
    ("在去年改造渔村12个的基础上，今年再改造9个。", "9个", "今年"),
]


@pytest.mark.parametrize(("text", "figure", "period"), GOVERNED)
def test_a_time_governs_its_list_and_no_phrase_takes_it_over(text, figure, period):
    assert next(m for m in read(text) if m.quantity.text == figure).period == period


def test_times_side_by_side_are_shared_out():
    facts = read("2007年和2012年的销量分别为12.5万辆和13.6万辆。", "今年一、二季度产值分别为12.5亿元和13.6亿元。")
    assert [(str(m.period_start), str(m.period_end)) for m in facts] == [
        ("2007-01-01", "2007-12-31"),
        ("2012-01-01", "2012-12-31"),
        ("2023-01-01", "2023-03-31"),
        ("2023-04-01", "2023-06-30"),
    ]


def test_up_to_a_day_of_this_year_is_counted_from_new_year():
    (fact,) = read("截至6月30日，口岸今年累计出入境车辆500万辆次。")
    assert (fact.period, str(fact.period_start), str(fact.period_end)) == ("截至6月30日", "2023-01-01", "2023-06-30")


WHOLE_YEARS = [
    ("全年城镇新增就业6.8万人。", date(2023, 1, 18), None, "2022"),
    ("全年城镇新增就业6.8万人。", date(2023, 7, 20), None, "2023"),
    ("力争全年城镇新增就业6.8万人。", date(2023, 1, 18), None, "2023"),
    ("全年城镇新增就业力争达到6.8万人。", date(2023, 1, 18), None, "2023"),
    ("今年任务不轻。全年新增就业6.8万人。", date(2023, 1, 18), None, "2023"),
    ("2022年成绩不小。全年新增就业6.8万人。", date(2023, 7, 20), None, "2022"),
    ("全年城镇新增就业6.8万人。", date(2023, 5, 20), 2021, "2021"),
    ("年末总人口5万人。", date(2023, 3, 20), 2021, "2021"),
]


@pytest.mark.parametrize(("text", "day", "told_of", "year"), WHOLE_YEARS)
def test_the_year_of_a_bare_whole_year(text, day, told_of, year):
    period = next(p for p in find_periods(text, day, told_of=told_of) if p.text in ("全年", "年末"))
    assert str(period.end)[:4] == year
    assert period.text == "全年" or period.start is None


def test_the_year_before_leans_on_the_year_told_of():
    (period,) = find_periods("上年粮食产量5万吨", date(2023, 3, 20), told_of=2022)
    assert str(period.start) == "2021-01-01"


# text, figure, comparison
COMPARED = [
    ("上半年，边贸额3.7亿元，增长4.6%。", "4.6%", "yoy"),
    ("2022年，边贸额3.7亿元，增长4.6%。", "4.6%", "prior"),
    ("近年来，通关效率提升50%。", "50%", "prior"),
    ("2015年以来，企业数增长8.3倍。", "8.3倍", "prior"),
    ("二季度，水产品产值增速比上年四季度加快1.3个百分点。", "1.3个百分点", "prior"),
    ("二季度，零售额比上年二季度增长7%。", "7%", "yoy"),
    ("截至9月底，合作社达638家，较2014年底增长2.6倍。", "2.6倍", "prior"),
    ("6月末，存款余额52亿元，比年初增长4%。", "4%", "ytd"),
    ("春节假期，客流比去年春节增长12%。", "12%", "yoy"),
]


@pytest.mark.parametrize(("text", "figure", "comparison"), COMPARED)
def test_a_growth_is_held_against_its_own_period(text, figure, comparison):
    assert next(m for m in read(text) if m.quantity.text == figure).comparison == comparison
