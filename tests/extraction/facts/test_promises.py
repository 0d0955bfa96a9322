"""Plans are never printed as achievements, and no text makes the reading fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.lexicon import read_table
from tests.extraction.facts.reading import read

PLANS = [
    "吴江区计划投资3.2亿元，实施站前广场等配套项目8个，2030年底前全部建成。",
    "力争全年工业总产值突破1850亿元。",
    "确保粮食产量稳定在420万吨以上。",
    "全年目标是接待游客500万人次。",
    "到2027年，培育龙头企业30家。",
    "计划新建学校12所。",
    "预计可实现销售收入6亿元。",
    "明年将新增学位3200个。",
    "年底前完成投资3.6亿元。",
    "“十四五”期间，研发投入年均增长10%以上。",
    "争取三年内把覆盖率提高到70%。",
    "下一步，将再建公园15座。",
    "项目总投资18亿元，计划明年6月开工。",
    "建成投产后，年产值可达35亿元。",
    "拟投入1200万元整治河道。",
    "届时，年发电量将达2亿千瓦时。",
    "全年城镇登记失业率控制在4.5%以内。",
    "任务单已经列出：新增营造林30万亩。",
    "未来五年，产业规模可达500亿元。",
    "全县已播玉米，计划6月15日前完成夏播92万亩。",
    "下半年要把80亿元额度用足用好。",
    "根据方案，2024年至2026年，每年培训技能人才1万人次。",
    "会议确定，今年安排财政资金5亿元，支持中小企业2000家。",
    "争创国家级示范区，打造10个特色小镇、100个美丽乡村。",
    "预算安排教育支出86亿元，增长6.2%。",
    "根据规划，到2030年，可再生能源装机占比将超过60%。",
    "社区打算再添长椅30把、路灯15盏。",
    "项目每年可减排二氧化碳3100吨。",
]


@pytest.mark.parametrize("sentence", PLANS)
def test_a_plan_is_never_an_achievement(sentence: str) -> None:
    assert "actual" not in {m.modality for m in read(sentence)}


def test_a_forecast_of_a_year_to_come_is_planned_and_an_aim_for_it_a_target() -> None:
    forecast, aim = read("专家预计，到2028年，产业规模将超过60亿元。", "到2028年，产业规模超过60亿元。")
    assert (forecast.modality, aim.modality) == ("planned", "target")


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("优良断面占比93.9%（省定目标85%）。", ["actual", "target"]),
        ("磨坊设计生产能力为2万吨面粉和7万吨米糠。", ["planned", "planned"]),
        ("今年筹集保障房204万套（间）的任务已完成72%。", ["target", "actual"]),
        ("明年预算草案，收入总数为297亿元。", ["planned"]),
    ],
)
def test_what_a_figure_is_held_against_is_meant_and_it_is_done(text: str, modalities: list[str]) -> None:
    assert [m.modality for m in read(text)] == modalities


def test_a_review_tells_of_a_plan_where_it_says_what_was_really_done() -> None:
    facts = read("去年计划建成投产项目118个，实际建成128个。", headline="临江市2022年国民经济计划执行情况的报告")
    assert [m.modality for m in facts] == ["target", "actual"]


@pytest.mark.parametrize("word", ["种植", "栽种", "栽植", "补栽", "播种", "复种"])
def test_what_is_planned_to_be_planted_is_planned_by_whatever_word(word: str) -> None:
    assert [m.modality for m in read(f"今年计划{word}油茶3万亩。")] == ["planned"]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("柳溪大桥明年动工。大桥全长1.2公里，桥面宽24米。", ["planned", "planned"]),
        ("柳溪大桥计划明年动工，总投资3亿元。大桥全长1.2公里。", ["planned", "planned"]),
        ("柳溪大桥全长1.2公里，预计明年通车。", ["planned"]),
        ("新校区将于明年9月建成。校区占地50亩。", ["planned"]),
        ("柳溪大桥去年通车。大桥全长1.2公里。", ["actual"]),
        ("古河隧道明年动工。目前，老路全长12公里。", ["actual"]),
        ("柳溪河全长120公里，明年将新建水库12座。", ["actual", "planned"]),
        ("古城墙全长3公里，将建设遗址公园。", ["actual"]),
        ("景区占地面积500亩，将于下月启用票务系统。", ["actual"]),
        ("柳溪县将加强生态建设。县城公园占地面积500亩。", ["actual"]),
    ],
)
def test_the_size_of_what_is_still_to_be_built_is_planned(text: str, modalities: list[str]) -> None:
    assert [m.modality for m in read(text)] == modalities


DONE = [
    "去年完成投资3.6亿元，超额完成目标任务。",
    "1—8月，全县新动工修缮老渠36条，占全年计划动工数的92.5%，灌溉农田4万亩。",
    "上半年新栽柑橘3万亩，占今年生产计划任务的71.2%。",
    "民调显示，七成消费者认为加价将推高成本，64%的消费者反对加价。",
    "参与“未来8年培育良种”倡议的代表47人到会。",
    "《规划》列出了17项重点任务。",
    "存款利率的目标区间停在1.2%不变。",
    "今年以来，已分三批下达补助7亿元，带动总投资超过26亿元。",
    "蔬菜种植取得超预期成效，自给率上升4个百分点。",
    "截至目前，已建成学校12所。",
    "上半年完成年度目标的56%。",
    "《三年行动计划》实施以来，新建公园15座。",
    "将7个事项整合为3个事项。",
    "主要农产品产量达到86万吨。",
    "市规划局受理审批126件。",
    "88家预算单位收到审计建议。",
    "去年，全市计划内投资全部到位，完成投资86亿元。",
    "力争上游的精神带动了生产，上半年产值达3亿元。",
    "截至6月底，126个重点项目已开工98个，完成投资186亿元，占年度计划的62%。",
]


@pytest.mark.parametrize("sentence", DONE)
def test_what_is_done_is_no_plan(sentence: str) -> None:
    assert {m.modality for m in read(sentence)} == {"actual"}


def test_what_a_plan_starts_from_is_done_and_what_it_leads_to_is_not() -> None:
    facts = read("通车后，口岸通行能力有望由目前的日均1600辆次提升至6000辆次。")
    assert [m.modality for m in facts] == ["actual", "planned"]


def test_a_forecast_makes_no_passage_of_plans() -> None:
    facts = read("全县种植辣椒28万亩，预计产量42万吨。全县有加工企业23家。")
    assert [m.modality for m in facts] == ["actual", "planned", "actual"]


def test_what_a_plant_will_bring_is_planned_though_its_opening_is_a_goal() -> None:
    facts = read("项目计划9月投产，达产后可年产纤维60万吨，新增税收3.5亿元。")
    assert {m.modality for m in facts} == {"planned"}


def test_intention_reaches_over_a_list_and_ends_with_it() -> None:
    facts = read("力争实现产值60亿元、税收3亿元、就业5000人。去年实现产值52亿元。")
    assert [m.modality for m in facts] == ["target", "target", "target", "actual"]


def test_a_bare_growth_keeps_the_comparison_of_the_clause_before() -> None:
    facts = read("贷款余额86亿元，较年初增加6亿元，增长7.5%，同比增长9.1%。")
    assert [m.comparison for m in facts] == [None, "ytd", "ytd", "yoy"]


@given(
    st.text(
        alphabet="产值达同比增长下降占比从由到的，。；、（）“”将已力争全市区年月12３.%亿万元个家其中分别 \n",
        max_size=120,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_failing(text: str) -> None:
    for metric in read(text):
        quantity = metric.quantity
        assert text[quantity.start_char : quantity.end_char] == quantity.text
        assert 0.0 <= metric.confidence <= 1.0


@pytest.mark.parametrize("piece", ["产值1亿元，", "“", "增长3%、", "比去年同期", "（", "全市", "的"])
def test_a_very_long_line_is_read(piece: str) -> None:
    assert isinstance(read(piece * (20_000 // len(piece))), list)


@pytest.mark.parametrize(
    ("sentence", "key", "topic"),
    [
        ("GDP达到3000亿元。", "gdp", "综合"),
        ("地区生产总值3000亿元。", "gdp", "综合"),
        ("全市社零总额86亿元。", "retail_sales", "贸易"),
        ("乡村民宿收入3亿元。", None, "旅游"),
    ],
)
def test_many_names_have_one_key(sentence: str, key: str | None, topic: str) -> None:
    (fact,) = read(sentence)
    assert (fact.indicator_key, fact.topic) == (key, topic)


def test_words_of_intention_begin_with_a_plain_character():
    words = [row["word"] for row in read_table("intentions")]

    assert words
    assert all("\u4e00" <= word[0] <= "\u9fff" for word in words)


@pytest.mark.parametrize(
    ("sentence", "text", "modality"),
    [
        ("今年边贸额可望达到9亿美元。", "9亿美元", "planned"),
        ("预计未来十天人数可能达到300人。", "300人", "planned"),
        ("每辆车的成本可能增加约4000元。", "4000元", "planned"),
        ("到2030年，实施6万亩梯田改造。", "6万亩", "planned"),
        ("林场计划种植1.8万株银杏。", "1.8万株", "planned"),
        ("县里已经决定：今年投资规模要比上年压缩9.2亿元。", "9.2亿元", "target"),
        ("该工程连通12条河流，可解决全市用水问题。", "12条", "planned"),
        ("总投资8亿元的渔港工程，一期已经完工，建成泊位12个。", "12个", "actual"),
        ("今年以来，全区计划投资过亿元项目108个，已落地62个。", "108个", "actual"),
    ],
)
def test_forecasts_works_and_goals_are_told_apart(sentence: str, text: str, modality: str) -> None:
    assert next(m for m in read(sentence) if m.quantity.text == text).modality == modality


def test_a_goal_by_a_year_goes_on_in_the_next_sentence() -> None:
    facts = read("到2030年，实施6万亩梯田改造。新修机耕道900公里。")
    assert [m.modality for m in facts] == ["planned", "target"]
