"""The guide shows the forms that the tests read."""

from __future__ import annotations

from pathlib import Path

from tasks.extraction.quantities import find_quantities
from tests.extraction.quantities.spelling import table

_GUIDE = Path(__file__).parents[3] / "docs" / "figures-numbers.md"


def test_the_table_of_forms_is_the_one_that_the_tests_make():
    shown = _GUIDE.read_text("utf-8").partition("<!-- forms -->")[2].partition("<!-- /forms -->")[0]
    assert shown.strip() == table(), "print it with: python -m tests.extraction.quantities.spelling"


def test_the_example_of_the_import_is_right():
    found = find_quantities("完成产值45. 3亿元，同比增長16.6 %，带动三万五千余人就业")
    assert [(q.text, q.value, q.unit, q.dimension, q.qualifier) for q in found] == [
        ("45. 3亿元", 4530000000.0, "元", "money", None),
        ("16.6 %", 16.6, "%", "percent", None),
        ("三万五千余人", 35000.0, "人", "count", "about"),
    ]
