"""Which mentions are taken back by what is printed around them, and which persons the page speaks for."""

import pytest

from tasks.extraction.names import find_names_in_text
from tasks.learning.given_names import log_odds
from tests.extraction.names.pages import names_of


def found(*paragraphs):
    return [(m.text, m.type) for m in names_of(*paragraphs)]


@pytest.mark.parametrize(
    "text",
    [
        "深化林长制改革，办好马拉松赛事。",
        "非遗热、文博热不断升温。",
        "保护好山水林田湖草，严治党、转作风。",
        "齐鲁工匠队伍不断壮大。",
        "今年夏秋航季，航班增加12%。",
    ],
)
def test_chance_syllables_are_no_persons(text):
    assert [name for name, kind in found(text) if kind == "PER"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("村民赵穆非今年种了三亩葡萄。", "赵穆非"),
        ("哈尼库尔在讲话中说，合作前景广阔。", "哈尼库尔"),
        ("图为云岭大桥夜景。陈秀摄", "陈秀"),
        ("古力娜扎·买买提在喀什采访。", "古力娜扎·买买提"),
        ("教师周明在课堂上讲课。", "周明"),
    ],
)
def test_a_person_with_evidence_is_named(text, name):
    assert (name, "PER") in found(text)


def test_a_foreign_name_with_evidence_in_one_place_is_named_in_all():
    page = ("云岭国总统哈尼库尔当天到访。", "哈尼库尔对此表示欢迎，人们欢迎哈尼库尔的到来。")
    assert [name for name, kind in found(*page) if kind == "PER"] == ["哈尼库尔"] * 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推进“诚信济南”建设。", "济南"),
        ("《天山日记》获奖。", "天山"),
        ("奋力谱写中国式现代化新篇章。", "中国"),
        ("省级工程研究中心12个，比上年增加2个。", "省级工程研究中心"),
        ("新建25所县中医院，改建6所。", "县中医院"),
        ("随着沿海城市升温，客流增长。", "海城市"),
        ("促进粮食生产，铸牢中华民族共同体意识。", "中华"),
    ],
)
def test_what_stands_around_a_name_takes_it_back(text, name):
    assert name not in [n for n, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("引进比亚迪、巴斯夫等龙头企业。", "巴斯夫", "ORG"),
        ("大别山、秦巴山、武陵山林木茂密。", "秦巴山", "LOC"),
        ("建成云岭大剧院、青山体育中心等文体设施。", "青山体育中心", "LOC"),
        ("丹宁高速云岭段建成通车。", "丹宁高速云岭段", "LOC"),
        ("大货车驶入104国道。", "104国道", "LOC"),
        ("由澄波社区党委牵头。", "澄波社区党委", "ORG"),
        ("甘肃江苏两省签署协议。", "甘肃", "LOC"),
        ("甘肃江苏两省签署协议。", "江苏", "LOC"),
        ("推进法治天津、平安天津建设。", "天津", "LOC"),
        ("据青岛海关统计，上合示范区外贸增长12%。", "上合示范区", "LOC"),
        ("中国环境监测总站发布月报。", "中国环境监测总站", "ORG"),
        ("位于中国人寿大厦（山东）三楼。", "中国人寿大厦（山东）", "LOC"),
        ("宝武钢铁、云岭钢铁等企业增产。", "宝武钢铁", "ORG"),
        ("榆林气田增产项目投产。", "榆林气田", "LOC"),
    ],
)
def test_words_around_a_name_say_what_it_is(text, name, kind):
    assert (name, kind) in found(text)


def test_trades_behind_a_place_are_no_part_of_its_name():
    assert found("美国汽车经销商增加库存。") == [("美国", "LOC")]


def test_letters_of_given_names_are_counted_by_their_seat():
    lines = [("赵文芳", 3, "nr"), ("钱文芳", 3, "nr"), ("李文静", 3, "nr"), ("文章", 900, "n"), ("芳草", 100, "n")]
    odds = {char: (first, last) for char, first, last in log_odds(lines)}
    assert set(odds) == {"文", "芳"}
    assert odds["芳"][1] > odds["芳"][0]
    assert odds["文"][0] > odds["文"][1]


def test_a_line_without_names_stays_so():
    assert find_names_in_text("") == ()
