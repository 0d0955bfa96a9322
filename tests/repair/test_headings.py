"""Display lines: headlines before or after their article, kickers, decks, subheads, captions, notes, furniture."""

import pytest

from tasks.repair import repair_page
from tests.bench.layout_pages import Style, set_paragraph

BODY = (
    "{p}本报讯 近日，{r}公布一季度数据，全区完成工业总产值45.3亿元，同比增长16.6%，增加值增长37.1%。\n"
    "{p}据了解，{r}的龙头企业紧盯目标，提升市场份额，一季度完成产值同比增长79%，为{r}经济注入强劲动力。\n"
)
CLOSE = "{p}下一步，{r}将推动发展，为企业跨越式发展提供强力支撑，推动工业经济实现新发展、新突破。\n"


def article(region, indent="  "):
    return (BODY + CLOSE).format(p=indent, r=region)


def roles(raw):
    return [(p.article, p.role, p.text) for p in repair_page(raw).paragraphs if p.role not in ("body",)]


@pytest.mark.parametrize(
    ("heading", "kicker", "headline", "deck"),
    [
        ("槐荫区工业开门红\n", None, "槐荫区工业开门红", ()),
        ("强基层、强作风，槐荫区：\n\n工业首季开门红\n", "强基层、强作风，槐荫区：", "工业首季开门红", ()),
        ("槐荫区工业\n\n首季开门红\n", None, "槐荫区工业 首季开门红", ()),
        ("槐荫工业开门红\n一季度产值45.3亿元 增长16.6%\n", None, "槐荫工业开门红", ("一季度产值45.3亿元 增长16.6%",)),
        ("槐荫的“领头雁”\n——记槐荫区企业家王健\n", None, "槐荫的“领头雁”", ("——记槐荫区企业家王健",)),
        ("槐荫区开展“泉城\n大学堂”讲座\n", None, "槐荫区开展“泉城 大学堂”讲座", ()),
        ("重点项目追踪报道\n槐荫区工业开门红\n", "重点项目追踪报道", "槐荫区工业开门红", ()),
        ("本报记者一线观察\n槐荫区工业开门红\n", "本报记者一线观察", "槐荫区工业开门红", ()),
        ("【实干争先开局\n起步】槐荫区工业首季开门红\n", None, "【实干争先开局 起步】槐荫区工业首季开门红", ()),
        ("经济一线观察\n\n槐荫工业“含新量”抬升\n装备制造挑大梁 老企业忙技改\n", "经济一线观察", "槐荫工业“含新量”抬升",
         ("装备制造挑大梁 老企业忙技改",)),
    ],
)  # fmt: skip
def test_headings(heading, kicker, headline, deck):
    page = repair_page(heading + "\n" + article("槐荫区"))
    assert len(page.articles) == 1
    got = page.articles[0]
    assert (got.kicker, got.headline, got.deck) == (kicker, headline, deck)


def test_headlines_may_stand_after_their_articles():
    raw = f"{article('槐荫区')}\n槐荫区工业开门红\n\n{article('钢城区')}\n钢城区牵手钢研集团\n"
    page = repair_page(raw)
    assert [a.headline for a in page.articles] == ["槐荫区工业开门红", "钢城区牵手钢研集团"]
    assert [a.dateline for a in page.articles] == ["本报讯", "本报讯"]


def test_headlines_may_stand_before_their_articles():
    raw = f"槐荫区工业开门红\n\n{article('槐荫区')}\n钢城区牵手钢研集团\n\n{article('钢城区')}\n"
    assert [a.headline for a in repair_page(raw).articles] == ["槐荫区工业开门红", "钢城区牵手钢研集团"]


def test_one_headline_after_and_the_next_before_are_told_apart_by_what_they_say():
    raw = f"{article('槐荫区')}\n槐荫区工业开门红\n\n钢城区牵手钢研集团\n\n{article('钢城区')}\n"
    assert [a.headline for a in repair_page(raw).articles] == ["槐荫区工业开门红", "钢城区牵手钢研集团"]


def test_two_headlines_on_one_line_go_to_their_articles():
    raw = f"{article('槐荫区')}\n槐荫区工业开门红 钢城区牵手钢研集团\n\n{article('钢城区')}\n"
    page = repair_page(raw)
    assert [a.headline for a in page.articles] == ["槐荫区工业开门红", "钢城区牵手钢研集团"]
    assert [p.lines for p in page.paragraphs if p.role == "headline"] == [(5,), (5,)]


def test_subheads_stay_in_their_article():
    first, second = BODY.format(p="  ", r="历下区"), CLOSE.format(p="  ", r="历下区")
    raw = f"历下区工业提速\n\n  □本报记者 王健\n{first}\n新力量实现全覆盖\n\n{second}\n新活力竞相迸发\n\n{second}"
    page = repair_page(raw)
    assert len(page.articles) == 1
    assert [p.text for p in page.paragraphs if p.role == "subhead"] == ["新力量实现全覆盖", "新活力竞相迸发"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("今天 晴，南风2～3级", "furniture"),
        ("温度 19℃～33℃", "furniture"),
        ("新闻热线：0531-88888888", "furniture"),
        ("责任编辑：王丽 版式：赵强", "furniture"),
        ("2023-10-28 08:15 来源：长春日报", "furniture"),
        ("上一篇：长春地铁试运行", "furniture"),
        ("首页 > 新闻 > 经济", "furniture"),
        ("云南日报  2022年11月8日  星期二", "furniture"),
        ("A03｜要闻", "furniture"),
        ("（下转第二版）", "furniture"),
        ("槐荫区企业车间一角。王一鸣 摄", "caption"),
        ("图为槐荫区企业员工在作业。", "caption"),
    ],
)
def test_lines_that_are_no_text(line, role):
    raw = f"槐荫区工业开门红\n\n{article('槐荫区')}\n{line}\n"
    assert (role, line) in [(p.role, p.text) for p in repair_page(raw).paragraphs]


