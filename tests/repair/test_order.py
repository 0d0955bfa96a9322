"""Columns read across, line by line: taken apart where that can be done, and never loaded without a word."""

import random

import pytest

from tasks.findings import finding_rows
from tasks.repair import repair_page
from tests.bench.layout_pages import Style, clean_articles, set_paragraph
from tests.bench.layout_unkind import unkind_pages


def columns(count, seed, width=18):
    """Sets articles in columns of one width, each a list of lines."""
    dice = random.Random(seed)
    chosen = dice.sample([a for a in clean_articles() if len(a["blocks"]) > 4], count)
    style = Style(width, "  ")
    return [
        [line for role, text in a["blocks"] if role == "body" for line in set_paragraph("".join(text.split()), style)]
        for a in chosen
    ]


def across(found):
    """Reads columns across."""
    longest = max(map(len, found))
    return [column[k] for k in range(longest) for column in found if k < len(column)]


def findings(page):
    return [f.code for f in page.findings if f.code != "layout.unfinished"]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_interleaved_columns_are_reported(count, seed):
    page = repair_page("\n".join(across(columns(count, seed))))
    assert findings(page) == ["layout.untangled"]
    assert page.findings[0].excerpt.endswith(" columns")


def test_two_interleaved_columns_are_taken_apart():
    found = columns(2, 1)
    page = repair_page("\n".join(across(found)))
    got = {p.text for p in page.paragraphs}
    wanted = [p.text for column in found for p in repair_page("\n".join(column)).paragraphs]
    assert sum(text in got for text in wanted) >= 0.7 * len(wanted)


def test_lines_in_no_order_are_reported_with_the_cure():
    lines = [line for column in columns(4, 2) for line in column]
    random.Random(3).shuffle(lines)
    page = repair_page("\n".join(lines))
    assert findings(page) == ["layout.disordered"]
    (row,) = [row for row in finding_rows("d1", page.findings, "repair", page) if row["code"] == "layout.disordered"]
    assert "column by column" in row["what_to_do"]


def test_lines_in_order_are_not():
    for raw, _ in unkind_pages(12, seed=8):
        assert findings(repair_page(raw)) == []


def test_a_few_interleaved_lines_are_reported_too():
    seen = []
    for seed in range(12):
        first, second = columns(2, seed, width=14)
        seen += findings(repair_page("\n".join(across([first[:9], second[:9]]))))
    assert len(seen) >= 11
    assert set(seen) <= {"layout.untangled", "layout.disordered"}


@pytest.mark.parametrize("seed", range(6))
def test_a_few_lines_in_order_are_not(seed):
    (column,) = columns(1, seed, width=14)
    assert findings(repair_page("\n".join(column[3:21]))) == []
