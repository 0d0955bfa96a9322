"""One reading of characters: what is folded, what is left alone, and that the way back to the print is exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.reading import fold
from tasks.reading.folding import fold_characters


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("規模以上工業增加值同比增長", "规模以上工业增加值同比增长"),
        ("農民日报", "农民日报"),  # a traditional masthead over simplified text
        ("⼯业增⻓，⻄安市⻓安区", "工业增长，西安市长安区"),  # radicals out of a PDF
        ("１２．５％，ＧＤＰ", "12.5%，GDP"),
        ("二○一八年、二O二二年、二０二○年", "二〇一八年、二〇二二年、二〇二〇年"),
        ("統(tǒng)計(jì)數(shù)據(jù)", "统计数据"),
        ("乾隆年間晒乾了", "乾隆年间晒干了"),  # 乾 by the phrase it stands in
        ("頭髮與發展，這裡與公里", "头发与发展，这里与公里"),
        ("皇后在後面", "皇后在后面"),
        ("45\u200b.3亿\u00ad元\ufeff", "45.3亿元"),
        ("每公里（km）、局（见图）", "每公里（km）、局（见图）"),
        ("12○家，45.O亿元", "12○家，45.O亿元"),  # a letter among Arabic digits is for the numerals to refuse
    ],
)
def test_reads(printed, read):
    assert fold(printed).text == read


def test_the_way_back_stands_on_the_print():
    printed = "一季度\u200b完成統(tǒng)計(jì)投資4\u20605億元"
    folded = fold(printed)
    for piece, print_of_it in (("统计", "統(tǒng)計"), ("45亿元", "4\u20605億元")):
        at = folded.text.index(piece)
        start, end = folded.span(at, at + len(piece))
        assert printed[start:end] == print_of_it


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("統tǒng(ǒ)計\u200b\u00ad○O一二亿4.５乾隆⻓")) | st.text())
def test_offsets_of_any_text_point_at_what_was_read(text):
    folded = fold(text)
    if folded.offsets is None:
        assert len(folded.text) == len(text)
        assert fold_characters(text) == folded.text
        return
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    kept = "".join(text[i] for i in folded.offsets[:-1])
    assert fold_characters(kept) == folded.text
