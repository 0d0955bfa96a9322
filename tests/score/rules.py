"""Which rules spoke in the sentence of a miss: the patterns that found something there.

What belongs here: choosing from what the switchboard heard. What does not: listening (`tests/ablate/switchboard`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.ablate.switches import Switch
from tests.score.comparing import Miss

Heard = Sequence[tuple[Switch, str, str]]
_CUTS = ("clause.boundary", "clause.sentence", "reading.sentences")  # find every mark of punctuation
_SHORTEST = 4
"""A rule that was shown less than this may have seen it anywhere on the page."""


def with_rules(misses: Sequence[Miss], heard: Heard) -> list[Miss]:
    """Adds to each miss the rules that spoke in its sentence, with what they found."""
    return [replace(miss, rules=_spoke(miss, heard)) for miss in misses]


def _spoke(miss: Miss, heard: Heard) -> tuple[str, ...]:
    rooms = _rooms_of(miss.kind)
    sentence = miss.sentence
    return tuple(
        dict.fromkeys(
            f"{switch.name}: {printed}"
            for switch, printed, text in heard
            if printed
            and switch.rooms & rooms
            and not switch.name.startswith(_CUTS)
            and printed in sentence
            and (sentence in text or (len(text) >= _SHORTEST and text in sentence))
        )
    )


def _rooms_of(kind: str) -> set[str]:
    if kind.startswith(("PER", "ORG", "LOC")):
        return {"tasks.extraction.names"}
    if kind.startswith("figure"):
        return {"tasks.extraction.quantities", "tasks.extraction.facts"}
    if kind.startswith(("paragraph", "role", "headline", "kicker", "dateline", "authors")):
        return {"tasks.repair"}
    facts = {"tasks.extraction.facts"}
    return facts | {"tasks.extraction.periods"} if kind == "period" else facts
