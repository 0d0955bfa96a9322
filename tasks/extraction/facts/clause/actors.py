"""Which common nouns can have figures of their own: bodies, sites, lines, events.

What belongs here: the word list and the question. What does not: finding such nouns in a sentence.
"""

from __future__ import annotations

from functools import lru_cache

from tasks.lexicon import read_words


@lru_cache(maxsize=20_000)
def names_an_actor(noun: str) -> bool:
    """Tells whether a noun is a body, a site, a line or an event, which can have figures of its own.

    >>> names_an_actor("长者食堂"), names_an_actor("登记失业率")
    (True, False)
    """
    return noun.endswith(read_words("actor_nouns"))
