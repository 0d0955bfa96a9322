"""Rates of growth that move on, and rates of further times that follow without a verb."""

from __future__ import annotations

import pytest

from tests.extraction.facts.reading import read

CITIES = [(city, "LOC") for city in ("沈阳", "哈尔滨", "长春", "青岛", "济南")]
RATES = """
工业增加值增速由一季度的-2.4%回升至3.1%。 = -2.4 growth; 3.1 growth
投资增速从上半年的-1.2%转为2.3%。 = -1.2 growth; 2.3 growth
出口降幅由一季度的3.1%收窄至1.2%。 = -3.1 growth; -1.2 growth
1月份出口增速为-4.1%，2月份为5.4%。 = -4.1 growth; 5.4 growth
一季度消费增速-0.8%，二季度4.2%。 = -0.8 growth; 4.2 growth
一季度工业增长5%，二季度增长4%，三季度3.5%。 = 5.0 growth; 4.0 growth; 3.5 growth
不良率由上年末的2.1%降至1.8%。 = 2.1 share; 1.8 share
大坝高2.5米。 = 2.5 level
新楼高120米，共30层。 = 120.0 level; 30.0 level
一季度工业增长5%，利税占比30%。 = 5.0 growth; 30.0 share
沈阳同比下降7.9%，哈尔滨6.1%，长春只有2%。 = -7.9 growth; -6.1 growth; -2.0 growth
全省出口增长5%；青岛为8%，济南则达9.1%。 = 5.0 growth; 8.0 growth; 9.1 growth
茶厂产值增长5%，其中出口30%。 = 5.0 growth; 30.0 share
用电量同比只增5.7%，去年同期的增幅是13.6%。 = 5.7 growth; 13.6 growth
游客比去年同期多一成，门票收入反降8%。 = 10.0 growth; -8.0 growth
门票均价降4%，客房均价反涨3%。 = -4.0 growth; 3.0 growth
二线城市、三线城市房价各降0.4%、0.6%。 = -0.4 growth; -0.6 growth
鲜笋比上年同期贵了两成。 = 20.0 growth
煤价比年初掉了15%。 = -15.0 growth
换了锅炉，一个冬天少烧煤300吨。 = -300.0 growth
上半年机床订单同比劲增52%。 = 52.0 growth
换季的羽绒服每件直降150元。 = -150.0 growth
粮站今年的小麦比去年同期多收1800吨。 = 1800.0 growth
前年办年货，比上一年少花了300元。 = -300.0 growth
汽油每升7元，每公升涨0.2元。 = 7.0 level; 0.2 growth
全县就业人口新增5万人。 = 50000.0 level
机场一天起降120架次。 = 120.0 level
旅游收入不降反升5%，房价止跌回升0.2%。 = 5.0 growth; 0.2 growth
每车最多载8人，昨天备降12架次。 = 8.0 level; 12.0 level
山洪多发8处，不得多收5元。 = 8.0 level; 5.0 level
企业每年可少排300吨废气。 = -300.0 growth
"""


@pytest.mark.parametrize("line", RATES.strip().splitlines())
def test_a_rate_stays_one_where_its_verb_is_not_repeated(line):
    sentence, _, right = line.partition(" = ")
    assert "; ".join(f"{metric.value} {metric.measure}" for metric in read(sentence, names=CITIES)) == right
