"""What a newspaper prints as a figure, and what it is worth: one line a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.extraction.quantities import find_quantities, parse_quantity

_GOLD = Path(__file__).parents[2] / "gold" / "figures"
# figures.txt: text = printed figure: value[~upper end] unit[ qualifier]; several figures are joined with ;


def _cases(name: str) -> list[str]:
    return [line for line in (_GOLD / name).read_text("utf-8").splitlines() if line]


def _spell(text: str) -> str:
    found = []
    for q in find_quantities(text):
        high = "" if q.value_high is None else f"~{q.value_high:.15g}"
        found.append(f"{q.text}: {q.value:.15g}{high} {q.unit} {q.qualifier or ''}".rstrip())
    return "; ".join(found)


@pytest.mark.parametrize("line", _cases("figures.txt"))
def test_reads_the_figure(line):
    text, expected = line.split(" = ")
    assert _spell(text) == "; ".join(part.rstrip() for part in expected.split("; "))


@pytest.mark.parametrize("text", _cases("no_figures.txt"))
def test_leaves_out_what_measures_nothing(text):
    assert _spell(text) == ""


def test_values_carry_no_float_dust():
    assert find_quantities("45.3亿元")[0].value == 4530000000.0
    assert find_quantities("1.1万人")[0].value == 11000.0


def test_ranks_and_multiples_say_what_they_are():
    assert [q.kind for q in find_quantities("增长2.3倍，居全省第二位，共3家")] == ["multiple", "rank", "quantity"]


def test_a_number_without_its_own_unit_is_marked_shared():
    assert [q.shared for q in find_quantities("增长107、89、85%")] == [True, True, False]


def test_chinese_counts_and_durations_are_optional_and_large_amounts_are_not():
    assert [q.optional for q in find_quantities("两家企业，26年，三千万元，八成，73家")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("3公里", 3000, "米"), ("10斤", 5, "千克"), ("1.5小时", 5400, "秒")]
)
def test_converts_exactly_where_it_can(text, value, unit):
    (quantity,) = find_quantities(text)
    assert (quantity.value_base, quantity.unit_base) == (value, unit)


def test_a_printed_figure_reads_the_same_alone():
    assert parse_quantity("2.5万余个") is not None
    assert parse_quantity("2.5万余个和3家") is None
