"""Tells which title a person bears where a page names him: 钢城区委书记|邹颂, 习近平|总书记.

What belongs here: the title as it is printed beside a name. What does not: finding the name (`find.behind_titles`,
`find.tagger`), and whether the title makes him a public person (`public_titles.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern

_RUN = re.compile(r"[^\s，。；：！？,.;:!?、“”‘’\"（）()《》〈〉【】—…·]{1,30}$")
_LONGEST_RUN, _LONGEST_CALLING = 30, 6
_OF_A_BODY = pattern("names.title_of_a_body")
"""What stands between a body and the title of somebody in it, or makes a title longer."""
_NEAR = 8
"""Characters between a body's name and the title: 济阳区人社局|公共就业|主任."""
_PRESS = pattern("names.press")
_MOST_CHAINED = 3


@cache
def _ending() -> tuple[str, ...]:
    return tuple(sorted({row["title"] for row in read_table("titles")}, key=len, reverse=True))


@cache
def _titles() -> tuple[frozenset[str], tuple[int, ...]]:
    """Gives the titles, and their lengths, the longest first."""
    return frozenset(_ending()), tuple(sorted({len(title) for title in _ending()}, reverse=True))


_BEHIND = pattern("names.behind_a_name", title=_ending())


def title_beside(text: str, start: int, end: int, bodies: Sequence[tuple[int, int]] = ()) -> str | None:
    """Gives the title printed right before a person's name, or else right behind it; None where there is none.

    Args:
        text: The paragraph.
        start: Where the name begins.
        end: Where it ends.
        bodies: Where organisations and places are named in the paragraph; a title begins with the one it belongs to.

    >>> title_beside("钢城区委书记邹颂提出", 6, 8, [(0, 3)])
    '钢城区委书记'
    >>> title_beside("紧紧握住社区书记李梓涵的手", 8, 11)
    '社区书记'
    >>> title_beside("学习习近平总书记讲话", 2, 5)
    '总书记'
    >>> title_beside("走访王健家", 2, 4) is None
    True
    """
    if press := _PRESS.search(text, max(0, start - _LONGEST_CALLING), start):
        return press[0].rstrip(" \u3000:：")
    before = _title_before(text, start, bodies)
    if before is not None:
        return text[before:start]
    behind = _BEHIND.match(text, end)
    return behind[0] if behind else None


def _title_before(text: str, end: int, bodies: Sequence[tuple[int, int]], chained: int = 1) -> int | None:
    """Where the title begins that ends at a place; the titles that stand before it with 、 between belong to it."""
    run = _RUN.search(text, max(0, end - _LONGEST_RUN), end)
    if run is None:
        return None
    titles, lengths = _titles()
    own = next((n for n in lengths if n <= len(run[0]) and run[0][-n:] in titles), 0)
    if not own:
        return None
    start = end - own
    if more := _OF_A_BODY.search(text, run.start(), start):
        start = more.start()
    start = _with_body(start, run.start(), bodies)
    if chained < _MOST_CHAINED and start and text[start - 1] == "、":
        earlier = _title_before(text, start - 1, bodies, chained + 1)
        if earlier is not None:
            return earlier
    return start


def _with_body(start: int, earliest: int, bodies: Sequence[tuple[int, int]]) -> int:
    """Takes the body along that the title is of, and the one before that: 济南市|市中区|税务局|局长."""
    near = _NEAR
    for first, last in sorted(bodies, key=lambda body: body[1], reverse=True):
        if earliest <= first < start and start - near <= last:
            start, near = min(start, first), 0
    return start
