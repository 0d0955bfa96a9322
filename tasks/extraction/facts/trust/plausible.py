"""Figures that cannot be: beyond what a unit or an indicator reaches.

What belongs here: doubting a fact by its value. What does not: reading the value, figures at odds with others
(`contradictions`), and refusing rows (the gate).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import inf

from tasks.extraction.facts.trust.confidence import DOUBTED
from tasks.lexicon import read_table
from tasks.page import Finding, Measure, Metric

_OF_A_WHOLE = (Measure.SHARE, Measure.LEVEL)


def doubt(metrics: Iterable[Metric]) -> tuple[list[Metric], list[Finding]]:
    """Lowers the confidence of figures that cannot be, and tells of them.

    Args:
        metrics: The figures of a page in reading order.

    Returns:
        All the figures, and a finding for each doubtful one.
    """
    kept: list[Metric] = []
    findings: list[Finding] = []
    for metric in metrics:
        if _is_beyond(metric):
            place = f"paragraph {metric.paragraph}"
            findings.append(Finding("warning", "quantity.implausible", place, metric.quantity.text))
            doubts = (*metric.doubts, "the value is more than its unit or indicator can have")
            metric = replace(metric, confidence=min(metric.confidence, DOUBTED), doubts=doubts)
        kept.append(metric)
    return kept, findings


def doubt_disordered(metrics: Iterable[Metric]) -> list[Metric]:
    """Lowers the confidence of the figures of a page whose lines are in no order, and says why.

    Args:
        metrics: The figures of the page.

    Returns:
        All of them.
    """
    why = "the page's lines are in no order"
    return [replace(m, confidence=min(m.confidence, DOUBTED), doubts=(*m.doubts, why)) for m in metrics]


def _is_beyond(metric: Metric) -> bool:
    """Tells whether a value is more than its unit or its indicator can have."""
    quantity = metric.quantity
    value = max(abs(metric.value), abs(metric.value_high or 0))
    if value > min(_most("dimension").get(quantity.dimension, inf), _most("unit").get(quantity.unit, inf)):
        return True
    if not metric.indicator or metric.measure not in _OF_A_WHOLE or quantity.dimension not in ("percent", "permille"):
        return False
    return any(value > limit for name, limit in _most("indicator").items() if metric.indicator.endswith(name))


@cache
def _most(kind: str) -> dict[str, float]:
    """Gives the most that each of one kind can have: a dimension, a unit or an indicator."""
    return {row["name"]: float(row["most"]) for row in read_table("plausible") if row["kind"] == kind}
