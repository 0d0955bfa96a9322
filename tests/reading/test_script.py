"""The script a page is printed in."""

from __future__ import annotations

import pytest

from tasks.reading.script import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("全区工业总产值增长", "hans"),
        ("全區工業總產值增長", "hant"),
        ("農民日報\n全区工业总产值增长，乡村旅游收入达到三亿元", "mixed"),
        ("乾隆年間", "hant"),
        ("皇后干杯", None),
        ("45.3 %", None),
        ("", None),
        ("统(tǒng)计(jì)数据显(xiǎn)示", "hans"),
    ],
)
def test_tells_the_script(text, script):
    assert script_of(text) == script


def test_one_name_in_the_other_script_makes_no_mixed_page():
    assert script_of("总产值增长" * 60 + "陳") == "hans"
