"""Which names are found in sentences of local papers, and with which ends."""

import pytest

from tasks.extraction.names import find_names_in_text
from tests.extraction.names.pages import names_of


def found(*paragraphs):
    return [(m.text, m.type) for m in names_of(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("济南市历下区今年新建三所学校。", "济南市历下区", "LOC"),
        ("位于历下区姚家街道的写字楼里，企业越来越多。", "历下区姚家街道", "LOC"),
        ("据济南市槐荫区统计局发布的数据，增加值同比增长8%。", "济南市槐荫区统计局", "ORG"),
        ("记者从绵阳市涪城区农业农村局获悉，小麦已经收完。", "绵阳市涪城区农业农村局", "ORG"),
        ("宜宾市委书记李长河来到现场。", "宜宾市委", "ORG"),
        ("江苏恒远精密机械有限公司的车间里，工人们正在赶制订单。", "江苏恒远精密机械有限公司", "ORG"),
        ("“订单排到了明年。”总经理周明远说。", "周明远", "PER"),
        ("村民赵玉兰今年种了三亩葡萄。", "赵玉兰", "PER"),
        ("产品出口到德国、越南和墨西哥。", "越南", "LOC"),
        ("她毕业于西北农林科技大学，回乡办起合作社。", "西北农林科技大学", "ORG"),
        ("京沪高速公路今天恢复通车。", "京沪高速公路", "LOC"),
    ],
)
def test_a_name_is_found_whole(text, name, kind):
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "聚焦产业升级、人才引进、营商环境，持续用力。",
        "教育、医疗、养老、托育等服务更加完善。",
        "各街道、各部门要密切配合，通力合作。",
        "构建全域联动、共建共享的新格局。",
        "全市上下要切实增强责任感和紧迫感，确保完成全年目标任务。",
    ],
)
def test_common_words_are_no_names(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["滨海县共有研究院32家。", "滨海县12家农商行实现利润3亿元。", "滨海县拥有融媒体中心2个。"]
)
def test_bodies_that_are_counted_are_no_names(text):
    assert found(text) == [("滨海县", "LOC")]


def test_a_party_committee_and_its_secretary_are_two_names():
    assert found("槐荫区委书记王建国主持会议。") == [("槐荫区委", "ORG"), ("王建国", "PER")]


def test_a_mayor_is_no_part_of_the_city():
    assert ("济南", "LOC") in found("济南市长王建国说，要办好这件事。")


def test_two_partners_are_two_names():
    assert found("槐荫区会同济南城建集团，完成了道路改造。")[0] == ("槐荫区", "LOC")


@pytest.mark.parametrize(
    ("role", "text", "persons"),
    [
        ("byline", "□ 本 报 记 者  刘飞跃 本报通讯员 王 健", ["刘飞跃", "王 健"]),
        ("byline", "文/片 记者 杜春娜", ["杜春娜"]),
        ("byline", "夏侯凤超 杜春娜 济南报道", ["夏侯凤超", "杜春娜"]),
        ("byline", "本报记者 米热古丽·吐尔逊 通讯员 郑建疆", ["米热古丽·吐尔逊", "郑建疆"]),
        ("body", "本报讯（记者 段婷婷 通讯员 韩宏伟）近日，春耕开始。", ["段婷婷", "韩宏伟"]),
        ("body", "各项工作有序推进。（刘婧 李树新）", ["刘婧", "李树新"]),
    ],
)
def test_names_in_credits(role, text, persons):
    assert [m.text for m in names_of((role, text)) if m.type == "PER"] == persons


def test_furniture_has_no_names():
    assert names_of(("furniture", "济南市今天晴，南风三级")) == ()


def test_a_name_found_surely_is_found_everywhere_on_the_page():
    names = names_of(("byline", "本报记者 初向阳"), "老人拉着初向阳的手不放。")
    assert [m.text for m in names if m.type == "PER"] == ["初向阳", "初向阳"]


def test_a_village_is_known_by_its_own_name_once_its_town_was_named():
    names = found("他家在槐荫区美里湖街道柳家滘社区。", "柳家滘社区的变化看得见。")
    assert ("柳家滘社区", "LOC") in names


