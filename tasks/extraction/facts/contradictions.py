"""Figures that contradict the calendar or each other: read again, and doubted where they stay so.

What belongs here: a figure told as done for a time to come, a plan wholly in the past, a growth that does not fit the
two levels printed beside it. What does not: the first reading of any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tasks.extraction.periods import shift_years
from tasks.page import Finding, Metric, Paragraph

DOUBTED = 0.35
"""Confidence that a figure keeps at most where a contradiction stays."""

_NAMES_YEAR = re.compile(r"\d{4}|[〇零○一二三四五六七八九]{4}年|[今明后]年|本年|民[国國]|“")
_DONE = re.compile(r"已|累计|了(?!解)|现有|目前|截至|以来|同比|环比")
_ORIGIN = re.compile(r"(?:从|由)[^，。；]{0,14}$")
_REACHED = re.compile(r"^[^，。；]{0,10}?(?:增长|增加|提高|提升|上升|升|扩大|涨|增|减少|下降|降|缩减)[到至为]")
_ROUNDING = 0.6
"""Points by which a growth may miss the one of its printed levels, beside what their rounding explains."""


def settle_contradictions(
    metrics: Sequence[Metric], paragraphs: Iterable[Paragraph], last_day: date | None
) -> tuple[list[Metric], list[Finding]]:
    """Reads figures again that contradict the calendar or each other; what stays so is doubted, with a finding.

    Args:
        metrics: The figures of a page, in reading order.
        paragraphs: The paragraphs of the page, for the place of a finding.
        last_day: Last day on which the page may have been published.

    Returns:
        The figures, in the same order, and the findings.
    """
    places = {p.seq: p for p in paragraphs}
    settled: list[Metric] = []
    findings: list[Finding] = []
    misfits = _misfits(metrics, places)
    for n, metric in enumerate(metrics):
        code = "facts.growth_does_not_fit_levels" if n in misfits else None
        if last_day is not None and metric.modality == "actual" and _is_to_come(metric, last_day):
            metric = _read_again(metric, last_day, places)
            code = "facts.done_in_the_future" if _is_unplaced(metric) else code
        elif last_day is not None and metric.modality != "actual" and _is_over(metric, last_day):
            code = "facts.plan_in_the_past"
        if code is not None:
            metric = replace(metric, confidence=min(metric.confidence, DOUBTED)) if code != _PAST else metric
            findings.append(_finding(code, metric, places))
        settled.append(metric)
    return settled, findings


_PAST = "facts.plan_in_the_past"


def _is_to_come(metric: Metric, day: date) -> bool:
    """Whether a figure's time begins after a day; of a time without a beginning (年末) the end counts."""
    begins = metric.period_start or metric.period_end
    return begins is not None and begins > day


def _is_over(metric: Metric, day: date) -> bool:
    return metric.period_end is not None and metric.period_end.year < day.year


def _is_unplaced(metric: Metric) -> bool:
    return metric.period_start is None and metric.period_end is None


def _read_again(metric: Metric, day: date, places: Mapping[int, Paragraph]) -> Metric:
    """Takes a time without a year back by one; where a time stays in the future, the figure is planned, or untimed.

    It is untimed where the words before it say that it is done (累计, 已, 了): the time was another figure's.
    """
    if not _NAMES_YEAR.search(metric.period or ""):
        start = shift_years(metric.period_start, -1) if metric.period_start else None
        end = shift_years(metric.period_end, -1) if metric.period_end else None
        earlier = replace(metric, period_start=start, period_end=end)
        if not _is_to_come(earlier, day):
            return earlier
    text = places[metric.paragraph].text if metric.paragraph in places else metric.sentence
    at = metric.quantity.start_char
    if not _DONE.search(text[max(text.rfind(mark, 0, at) for mark in "。；！") + 1 : at]):
        return replace(metric, modality="planned")
    return replace(metric, period_start=None, period_end=None)


def _misfits(metrics: Sequence[Metric], places: Mapping[int, Paragraph]) -> set[int]:
    """Finds growths that do not fit the two levels printed before them (由45.3亿元增加到50.1亿元，增长16.6%)."""
    found: set[int] = set()
    for n in range(len(metrics) - 2):
        first, second, growth = metrics[n : n + 3]
        text = places[growth.paragraph].text if growth.paragraph in places else ""
        if _is_change(first, second, growth, text) and not _fits(first, second, growth):
            found.update((n, n + 1, n + 2))
    return found


def _is_change(first: Metric, second: Metric, growth: Metric, text: str) -> bool:
    alike = first.quantity.unit == second.quantity.unit and first.quantity.dimension not in ("percent", "ratio")
    if not alike or growth.quantity.unit != "%" or growth.measure != "growth" or first.measure != "level":
        return False
    if not first.paragraph == second.paragraph == growth.paragraph or not first.value or growth.value_high is not None:
        return False
    between = text[first.quantity.end_char : second.quantity.start_char]
    after = text[second.quantity.end_char : growth.quantity.start_char]
    lead = text[max(0, first.quantity.start_char - 16) : first.quantity.start_char]
    bare = re.fullmatch(r"[）)，,]{0,2}(?:增长|增加|提高|上升|增幅|下降|减少|降幅)[了为达]*", after)
    return bool(_ORIGIN.search(lead) and _REACHED.match(between) and bare)


def _fits(first: Metric, second: Metric, growth: Metric) -> bool:
    low, high = _rounded(first), _rounded(second)
    ends = [(b / a - 1) * 100 for a in low for b in high if a]
    return min(ends) - _ROUNDING <= growth.value <= max(ends) + _ROUNDING


def _rounded(metric: Metric) -> tuple[float, float]:
    """Gives the least and the greatest value that a printed number may stand for."""
    digits = re.match(r"[\d.]+", metric.quantity.text)
    if digits is None or not float(digits.group()):
        return metric.value * 0.9, metric.value * 1.1
    places = len(digits.group().partition(".")[2])
    half = 0.5 * 10**-places / float(digits.group())
    loose = 0.05 if metric.qualifier else 0.0
    return metric.value * (1 - half - loose), metric.value * (1 + half + loose)


def _finding(code: str, metric: Metric, places: Mapping[int, Paragraph]) -> Finding:
    lines = places[metric.paragraph].lines if metric.paragraph in places else ()
    told = f"{metric.quantity.text}（{metric.period or '—'}）：{metric.sentence}"
    return Finding("warning", code, f"line {lines[0]}" if lines else f"paragraph {metric.paragraph}", told[:80])
