"""What figures say: a sentence, one of its figures, and the fact that a reader takes from it.

The cases are `tests/gold/figures/sentences.csv`; a measure with - before it is a decrease.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.extraction.facts.reading import read

_CASES = Path(__file__).parents[2] / "gold" / "figures" / "sentences.csv"
CASES = list(csv.DictReader(_CASES.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['figure']} in {case['sentence']}")
def test_a_figure_in_its_sentence(case: dict[str, str]) -> None:
    fact = next(m for m in read(case["sentence"]) if m.quantity.text == case["figure"])
    sign = "-" if fact.value < 0 else ""
    assert (sign + fact.measure, fact.comparison or "", fact.modality, fact.indicator) == (
        case["measure"],
        case["comparison"],
        case["modality"],
        case["indicator"],
    )
