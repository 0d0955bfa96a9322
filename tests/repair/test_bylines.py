"""Bylines, credits and datelines in the forms the Chinese press prints them."""

import pytest

from tasks.reading.credits import squeeze_byline
from tasks.repair import repair_page
from tasks.repair.bylines import (
    byline_authors,
    credit_after_dateline,
    credit_at_end,
    find_dateline,
    is_byline,
)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("□ 本报记者 段婷婷", ["段婷婷"]),
        ("□ 本 报 记 者  刘飞跃", ["刘飞跃"]),
        ("□记 者 王 健", ["王健"]),
        ("□记者 赵国陆 报道", ["赵国陆"]),
        ("□记者 王健 通讯员 栾中铭 报道", ["王健", "栾中铭"]),
        ("□ 刘飞跃 李丛丛 刘青 报道", ["刘飞跃", "李丛丛", "刘青"]),
        ("夏侯凤超 杜春娜 济南报道", ["夏侯凤超", "杜春娜"]),
        ("文/片 记者 杜春娜", ["杜春娜"]),
        ("文/本报记者 沈佳宁 图/王一鸣", ["沈佳宁", "王一鸣"]),
        ("江城日报记者 鲁佳琪 文 孟铁军 摄", ["鲁佳琪", "孟铁军"]),
        ("文/图 赤峰日报记者 塔娜 通讯员 孟根朝鲁", ["塔娜", "孟根朝鲁"]),
        ("伊犁日报记者 米热古丽·吐尔逊 通讯员 郑建疆", ["米热古丽·吐尔逊", "郑建疆"]),
        ("■ 本报记者 王宁原 特约记者 符传文", ["王宁原", "符传文"]),
        ("□本报记者 苏益淳 通讯员 戴志勇 郑文婧 文/图", ["苏益淳", "戴志勇", "郑文婧"]),
        ("大众日报·海报新闻记者 王五", ["王五"]),
        ("□记者 张三 济南报道", ["张三"]),
        ("本报记者张三 通讯员李四光摄影报道", ["张三", "李四光"]),
        ("本报评论员", []),
        ("每经记者 赵景致 每经编辑 陈旭", ["赵景致", "陈旭"]),
        ("新京报记者 张璐", ["张璐"]),
        ("大河报·豫视频记者 王磊", ["王磊"]),
        ("华商报记者 赵瑞利 实习生 王芳", ["赵瑞利", "王芳"]),
        ("特派记者 王建国 发自北京", ["王建国"]),
        ("21世纪经济报道记者 周潇枭 北京报道", ["周潇枭"]),
        ("记者：王五 | 编辑：赵六", ["王五", "赵六"]),
        ("王国强（作者单位：市委党校）", ["王国强"]),
        ("供稿：张三丰", ["张三丰"]),
    ],
)
def test_bylines_are_recognised_and_their_authors_read(line, authors):
    assert is_byline(line)
    assert byline_authors(line) == authors


@pytest.mark.parametrize(
    "line",
    ["记者从会上获悉", "社区工作者更出彩", "落户海那城", "编者按：产业强则经济强", "编辑同志：", "记者：",
     "“小记者”走进報社", "记者节快乐！",
     "记者何嘉濠、通讯员关惠敏报道：船头猛然甩", "让老商埠焕发新图景", "志愿服务驿站揭牌"],
)  # fmt: skip
def test_other_lines_are_no_bylines(line):
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯 7月8日，我区组织收看讲座。", "本报讯"),
        ("【本报香港七月一日电】记者陈嘉敏报道：", "【本报香港七月一日电】"),
        ("经济日报-中国经济网北京7月8日讯（记者 王轶辰）", "经济日报-中国经济网北京7月8日讯"),
        ("新京报讯（记者 张璐）7月8日", "新京报讯"),
        ("青岛7月8日讯 记者从", "青岛7月8日讯"),
        ("新华社快讯：", "新华社快讯"),
        ("本报讯（记者 樊朔）家住宋庄", "本报讯"),
        ("本报济南讯 近日，", "本报济南讯"),
        ("本报西宁1月19日讯 今天，", "本报西宁1月19日讯"),
        ("本报二连浩特7月13日电 换装完", "本报二连浩特7月13日电"),
        ("襄阳日报讯（全媒体记者 潘世倩）", "襄阳日报讯"),
        ("新华社北京4月23日电（记者 张三）", "新华社北京4月23日电"),
        ("中新网济南4月3日电 （记者 李欣）", "中新网济南4月3日电"),
        ("电话铃响了，", None),
        ("据悉，全市讯息产业增长", None),
        ("通讯员们说，", None),
    ],
)
def test_datelines(text, dateline):
    assert find_dateline(text) == dateline


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("本报讯（记者 苏靖宇 通讯员 白鹭）一架", ["苏靖宇", "白鹭"]),
        ("本报讯（记者苏靖宇 通讯员白鹭）一架", ["苏靖宇", "白鹭"]),
        ("佛山日报讯 记者何嘉濠、通讯员关惠敏报道：船头", ["何嘉濠", "关惠敏"]),
        ("本报讯 记者从会上获悉，今年的报道：", []),
        ("本报讯（原标题：一季度开门红）近日", []),
    ],
)
def test_reporters_named_after_the_dateline(text, authors):
    assert credit_after_dateline(text, find_dateline(text)) == authors


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("注入动力。 （艾传军）", ["艾传军"]),
        ("徐徐展开。（郝倩 门波 周志昊）", ["郝倩", "门波", "周志昊"]),
        ("送出春联。（本报记者 罗仕祥 陈忠贵）", ["罗仕祥", "陈忠贵"]),
        ("提高到20%。（记者 彭湘宁通讯员 贺乐怡）", ["彭湘宁", "贺乐怡"]),
        ("质量发展。 （刘 婧）", ["刘婧"]),
        ("收看讲座。（刘婧李树新）", ["刘婧", "李树新"]),
        ("生命财产安全。 （通讯员）", []),
        ("园区位于城北（原化工厂）", None),
        ("实现增长。（资料图片）", None),
        ("参会。（以姓氏笔画为序）", None),
    ],
)
def test_credits_at_the_end(text, authors):
    assert credit_at_end(text) == authors


