"""A name found in running text, and how overlapping finds are settled.

What belongs here: the value that all finders of names hand on. What does not: any finder.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A name in a text: where it stands, PER, ORG or LOC, and how sure its finder is (0 to 1)."""

    start: int
    end: int
    type: str
    score: float = 0.5


def settle(spans: Iterable[Span]) -> list[Span]:
    """Keeps of overlapping spans the surer one, of equally sure ones the longer, and of those the earlier.

    >>> settle([Span(0, 3, "LOC"), Span(0, 6, "ORG"), Span(7, 9, "PER")])
    [Span(start=0, end=6, type='ORG', score=0.5), Span(start=7, end=9, type='PER', score=0.5)]
    """
    kept: list[Span] = []
    group: list[Span] = []
    reach = -1
    for span in sorted(set(spans)):
        if span.start >= reach:
            kept.extend(group if len(group) < 2 else _settle_group(group))
            group, reach = [span], span.end
        else:
            group.append(span)
            reach = max(reach, span.end)
    kept.extend(_settle_group(group))
    return kept


def _settle_group(group: list[Span]) -> list[Span]:
    chosen: list[Span] = []
    for span in sorted(group, key=lambda s: (-s.score, s.start - s.end, s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen)
