"""Whose figure it is and for when: the subject and the period in force while an article is read."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extraction.facts.reading import read

CITY = [
    ("临江市", "LOC"),
    ("临江市统计局", "ORG"),
    ("青山区", "LOC"),
    ("华远机械有限公司", "ORG"),
    ("市第一医院", "ORG"),
]

# paragraph, figure, subject
SUBJECTS = [
    ("青山区完成工业总产值45.3亿元。", "45.3亿元", "青山区"),
    ("上半年，青山区完成工业总产值45.3亿元，同比增长16.6%。", "16.6%", "青山区"),
    ("据临江市统计局统计，上半年全市接待游客86万人次。", "86万人次", "临江市"),
    ("在华远机械有限公司，一季度产值突破3亿元。", "3亿元", "华远机械有限公司"),
    ("华远机械有限公司投资2亿元建设新厂，公司员工达到860人。", "860人", "华远机械有限公司"),
    ("全市粮食总产量达到24万吨。", "24万吨", "临江市"),
    ("新增停车泊位320个。", "320个", "临江市"),
    ("市第一医院开放床位800张，年门诊量60万人次。", "60万人次", "市第一医院"),
    ("临江市上半年税收增长5%，其中青山区增长8%。", "8%", "青山区"),
    ("临江市财政局局长表示，全市民生支出86亿元。", "86亿元", "临江市"),
]


# what a clause speaks of without a name, and what it does not
TOPICS = [
    ("长者食堂每天卖出套餐140份。", "140份", "长者食堂"),
    ("学院花1800万元建成的师生食堂有座位420个。", "420个", "师生食堂"),
    ("大型企业返还30%，中小微企业返还60%，共改装机具3850台。", "3850台", "临江市"),
    ("132家规上装备企业上半年产值突破510亿元。", "510亿元", "规上装备企业"),
    ("全市132家规上装备企业上半年产值突破510亿元。", "510亿元", "临江市"),
    ("在青山区，新增岗位1200个。", "1200个", "青山区"),
    ("全国夏粮播种面积2660万公顷。", "2660万公顷", "全国"),
    ("城镇登记失业率3.1%。", "3.1%", "临江市"),
]


@pytest.mark.parametrize(("paragraph", "text", "subject"), TOPICS)
def test_common_nouns_that_have_figures_of_their_own(paragraph: str, text: str, subject: str) -> None:
    facts = read(paragraph, names=CITY, headline="临江市上半年经济稳中有进")
    assert next(m for m in facts if m.quantity.text == text).subject == subject


def test_names_nobody_knows_are_shared_out_when_they_are_counted() -> None:
    facts = read("福深兴安、古天电子、新光机电3家企业产值同比分别增长107%、89%、85%。")
    assert [m.subject for m in facts if m.measure == "growth"] == ["福深兴安", "古天电子", "新光机电"]


def test_a_person_brought_in_by_his_trade_is_left_with_the_sentence() -> None:
    facts = read("牧民张大山养牛16头。新增停车泊位320个。", names=[*CITY, ("张大山", "PER")], headline="临江市牧区见闻")
    assert [m.subject for m in facts] == ["张大山", "临江市"]


def test_the_region_an_article_keeps_calling_whole_is_its_subject() -> None:
    names = [("临江", "LOC"), ("青山区", "LOC")]
    facts = read("本报临江讯 青山区出台措施。全区企业增加。全区投资回升。", "新增学位320个。", names=names)
    assert facts[-1].subject == "青山区"


@pytest.mark.parametrize(("paragraph", "text", "subject"), SUBJECTS)
def test_the_subject_of_a_figure(paragraph: str, text: str, subject: str) -> None:
    facts = read(paragraph, names=CITY, headline="临江市上半年经济稳中有进")
    fact = next(m for m in facts if m.quantity.text == text)
    assert fact.subject is not None
    assert fact.subject.endswith(subject)


def test_companies_in_a_list_get_their_own_figures() -> None:
    names = [("甲远科技", "ORG"), ("乙达电子", "ORG"), ("丙光机电", "ORG")]
    facts = read("甲远科技、乙达电子、丙光机电3家企业产值同比分别增长107%、89%、85%。", names=names)
    assert [(m.subject, m.value) for m in facts if m.measure == "growth"] == [
        ("甲远科技", 107.0),
        ("乙达电子", 89.0),
        ("丙光机电", 85.0),
    ]


def test_no_subject_is_invented() -> None:
    assert [m.subject for m in read("产值达到3亿元。")] == [None]


# paragraph, figure, period as printed, first and last day
PERIODS = [
    ("一季度，全市完成产值45亿元，同比增长6%。", "6%", "一季度", date(2023, 1, 1), date(2023, 3, 31)),
    ("全市1至5月完成产值45亿元。", "45亿元", "1至5月", date(2023, 1, 1), date(2023, 5, 31)),
    ("去年接待游客86万人次，今年上半年已达52万人次。", "52万人次", "今年上半年", date(2023, 1, 1), date(2023, 6, 30)),
    ("去年接待游客86万人次，今年上半年已达52万人次。", "86万人次", "去年", date(2022, 1, 1), date(2022, 12, 31)),
    ("到2025年，建成5G基站2万个。", "2万个", "到2025年", date(2025, 1, 1), date(2025, 12, 31)),
    ("收入由2014年的2650元增长到2020年的11860元。", "11860元", "2020年", date(2020, 1, 1), date(2020, 12, 31)),
    ("全市产值由2020年的20亿元增加到45亿元。", "20亿元", "2020年", date(2020, 1, 1), date(2020, 12, 31)),
]


@pytest.mark.parametrize(("paragraph", "text", "printed", "first", "last"), PERIODS)
def test_the_period_that_governs_a_figure(paragraph: str, text: str, printed: str, first: date, last: date) -> None:
    fact = next(m for m in read(paragraph) if m.quantity.text == text)
    assert (fact.period, fact.period_start, fact.period_end) == (printed, first, last)


def test_the_share_of_a_yearly_goal_keeps_the_period_of_its_sentence() -> None:
    facts = read("1至5月，城镇新增就业2万人，完成全年目标的25.4%，再就业6300人。")
    assert {m.period for m in facts} == {"1至5月"}


def test_a_paragraph_goes_back_to_the_period_the_article_reports_on() -> None:
    facts = read(
        "1至6月，全市产值45亿元，同比增长6%，税收3亿元，同比增长5%。一季度投资8亿元。",
        "全市出口2亿元，同比增长3%。",
    )
    assert facts[-1].period == "1至6月"


def test_what_there_is_now_has_not_the_period_of_its_beginning() -> None:
    (fact,) = read("小学从2014年起开设龙船鼓课，现有学员152人。")
    assert fact.period is None


@pytest.mark.parametrize(
    "sentence",
    ["产值达到3亿元。", "同比2022年同期相比，产值增长3%。", "园区建于1992年，入驻企业86家。"],
)
def test_no_period_is_invented(sentence: str) -> None:
    assert [(m.period_start, m.period_end) for m in read(sentence)] == [(None, None)]


def test_what_is_compared_with_governs_nothing() -> None:
    facts = read("上半年进出口86亿元，比2019年同期增长12%。")
    assert {m.period for m in facts} == {"上半年"}


def test_the_time_of_a_goal_is_left_at_the_end_of_its_paragraph():
    goal = "上半年产值6亿元，出口2亿元，力争到2026年产值突破100亿元。"
    assert [m.period for m in read(goal, "车站开通班列3条线路。")] == ["上半年", "上半年", "到2026年", "上半年"]
