"""Times that a sentence names side by side and shares out among its figures, or joins to one.

What belongs here: 2007年和2012年的销量分别为…, 一、二季度产值分别为…, and 截至9月底 with 今年累计.
What does not: finding or resolving time expressions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.periods import month_end
from tasks.lexicon.grammar import pattern, rule_of
from tasks.page import Period

_JOINED = pattern("period.joined_times")
_QUARTERS = pattern("period.quarters_side_by_side")
_RUNNING = pattern("period.this_year_so_far")
_EACH = "分别"


def share_out_times(sentence: Sentence, periods: Sequence[Period]) -> dict[int, Period]:
    """Shares times that stand side by side before 分别 out among as many figures after it, by `Slot.start`.

    Args:
        sentence: The sentence.
        periods: Its governing time expressions, in order, with offsets in the paragraph.
    """
    at = sentence.text.find(_EACH)
    if at < 0:
        return {}
    listed = _listed([p for p in periods if p.end_char - sentence.start <= at], sentence)
    figures = _figures_after(sentence, at)
    return {s.start: p for s, p in zip(figures, listed, strict=True)} if len(listed) == len(figures) > 1 else {}


def _listed(before: Sequence[Period], sentence: Sentence) -> list[Period]:
    if not before:
        return []
    if row := _QUARTERS.search(before[-1].text):
        return [replace(quarter, rule=rule_of(row)) for quarter in _quarters(before[-1])]
    run = [before[-1]]
    for period in reversed(before[:-1]):
        between = sentence.text[period.end_char - sentence.start : run[0].start_char - sentence.start]
        if not _JOINED.fullmatch(between):
            break
        run.insert(0, period)
    return run if len(run) > 1 else []


def _quarters(period: Period) -> list[Period]:
    """Takes 一、二、三、四季度 apart."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return []
    year, first, last = period.start.year, period.start.month, period.end.month
    return [
        replace(period, start=date(year, month, 1), end=month_end(year, month + 2)) for month in range(first, last, 3)
    ]


def _figures_after(sentence: Sentence, at: int) -> list[Slot]:
    after = [s for s in sentence.slots if s.start > at]
    if not after:
        return []
    return [s for s in after if s.clause_number == after[0].clause_number and s.measure == after[0].measure]


def since_new_year(until: Period, running: Period) -> Period | None:
    """Joins 截至9月底 and a 今年 said beside it: counted from 1 January to that day.

    Args:
        until: The expression that says up to when.
        running: Another one of the sentence.
    """
    year = _RUNNING.match(running.text)
    if until.kind != "until" or until.start or not until.end or not year:
        return None
    return replace(until, start=date(until.end.year, 1, 1), rule=rule_of(year))
