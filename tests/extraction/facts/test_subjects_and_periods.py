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
    ("全市产值由2020年的20亿元增加到45亿元。", "20亿元", "2020年", date(2020, 1, 1), date(2020, 12, 31)),
]


@pytest.mark.parametrize(("paragraph", "text", "printed", "first", "last"), PERIODS)
def test_the_period_that_governs_a_figure(paragraph: str, text: str, printed: str, first: date, last: date) -> None:
    fact = next(m for m in read(paragraph) if m.quantity.text == text)
    assert (fact.period, fact.period_start, fact.period_end) == (printed, first, last)


@pytest.mark.parametrize(
    "sentence",
    ["产值达到3亿元。", "同比2022年同期相比，产值增长3%。", "园区建于1992年，入驻企业86家。"],
)
def test_no_period_is_invented(sentence: str) -> None:
    assert [(m.period_start, m.period_end) for m in read(sentence)] == [(None, None)]


def test_what_is_compared_with_governs_nothing() -> None:
    facts = read("上半年进出口86亿元，比2019年同期增长12%。")
    assert {m.period for m in facts} == {"上半年"}
