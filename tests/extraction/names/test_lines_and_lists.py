"""Lines, roads and lists of firms are looked for only around their telling words: nothing is lost by that."""

from __future__ import annotations

import random

from tasks.extraction.names.find import compounds

SIGNS = "高速铁路公城际客专轻轨段局司警国省县道104GSX.K、等三家企业公司龙头重点和A甲乙丙丁。，"


def test_what_is_looked_for_around_a_telling_word_is_what_the_whole_pattern_finds():
    dice = random.Random(16)
    for _ in range(300):
        text = "".join(dice.choice(SIGNS) for _ in range(300))
        for kind, most, whole in (
            (compounds._KIND_OF_ROAD, 5, compounds._NUMBERED_ROAD),
            (compounds._KIND_OF_LINE, 3, compounds._OTHER_LINE),
        ):
            found = [match.span() for match in compounds._before(kind, most, whole, text)]
            assert found == [match.span() for match in whole.finditer(text)], text
        lists = [match.span(1) for match in compounds._lists_of_firms(text)]
        assert lists == [match.span(1) for match in compounds._FIRMS.finditer(text)], text


def test_the_longest_list_of_firms_is_found_whole():
    text = "、".join(["甲" * 12] * 9) + "、" + "乙" * 8 + "和" + "丙" * 8 + "等企业"
    assert [match.start() for match in compounds._lists_of_firms("在" * 20 + "，" + text)] == [21]
