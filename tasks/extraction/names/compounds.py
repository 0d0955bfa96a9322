"""Long names that are put together from common words: 济南国家骨干冷链物流基地, 省文旅厅, 经二路.

What belongs here: names whose head (a place, a level of government) and last word show what they are.
What does not: names that only their context shows (`tagger`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extraction.names.reading import Reading
from tasks.extraction.names.spans import Span
from tasks.lexicon import read_table

_MOST_WORDS = 9
_INNER_TAGS = frozenset(["n", "nz", "nr", "ns", "nt", "vn", "b", "j", "s", "nrt", "nrfg", "l", "ng", "an", "x", "eng"])
_INNER_VERBS = frozenset(
    [
        "创新",
        "制造",
        "服务",
        "管理",
        "集聚",
        "开发",
        "研究",
        "检测",
        "监测",
        "交易",
        "设计",
        "保护",
        "救助",
        "培训",
        "教育",
        "会展",
        "储备",
        "保障",
        "监督",
        "评价",
        "鉴定",
        "招商",
        "投资",
        "建设",
        "工程",
        "规划",
        "改革",
        "合作",
        "交流",
        "推广",
        "繁育",
        "养殖",
        "种植",
        "加工",
        "认证",
        "评估",
        "调解",
        "仲裁",
        "国际",
        "中央",
        "高新",
        "智慧",
        "智能",
        "超算",
        "数字",
        "绿色",
        "活力",
    ]
)
_ORG_ENDS = [
    "研究院",
    "研究所",
    "研究中心",
    "服务中心",
    "管理中心",
    "交易中心",
    "科技中心",
    "调解中心",
    "救助中心",
    "促进中心",
    "保护中心",
    "检测中心",
    "监测中心",
    "指挥中心",
    "设计院",
    "勘察院",
    "科学院",
    "基金会",
    "委员会",
    "管委会",
    "管理局",
    "总公司",
    "有限公司",
    "集团",
    "集团公司",
    "交易所",
    "出版社",
    "电视台",
    "广播电视台",
    "支队",
    "大队",
    "总队",
    "指挥部",
    "促进会",
    "研究会",
    "联合会",
    "联合社",
    "合作社",
    "分公司",
    "供电公司",
    "燃气公司",
    "水务公司",
    "银行",
    "农商行",
    "支行",
    "分行",
    "协会",
    "商会",
    "学会",
    "总会",
    "学校",
    "学院",
    "大学",
    "中学",
    "小学",
    "小学部",
    "中学部",
    "幼儿园",
    "医院",
    "卫生院",
    "图书馆",
    "文化馆",
    "美术馆",
    "纪念馆",
    "档案馆",
    "剧院",
    "歌舞团",
    "事务所",
    "监狱",
    "法院",
    "检察院",
    "派出所",
    "司法所",
    "税务所",
    "统计局",
    "审计局",
]
_PLACE_ENDS = [
    "基地",
    "陆港",
    "产业园",
    "产业园区",
    "工业园",
    "工业园区",
    "科技园",
    "物流园",
    "创业园",
    "软件园",
    "集聚区",
    "先行区",
    "先导区",
    "商务区",
    "商埠区",
    "活力区",
    "核心区",
    "保税区",
    "开发区",
    "高新区",
    "新区",
    "片区",
    "新城",
    "科技城",
    "大学城",
    "创新圈",
    "创新港",
    "生态城",
    "智慧谷",
    "科创谷",
    "科学城",
    "广场",
    "公园",
    "机场",
    "车站",
    "火车站",
    "高铁站",
    "大厦",
    "体育中心",
    "会展中心",
    "国际会展中心",
    "文化中心",
    "医学科学中心",
    "景区",
    "风景区",
    "度假区",
    "保护区",
    "批发市场",
    "农贸市场",
    "小镇",
    "特色小镇",
    "大桥",
    "隧道",
    "港区",
    "码头",
    "水库",
    "林场",
    "农场",
    "活力城",
]
_ROADS = re.compile(r"[经纬][一二三四五六七八九十]{1,3}路")


@cache
def _bare_office() -> re.Pattern[str]:
    fields = sorted((row["field"] for row in read_table("offices")), key=len, reverse=True)
    fields_pattern = "|".join(map(re.escape, fields))
    return re.compile(
        rf"(?<![\u3400-\u9fff])(?:[省市区县旗州](?:{fields_pattern}){{1,2}}(?:局|厅|委|办)"
        rf"|(?<![全我本该各])[省市区县旗州](?:纪委监委|总工会|妇联|团委|科协|文联|残联|工商联|人民医院|中医院|疾控中心|融媒体中心|法院|检察院|公安局|消防救援支队))"
        rf"(?![\u3400-\u9fff]{{0,3}}(?:等部门联合))"
    )


def find_compounds(reading: Reading, places: list[Span]) -> list[Span]:
    """Finds names that begin with a place and go on in common words to a telling last word.

    Args:
        reading: The text.
        places: The places that the gazetteer finds in it.
    """
    spans = [Span(m.start(), m.end(), "LOC", 0.6) for m in _ROADS.finditer(reading.text)]
    spans.extend(Span(m.start(), m.end(), "ORG", 0.6) for m in _bare_office().finditer(reading.text))
    for place in places:
        found = _compound(reading, place)
        if found:
            spans.append(found)
    return spans


def _compound(reading: Reading, place: Span) -> Span | None:
    number = reading.word_at(place.end)
    if place.end >= len(reading.text) or reading.starts[number] != place.end:
        return None
    best: Span | None = None
    at = place.end
    for word, tag in zip(
        reading.words[number : number + _MOST_WORDS], reading.tags[number : number + _MOST_WORDS], strict=True
    ):
        joins = word == "和" and best is None and at > place.end
        if not (joins or tag in _INNER_TAGS or word in _INNER_VERBS) or not "\u3400" <= word[0] <= "\u9fff":
            break
        at += len(word)
        text = reading.text[place.end : at]
        if text.endswith(_ends()[0]):
            best = Span(place.start, at, "ORG", 0.65)
        elif text.endswith(_ends()[1]):
            best = Span(place.start, at, "LOC", 0.65)
    return best


@cache
def _ends() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_ORG_ENDS), tuple(_PLACE_ENDS)
