"""Lists that share their figures out (工业、农业投资分别增长1.2%、3.4%): the first figure is of the first, and so on.

What belongs here: finding the figures of such lists where the rules gave each a member of its own. What does not: how
the rules share a list out (`tasks.extraction.facts.indicator.lists`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tasks.lexicon.grammar import words
from tasks.page import Metric

_EACH = "分别"
_NEAR = 16
"""Characters before the first figure in which 分别 stands (分别比上年同期增长)."""
_BETWEEN = words("between_members")


def shared_out(metrics: Sequence[Metric], texts: Mapping[int, str]) -> frozenset[int]:
    """Finds the figures to which the rules gave each its own indicator, out of a list with 分别.

    Args:
        metrics: The rules' facts of a page, in their order.
        texts: The paragraphs' texts by number.

    Returns:
        Numbers of the facts in `metrics`.
    """
    found: set[int] = set()
    for run in _runs(metrics, texts):
        names = [metrics[n].indicator for n in run]
        if None not in names and len(set(names)) == len(names):
            found.update(run)
    return frozenset(found)


def _runs(metrics: Sequence[Metric], texts: Mapping[int, str]) -> Iterator[list[int]]:
    """Gives the numbers of figures that stand in a row behind 分别."""
    run: list[int] = []
    for number, metric in enumerate(metrics):
        text, start = texts[metric.paragraph], metric.quantity.start_char
        before = metrics[run[-1]] if run else None
        if before and before.paragraph == metric.paragraph and text[before.quantity.end_char : start] in _BETWEEN:
            run.append(number)
            continue
        if len(run) > 1:
            yield run
        run = [number] if _EACH in text[max(0, start - _NEAR) : start] else []
    if len(run) > 1:
        yield run