def test_offsets_point_at_the_printed_text():
    paragraphs = ("济南市历下区的王建国说。", "“福州市鼓楼区”也来了。")
    for mention in names_of(*paragraphs):
        assert paragraphs[mention.paragraph - 1][mention.start_char : mention.end_char] == mention.text


def test_a_line_of_its_own_is_read_as_it_stands():
    assert [(m.text, m.type) for m in find_names_in_text("济南市槐荫区统计局局长王建国说")] == [
        ("济南市槐荫区统计局", "ORG"),
        ("王建国", "PER"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("引进玲珑轮胎、中石油等重点企业119家。", "中石油", "ORG"),
        ("与三一重工联合建设了5G工厂。", "三一重工", "ORG"),
        ("科右中旗农牧和科技局局长介绍了情况。", "科右中旗农牧和科技局", "ORG"),
        ("居民乌云其木格专程来看牛。", "乌云其木格", "PER"),
        ("村党支部书记边巴正忙着迎接游客。", "边巴", "PER"),
        ("驻村干部扎西次仁说，今年青稞收成好。", "扎西次仁", "PER"),
        ("在波密县古乡巴卡村，游客在拍照。", "波密县古乡巴卡村", "LOC"),
        ("香港特区政府在湾仔举行升旗仪式。", "香港特区政府", "ORG"),
        ("会议传达了国务院安委会全体会议精神。", "国务院安委会", "ORG"),
        ("条例草案对吉林省河湖长制作了规定。", "吉林省", "LOC"),
        ("法国队主帅德尚表示，球队拼到了最后。", "德尚", "PER"),
    ],
)
def test_names_from_all_over_china_and_abroad(text, name, kind):
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "给人民群众看得见的安全感。",
        "金秋时节，牧民们忙着打草。",
        "不仅能挣到钱，也能照顾老人和孩子！",
        "但凡说到制造业，总离不开数字化赋能。",
        "将居民家庭分为“红、黄、绿”三类。",
        "要牢固树立项目为王理念。",
        "调研边境小康村建设。",
    ],
)
def test_words_that_the_dictionary_takes_for_names_are_none(text):
    assert found(text) == []


def test_labels_of_a_sites_stamp_are_no_persons():
    names = names_of(("byline", "2023-07-08 10:20 来源：人民网 作者：张三丰 浏览次数：1234"))
    assert [m.text for m in names if m.type == "PER"] == ["张三丰"]


def test_a_surname_lost_in_one_place_is_given_back_by_another():
    names = found("著名敦煌学家段文杰同志逝世", "敦煌研究院原院长段文杰同志在兰州逝世。")
    assert [name for name, kind in names if kind == "PER"] == ["段文杰", "段文杰"]


def test_counties_in_a_list_are_found_by_their_short_names():
    names = found("线路经过灌云、涟水、淮安、宝应、高邮、扬州。")
    assert [name for name, _ in names] == ["灌云", "涟水", "淮安", "宝应", "高邮", "扬州"]


def test_an_ethnic_township_is_one_place():
    assert ("佳木斯市同江市八岔赫哲族乡", "LOC") in found("佳木斯市同江市八岔赫哲族乡的冬季旅游红火。")


def test_a_campus_in_brackets_belongs_to_its_university():
    assert ("哈尔滨工业大学（深圳）", "ORG") in found("南方科技大学、哈尔滨工业大学（深圳）与宝安签约。")


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("本报讯（记者王 磊 通讯员李 明 华）近日，街道举办运动会。", ["王 磊", "李 明 华"]),
        ("街道举办运动会。（王建国李明）", ["王建国", "李明"]),
    ],
)
def test_persons_of_a_credit_are_told_apart(text, persons):
    assert [name for name, kind in found(text) if kind == "PER"] == persons


@pytest.mark.parametrize("row", ["和", "和及与", "甲和"])
def test_a_long_row_of_joiners_behind_a_name_is_read(row):
    assert isinstance(find_names_in_text("云岭重工、安驰" + row * 600 + "。"), list | tuple)
