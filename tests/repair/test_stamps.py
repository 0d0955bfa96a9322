"""Pages off the web and other kinds of text than columns of news: stamps, tables, poems, letters, abstracts."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair import SideBySideColumns, repair_page
from tasks.repair.stamps import is_stamp, stamp_authors
from tasks.repair.tables import is_row


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("2023-07-08 10:20 来源：人民网 作者：张三丰 浏览次数：1234", ["张三丰"]),
        ("时间：2023-07-08 来源：济南日报 作者：李明 王海涛", ["李明", "王海涛"]),
        ("2023年05月16日 09:15 | 来源：新疆日报 | 记者 阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("2023-07-08 10:20:33 来源：新华网", []),
        ("来源：长江日报 责任编辑：李四", []),
        ("2022年05月20日 08:01", []),
    ],
)
def test_stamps_of_sites_are_recognised_and_their_authors_read(line, authors):
    assert is_stamp(line)
    assert stamp_authors(line) == authors


@pytest.mark.parametrize(
    "line",
    ["记者：如何看待白酒产业？", "2023年7月8日，市统计局公布数据", "单位：万元", "地址：长治市英雄中路 电话：2022222"],
)
def test_other_lines_with_colons_and_dates_are_no_stamps(line):
    assert not is_stamp(line)


def test_a_stamp_parts_headline_and_text_and_names_the_author():
    page = repair_page(
        "我市上半年新增城镇就业二万八千人 完成全年任务的六成\n2023-07-08 10:20 来源：人民网 作者：张三丰\n"
        "记者8日从市人社局获悉，今年上半年，全市城镇新增就业2.8万人，完成全年目标任务的62.3%。\n责任编辑：李四光\n"
    )
    article = page.articles[0]
    assert article.headline == "我市上半年新增城镇就业二万八千人 完成全年任务的六成"
    assert article.authors == ("张三丰",)
    assert [p.role for p in page.paragraphs] == ["headline", "byline", "body", "furniture"]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("1 辽宁本钢 15 2 32", True),
        ("槐荫区　120.5　8.3%", True),
        ("7 月 4 日上午 8 点", False),
        ("建队伍 强阵地 树品牌", False),
    ],
)
def test_rows_of_tables_are_told_from_sentences(line, row):
    assert is_row(line) is row


def test_figures_of_two_rows_of_a_table_never_run_together():
    text = "各县工业增加值\n1 榆次区 15 2 32\n2 太谷区 14 3 31\n3 祁县 13 4 30\n"
    assert [p.text for p in repair_page(text).paragraphs][1:] == text.splitlines()[1:]


def test_a_poem_is_text_below_its_title_and_poet():
    page = repair_page(
        "秋天的信\n李秋生\n一片叶子\n落在你的信上\n像一枚邮戳\n盖住了故乡\n\n我想起汾河边的老屋\n想起母亲的背影\n和那盏\n迟迟不肯熄灭的灯\n"
    )
    assert (page.articles[0].headline, page.articles[0].authors) == ("秋天的信", ("李秋生",))
    assert sum(p.role == "body" for p in page.paragraphs) == 8


def test_an_abstract_stands_between_headline_and_text():
    page = repair_page(
        "国际商协会大会在宁波开幕\nBusiness Associations Conference Opens in Ningbo\n"
        "Abstract: More than 300 representatives from 60 countries attended the conference in Ningbo.\n"
        "宁波日报讯（记者 单玉紫枫）昨天，国际商协会大会在宁波开幕，来自60个国家的代表出席会议。\n"
    )
    assert len(page.articles) == 1
    assert [p.role for p in page.paragraphs] == ["headline", "deck", "note", "body"]


def test_questions_answers_and_numbered_heads_begin_paragraphs():
    page = repair_page(
        "问：今年的目标是什么？\n答：今年的目标是营业收入增长10%左右，突破1000亿元。\n一、种子\n"
        "全省备种46.8万吨，比去年同期增加1.2万吨。\n二、化肥\n全省下摆化肥220万吨，完成计划的91%。\n"
    )
    assert [p.role for p in page.paragraphs] == ["body", "body", "subhead", "body", "subhead", "body"]


def test_where_a_text_comes_from_stays_at_its_end():
    page = repair_page(
        "高分卫星发射成功\n新华社西昌7月8日电（记者李国利、黎云）我国在西昌成功发射卫星，任务获得圆满成功。\n"
        "（新华社北京7月8日电）\n总统会见中国外长\n"
        "新华社贝尔格莱德7月8日电（记者石中玉）塞尔维亚总统8日在贝尔格莱德会见中国外长。\n"
    )
    assert [a.headline for a in page.articles] == ["高分卫星发射成功", "总统会见中国外长"]


def test_paragraphs_of_nearly_one_width_make_no_column():
    lines = [
        "“初一到初七，客房天天满。”家庭旅馆老板樊兆义说，六天收入四万八千元，多了近一成。",
        "大海林林业局局长丁晓春介绍，春节期间雪乡接待游客四万二千人次，收入增长一成五。",
        "漠河市北极镇北极村、抚远市乌苏镇、虎林市虎头镇等地的冬季旅游今年也同样红火。",
        "俄罗斯游客娜塔莎从绥芬河口岸入境，专程来哈尔滨看冰雪大世界，一住就是三四天。",
    ]
    page = repair_page("雪乡火了 村民乐了\n" + "\n".join(lines) + "\n")
    assert [p.text for p in page.paragraphs if p.role == "body"] == lines


def test_a_report_is_signed_by_its_office_and_day():
    page = repair_page(
        "2024年上半年渔业生产和渔民收支情况\n北麓县统计局\n(2024年7月16日)\n\n一、渔业生产情况\n\n"
        "上半年，全县水产品产量3.6万吨，比上年同期增长4.8%。\n"
    )
    assert page.articles[0].headline == "2024年上半年渔业生产和渔民收支情况"
    assert page.articles[0].byline == "北麓县统计局 (2024年7月16日)"


PIECES = [
    "2023-07-08 10:20",
    "来源：",
    "作者：",
    "张三",
    "（",
    "）",
    "(",
    ")",
    "记者",
    "通讯员",
    "□",
    "本报讯",
    "。",
    "，",
    " ",
    "\n",
    "\n\n",
    "\u3000",
    "1 2 3",
    "、",
    "王健",
    "【",
    "】",
    "：",
    "“",
    "”",
    "一、",
    "种子",
    "问：",
    "A06 城事",
    "报",
    "讯",
    "电",
    "Abstract:",
    "The Big Title Page",
    "(2023年7月17日)",
    "国家统计局",
    "摄/",
    "济南市",
    "12.5",
    "\t",
    "同志：",
    "·",
    "强调",
    "出席",
    "图为",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50))
def test_pieces_of_pages_in_any_order_lose_nothing(pieces):
    text = "".join(pieces)
    try:
        page = repair_page(text)
    except SideBySideColumns:
        return
    printed = Counter(c for p in page.paragraphs for c in p.text if not c.isspace())
    assert printed == Counter(c for c in text if not c.isspace())
