"""Says in words what a line of `metrics.reasons` names: how a field was chosen, and by which rules of the grammar.

What belongs here: from names and ids to phrases. What does not: choosing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import rules

_SAID = re.compile(r"(?P<field>\w+): .*?rules \[(?P<names>[^\]]+)\]")


def explained(reason: str) -> Iterator[str]:
    """Gives a phrase for each name in a line of `metrics.reasons`; none for words, which say it themselves.

    Args:
        reason: The line.

    >>> for phrase in explained("subject: rules [all:sentence, subject.whole_nation], reader 97%"):
    ...     print(phrase)
    all: a word for the whole region (全市)
    sentence: earlier in its sentence
    subject.whole_nation: 全国 and 我国 where they say whose figure it is
    """
    said = _SAID.match(reason)
    for name in said["names"].split(", ") if said else ():
        rule, _, shape = name.partition(" ")
        if rule in rules():
            yield f"{name}: {rules()[rule].reads}" + (f", here of the shape {shape}" if shape else "")
            continue
        choice, _, where = name.partition(":")
        for field, word in ((said["field"], choice), ("where", where)) if said else ():
            if reads := _choices().get((field, word)):
                yield f"{word}: {reads}"


@cache
def _choices() -> dict[tuple[str, str], str]:
    return {(row["field"], row["choice"]): row["reads"] for row in read_table("choices")}
