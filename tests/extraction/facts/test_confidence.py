"""Confidence is a probability that rises with its score, and a plain fact is told more surely than a vague one."""

from __future__ import annotations

from tasks.extraction.facts.ranking import calibrated
from tests.extraction.facts.reading import read


def test_confidence_never_falls_while_its_score_rises() -> None:
    told = [calibrated(total / 10) for total in range(-80, 81)]
    assert told == sorted(told)
    assert 0 <= told[0] < 0.5 < 0.9 < told[-1] <= 1


def test_a_plain_statistic_is_surer_than_a_quotation_about_nothing_named() -> None:
    (plain,) = read("上半年，临江市地区生产总值达到1865.3亿元。", names=[("临江市", "LOC")], headline="临江市半年报")
    (vague,) = read("“那阵子一棚能落下2万元，”他说。")
    assert plain.confidence > vague.confidence