def test_a_byline_is_closed_up_as_printed():
    assert squeeze_byline("□记 者 王 健  \u3000通讯员 韩宏伟 报道") == "□记者 王健 通讯员 韩宏伟 报道"


def test_a_byline_of_two_lines_is_one_and_names_the_article():
    raw = "□记 者 王 健 \n 通讯员 韩宏伟 报道\n  本报济南讯 近日，槐荫区完成工业总产值45.3亿元，同比增长16.6%。\n"
    article = repair_page(raw).articles[0]
    assert article.byline == "□记者 王健 通讯员 韩宏伟 报道"
    assert article.authors == ("王健", "韩宏伟")
    assert article.dateline == "本报济南讯"


def test_a_credit_on_a_line_of_its_own_closes_its_paragraph():
    page = repair_page("济阳区高质量发展的路径图正徐徐展开，未来可期。\n\n（郝倩 门波 周志昊）\n")
    assert [p.text for p in page.paragraphs] == ["济阳区高质量发展的路径图正徐徐展开，未来可期。 （郝倩 门波 周志昊）"]
    assert page.articles[0].byline is None
    assert page.articles[0].authors == ("郝倩", "门波", "周志昊")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("记者王建国、李明华报道", ["王建国", "李明华"]),
        ("记者 王建国 济南报道", ["王建国"]),
        ("记者王 磊 通讯员李 明 华", ["王磊", "李明华"]),
        ("本报记者 王 建 国 李明", ["王建国", "李明"]),
        ("王建国李明", ["王建国", "李明"]),
    ],
)
def test_no_author_is_lost_in_a_list_or_between_blanks(line, authors):
    assert byline_authors(line) == authors


@pytest.mark.parametrize(
    ("lead", "authors"),
    [
        ("青石日报讯（周敏 刘伟）", ("周敏", "刘伟")),
        ("本报讯（周敏）", ("周敏",)),
        ("本报讯（资料图片）", ()),
        ("本报讯（高速 黄河）", ()),
    ],
)
def test_names_in_brackets_right_behind_a_dateline_are_authors(lead, authors):
    page = repair_page(f"青石码头来了新班轮\n\n    {lead}昨天，青石码头开出今年第一班夜航客轮，两百名乘客登船看灯。\n")
    assert page.articles[0].authors == authors


def test_a_dateline_with_its_reporters_that_fills_a_narrow_line_is_text():
    lead = "青石码头来了新班轮\n\n    本报讯 记者周敏 通讯员刘伟\n昨天，青石码头开出今年第一班夜\n"
    raw = f"{lead}航客轮，两百名乘客登船看灯，码\n头上的小吃摊也开到深夜。\n"
    page = repair_page(raw)
    assert page.articles[0].byline is None
    assert page.articles[0].dateline == "本报讯"


def test_a_photographer_on_a_line_of_its_own_ends_the_text_above():
    body = "青石码头昨天开出今年第一班夜航客\n轮，两百名乘客登船看灯，码头上的\n小吃摊也开到深夜，热闹得像过节。\n"
    other = "南岭的春茶今年提前十天开采，茶农\n天不亮就上山，头一批鲜叶当天下山\n进厂，制成的新茶已经卖到了南方。\n"
    raw = f"青石码头来了新班轮\n\n{body}周敏摄影报道\n\n南岭茶农赶早采茶\n\n{other}"
    assert [a.headline for a in repair_page(raw).articles] == ["青石码头来了新班轮", "南岭茶农赶早采茶"]
