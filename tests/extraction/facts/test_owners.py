"""Whose figure it is: regions of reports, lists of places, words that stand for a body, the nation and its parts."""

from __future__ import annotations

import pytest

from tests.extraction.facts.reading import read


def _subjects(*args, **named):
    return [m.subject for m in read(*args, **named)]


def test_a_report_on_a_years_work_tells_of_its_region():
    facts = read(
        "重大项目加快建设，青松机电、古河光电等项目投产。社会用电量增长6%。",
        headline="2019年海南省政府工作报告",
        names=[("青松机电", "ORG"), ("古河光电", "ORG")],
    )
    assert [(m.subject, m.region_adcode) for m in facts] == [("海南省", "460000")]


def test_a_report_names_its_region_as_its_headline_prints_it():
    facts = read("新增病床800张。", headline="2025年宁夏政府工作报告")
    assert [(m.subject, m.region_adcode) for m in facts] == [("宁夏", "640000")]


def test_places_of_a_list_have_the_figures_behind_them():
    names = [("东湖景区", "LOC"), ("安贞堡", "LOC")]
    assert _subjects("假期，东湖景区接待游客5.2万人次、安贞堡3.1万人次。", names=names) == ["东湖景区", "安贞堡"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("全国铁路运送化肥1200万吨。", "全国铁路"),
        ("西部地区用水量下降5%。", "西部地区"),
        ("各地新增岗位3万个。", "各地"),
        ("国家累计安排补贴86亿元。", "国家"),
        ("全国粮食产量1.3万亿斤。", "全国"),
        ("两国贸易额达到12亿美元。", "两国"),
        ("目前，全球人口超过80亿人。", "全球"),
    ],
)
def test_the_nation_its_parts_and_its_networks(text, subject):
    assert _subjects(text) == [subject]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("总投资3亿元的物流中心去年完工。", "物流中心"),
        ("总投资2.6亿元的水库除险工程，去年竣工。", "水库除险工程"),
        ("该校去年招生320人。", "该校"),
        ("去年，县级财政用于教育的经费为3亿元。", "县级财政"),
    ],
)
def test_a_project_after_its_sum_and_a_body_without_a_name_own_their_figures(text, subject):
    assert _subjects(text) == [subject]


def test_the_nation_in_the_name_of_what_is_counted_owns_nothing():
    facts = read("河口市有15家全国重点实验室，6家全国重点实验室获奖。", names=[("河口市", "LOC")])
    assert [(m.subject, m.indicator) for m in facts] == [("河口市", "重点实验室")] * 2


def test_a_base_in_brackets_is_of_the_place_before_it():
    facts = read("柳溪县绿化覆盖率为43.5%，比全国（40.1%）平均值高3.4个百分点。", names=[("柳溪县", "LOC")])
    assert [m.subject for m in facts] == ["柳溪县", "全国", "柳溪县"]


def test_a_word_stands_for_the_office_named_before():
    names = [("柳溪县人社局", "ORG")]
    assert _subjects("柳溪县人社局举办招聘会12场。该局走访企业45家。", names=names) == ["柳溪县人社局"] * 2


@pytest.mark.parametrize(
    ("text", "name", "kind", "indicator"),
    [
        ("记者走进青松机械厂。这家厂去年产值3亿元。", "青松机械厂", "ORG", "产值"),
        ("清河集团三年前连年亏损。如今，这个集团销售收入18亿元。", "清河集团", "ORG", "销售收入"),
        ("记者走进柳溪县。这个县粮食产量3万吨。", "柳溪县", "LOC", "粮食产量"),
    ],
)
def test_a_body_that_is_pointed_at_owns_its_figures(text, name, kind, indicator):
    assert [(m.subject, m.indicator) for m in read(text, names=[(name, kind)])] == [(name, indicator)]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("该市场规模达3亿元。", "市场规模"),
        ("该县城人口5万人。", "县城人口"),
        ("该厂房面积3000平方米。", "厂房面积"),
        ("这一市值达到300亿元。", "市值"),
    ],
)
def test_what_only_begins_like_a_body_that_is_pointed_at_keeps_its_name(text, indicator):
    assert [m.indicator for m in read(text)] == [indicator]


@pytest.mark.parametrize(
    "text",
    ["这个市场年交易额3亿元。", "世界自然遗产面积300平方公里。", "全球化企业达30家。", "世界青年锦标赛吸引选手300名。"],
)
def test_a_name_that_begins_like_a_region_or_the_world_is_neither(text):
    assert _subjects(text) == [None]


def test_a_community_has_figures_of_its_own():
    facts = read("松林社区520名党员划成14个网格，办结实事91件。")
    assert [m.subject for m in facts] == ["松林社区"] * 3


def test_a_person_owns_no_output():
    names = [("青松公司", "ORG"), ("林萍萍", "PER")]
    facts = read("林萍萍办起青松公司，去年产值3亿元。林萍萍月工资3000元。", names=names)
    assert [m.subject for m in facts] == ["青松公司", "林萍萍"]
    assert _subjects("种粮大户林萍萍去年产值3亿元。", names=names[1:]) == [None]


def test_a_company_speaks_of_itself_and_a_committee_of_its_community():
    names = [("青松公司", "ORG"), ("柳溪县", "LOC"), ("林萍萍", "PER")]
    assert _subjects("青松公司经理林萍萍说，今年在柳溪县建厂房3座。", names=names) == ["青松公司"]
    office = [("河口区望江街道松林社区党总支", "ORG")]
    assert _subjects("河口区望江街道松林社区党总支书记说，去年办实事30件。", names=office) == ["河口区望江街道松林社区"]


def test_a_body_that_publishes_figures_of_others_owns_none():
    names = [("青松研究院", "ORG"), ("柳溪县", "LOC")]
    assert _subjects("青松研究院数据显示，柳溪县出口增长5%。", names=names) == ["柳溪县"]


def test_a_foreign_office_speaks_of_its_country():
    assert _subjects("冰岛渔业总署数据显示，6月捕捞量为8万吨。", names=[("冰岛渔业总署", "ORG")]) == ["冰岛"]


def test_what_has_landed_in_a_district_owns_none_of_its_figures():
    names = [("安贞区", "LOC"), ("青松机电", "ORG"), ("古河光电", "ORG")]
    facts = _subjects("安贞区产业兴旺。今年新落地青松机电、古河光电等企业15家，产业规模增长9%。", names=names)
    assert facts == ["安贞区", "安贞区"]
