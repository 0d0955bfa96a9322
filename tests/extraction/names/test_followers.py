"""A name against the words right behind it."""

from __future__ import annotations

import pytest

from tasks.extraction.names.recogniser import recognise


def _names(text: str) -> list[str]:
    return [f"{text[s.start : s.end]} {s.type}" for s in recognise(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("中国政府向泰国政府表示感谢。", ["中国政府 ORG", "泰国政府 ORG"]),
        ("泰国财政部长发表讲话，泰国财政部随后公布数据。", ["泰国 LOC", "泰国财政部 ORG"]),
        ("京津冀区域和长三角地区进出口增长8%。", ["京津冀区域 LOC", "长三角地区 LOC"]),
        ("淮河流域的水库蓄水充足。", ["淮河流域 LOC"]),
        ("坚持以中国特色社会主义理论为指导。", []),
        ("河北大学保定校区启用。", ["河北大学保定校区 ORG"]),
        ("菜价低于城镇均价，全县评出两个示范村镇。", []),
        ("兰陵县向城镇发展大棚蔬菜。", ["兰陵县向城镇 LOC"]),
        ("粤港澳大湾区内各口岸客流增长。", ["粤港澳大湾区 LOC"]),
    ],
)
def test_the_words_behind_a_name_say_what_it_is(text, names):
    assert _names(text) == names
