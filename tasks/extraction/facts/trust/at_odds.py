"""Rates of growth that do not fit the levels and changes printed beside them.

What belongs here: reckoning a printed growth again. What does not: what follows for the figures (`contradictions`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.lexicon.grammar import pattern
from tasks.page import Measure, Metric, Paragraph

TWO_LEVELS = "facts.growth_does_not_fit_levels"
"""由45.3亿元增加到50.1亿元，增长16.6%."""

LEVEL_AND_CHANGE = "quantity.contradicts"
"""58301元，比上年增加1060元，增长22.2%."""

_ORIGIN = pattern("modality.from_a_level")
_CHANGE = sorted(triggers_of("up") | triggers_of("down"))
_REACHED = pattern("trust.to_a_level", change=_CHANGE)
_RATE = sorted(triggers_of("rate_up") | triggers_of("rate_down"))
_ONLY_GROWTH = pattern("trust.growth_alone", change=_CHANGE, rate=_RATE)
_ROUNDING = 0.6
"""Points by which a growth may miss the one of its two printed levels, beside what their rounding explains."""
_PRICES = 3.0
"""Points by which it may miss the one of a level and its change: rates are often those at constant prices."""


def at_odds(metrics: Sequence[Metric], places: Mapping[int, Paragraph]) -> dict[int, str]:
    """Finds figures of which one must be wrong.

    Args:
        metrics: The figures of a page, in reading order.
        places: The paragraphs by `Paragraph.seq`.

    Returns:
        The code of the finding, by the position in `metrics`.
    """
    found: dict[int, str] = {}
    for n in range(len(metrics) - 2):
        first, second, rate = metrics[n : n + 3]
        if rate.quantity.unit != "%" or rate.measure != Measure.GROWTH or first.quantity.unit != second.quantity.unit:
            continue
        code = ""
        if second.measure == Measure.GROWTH:
            code = LEVEL_AND_CHANGE if _misses_change(metrics, n) else ""
        elif _is_from_to(first, second, rate, places) and not _fits(first, second, rate):
            code = TWO_LEVELS
        if code:
            found.update(dict.fromkeys((n, n + 1, n + 2), code))
    return found


def _misses_change(metrics: Sequence[Metric], n: int) -> bool:
    """Tells whether a change and its rate fit no level of their sentence."""
    level, change, rate = metrics[n : n + 3]
    beside = level.measure == Measure.LEVEL and change.quantity.unit != "%"
    if not beside or not level.sentence == change.sentence == rate.sentence or level.paragraph != rate.paragraph:
        return False
    if not level.indicator == change.indicator == rate.indicator:
        return False
    levels = [
        m
        for m in metrics[: n + 1]
        if m.measure == Measure.LEVEL
        and m.quantity.unit == change.quantity.unit
        and (m.paragraph, m.sentence) == (level.paragraph, level.sentence)
    ]
    return not any(_fits_change(each, change, rate) for each in levels)


def _fits_change(level: Metric, change: Metric, rate: Metric) -> bool:
    before = level.value - change.value
    return before <= 0 or abs(change.value / before * 100 - rate.value) <= max(_PRICES, abs(rate.value) / 2)


def _is_from_to(first: Metric, second: Metric, rate: Metric, places: Mapping[int, Paragraph]) -> bool:
    if first.quantity.dimension in ("percent", "ratio") or first.measure != Measure.LEVEL:
        return False
    if not first.paragraph == second.paragraph == rate.paragraph or not first.value or rate.value_high is not None:
        return False
    text = places[rate.paragraph].text if rate.paragraph in places else ""
    between = text[first.quantity.end_char : second.quantity.start_char]
    after = text[second.quantity.end_char : rate.quantity.start_char]
    lead = text[max(0, first.quantity.start_char - 16) : first.quantity.start_char]
    return bool(_ORIGIN.search(lead) and _REACHED.match(between) and _ONLY_GROWTH.fullmatch(after))


def _fits(first: Metric, second: Metric, rate: Metric) -> bool:
    ends = [(b / a - 1) * 100 for a in _rounded(first) for b in _rounded(second) if a]
    return min(ends) - _ROUNDING <= rate.value <= max(ends) + _ROUNDING


def _rounded(metric: Metric) -> tuple[float, float]:
    """Gives the least and the greatest value that a printed number may stand for."""
    digits = re.match(r"[\d.]+", metric.quantity.text)
    if digits is None or not float(digits.group()):
        return metric.value * 0.9, metric.value * 1.1
    places = len(digits.group().partition(".")[2])
    half = 0.5 * 10**-places / float(digits.group())
    loose = 0.05 if metric.qualifier else 0.0
    return metric.value * (1 - half - loose), metric.value * (1 + half + loose)
