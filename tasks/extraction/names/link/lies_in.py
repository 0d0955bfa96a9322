"""The division in which a named thing lies: 历下区委统战部 in 历下区, 济南高新区 in 济南市.

What belongs here: reading it from the head of the name, or from what the article speaks of. What does not: linking
divisions themselves (`link.entities`).

A name that begins with a division's full name lies there; with a short form (济南二机床) only where the page speaks of
that division; roads, branches and chambers of commerce are named after places elsewhere. A village, a street or a zone
without a division in its name lies in what its article speaks of most.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from tasks.lexicon import read_table
from tasks.page import Entity
from tasks.reading.gazetteer import Division, choose_division, division_forms, split_divisions

_LONGEST_SHORT_FORM, _SHORTEST_SHORT_FORM = 4, 2
_SUPPORT = 1.0
"""Votes that a page must have for a division before a short form at the head of a name means it."""


def division_around(
    entity: Entity, day: date | None, votes: Mapping[str, float], spoken_of: Mapping[str, Division]
) -> str | None:
    """Gives the code of the division that a thing lies in; its own where it is a division.

    Args:
        entity: The thing, with its canonical name.
        day: Issue date, where known.
        votes: What the article speaks of, by adcode.
        spoken_of: The divisions it speaks of most, by level.

    Returns:
        An adcode; None for persons and where nothing tells.
    """
    if entity.adcode or entity.type == "PER":
        return entity.adcode
    division, length = _head(entity.name, day, votes)
    rest, lies = entity.name[length:], _lies(entity.name)
    if division and rest and lies != "elsewhere":
        return division.adcode
    if entity.type == "LOC" and not division and lies == "here":
        nearest = spoken_of.get("county") or spoken_of.get("city")
        return nearest.adcode if nearest else None
    return None


def _head(name: str, day: date | None, votes: Mapping[str, float]) -> tuple[Division | None, int]:
    """The division that a name begins with, and how many characters it takes."""
    meanings, length = split_divisions(name)
    if meanings:
        return choose_division(meanings, day, votes), length
    for length in range(_LONGEST_SHORT_FORM, _SHORTEST_SHORT_FORM - 1, -1):
        division = choose_division(division_forms().get(name[:length], ()), day, votes)
        if division and votes.get(division.adcode, 0.0) >= _SUPPORT:
            return division, length
    return None, 0


def _lies(name: str) -> str | None:
    endings, longest = _endings()
    tails = (name[at:] for at in range(max(1, len(name) - longest), len(name)))
    return next((endings[tail] for tail in tails if tail in endings), None)


@cache
def _endings() -> tuple[dict[str, str], int]:
    """Gives what endings of a name tell, and the length of the longest."""
    found = {row["ending"]: row["lies"] for row in read_table("belonging")}
    return found, max(map(len, found))
