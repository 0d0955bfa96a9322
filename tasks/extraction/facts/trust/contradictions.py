"""Figures that contradict the calendar or each other: read again, and doubted where they stay so.

What belongs here: a figure told as done for a time to come, a plan wholly in the past, and what follows for figures
that do not add up (`at_odds`). What does not: the first reading of any of them, and values beyond reason (`plausible`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tasks.extraction.facts.trust.at_odds import LEVEL_AND_CHANGE, TWO_LEVELS, at_odds
from tasks.extraction.facts.trust.confidence import DOUBTED
from tasks.extraction.periods import shift_years
from tasks.lexicon.grammar import pattern
from tasks.page import Finding, Metric, Modality, Paragraph

_NAMES_YEAR = pattern("trust.names_its_year")
_DONE = pattern("modality.done_said")


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
    wrong = at_odds(metrics, places)
    for n, metric in enumerate(metrics):
        code = wrong.get(n)
        if last_day is not None and metric.modality == Modality.ACTUAL and _is_to_come(metric, last_day):
            metric = _read_again(metric, last_day, places)
            code = _TO_COME if _is_unplaced(metric) else code
        elif last_day is not None and metric.modality != Modality.ACTUAL and _is_over(metric, last_day):
            code = _PAST
        if code is not None:
            sure = metric.confidence if code == _PAST else min(metric.confidence, DOUBTED)
            metric = replace(metric, confidence=sure, doubts=(*metric.doubts, _DOUBTS[code]))
            findings.append(_finding(code, metric, places))
        settled.append(metric)
    return settled, findings


_PAST = "facts.plan_in_the_past"
_TO_COME = "facts.done_in_the_future"
_DOUBTS = {
    TWO_LEVELS: "the growth does not fit the two levels before it",
    LEVEL_AND_CHANGE: "a level, its change and the rate of the change do not fit together",
    _TO_COME: "it is told as done for a time after the page was published",
    _PAST: "it is a plan for a time that was over when the page was published",
}


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
        return replace(metric, modality=Modality.PLANNED)
    return replace(metric, period_start=None, period_end=None)


def _finding(code: str, metric: Metric, places: Mapping[int, Paragraph]) -> Finding:
    lines = places[metric.paragraph].lines if metric.paragraph in places else ()
    told = f"{metric.quantity.text}（{metric.period or '—'}）：{metric.sentence}"
    return Finding("warning", code, f"line {lines[0]}" if lines else f"paragraph {metric.paragraph}", told[:80])
