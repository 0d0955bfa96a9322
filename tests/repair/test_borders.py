"""Where articles end: without any credit, at jumps, at pictures, in short news; headlines against subheads."""

import pytest

from tasks.repair import repair_page
from tasks.repair.borders import read_borders
from tasks.repair.units import read_units
from tests.bench.layout_borders import read_page
from tests.bench.layout_measure import measure
from tests.bench.layout_pages import Style, set_paragraph
from tests.bench.layout_unkind import unkind_pages

BUS = (
    "  城区公交新开三条线路，首末班车时间延长到晚上十点，沿线居民出行更方便。\n"
    "  公交公司调度员说，新线路串起车站、医院和学校，每天发车一百二十班，公交客流比去年增加一成。\n"
)
BUSES = "城区公交三条新线方便居民夜间出行"
LOOMS = "古镇丝绸厂老织机织出三千万元产值"
SILK = (
    "  7月8日，古镇丝绸厂的老织机又响了。七十岁的织工把技艺教给年轻人，三年带出徒弟四十名。\n"
    "  丝绸厂厂长说，今年接到海外订单两百多笔，丝绸产值有望超过三千万元，织工收入增加两成。\n"
)


def headlines(raw):
    return [article.headline for article in repair_page(raw).articles]


def test_an_article_without_any_credit_begins_where_the_talk_changes():
    raw = f"{BUSES}\n\n{BUS}\n\n{LOOMS}\n\n{SILK}"
    assert headlines(raw) == [BUSES, LOOMS]


def test_a_subhead_stays_where_the_talk_goes_on():
    more = "  公交公司还给老旧公交车换上新座椅，公交线路的站牌也全部更新，居民看得清楚。\n"
    raw = f"{BUSES}\n\n{BUS}\n旧车换新貌\n\n{more}"
    page = repair_page(raw)
    assert [p.text for p in page.paragraphs if p.role == "subhead"] == ["旧车换新貌"]
    assert len(page.articles) == 1


@pytest.mark.parametrize("mark", ["（上接第一版）", "[上接第1版]", "［上接第二版］", "（上接A01版）"])
@pytest.mark.parametrize("gap", ["", "\n"])
def test_what_comes_from_another_page_is_an_article_of_its_own(mark, gap):
    page = repair_page(f"{BUSES}\n\n{BUS}{gap}  {mark}订单两百多笔，丝绸产值有望超过三千万元。\n")
    assert len(page.articles) == 2
    assert page.paragraphs[-1].text.startswith(mark)
    assert page.articles[1].headline is None


def test_what_goes_on_on_another_page_ends_its_article():
    jumping = "公交公司计划明年再开通夜间公交线路两条，并在沿线的医院、学校和车站增设电子站牌和候车亭（下转第三版）"
    lines = [line for text in (*BUS.split(), jumping) for line in set_paragraph(text, Style(22, "  "))]
    page = repair_page("\n".join([BUSES, "", *lines, LOOMS, "", SILK]))
    assert [a.headline for a in page.articles] == [
        BUSES,
        LOOMS,
    ]
    assert any(p.text.endswith("候车亭（下转第三版）") for p in page.paragraphs)


def test_a_picture_with_a_title_is_an_article_and_its_photographer_no_author():
    raw = f"{BUSES}\n\n{BUS}\n\n古镇丝绸织出好日子\n\n古镇织工在老织机前忙碌。周敏 摄\n\n\n"
    page = repair_page(raw)
    assert [a.headline for a in page.articles] == [BUSES, "古镇丝绸织出好日子"]
    assert page.paragraphs[-1].role == "caption"
    assert [a.authors for a in page.articles] == [(), ()]


def test_a_picture_of_something_else_is_an_article_without_headline():
    raw = f"{BUSES}\n\n{BUS}\n\n雪后的长城吸引摄影爱好者前来拍照。（周敏 摄）\n\n\n{LOOMS}\n\n{SILK}"
    page = repair_page(raw)
    assert [a.headline for a in page.articles] == [
        BUSES,
        None,
        LOOMS,
    ]


def test_short_news_under_one_name_is_one_article():
    items = "■城区公交新开三条线路，首末班车时间延长。\n■古镇丝绸厂接到海外订单两百多笔。\n"
    page = repair_page(f"一句话新闻\n\n{items}\n\n{LOOMS}\n\n  □本报记者 周敏\n{SILK}")
    assert [a.headline for a in page.articles] == ["一句话新闻", LOOMS]
    assert [p.text[0] for p in page.paragraphs if p.article == 1 and p.role == "body"] == ["■", "■"]


def test_a_columns_name_above_a_headline_is_its_kicker():
    page = repair_page(f"【走基层】\n{BUSES}\n\n{BUS}")
    assert (page.articles[0].kicker, page.articles[0].headline) == ("【走基层】", BUSES)


def test_a_headline_set_in_a_pile_is_one():
    raw = f"{BUS}\n月满人\n间处处\n张灯结\n彩\n\n□本报记者 周敏\n{SILK}"
    assert "月满人 间处处 张灯结 彩" in headlines(raw)


def test_every_border_says_why():
    _, gaps = read_page(f"{BUSES}\n\n{BUS}\n\n{LOOMS}\n\n  □本报记者 周敏\n{SILK}")
    reasons = [gap.reason for gap in gaps]
    assert reasons[1].startswith("A new article: ")
    assert "byline" in reasons[1]
    assert all(reason.startswith("The same article: ") for reason in (reasons[0], reasons[2]))


def test_a_page_without_text_has_no_borders():
    assert read_borders(read_units([])) == []


def test_pages_laid_out_unkindly_come_back():
    got = measure(unkind_pages(30, seed=41))
    assert got.articles() >= 0.93
    assert got.f1("paragraphs") >= 0.88
    assert got.f1("authors") >= 0.93
    assert got.share("headline") >= 0.7
