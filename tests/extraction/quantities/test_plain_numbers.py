"""A text that is nothing but numbers is read without units; numbers among words are no figures without one."""

from __future__ import annotations

import pytest

from tasks.extraction.quantities import find_quantities, parse_quantity


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("一百五十二", [152]),
        ("负六点六", [-6.6]),
        ("1,050,000.25", [1050000.25]),
        ("7 万5 千4 百", [75400]),
        ("三百五十又三分之一", [350 + 1 / 3]),
        ("4 6/3", [6]),
        ("-12e-1", [-1.2]),
        ("2^5", [32]),
        ("40k", [40000]),
        (".5", [0.5]),
        ("二百三十三，五百七十七，一千六点五。", [233, 577, 1600.5]),
    ],
)
def test_reads_numbers_that_stand_alone(text, values):
    assert [q.value for q in find_quantities(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    "text", ["第一百五十二", "一切", "万", "1e400", "3万5", "陆地", "2023年", "0^-1", "1/0", "999999999^99", "1e99"]
)
def test_gives_nothing_where_more_stands_there_or_no_number(text):
    assert find_quantities(text) == []


def test_a_number_alone_is_one_quantity():
    quantity = parse_quantity("三万二")
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (32000.0, "")


@pytest.mark.parametrize("text", ["三分之" + "9" * 40 + "的", "9999万分之" + "9" * 30, "一又三分之" + "9" * 39])
def test_parts_beyond_counting_raise_nothing(text):
    assert all(q.text in text for q in find_quantities(text))
