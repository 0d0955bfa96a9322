"""Which display lines of an article are its kicker (引题), headline (主标题) and deck (副题).

What belongs here: reading the display lines that stand together before or after an article's text.
What does not: to which article they belong (`articles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from tasks.lexicon.grammar import pattern
from tasks.repair.bylines import is_column_name
from tasks.repair.lines import display_width
from tasks.repair.setting import compare_sizes, size_of
from tasks.repair.units import Unit


@dataclass(frozen=True, slots=True)
class Heading:
    """The display lines of one article by what they are."""

    kicker: tuple[Unit, ...] = ()
    headline: tuple[Unit, ...] = ()
    deck: tuple[Unit, ...] = ()


_DASH = re.compile(r"^[—–―－-]{1,2}")
_PAIRS = (("“", "”"), ("【", "】"), ("《", "》"), ("（", "）"))
_GOES_ON = pattern("repair.headline_goes_on")
_EVEN = 4
"""Half-width units by which the halves of a headline may differ that was cut in its middle."""
_PART = pattern("repair.part_of_a_series")

# A line that tells what somebody said needs what was said: 王浩在吉林市调研时强调 | 坚定信心 迎难而上.
_INTRODUCES = pattern("repair.introduces_what_was_said")
_BRACKETED = re.compile(r"^[【\[［〔〖][^】\]］〕〗]{2,24}[】\]］〕〗]$")
_COMPANY = pattern("repair.who_was_there")

_OTHER_SIZE, _SAME_SIZE, _SMALLER = -8.0, 3.0, 4.0
"""Scores of lines of one headline of two sizes, and of one; of a kicker or deck set smaller than the headline."""


def read_heading(heads: Sequence[Unit], tell: bool) -> Heading:
    """Sorts the display lines of one article into kicker, headline and deck.

    Every way of cutting the lines into at most one kicker part, a headline and a deck is scored; the best one counts.

    Args:
        heads: Display lines in reading order.
        tell: Whether this page sets some display lines without a blank line between, so that a blank line
            tells parts of a heading apart.
    """
    if not heads:
        return Heading()
    n = len(heads)
    options = [(k, d) for k, d in product(range(min(n, 3)), range(min(n, 4))) if k + d < n]
    kickers, decks = max(options, key=lambda cut: _score(heads, cut[0], cut[1], tell))
    return Heading(tuple(heads[:kickers]), tuple(heads[kickers : n - decks]), tuple(heads[n - decks :]))


def blanks_tell(heads: Sequence[Unit]) -> bool:
    """Tells whether some display lines of a page follow each other without a blank line."""
    return any(b.blanks == 0 and b.lines[0].place == a.lines[-1].place + 1 for a, b in pairwise(heads))


def _score(heads: Sequence[Unit], kickers: int, decks: int, tell: bool) -> float:
    n = len(heads)
    main = heads[kickers : n - decks]
    score = -1.5 * max(len(main) - 2, 0) - 1.0 * max(kickers - 1, 0) - 0.5 * max(decks - 2, 0)
    score += sum(_same_headline(a, b, tell) for a, b in pairwise(main))
    if kickers:
        score += _kicker(heads[kickers - 1], main[0], tell)
    if decks:
        score += _deck(main, heads[n - decks], tell)
    return score


def _width(unit: Unit) -> int:
    return display_width(unit.text)


def _torn(before: Unit, unit: Unit) -> bool:
    """Tells whether a quotation or bracket opens in one line and closes in the next."""
    return any(
        before.text.count(a) > before.text.count(b) and unit.text.count(b) > unit.text.count(a) for a, b in _PAIRS
    )


def _same_headline(before: Unit, unit: Unit, tell: bool) -> float:
    """Scores two lines as parts of one headline: short, much alike, nothing between them."""
    a, b = _width(before), _width(unit)
    score = 1.0 - 0.15 * max(max(a, b) - 20, 0)
    if compare_sizes(before.lines, unit.lines):
        score += _OTHER_SIZE
    elif size_of(unit.lines) is not None:
        score += _SAME_SIZE
    if tell:
        score += 0.3 if unit.blanks == 0 else -1.5
    if _torn(before, unit):
        score += 4.0
    elif unit.blanks == 0 and (abs(a - b) <= _EVEN or _GOES_ON.match(unit.text)) and not is_column_name(before.text):
        score += 1.0
    introduced = _INTRODUCES.search(before.text) or is_column_name(before.text)
    if introduced or _BRACKETED.match(before.text) or _COMPANY.match(unit.text):
        score -= 3.0
    if _DASH.match(unit.text):
        score -= 5.0
    if " " in before.text or "\u3000" in before.text:
        score -= 1.0
    if _PART.search(before.text):
        score -= 1.0
    return score


def _kicker(kicker: Unit, headline: Unit, tell: bool) -> float:
    """Scores a line as kicker above a headline: a column's name, an introduction, smaller and so often longer."""
    a, b = _width(kicker), _width(headline)
    score = -0.2
    if side := compare_sizes(kicker.lines, headline.lines):
        score += _SMALLER if side < 0 else -2 * _SMALLER
    named = is_column_name(kicker.text)
    if tell:
        score += 0.8 if headline.blanks else -2.0 * (not named)
    if _torn(kicker, headline):
        score -= 5.0
    if _INTRODUCES.search(kicker.text):
        score += 3.0
    if _BRACKETED.match(kicker.text):
        score += 4.0
    if named:
        score += 3.0
    elif _PART.search(kicker.text):
        score += 1.2
    if a > b:
        score += 0.8
    if "，" in kicker.text:
        score += 0.3
    if a > 24:
        score += 0.4
    phrases = kicker.text.split()
    if len(phrases) > 1:
        score += 0.5 if len(phrases) == 2 else 1.3
    return score


def _deck(main: Sequence[Unit], deck: Unit, tell: bool) -> float:
    """Scores a line as deck below a headline: a dash, a longer line, figures, two clauses."""
    a, b = max(map(_width, main)), _width(deck)
    score = -0.2
    if side := compare_sizes(deck.lines, main[-1].lines):
        score += _SMALLER if side < 0 else -2 * _SMALLER
    if _torn(main[-1], deck):
        score -= 5.0
    if _DASH.match(deck.text):
        score += 5.0
    if _COMPANY.match(deck.text):
        score += 3.0
    if b > 24:
        score += 0.4 + 0.05 * (min(b, 40) - 24)
    if b > a + 2:
        score += 0.5
    if any(c.isdigit() for c in deck.text):
        score += 0.3
    if " " in deck.text or "\u3000" in deck.text:
        score += 0.5
    if deck.blanks:
        score -= 1.5 if tell else 0.8
    if "：" in main[0].text[:-1]:
        score += 0.5
    return score
