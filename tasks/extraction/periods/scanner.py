"""Finds time expressions of newspaper Chinese: one pattern with three doors, and the words around an expression.

What belongs here: the patterns of `periods.toml`. What does not: what they mean (`resolve`, `calendar_dates`).

An expression begins with a numeral, with a relative year (去年…), or with another word; behind each door stand the
shapes that can begin so, so that a text is read once and quickly.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.lexicon.grammar.needed import last_signs

BEFORE = pattern("periods.before")
LAST_BEFORE = last_signs(BEFORE)
AFTER = pattern("periods.after")


@cache
def scanner() -> re.Pattern[str]:
    """Gives the pattern that finds time expressions; `lastgroup` says of which shape, then by which door."""
    period_words = [row["word"] for row in read_table("period_words")]
    festivals = [row["name"] for row in read_table("festivals")]
    numerals = {*words("small"), "十", "6"} - {*words("time_starts")}
    starts = {word[0] for word in period_words + festivals} - numerals | {*words("time_starts")}
    return pattern("periods.expression", period_words=period_words, festivals=festivals, word_starts=sorted(starts))
