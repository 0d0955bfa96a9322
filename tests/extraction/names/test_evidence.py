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
        ("中国式园林受游客喜爱。", "中国"),
        ("省级工程研究中心12个，比上年增加2个。", "省级工程研究中心"),
        ("修缮9所县文化馆，迁建3所。", "县文化馆"),
        ("随着沿海城市升温，客流增长。", "海城市"),
        ("弘扬中华民族的待客之道。", "中华"),
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
        ("沐桐高速青禾段夜间封闭施工。", "沐桐高速青禾段", "LOC"),
        ("大货车驶入104国道。", "104国道", "LOC"),
        ("由澄波社区党委牵头。", "澄波社区党委", "ORG"),
        ("辽宁四川两省互派教师。", "辽宁", "LOC"),
        ("辽宁四川两省互派教师。", "四川", "LOC"),
        ("打造书香吉林、音乐吉林品牌。", "吉林", "LOC"),
        ("鱼汛提前，上禾示范区今夜开捕。", "上禾示范区", "LOC"),
        ("中国环境监测总站发布月报。", "中国环境监测总站", "ORG"),
        ("位于中国人寿大厦（山东）三楼。", "中国人寿大厦（山东）", "LOC"),
        ("宝武钢铁、云岭钢铁等企业增产。", "宝武钢铁", "ORG"),
        ("榆林气田增产项目投产。", "榆林气田", "LOC"),
    ],
)
def test_words_around_a_name_say_what_it_is(text, name, kind):
    assert (name, kind) in found(text)


def test_trades_behind_a_place_are_no_part_of_its_name():
    assert found("法国家具零售商下调报价。") == [("法国", "LOC")]


def test_letters_of_given_names_are_counted_by_their_seat():
    lines = [("赵文芳", 3, "nr"), ("钱文芳", 3, "nr"), ("李文静", 3, "nr"), ("文章", 900, "n"), ("芳草", 100, "n")]
    odds = {char: (first, last) for char, first, last in log_odds(lines)}
    assert set(odds) == {"文", "芳"}
    assert odds["芳"][1] > odds["芳"][0]
    assert odds["文"][0] > odds["文"][1]


def test_a_line_without_names_stays_so():
    assert find_names_in_text("") == ()
