"""Lines inside a text that are no part of it: furniture, captions, page numbers; and what looks like them and is."""

from collections import Counter

import pytest

from tasks.repair import repair_page
from tests.bench.layout_pages import Style, set_paragraph

TEXT = (
    "近日，城区公交公司新开三条线路，首末班车时间延长到晚上十点，沿线居民出行更加方便，公交客流比去年同期增加"
    "百分之十二，车站、医院和学校之间的换乘时间平均缩短二十分钟，受到市民的普遍欢迎。"
)
COLUMN = set_paragraph(TEXT, Style(18, "  "))


def broken(*between, apart=""):
    """Sets the text in a column with lines between its third line and the next."""
    return "\n".join([*COLUMN[:3], *([apart] if apart else []), *between, *([apart] if apart else []), *COLUMN[3:]])


def parts(raw):
    return [(p.role, p.text) for p in repair_page(raw).paragraphs]


@pytest.mark.parametrize(
    "line",
    ["热线 96123", "第八版", "A03", "7", "本版编辑：周倩 校对：何苗", "版式制作：吴海峰", "经济·民生",
     "E-mail:qsrb2046@163.net  版式制作：刘伟", "青石日报 2013年4月1日 星期一", "星期一 2013年4月1日",
     "第2版(国内新闻) 专栏：", "青石時報", "招租：建设路12号临街门面 电话：13900001234", "【字号：加大 还原 减小】",
     "[查看原文]"],
)  # fmt: skip
@pytest.mark.parametrize("apart", ["", " "])
def test_furniture_in_the_middle_of_a_sentence_is_taken_out(line, apart):
    assert sorted(parts(broken(line, apart=apart))) == sorted([("body", TEXT), ("furniture", line)])


def test_a_slogan_between_the_halves_of_a_word_is_no_text():
    assert ("body", TEXT) in parts(broken("同心同德 再开新局"))


@pytest.mark.parametrize(
    "line", ["▲乘客在新站台候车。\n周敏 摄", "图为新开通的公交线路。", "公交车驶过新建的大桥。\n（周敏 摄）"]
)
def test_a_caption_in_the_middle_of_a_sentence_is_taken_out(line):
    page = repair_page(broken(*line.split("\n"), apart=" "))
    assert Counter(p.role for p in page.paragraphs) == {"body": 1, "caption": 1}
    assert page.articles[0].authors == ()


@pytest.mark.parametrize("figure", ["95%，", "50%", "240", "186.4", "11"])
def test_a_figure_on_a_line_of_its_own_belongs_to_its_sentence(figure):
    raw = f"  公交公司统计，今年以来新线路的乘客达到\n{figure}\n以上，比去年同期有所增加，市民普遍欢迎。\n"
    assert [text for _, text in parts(raw)] == ["".join(raw.split())]


def test_a_page_number_does_not_change_a_figure():
    raw = "\n".join([*COLUMN[:2], "3", "79%以上的乘客表示满意，公交公司将继续改进服务。"])
    assert all("379%" not in text for role, text in parts(raw) if role == "body" and "满意" not in text)


def test_a_large_initial_begins_its_paragraph():
    raw = "\n".join([TEXT[0], *set_paragraph(TEXT[1:], Style(16))])
    assert parts(raw) == [("body", TEXT)]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85", "\x0b", "\r\n", "\r"])
def test_lines_end_in_many_ways(end):
    page = repair_page(end.join(COLUMN))
    assert [p.text for p in page.paragraphs] == [TEXT]
    assert page.paragraphs[0].lines == tuple(range(1, len(COLUMN) + 1))


@pytest.mark.parametrize("stop", ["．", "."])
def test_full_stops_are_printed_in_many_ways(stop):
    texts = [TEXT.replace("。", stop), f"市民说，新线路方便了上班的人，也方便了上学的孩子{stop}"]
    raw = "\n".join(line for text in texts for line in set_paragraph(text, Style(18, "  ")))
    assert parts(raw) == [("body", text) for text in texts]


@pytest.mark.parametrize(
    "head",
    ["一、坚持民生优先，把公共交通作为城市发展的头等大事来抓", "（三）着力提升运力", "第二部分 明年工作安排",
     "2.延长首末班车时间，方便上夜班的职工和晚归的学生"],
)  # fmt: skip
def test_numbered_headings_of_any_length_are_subheads(head):
    raw = f"公交工作报告\n{TEXT}\n{head}\n{TEXT}\n"
    assert parts(raw)[1:] == [("body", TEXT), ("subhead", head), ("body", TEXT)]


def test_points_after_a_dash_begin_paragraphs():
    points = ["——运力总体平稳。全年开行公交车十二万班，比上年增加一成。", "——服务继续改善。新建站台四十座，乘客满意。"]
    assert [text for role, text in parts("公交工作报告\n" + "\n".join(points)) if role == "body"] == points


def test_points_of_a_numbered_list_stay_apart():
    points = ["1.新开三条线路；", "2.延长首末班车；", "3.改建站台四十座。"]
    lead = "公交公司明年计划办好三件实事，请市民监督："
    assert [text for role, text in parts("\n".join([lead, *points])) if role == "body"] == [lead, *points]


@pytest.mark.parametrize(
    "line",
    [
        "B2 民生 责任编辑：周倩",
        "— 3 —",
        "·12·",
        "- 5 -",
        "第 4 页",
        "第4页 共8页",
        "每份1.50元",
        "零售价2元 全年定价360元",
    ],
)
def test_page_numbers_of_any_dress_and_prices_stay_out_of_a_sentence(line):
    found = parts(broken(line))
    assert ("furniture", line) in found
    assert ("body", TEXT) in found


def test_circled_points_of_a_list_stay_apart():
    points = ["①修好三条断头路；", "②管好两座泵站；", "③护好一片林。"]
    raw = "  会议提出，明年的工作重点已经排定，各部门要照单办理，\n按月公开进度。\n" + "\n".join(points) + "\n"
    assert [text for _, text in parts(raw)][-3:] == points
