"""Lines that stand for themselves: verses, rows of a table with its head, points of a list below their lead."""

from __future__ import annotations

import pytest

from tasks.repair import repair_page
from tasks.repair.lines import column_edges, read_sheet
from tasks.repair.series import find_series, read_point
from tasks.repair.tables import table_lines
from tasks.repair.verse import short_rows, verse_lines

VERSES = ["井绳勒出深深的年轮", "一桶一桶都是月光", "孩子们跑过晒谷场", "影子长得像夏天"]
LEAD = "　　李长海退休以后开始写诗。他写过一首《井绳》，村里的孩子都会背："
AFTER = "　　如今这首诗刻在村口的石碑上，来往的游客常常停下来读一读，然后问路。"
REPORT = "本报讯（记者 周敏）11月2日，河口区召开冬季供暖工作会议，研究了老旧管网改造的进度。"


def parts(raw: str) -> list[tuple[str, str]]:
    return [(p.role, p.text) for p in repair_page(raw).paragraphs]


@pytest.mark.parametrize("marks", ["", "，。"])
@pytest.mark.parametrize("indent", ["", "　　"])
def test_verses_below_a_line_that_leads_into_them_stay_lines_of_the_text(marks, indent):
    lines = [line + (marks[at % 2] if marks else "") for at, line in enumerate(VERSES)]
    raw = "\n".join([LEAD, *(indent + line for line in lines), AFTER])
    assert parts(raw) == [("body", text.strip()) for text in (LEAD, *lines, AFTER)]


def test_a_poem_is_no_heading_of_the_report_below():
    raw = "山村的早晨\n周敏\n\n" + "\n".join(VERSES) + "\n\n老矿工退休以后\n" + REPORT
    page = repair_page(raw)
    assert [a.headline for a in page.articles] == ["山村的早晨", "老矿工退休以后"]
    assert [p.text for p in page.paragraphs if p.article == 1 and p.role == "body"] == VERSES
    assert page.findings == ()  # a verse does not break off


def test_a_heading_of_four_lines_is_no_verse():
    raw = "区委召开工作会议\n王某在会上强调\n坚定信心 迎难而上\n推动供暖改造见实效\n" + REPORT
    lines = read_sheet(raw)
    assert list(verse_lines(lines, [0] * len(lines))) == []


def test_lines_of_a_narrow_column_are_no_verse():
    text = "近年来，河口区把老旧管网改造作为民生大事来抓，新建改造供热管道一百二十公里，供暖质量明显提高。"
    lines = read_sheet("\n".join(text[at : at + 9] for at in range(0, len(text), 9)))
    edges = list(map(max, *column_edges(lines)))
    assert all(row.odds < 0 for row in short_rows(lines, edges))


@pytest.mark.parametrize("space", [" ", "　", "\t", "   "])
def test_the_head_of_a_table_belongs_to_its_rows(space):
    rows = [space.join(row) for row in (("品名", "单价", "涨跌"), ("白菜", "1.2", "-8%"), ("鲫鱼", "18.5", "5%"))]
    page = parts(f"河口区菜价回落\n{REPORT}\n\n本周菜价一览\n" + "\n".join(rows) + "\n\n居民不必囤菜，价格还会降。")
    assert page[0] == ("headline", "河口区菜价回落")
    assert [text for role, text in page if role == "body"][1:] == [*rows, "居民不必囤菜，价格还会降。"]


def test_rows_with_one_figure_are_told_by_standing_together():
    rows = ["车次 始发站 终到站 开点", "K101 柳河 省城 08:15", "T27 省城 柳河 13:05"]
    assert list(table_lines(read_sheet("\n".join(rows)))) == [0, 1, 2]
    assert list(table_lines(read_sheet("建队伍 强阵地 树品牌\n张三 李四 王五"))) == []


@pytest.mark.parametrize("end", ["", "；", "。"])
@pytest.mark.parametrize("form", ["{}.", "{}、", "（{}）"])
def test_points_below_a_colon_are_text_and_not_headings(form, end):
    points = [form.format(n) + text + end for n, text in enumerate(("注水打压", "逐户登记困难家庭", "电话有人接听"), 1)]
    raw = "\n".join(
        ["河口区部署供暖", "", "会议提出三点要求：", *points, "会议强调，供暖是民生大事，各单位要抓好落实。"]
    )
    page = repair_page(raw)
    assert page.articles[0].headline == "河口区部署供暖"
    assert [p.text for p in page.paragraphs if p.role == "body"][:4] == ["会议提出三点要求：", *points]
    assert page.findings == ()


def test_wrapped_points_begin_paragraphs_where_nothing_is_indented():
    lines = [
        "11月2日，河口区召开冬季供暖工作会",
        "议，研究了管网改造。会议提出两点要求：",
        "1.各供热企业要在11月10日前完成注水",
        "打压，发现漏点当日修复；",
        "2.街道和社区要逐户登记困难家庭，做",
        "到一户不漏。",
    ]
    texts = [text for _, text in parts("\n".join(lines))]
    assert texts == ["".join(lines[:2]), "".join(lines[2:4]), "".join(lines[4:])]


def test_headings_with_text_below_are_no_points():
    text = "今年以来，全区新建改造供热管道一百二十公里，供暖质量明显提高，群众满意。"
    page = parts(f"河口区部署供暖\n\n一、抓好管网改造\n{text}\n二、抓好困难家庭供暖\n{text}")
    assert [role for role, _ in page] == ["headline", "subhead", "body", "subhead", "body"]


def test_a_series_counts_on_in_one_form():
    lines = read_sheet("1.甲\n2.乙\n（一）丙\n3.丁\n（二）戊\n5.己")
    found = [[point.at for point in points] for points in find_series(lines)]
    assert found == [[0, 1, 3], [2, 4]]
    assert read_point("2.5亿元") is None
