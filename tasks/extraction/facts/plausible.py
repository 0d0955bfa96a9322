"""Figures that cannot be: beyond what a unit or an indicator reaches, or at odds with the figures beside them.

What belongs here: doubting a fact by its value. What does not: reading the value, and refusing rows (the gate).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

from tasks.lexicon import read_table
from tasks.page import Finding, Metric

_DOUBTFUL = 0.3
"""The most confidence that a fact with an impossible value can have."""

_OFF = 3.0
"""Percentage points by which a rate may differ from the level and change beside it: rounding, constant prices."""


def doubt(metrics: Iterable[Metric]) -> tuple[list[Metric], list[Finding]]:
    """Lowers the confidence of figures that cannot be, and tells of them.

    Args:
        metrics: The figures of a page in reading order.

    Returns:
        All the figures, and a finding for each doubtful one.
    """
    kept: list[Metric] = []
    findings: list[Finding] = []
    for _, sentence in groupby(metrics, key=lambda m: (m.paragraph, m.sentence)):
        figures = list(sentence)
        at_odds = set(_at_odds(figures))
        for at, metric in enumerate(figures):
            code = "quantity.implausible" if _is_beyond(metric) else "quantity.contradicts" if at in at_odds else ""
            if code:
                findings.append(Finding("warning", code, f"paragraph {metric.paragraph}", metric.quantity.text))
                metric = replace(metric, confidence=min(metric.confidence, _DOUBTFUL))
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
    return [replace(m, confidence=min(m.confidence, _DOUBTFUL), doubts=(*m.doubts, why)) for m in metrics]


def _is_beyond(metric: Metric) -> bool:
    """Tells whether a value is more than its unit or its indicator can have."""
    most = _most()
    value = max(abs(metric.value), abs(metric.value_high or 0))
    limits = [most.get(("dimension", metric.quantity.dimension)), most.get(("unit", metric.quantity.unit))]
    if (
        metric.indicator
        and metric.measure in ("share", "level")
        and metric.quantity.dimension in ("percent", "permille")
    ):
        limits.extend(
            limit for (kind, name), limit in most.items() if kind == "indicator" and metric.indicator.endswith(name)
        )
    return any(limit is not None and value > limit for limit in limits)


def _at_odds(figures: list[Metric]) -> Iterator[int]:
    """Finds a level, the change of it and the rate of the change, one after the other, that do not fit together."""
    for at, (level, change, rate) in enumerate(zip(figures, figures[1:], figures[2:], strict=False)):
        beside = (
            level.measure == "level"
            and change.measure == rate.measure == "growth"
            and level.quantity.unit == change.quantity.unit != "%"
            and rate.quantity.unit == "%"
            and level.indicator == change.indicator == rate.indicator
        )
        levels = [m for m in figures[: at + 1] if m.measure == "level" and m.quantity.unit == change.quantity.unit]
        if beside and not any(_fits(each, change, rate) for each in levels):
            yield from (at, at + 1, at + 2)


def _fits(level: Metric, change: Metric, rate: Metric) -> bool:
    before = level.value - change.value
    return before <= 0 or abs(change.value / before * 100 - rate.value) <= max(_OFF, abs(rate.value) / 2)


@cache
def _most() -> dict[tuple[str, str], float]:
    return {(row["kind"], row["name"]): float(row["most"]) for row in read_table("plausible")}
