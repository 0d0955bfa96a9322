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
_QUARTERS = re.compile(r"(?<=[、，以对及和在])(?:(?![两个])[㐀-鿿]){2,5}片区")
# Railways and motorways are called after the first letters of the places they join: 京港澳高速, 江湛铁路.
_LETTERS = "京津沪渝冀豫鲁晋陕甘宁青新藏川黔滇桂粤琼闽赣湘鄂皖苏浙蒙辽吉黑港澳沈哈长大昆广深福厦济烟威石郑武汉合杭甬温徐连盐通兰西银包成贵南柳湛江珠海许荣乌牡佳莱日胶商漯宝平"
_LINES = re.compile(
    rf"[{_LETTERS}]{{2,3}}(?:高速公路|高速|高铁|铁路|客专)(?:[㐀-鿿]{{2,3}}(?:站|段|服务区|收费站)(?=[、，。的内出]))?"
)


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
    spans.extend(Span(m.start(), m.end(), "LOC", 0.6) for m in _QUARTERS.finditer(reading.text))
    for line in _LINES.finditer(reading.text):
        inside_word = not reading.on_word_edges(line.start(), line.start())  # 完|成济莱高铁
        if not inside_word or line[0][2] in _LETTERS:
            spans.append(Span(line.start() + inside_word, line.end(), "LOC", 0.92))
    spans.extend(Span(m.start(), m.end(), "ORG", 0.6) for m in _bare_office().finditer(reading.text))
    heads = {place.end: place for place in places}
    for start, end, _ in reading.place_hits:
        if end not in heads and reading.on_word_edges(start, end) and reading.tags[reading.word_at(start)] == "ns":
            heads[end] = Span(start, end, "LOC")
    for head in heads.values():
        found = _compound(reading, head)
        if found:
            spans.append(found)
    return spans


def _compound(reading: Reading, place: Span) -> Span | None:
    start, end = place.start, place.end
    if reading.text[start - 1 : start] in ("（", "(") and reading.text[end : end + 1] in ("）", ")"):
        start, end = _before_bracket(reading, start - 1), end + 1
        if start == place.start - 1:
            return None
    number = reading.word_at(end)
    if end >= len(reading.text) or reading.starts[number] != end:
        return None
    best: Span | None = None
    at = end
    for word, tag in zip(
        reading.words[number : number + _MOST_WORDS], reading.tags[number : number + _MOST_WORDS], strict=True
    ):
        joins = word == "和" and best is None and at > end
        if (
            not (joins or word == "圈" or tag in _INNER_TAGS or word in _INNER_VERBS)
            or not "\u3400" <= word[0] <= "\u9fff"
        ):
            break
        at += len(word)
        text = reading.text[end:at]
        if text.endswith(_ends()[1]):
            best = Span(start, at, "LOC", 0.92)
        elif text.endswith(_ends()[0]):
            best = Span(start, at, "ORG", 0.92)
    return best


def _before_bracket(reading: Reading, bracket: int) -> int:
    """Where the name begins that goes on behind a place in brackets: 中德（沈阳）高端装备制造产业园."""
    start = bracket
    number = reading.word_at(bracket) - 1
    while number >= 0 and bracket - reading.starts[number] <= 6:
        word, tag = reading.words[number], reading.tags[number]
        if not (tag in _INNER_TAGS or tag == "f") or not "\u3400" <= word[0] <= "\u9fff":
            break
        start = reading.starts[number]
        number -= 1
    return start


@cache
def _ends() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_ORG_ENDS), tuple(_PLACE_ENDS)
