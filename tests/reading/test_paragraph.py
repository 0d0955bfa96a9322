"""A paragraph is read once: the same text gives the same value, whose parts are the paragraph's own."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from tasks.extraction.periods import find_periods
from tasks.reading.paragraph import read_paragraph


def test_the_same_text_is_read_once():
    assert read_paragraph("全年产值5亿元。") is read_paragraph("全年产值5亿元。")


def test_a_paragraph_of_a_broken_file_is_read_and_not_kept():
    text = "全年产值5亿元。" * 10_000
    assert read_paragraph(text) is not read_paragraph(text)
    assert len(read_paragraph(text).sentences) == 10_000


def test_nobody_writes_into_a_reading():
    with pytest.raises(FrozenInstanceError):
        read_paragraph("增长3%。").signs = ""


def test_sentences_are_the_text_and_clauses_and_quotations_lie_inside_them():
    reading = read_paragraph("云岭镇产值5亿元，增长3%！获评“全国第一村”，《村志》写成")
    assert "".join(s.text for s in reading.sentences) == reading.text
    said = [[s.text[a:b] for a, b in s.clauses] for s in reading.sentences]
    assert said == [["云岭镇产值5亿元", "增长3%"], ["获评“全国第一村”", "《村志》写成"]]
    assert [s.text[a:b] for s in reading.sentences for a, b in s.quoted] == ["“全国第一村”", "《村志》"]


def test_signs_stand_where_the_characters_stand():
    reading = read_paragraph("３—５年，總產值４\u200b５億元")
    assert reading.text == "3—5年，总产值45亿元"
    assert len(reading.signs) == len(reading.text)
    start = reading.signs.index("45")
    assert reading.printed[slice(*reading.folded.span(start, start + 2))] == "４\u200b５"


def test_times_are_given_as_printed_where_invisible_signs_stand_in_them():
    printed = "截至２０\u200b２３年６月底"
    (period,) = find_periods(printed, date(2023, 7, 20))
    assert (period.text, period.start_char, period.end_char) == (printed, 0, len(printed))
    assert period.end == date(2023, 6, 30)
