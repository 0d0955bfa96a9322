"""Of what a figure is: whole names, lists with one head, things after their figure."""

from __future__ import annotations

import pytest

from tests.extraction.facts.reading import read


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("新增国家先进制造业集群1个，建成45个国家先进制造业集群。", ["国家先进制造业集群", "国家先进制造业集群"]),
        ("今年启动25个改造项目，推进7项全国改革创新试点。", ["改造项目", "改革创新试点"]),
        ("网络覆盖全省18个县（市、区）。", ["县（市、区）"]),
        ("大风造成约30人受伤，5人死亡。", ["受伤", "死亡"]),
        ("消费对经济增长的贡献率达到64.7%。", ["对经济增长的贡献率"]),
        ("全国风电新增装机1.2亿千瓦，同比增长24%。", ["风电新增装机", "风电新增装机"]),
        ("高中阶段毛入学率[14] 94.77%。", ["高中阶段毛入学率"]),
        ("上半年117家规上工业企业产值增长5%。", ["规上工业企业", "产值"]),
        ("农机出口额连续跨越30亿、40亿美元台阶。", ["农机出口额", "农机出口额"]),
        ("成立“邻里和”街道工作室2个。", ["“邻里和”街道工作室"]),
        ("前者增长5%，后者下降3%。", [None, None]),
        ("在岗职工12万人，日供水量15万吨，可再生能源装机3万千瓦。", ["在岗职工", "日供水量", "可再生能源装机"]),
    ],
)
def test_a_thing_goes_by_its_whole_name(text, indicators):
    assert [m.indicator for m in read(text)] == indicators


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("三次产业增加值分别增长3.1%、4.2%和5.3%。", ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("汽车、锂电池等产品产量分别增长38.9%、61.8%。", ["汽车产量", "锂电池产量"]),
        ("其中汽车、纺织等行业分别增长20%、10%。", ["汽车", "纺织"]),
        ("制造业、战略性新兴产业贷款分别增长12%、27%。", ["制造业贷款", "战略性新兴产业贷款"]),
        ("外观设计专利、发明专利授权分别为120件、30件。", ["外观设计专利授权", "发明专利授权"]),
        (
            "城镇居民、农牧民居民人均可支配收入分别为5万元、2万元，同比增长4%和6%。",
            ["城镇居民人均可支配收入", "农牧民居民人均可支配收入"] * 2,
        ),
    ],
)
def test_the_head_of_a_list_goes_with_every_part(text, indicators):
    assert [m.indicator for m in read(text)] == indicators
