"""One parser reads every credit, and says where in the print each of its words stands."""

from __future__ import annotations

import pytest

from tasks.reading.credits import read_credit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("□ 本 报 记 者  刘飞跃 通讯员 王 健", ["刘飞跃", "王 健"]),
        ("文/青石日报记者 塔娜 图/孟根朝鲁", ["塔娜", "孟根朝鲁"]),
        ("记者 刘婧李树新", ["刘婧", "李树新"]),
        ("本报驻南岭记者周敏", ["周敏"]),
        ("王国强（作者单位：市委党校）", ["王国强"]),
        ("通讯员关惠敏报道", ["关惠敏"]),
        ("通讯员关惠敏整理", ["关惠敏"]),
        ("刘婧、李树新摄", ["刘婧", "李树新"]),
        ("刘婧、李树新报道", ["刘婧", "李树新"]),
    ],
)
def test_each_name_is_given_with_its_place_in_the_print(text, names):
    placed = [(name, start, end) for word in read_credit(text).words for name, start, end in word.names]
    assert [text[start:end] for _, start, end in placed] == names
    assert [name for name, _, _ in placed] == [name.replace(" ", "") for name in names]


def test_a_credit_says_what_in_it_is_no_credit():
    credit = read_credit("记者 周敏 在会上获悉")
    assert credit.credited
    assert credit.foreign
    assert [(word.kind, word.text) for word in credit.words if word.kind == "foreign"] == [("foreign", "在会上获悉")]
