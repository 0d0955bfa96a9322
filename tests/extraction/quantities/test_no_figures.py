"""What looks like a figure and is a part of a name: it stands in no row, and the figures beside it do."""

from __future__ import annotations

import pytest

from tasks.extraction.quantities import find_quantities
from tests.extraction.facts.reading import read

SENTENCES = """
深化改革三年行动顺利收官，新增企业20家。 = 20家
实施五年倍增计划，投资3亿元。 = 3亿元
一年小变样、两年大变样，新建公园6个。 = 6个
一位80多岁大爷每天步行5公里。 = 5公里
两市签订协议，共建园区3个。 = 3个
沿河4省联合治水，投入资金2亿元。 = 2亿元
三地企业达到500家。 = 500家
全县亿元企业达到84家。 = 84家
50米内换乘比例达到90%。 = 90%
15分钟健身圈覆盖率达到85%。 = 85%
第一个五年计划时期，兴修水库12座。 = 12座
公司拟10转9派2元。 = 2元
公司在新三板挂牌，募资3亿元。 = 3亿元
四板市场挂牌企业达到120家。 = 120家
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_a_part_of_a_name_stands_in_no_row(line):
    sentence, _, right = line.partition(" = ")
    assert [metric.quantity.text for metric in read(sentence)] == [right]


@pytest.mark.parametrize(
    ("text", "named"),
    [("沿河4省", True), ("覆盖4省", False), ("沿江3市17个镇", False), ("二十三省", False), ("修路3公里", False)],
)
def test_places_that_are_counted_are_no_name(text, named):
    assert [found.named for found in find_quantities(text)][:1] == [named]
