"""Whole pages: composed ones come back as they were made, and no character is ever lost.

The annotated ones are held by `tests/score/test_floors.py`.
"""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.repair import SideBySideColumns, repair_page
from tests.bench.layout_compose import compose_pages
from tests.bench.layout_measure import measure

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def test_composed_pages_with_headlines_on_either_side_come_back():
    got = measure(compose_pages(24, seed=23))
    assert got.f1("paragraphs") >= 0.96
    assert got.articles() >= 0.93
    assert got.share("headline") >= 0.85
    assert got.f1("authors") >= 0.90


def bare(text):
    return Counter(c for c in text if not c.isspace())


def printed(page):
    return sum((bare(p.text) for p in page.paragraphs), Counter())


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_no_character_of_a_seed_is_lost_or_added(path):
    raw = path.read_text("utf-8")
    assert printed(repair_page(raw)) == bare(raw.lstrip("\ufeff"))


SPACES = ["\n", "\n\n", " ", "\u3000\u3000", "\f", "\ufeff", "\r\n", "\t", "\x00", "\u200b", "\u2028", "😀", "APP"]
WORDS = ["本报讯 ", "□记者 王健", "（王健）", "济南", "45.3亿元", "新闻热线：", "——记", "编者按：", "图为"]
MARKS = ["。", "，", "“", "”", "：", "摄", "…"]
PIECES = st.sampled_from([*SPACES, *WORDS, *MARKS])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_keeps_its_characters_lines_and_numbering(raw):
    try:
        page = repair_page(raw)
    except SideBySideColumns:
        return
    assert printed(page) == bare(raw.lstrip("\ufeff"))
    assert [p.seq for p in page.paragraphs] == list(range(1, len(page.paragraphs) + 1))
    assert [a.seq for a in page.articles] == list(range(1, len(page.articles) + 1))
    assert all(len(p.lines) == len(p.line_reasons) >= 1 for p in page.paragraphs)
    assert {p.article for p in page.paragraphs if p.article} == {a.seq for a in page.articles}
    assert all((p.article is None) == (p.role == "furniture") for p in page.paragraphs)


def test_nothing_goes_across_a_form_feed():
    page = repair_page("本报讯 项目总投资约510亿\n\f元，年底完工。\n")
    assert [p.text for p in page.paragraphs] == ["本报讯 项目总投资约510亿", "元，年底完工。"]
    assert [p.lines for p in page.paragraphs] == [(1,), (2,)]
    assert [p.article for p in page.paragraphs] == [1, 2]


@pytest.mark.parametrize(
    ("raw", "paragraphs"),
    [
        ("", 0),
        ("\n" * 300_000 + "本报讯 你好。\n", 1),
        ("济南市完成工业总产值45.3亿元。" * 100_000, 1),
        ("\ufeff\n \u3000\n\f", 0),
    ],
    ids=["empty", "blank lines", "one huge line", "white space"],
)
def test_odd_pages_do_no_harm(raw, paragraphs):
    assert len(repair_page(raw).paragraphs) == paragraphs


def test_two_columns_side_by_side_are_refused_with_advice():
    left = "济南市槐荫区完成工业总产值，同比增长"
    right = "城区发展势头良好，各项指标位居全市前"
    raw = "\n".join(f"{left}{' ' * 6}{right}" for _ in range(12))
    with pytest.raises(SideBySideColumns, match=r"Line 1 .*pdftotext"):
        repair_page(raw)


def test_a_table_of_short_cells_is_not_two_columns():
    raw = "\n".join(f"{name}      {n}.5      {n}.1%" for n, name in enumerate(["历下区", "槐荫区", "天桥区"] * 8))
    assert repair_page(raw).paragraphs


def test_text_that_stops_in_mid_sentence_is_reported():
    page = repair_page("本报讯 近日，槐荫区公布一季度数据，全区完成工业总产值45.3亿元，同比增长16.6%，并将继续推动\n")
    assert [(f.level, f.code, f.where) for f in page.findings] == [("warning", "layout.unfinished", "line 1")]
    assert repair_page("本报讯 近日，槐荫区公布一季度数据。\n").findings == ()
