"""Figures that contradict the calendar or each other are read again, and doubted where they stay so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tasks.extraction.facts.trust.confidence import DOUBTED
from tasks.extraction.facts.trust.contradictions import settle_contradictions
from tasks.page import Paragraph
from tests.extraction.facts.reading import DAY, read

PRINTED = date(2023, 7, 20)


def settle(text: str, **changes):
    """Reads a sentence, changes what was read, and settles it."""
    facts = [replace(m, **changes) for m in read(text)]
    return settle_contradictions(facts, [], PRINTED)


def test_a_time_without_a_year_goes_back_by_one():
    later = {"period": "四季度", "period_start": date(2023, 10, 1), "period_end": date(2023, 12, 31)}
    (fact,), findings = settle("产值45.3亿元。", **later)
    assert (fact.period_start, fact.period_end, findings) == (date(2022, 10, 1), date(2022, 12, 31), [])


def test_what_is_told_for_a_year_to_come_is_planned():
    ahead = {"period": "2025年", "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    (fact,), _ = settle("2025年，产值45.3亿元。", **ahead)
    assert (fact.modality, fact.period_start) == ("planned", date(2025, 1, 1))


def test_what_is_said_to_be_done_keeps_no_time_to_come():
    ahead = {"period": "2025年", "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    (fact,), (finding,) = settle("已完成产值45.3亿元。", **ahead)
    assert (fact.modality, fact.period, fact.period_start, fact.period_end) == ("actual", "2025年", None, None)
    assert fact.confidence <= DOUBTED
    assert (finding.level, finding.code) == ("warning", "facts.done_in_the_future")
    assert fact.doubts == ("it is told as done for a time after the page was published",)
    assert "45.3亿元" in finding.excerpt


def test_a_plan_for_a_year_that_is_over_is_told_of():
    over = {"period": "2021年", "period_end": date(2021, 12, 31), "modality": "target"}
    _, (finding,) = settle("产值45.3亿元。", **over)
    assert finding.code == "facts.plan_in_the_past"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("产值由45.3亿元增加到50.1亿元，增长10.6%。", True),
        ("产值由45.3亿元增加到50.1亿元，增长16.6%。", False),
        ("用工从1.2万人减少到1.1万人，下降8.3%。", True),
        ("用工从1.2万人减少到1.1万人，下降18.3%。", False),
        ("产值由45.3亿元增加到50.1亿元，其中工业增长16.6%。", True),
    ],
)
def test_a_growth_must_fit_its_two_levels(text, fits):
    facts, findings = settle_contradictions(read(text), [Paragraph(1, 1, "body", text)], DAY)
    assert [f.code for f in findings] == ([] if fits else ["facts.growth_does_not_fit_levels"] * 3)
    assert fits or all(m.confidence <= DOUBTED and m.doubts for m in facts)
