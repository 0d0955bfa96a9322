"""The reference file of indicators: one key and one field for the many names of the same thing.

What belongs here: looking a name up in `indicators.csv`.
What does not: finding the name in a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern

_LEAD = pattern("indicator.before_the_name")
_SIGNS = pattern("indicator.signs_in_a_name")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the reference file."""

    key: str
    name: str
    topic: str
    unit: str


@cache
def _by_name() -> dict[str, Indicator]:
    table: dict[str, Indicator] = {}
    for row in read_table("indicators"):
        entry = Indicator(row["key"], row["name"], row["topic"], row["unit"])
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                table.setdefault(_SIGNS.sub("", name), entry)
    return table


@cache
def _topic_words() -> tuple[tuple[str, str], ...]:
    return tuple((row["word"], row["topic"]) for row in read_table("topics"))


@lru_cache(maxsize=20_000)
def find_indicator(name: str) -> Indicator | None:
    """Gives the reference entry of an indicator's name, whatever name it goes by.

    >>> find_indicator("GDP").key
    'gdp'
    """
    bare = _SIGNS.sub("", name)
    table = _by_name()
    return table.get(bare) or table.get(without_lead(bare))


def without_lead(name: str) -> str:
    """Takes off what makes no other indicator of it (我国竹制家具 → 竹制家具)."""
    return _LEAD.sub("", name)


def is_known(name: str) -> bool:
    """Tells whether the reference file has just this name, or it as another name of an indicator."""
    return name in _by_name()


@lru_cache(maxsize=20_000)
def topic_of_name(name: str) -> str | None:
    """Gives the field (工业, 旅游 …) an indicator belongs to: from the reference file, else from a word in the name.

    >>> topic_of_name("乡村旅游收入")
    '旅游'
    """
    known = find_indicator(name)
    if known is not None:
        return known.topic
    found = [(name.rfind(word), topic) for word, topic in _topic_words() if word in name]
    return max(found)[1] if found else None
