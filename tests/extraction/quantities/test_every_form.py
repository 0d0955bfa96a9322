"""Any number in any printed form is read to its value, and with anything glued on never to another."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from tasks.extraction.quantities import find_quantities
from tests.extraction.quantities.spelling import FORMS, UNITS, printed_numbers

_TOGETHER = 40
"""Figures in one text: long texts are read faster than many short ones."""


def misread(count: int, seed: int) -> list[str]:
    """Reads generated numbers and tells which came out wrong.

    Args:
        count: How many.
        seed: The same seed gives the same numbers.
    """
    rng = random.Random(seed)
    numbers = printed_numbers(seed)
    wrong: list[str] = []
    while count > 0:
        chosen = [(name, number, rng.choice(UNITS)) for name, number in islice(numbers, min(count, _TOGETHER))]
        count -= len(chosen)
        found = find_quantities("；".join(f"共有{number.text}{unit}" for _, number, unit in chosen))
        if [_spelled(q) for q in found] == [(float(n.value), high(n), u, n.about) for _, n, u in chosen]:
            continue
        faults = [f for name, number, unit in chosen if (f := _fault(name, number, unit))]
        wrong.extend(faults or [f"together: {[number.text for _, number, _ in chosen]}"])
    return wrong


def high(number):
    return None if number.high is None else float(number.high)


def _spelled(quantity):
    return quantity.value, quantity.value_high, quantity.unit, quantity.qualifier == "about"


def _fault(name, number, unit):
    found = find_quantities(f"共有{number.text}{unit}")
    if [_spelled(q) for q in found] == [(float(number.value), high(number), unit, number.about)]:
        return ""
    return f"{name}: {number.text}{unit} is {[(q.text, *_spelled(q)) for q in found]}, not {number.value}"


@pytest.mark.slow
def test_two_hundred_thousand_numbers_are_read_to_their_values():
    assert misread(200_000, seed=20261126)[:10] == []


@pytest.mark.parametrize("name", FORMS)
def test_with_a_letter_among_its_digits_no_number_is_read_to_another(name):
    rng = random.Random(name)
    for _ in range(150):
        number = FORMS[name](rng)
        places = [i for i, sign in enumerate(number.text) if sign in "0123456789" and i + 1 < len(number.text)]
        if not places:
            continue
        at = rng.choice(places)
        for letter in "OlI":
            text = f"产值{number.text[:at]}{letter}{number.text[at + 1 :]}元。"
            assert find_quantities(text) == [], text


@pytest.mark.parametrize(
    "glued",
    [
        "亿亿元",
        "3亿亿元",
        "1.2.3亿元",
        "45.3亿6元",
        "3万5元",
        "1e8元",
        "1.5亿3000万元",
        "4,56亿元",
        "1,1000万元",
        "三分之2一",
    ],
)
def test_what_is_no_number_as_a_whole_gives_no_part_of_one(glued):
    assert find_quantities(f"投资{glued}，") == []


@pytest.mark.parametrize("name", FORMS)
def test_a_number_stands_where_it_was_printed(name):
    rng = random.Random(name)
    for _ in range(50):
        number = FORMS[name](rng)
        text = f"总额{number.text}元，"
        (found,) = find_quantities(text)
        assert text[found.start_char : found.end_char] == found.text == f"{number.text}元"
