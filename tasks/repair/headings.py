"""Which display lines of an article are its kicker (引题), headline (主标题) and deck (副题).

What belongs here: reading the display lines that stand together before or after an article's text.
What does not: to which article they belong (`articles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tasks.repair.units import Unit


@dataclass(frozen=True, slots=True)
class Heading:
    """The display lines of one article by what they are."""

    kicker: tuple[Unit, ...] = ()
    headline: tuple[Unit, ...] = ()
    deck: tuple[Unit, ...] = ()


_COLUMN = re.compile(r"进行时|系列|专栏|见闻|观察|走笔|侧记|盘点|·|之[一二三四五六七八九十]$|[①-⑩]$")


def read_heading(heads: Sequence[Unit]) -> Heading:
    """Sorts the display lines of one article into kicker, headline and deck.

    Every way of cutting the lines into at most one kicker part, a headline and a deck is scored; the best one counts.

    Args:
        heads: Display lines in reading order.
    """
    if not heads:
        return Heading()
    n = len(heads)
    options = [(k, d) for k, d in product(range(min(n, 3)), range(min(n, 4))) if k + d < n]
    kickers, decks = max(options, key=lambda cut: _score(heads, *cut))
    return Heading(tuple(heads[:kickers]), tuple(heads[kickers : n - decks]), tuple(heads[n - decks :]))


def _score(heads: Sequence[Unit], kickers: int, decks: int) -> float:
    n = len(heads)
    widths = [unit.lines[0].width for unit in heads]
    main = heads[kickers : n - decks]
    main_width = max(widths[kickers : n - decks])
    score = -1.5 * max(len(main) - 2, 0) - 1.0 * max(kickers - 1, 0) - 0.5 * max(decks - 2, 0)
    for before, unit in zip(main, main[1:], strict=False):
        score += _same_headline(before, unit)
    if kickers:
        score += _kicker_cut(heads[kickers - 1], main[0])
    if decks:
        score += _deck_cut(main[-1], heads[n - decks], main_width)
    return score


def _same_headline(before: Unit, unit: Unit) -> float:
    """Scores two lines as parts of one headline."""
    score = 0.0
    a, b = before.lines[0].width, unit.lines[0].width
    score += 0.5 if unit.blanks == 0 else -0.5
    if max(a, b) <= 22:
        score += 1.0
    if min(a, b) < 0.6 * max(a, b):
        score -= 0.3
    if before.text[-1] in "：:":
        score -= 3.0
    if unit.text.startswith(("——", "—")):
        score -= 5.0
    return score


def _kicker_cut(kicker: Unit, headline: Unit) -> float:
    """Scores a line as kicker above a headline."""
    score = -0.2
    score += 0.6 if headline.blanks else -1.5
    if kicker.text[-1] in "：:":
        score += 3.0
    if _COLUMN.search(kicker.text):
        score += 0.8
    if kicker.lines[0].width > headline.lines[0].width:
        score += 0.4
    if " " in kicker.text:
        score += 0.5
    return score


def _deck_cut(headline: Unit, deck: Unit, main_width: int) -> float:
    """Scores a line as deck below a headline."""
    score = 0.0
    if deck.text.startswith(("——", "—")):
        score += 5.0
    if deck.lines[0].width > main_width + 2:
        score += 0.8
    if any(c.isdigit() for c in deck.text):
        score += 0.3
    if " " in deck.text:
        score += 0.5
    if deck.blanks:
        score -= 0.8
    return score
