"""Surnames and given names, and what they tell of a name.

What belongs here: what repair and the finding of names both ask of a person's name. What does not: where names stand.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_table

MIDDLE_DOT = re.compile(r"[·•‧・]")
"""What stands between the parts of a foreign or minority name, in the forms that papers print."""

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f〇]+")

_SELDOM = -1.0  # log-odds of a character that is hardly ever in a given name


@cache
def surnames(group: str) -> frozenset[str]:
    """Gives the frequent surnames (group 1), rarer ones (2), or those of two characters (3)."""
    return frozenset(row["surname"] for row in read_table("surnames") if row["group"] == group)


def two_names(name: str) -> list[str]:
    """Parts two names that lost the space between them at a line end; any other name stays whole.

    >>> two_names("刘婧李树新"), two_names("孟根朝鲁")
    (['刘婧', '李树新'], ['孟根朝鲁'])
    """
    if 4 <= len(name) <= 6 and _HAN.fullmatch(name) and name[:2] not in surnames("3") and name[0] in surnames("1"):
        for cut in (2, 3):
            if 2 <= len(name) - cut <= 3 and name[cut] in surnames("1"):
                return [name[:cut], name[cut:]]
    return [name]


def has_surname(name: str) -> bool:
    """Says whether a name begins with a Han surname."""
    return any(name[:1] in surnames(group) or name[:2] in surnames(group) for group in "123")


def given_odds(char: str, seat: str) -> float:
    """Gives how much likelier a character is in a given name than in other words.

    Args:
        char: The character.
        seat: `first` of a given name of two, or `last`.

    Returns:
        Log-odds; below zero where given names avoid it.

    >>> given_odds("芳", "last") > 1 > given_odds("制", "last")
    True
    """
    return _given_names().get((char, seat), _SELDOM)


@cache
def _given_names() -> dict[tuple[str, str], float]:
    """Gives how much likelier a character is in a given name than elsewhere, by its seat there."""
    return {(row["char"], seat): float(row[seat]) for row in read_table("given_names") for seat in ("first", "last")}
