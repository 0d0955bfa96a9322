"""Which script a page is printed in: simplified, traditional, or both.

What belongs here: counting the characters that only one of the two scripts has. What does not: reading one as the other
(`folding`), and what a page is written in besides Chinese.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from warehouse.search.characters import opencc_rows

HANS, HANT, MIXED = "hans", "hant", "mixed"

_RARER = 0.01
"""From this share on the rarer script is no single name or slip (a masthead 農民日報 over simplified text is more)."""


def script_of(text: str) -> str | None:
    """Tells the script of a text; None where it has no character that only one script has.

    Characters that both scripts print (干, 后 and 乾, 著) say nothing.

    Args:
        text: A page as printed.

    Returns:
        `hans` (simplified), `hant` (traditional) or `mixed`.

    >>> script_of("全区完成工业总产值"), script_of("全區完成工業總產值"), script_of("農民日報 全区工业产值")
    ('hans', 'hant', 'mixed')
    """
    simplified, traditional = _only()
    counts = Counter(text)
    hans = sum(n for sign, n in counts.items() if sign in simplified)
    hant = sum(n for sign, n in counts.items() if sign in traditional)
    if not hans + hant:
        return None
    if min(hans, hant) / (hans + hant) >= _RARER:
        return MIXED
    return HANS if hans > hant else HANT


@cache
def _only() -> tuple[frozenset[str], frozenset[str]]:
    """Gives the characters that are simplified only, and those that are traditional only, by OpenCC's tables."""
    return _changed("STCharacters.txt"), _changed("TSCharacters.txt")


def _changed(name: str) -> frozenset[str]:
    """Gives the characters that a table of OpenCC never leaves as they are."""
    return frozenset(printed for printed, read in opencc_rows(name) if printed not in read)