def test_an_editors_note_is_a_note():
    note = "编者按：产业强则经济强，产业兴则百业兴。今天，本报推出特刊，展现生动实践。"
    page = repair_page(f"{note}\n\n{article('槐荫区')}")
    assert page.paragraphs[0].role == "note"


def test_a_caption_between_two_articles_goes_to_the_one_it_tells_of():
    photo = "钢城区钢研院里的实验室。王一鸣 摄"
    raw = f"{article('槐荫区')}\n槐荫区工业开门红\n\n{photo}\n\n钢城区牵手钢研集团\n\n{article('钢城区')}\n"
    page = repair_page(raw)
    caption = next(p for p in page.paragraphs if p.role == "caption")
    assert page.articles[caption.article - 1].headline == "钢城区牵手钢研集团"


def test_a_lone_caption_is_an_article_without_headline():
    page = repair_page("图为干部群众在植树。 周敏 摄\n")
    assert [(p.article, p.role) for p in page.paragraphs] == [(1, "caption")]
    assert page.articles[0].headline is None


def test_a_headline_may_stand_below_its_byline():
    page = repair_page(f"□ 本报记者 李强\n打赢“翻身仗”\n——槐荫区一季度经济观察\n{CLOSE.format(p='', r='槐荫区')}")
    assert (page.articles[0].headline, page.articles[0].deck) == ("打赢“翻身仗”", ("——槐荫区一季度经济观察",))


def test_a_byline_set_at_the_right_closes_its_article():
    signed = "".join(
        f"{region}造林完成六成\n\n{CLOSE.format(p='    ', r=region)}{' ' * 40}本报记者 {name}\n\n"
        for region, name in (("安塞区", "周敏"), ("宝塔区", "刘伟"))
    )
    articles = repair_page(signed).articles
    assert [(a.headline, a.authors) for a in articles] == [
        ("安塞区造林完成六成", ("周敏",)),
        ("宝塔区造林完成六成", ("刘伟",)),
    ]


WRAPPED = (
    "全区粮食收购工作有序展开\n\n连日来，各收储库点早开门、晚收秤，售粮车辆随到随卸。\n{heads}\n"
    "农户凭身份证在窗口扫码登记，过磅以后当场结算，\n钱款两小时内到账，不打一张白条，也不让一位农民\n卖过夜粮，这是收储企业今年秋天作出的公开承诺。\n"
    "质检员每天抽检三次。\n"
)


@pytest.mark.parametrize(
    ("heads", "whole"),
    [
        ("一、结算方式有了新变化", "一、结算方式有了新变化"),
        ("（二）把结算窗口搬到地磅旁边去", "（二）把结算窗口搬到地磅旁边去"),
        (
            "一、把资金足额备好并把结算窗口搬到地磅旁边去让\n农户少跑路",
            "一、把资金足额备好并把结算窗口搬到地磅旁边去让 农户少跑路",
        ),
    ],
)
def test_a_numbered_heading_in_a_column_without_indents_is_one_subhead(heads, whole):
    assert [text for _, role, text in roles(WRAPPED.format(heads=heads)) if role == "subhead"] == [whole]


def test_headings_of_one_length_on_a_page_of_whole_paragraphs_make_no_column():
    raw = "秋收进度过七成\n\n{a}\n一、收割机手连轴转\n收割机手连轴转了九天。{a}\n二、烘干塔日夜不熄火\n{a}\n"
    page = repair_page(raw.format(a="全县投入收割机、打捆机1900台套，抢收水稻、大豆和玉米，" * 3 + "进度快于往年。"))
    assert [p.text for p in page.paragraphs if p.role == "subhead"] == ["一、收割机手连轴转", "二、烘干塔日夜不熄火"]


def test_a_line_that_leads_into_a_list_is_text():
    points = "  会议要求，抓好以下三件事：\n  一、修好路。\n  二、管好水。\n"
    raw = f"全区工作会议召开\n\n{CLOSE.format(p='  ', r='槐荫区')}{points}"
    assert [text for _, role, text in roles(raw) if role == "subhead"] == []


def test_nothing_is_joined_to_a_text_that_ends_with_its_authors():
    text = "三条新街路昨日通车，车流比以往顺畅。交警支队说，路口等候时间缩短了四成，事故也少了一半。（周敏 刘伟）"
    lines = [*set_paragraph(text, Style(16, "　　")), "老旧小区改造第四批明年三月开工哩"]
    raw = "\n".join([*lines, *set_paragraph(text, Style(16, "　　"))])
    assert next(p.text for p in repair_page(raw).paragraphs) == text
