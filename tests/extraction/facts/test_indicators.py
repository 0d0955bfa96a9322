"""Of what a figure is: whole names, lists with one head, things after their figure."""

from __future__ import annotations

import pytest

from tests.extraction.facts.reading import read


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("新增省级特色文化街区1个，建成26个省级特色文化街区。", ["省级特色文化街区", "省级特色文化街区"]),
        ("今年启动14个节水项目，承接9项全国气象观测试点。", ["节水项目", "气象观测试点"]),
        ("网络覆盖全省18个县（市、区）。", ["县（市、区）"]),
        ("旧楼失火使约46人受伤，3人死亡。", ["受伤", "死亡"]),
        ("旅游业对财政增收的贡献率为41.3%。", ["对财政增收的贡献率"]),
        ("全国储能新增容量36万千瓦，同比提高11%。", ["储能新增容量", "储能新增容量"]),
        ("居民医保参保率[8] 97.31%。", ["居民医保参保率"]),
        ("上半年117家规上工业企业产值增长5%。", ["规上工业企业", "产值"]),
        ("枸杞交易额连续站上7亿、8亿元关口。", ["枸杞交易额", "枸杞交易额"]),
        ("成立“邻里和”街道工作室2个。", ["“邻里和”街道工作室"]),
        ("前者增长5%，后者下降3%。", [None, None]),
        ("完工率达95%。", ["完工率"]),
        ("在岗职工12万人，日供水量15万吨，可再生能源装机3万千瓦。", ["在岗职工", "日供水量", "可再生能源装机"]),
    ],
)
def test_a_thing_goes_by_its_whole_name(text, indicators):
    assert [m.indicator for m in read(text)] == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("三次产业增加值分别增长3.1%、4.2%和5.3%。", ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("雨伞、手套等产品产量分别增长7.4%、13.6%。", ["雨伞产量", "手套产量"]),
        ("其中制鞋、酿酒等行业分别增长8%、15%。", ["制鞋", "酿酒"]),
        ("养老业、出版业存款分别下降3%、9%。", ["养老业存款", "出版业存款"]),
        ("外观设计专利、发明专利授权分别为120件、30件。", ["外观设计专利授权", "发明专利授权"]),
        (
            "渔村居民、牧区居民人均消费支出分别为3万元、2万元，同比增长5%和7%。",
            ["渔村居民人均消费支出", "牧区居民人均消费支出"] * 2,
        ),
    ],
)
def test_the_head_of_a_list_goes_with_every_part(text, indicators):
    assert [m.indicator for m in read(text)] == indicators
