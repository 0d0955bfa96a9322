"""Gaps between two lines: joined or broken, each by what it shows; and the round trip of laid-out paragraphs."""

import random

import pytest

from tasks.repair import repair_page
from tasks.repair.block import join_lines
from tasks.repair.lines import read_sheet
from tests.bench.layout_pages import Style, set_paragraph
from tests.bench.layout_roundtrip import round_trip, styles

COLUMN = [
    "近年来，新的社会阶层人士愈发成为一支促进经济社会",
    "高质量发展的重要力量。济南市历下区新的社会阶层人",
    "士进社区活动给出了行动方案，聚焦队伍建设和机制保",
    "障，让新的社会阶层人士深入社区网格，发挥新作用。",
]


def texts(raw):
    return [p.text for p in repair_page(raw).paragraphs if p.role != "furniture"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("目前，已经构筑起横向到边、纵向到", "底的井字形网络。"),
        ("项目占地约5平方公里，总投资约510亿", "元，总建设量约500万平方米。"),
        ("市中区储备上", "市资源企业49家。"),
        ("全区共有社区工作站126", "个，实现了全覆盖。"),
        ("会议提出要建设“泉城", "干部大学堂”，广泛开展讲座。"),
        ("接入平台的APP", "共有20个。"),
    ],
)
def test_a_sentence_cut_by_a_blank_line_is_one_paragraph(before, after):
    column = Style(24)
    lead = "".join(COLUMN)[: (96 - len(before)) // 24 * 24 - len(before) % 24]
    first, second = set_paragraph(lead + before, column), set_paragraph(after + "".join(COLUMN), column)
    raw = "\n".join([*COLUMN, "", *first, "", *second, "", *COLUMN])
    assert lead + before + after + "".join(COLUMN) in texts(raw)


def test_an_indented_line_starts_a_paragraph_where_paragraphs_are_indented():
    style = Style(20, "  ")
    paragraphs = ["".join(COLUMN), "".join(COLUMN[:2]) + "好。", "".join(COLUMN[2:])]
    raw = "\n".join(line for text in paragraphs for line in set_paragraph(text, style))
    assert texts(raw) == paragraphs


def test_a_column_may_change_its_width_within_a_paragraph():
    text = "".join(COLUMN) * 2
    narrow, wide = set_paragraph(text[:70], Style(14)), set_paragraph(text[70:], Style(24))
    assert texts("\n".join(narrow + wide)) == [text]


def test_text_cut_by_counting_characters_is_measured_by_them():
    paragraphs = [
        f"2023年，全区{n}月完成产值45.3亿元，同比增长16.6%，规模以上工业企业73家，实现开门红。" * 3 for n in (3, 4, 5)
    ]
    raw = "\n".join(text[k : k + 17] for text in paragraphs for k in range(0, len(text), 17))
    assert texts(raw) == paragraphs


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("济南市", "历下区。", "济南市历下区。"),
        ("use of", "data。", "use of data。"),
        ("共2", "0家。", "共20家。"),
        ("到 ", "底。", "到底。"),
    ],
)
def test_lines_are_joined_without_space_but_between_latin_words(left, right, joined):
    assert join_lines(read_sheet(f"{left}\n{right}")) == joined


def test_a_caption_inside_a_sentence_leaves_it_whole():
    first = "队伍建设上，抓牢村、社区干部教育管理，常态化推进上台比武等13项举措。阵地提升上，全面提升阵地"
    standfirst = "2023年已过半，济南市市中区始终把推动高质量发展作为根本任务，综合实力稳步跃升，为建设强省会贡献力量。"
    caption = "小庄村的文化广场丰富了群众的文化生活。"
    second = "服务体系，集中攻坚解决场所不达标问题，116个社区党群服务中心交相辉映，让群众感受到党组织就在身边。"
    page = repair_page(f"{first}\n\n{standfirst}\n\n\n\n{caption}\n\n{second}\n")
    assert [(p.role, p.text) for p in page.paragraphs] == [
        ("body", first + second),
        ("body", standfirst),
        ("caption", caption),
    ]
    assert page.paragraphs[0].lines == (1, 9)
    assert "cuts off" in page.paragraphs[0].line_reasons[1]


def test_every_line_has_its_reason_in_words():
    raw = "\n".join("  " + line if n == 0 else line for n, line in enumerate(COLUMN)) + "\n  下一步，全区将继续推进。"
    reasons = [reason for p in repair_page(raw).paragraphs for reason in p.line_reasons]
    assert len(reasons) == 5
    assert all(reason.startswith(("Joined: ", "Starts here: ")) and reason.endswith(".") for reason in reasons)
    assert "indented" in reasons[4] or "short" in reasons[4]


TARGETS = {"indent": 0.98, "blank line": 0.97, "fill only, kinsoku none": 0.88, "fill only, kinsoku push": 0.85,
           "fill only, kinsoku hang": 0.80}  # fmt: skip


@pytest.mark.parametrize("group", TARGETS)
def test_laid_out_paragraphs_come_back(group):
    total = good = 0
    for n, (_, _, style) in enumerate(s for s in styles() if s[0] == group):
        laid, found, _ = round_trip(style, 240 if "fill" in group else 36, seed=100 + n)
        total, good = total + laid, good + found
    assert good / total >= TARGETS[group]


@pytest.mark.parametrize("kinsoku", ["none", "push", "hang"])
def test_the_layouter_loses_nothing(kinsoku):
    dice = random.Random(4)
    text = "".join(COLUMN) + "“增长16.6%，”他说（图①）。"
    for _ in range(20):
        style = Style(dice.randint(13, 28), "\u3000", "none", kinsoku)
        assert "".join("".join(set_paragraph(text, style)).split()) == text


@pytest.mark.parametrize("stop", ["7.6%.", "7.6%．", "十二亿元 .", "“好得很”."])
def test_a_plain_full_stop_ends_a_paragraph(stop):
    raw = "\n".join(
        ["  " + COLUMN[0], *COLUMN[1:3], f"制保障，比上年增长{stop}", "  下一步，区里将继续减税降费.", "  " + COLUMN[0]]
    )
    assert next(text[-6:] for text in texts(raw)) == f"比上年增长{stop}"[-6:]
