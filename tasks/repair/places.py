"""Where each unit stands in its article: the grammar of a newspaper article and the reading that fits a sheet best.

What belongs here: the order in which parts of articles may stand, what speaks for each place, and the search.
What does not: collecting the units of one article (`articles`), or which display line is the headline (`headings`).

A place is named for what the article has so far: `text1` is text below a headline, `text0` text of an article that
has none yet (it may come after the text), `intro1` a note that stands before the text; an ending `b` means that its
authors have been named, by a byline or after the dateline.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tasks.repair.gaps import Gap, box_names
from tasks.repair.halves import character_pairs
from tasks.repair.jumps import is_jump_in, is_jump_out
from tasks.repair.setting import size_of, weights
from tasks.repair.units import Unit

_PATHS: dict[str, dict[str, float]] = {
    "pre": {"pre": 0.0, "by1": 1.0, "intro1": 0.0, "first1": 0.0, "first1b": 0.0},
    "by1": {"first1b": 0.0, "intro1b": 0.0, "lead1b": -1.0},
    "intro1": {"intro1": 0.0, "by1": 1.0, "first1": 0.0, "first1b": 0.0},
    "intro1b": {"intro1b": 0.0, "first1b": 0.0},
    "by0": {"first0b": 0.0, "lead0b": -2.0},
    "post": {"post": 0.0},
    "end_by": {"post": -1.0},
}
"""Which place may follow which within an article, and what it costs; the places of text are added below."""

for _head in "10":
    for _by in ("", "b"):
        _state = _head + _by
        _goes_on = {f"text{_state}": 0.0, f"sub{_state}": 0.0}
        _ends = {"post": 0.0} if _head == "0" else {}
        _ends |= {"end_by": -5.0 if _by else -3.0}
        _PATHS[f"first{_state}"] = _PATHS[f"text{_state}"] = _goes_on | _ends
        _PATHS[f"sub{_state}"] = {f"text{_state}": 0.0, f"sub{_state}": -1.5}
        _PATHS[f"lead{_state}"] = {f"lead{_state}": -0.7, f"first{_state}": 0.0}

PLACES = tuple(_PATHS)
STARTS = ("pre", "by0", "first0", "first0b")
"""Places at which an article may begin."""
SUBHEADS = tuple(place for place in PLACES if place.startswith(("lead", "sub")))
_TEXTS = tuple(place for place in PLACES if place.startswith(("first", "text")))
_HEADLESS = -2.0
_CLOSED = {place: _HEADLESS * ("0" in place) for place in _TEXTS} | {"post": 0.0, "end_by": 0.0}
"""What it costs an article to end at a place; it can't end at any other."""
_OWN_SIDE = 1.0
"""What it is worth to a display line to stand on the side of its text on which this page sets headlines."""
_BOX_BELOW = -5.0
"""What it costs the common name of short news to be a subhead."""
_FROM_ELSEWHERE = -4.0
"""What it costs a text that comes from another page to have its headline below it."""
_SECOND_CREDIT = -3.5
_UNLIKELY_END = -6.0
_NEVER = -20.0
_ASIDE = 20
"""Half-width units of indent from which a byline is set at the right, below its text."""

_BEFORE = {place: [(p, steps[place]) for p, steps in _PATHS.items() if place in steps] for place in PLACES}
_MAY_STAND = {
    "byline": ("by1", "by0", "end_by"),
    "head": ("pre", "post", *SUBHEADS),
    "text": _TEXTS,
    "caption": _TEXTS,
    "note": (*_TEXTS, "intro1", "intro1b"),
}
_NEIGHBOURS = 8
_LOOK = 800
"""Characters of a text that are compared with a display line."""


def begins_article(place: str, previous: str) -> bool:
    """Tells whether a unit at a place begins a new article after a unit at another place."""
    return place in STARTS and place not in _PATHS.get(previous, {})


def best_places(chain: Sequence[Unit], borders: Sequence[Gap]) -> list[str]:
    """Finds the places of all units with the highest sum of what speaks for them.

    Args:
        chain: Units of a sheet in reading order.
        borders: The gaps between its texts, weighed.
    """
    side = _side_of_heads(chain)
    leans = [lean + side if lean or side else 0.0 for lean in lean_of_heads(chain)]
    if any(size_of(unit.lines) for unit in chain):
        leans = [lean + weights()["head/above"] for lean in leans]
    odds = [0.0] * len(chain)
    for gap in borders:
        odds[gap.left + 1 : gap.right + 1] = [gap.odds] * (gap.right - gap.left)
    first = chain[0]
    scores = {p: _own(first, p, leans[0]) for p in _MAY_STAND[first.kind] if p in STARTS}
    scores.pop("first0" if first.named else "first0b", None)
    back: list[dict[str, str]] = []
    for i in range(1, len(chain)):
        unit, before = chain[i], chain[i - 1]
        closed, closer = max(((scores[p] + _CLOSED[p], p) for p in scores if p in _CLOSED), default=(-math.inf, ""))
        now: dict[str, float] = {}
        came: dict[str, str] = {}
        for place in _MAY_STAND[unit.kind]:
            best, source = -math.inf, ""
            for p, step in _BEFORE[place]:
                if p in scores:
                    reached = scores[p] + step + _within(before, unit, p, place)
                    if reached > best:
                        best, source = reached, p
            if place in STARTS and closer:
                reached = closed + odds[i] + _opening(before, unit, closer, place)
                if reached > best:
                    best, source = reached, closer
            if source:
                now[place], came[place] = best + _own(unit, place, leans[i]), source
        if not now:  # nothing may follow, as text after a lone headline's end: start over with a new article
            closer = max(scores, key=lambda p: scores[p])
            now = {p: scores[closer] + _NEVER for p in _MAY_STAND[unit.kind] if p in STARTS}
            came = dict.fromkeys(now, closer)
        scores = now
        back.append(came)
    last = max(scores, key=lambda p: scores[p] + _CLOSED.get(p, _UNLIKELY_END))
    places = [last]
    for came in reversed(back):
        places.append(came[places[-1]])
    return places[::-1]


def _own(unit: Unit, place: str, lean: float) -> float:
    """Scores a unit at a place by what it is.

    Args:
        unit: The unit.
        place: One of `PLACES`.
        lean: For display lines, how much more they share with the text after (+) than before (-).
    """
    if unit.kind == "byline":
        aside = unit.lines[0].indent >= _ASIDE
        return (1.5 if aside else 0.0) if place == "end_by" else (-1.5 if aside else 0.0)
    if place == "pre":
        return lean
    if place == "post":
        return -lean
    if place in SUBHEADS:
        return abs(lean) + (_BOX_BELOW if unit.text in box_names() else 0.0)
    score = _SECOND_CREDIT if unit.credit is not None and place.endswith("b") else 0.0
    if place in ("first0", "first0b") and is_jump_in(unit.text):
        score -= _HEADLESS  # its headline stands on the page it comes from
    return score


def _side_of_heads(chain: Sequence[Unit]) -> float:
    """Tells on which side of its text a page sets headlines, by what it begins and ends with: above (+), below (-)."""
    kinds = [unit.kind for unit in chain if unit.kind != "byline"]
    if not kinds or kinds[0] == "head" == kinds[-1]:
        return 0.0
    return _OWN_SIDE if kinds[0] == "head" else -_OWN_SIDE if kinds[-1] == "head" else 0.0


def _within(before: Unit, unit: Unit, source: str, place: str) -> float:
    """Scores two neighbouring units of one article."""
    score = 0.0
    if source in ("pre", "intro1") and place.startswith("first"):
        score += 0.0 if unit.named == place.endswith("b") else _NEVER
    if unit.tied:
        score += 0.0 if source == place else _NEVER
    elif source in SUBHEADS and place in SUBHEADS and unit.blanks:
        score -= 1.3
    if place == "post" and source in _TEXTS and is_jump_in(before.text):
        score += _FROM_ELSEWHERE
    return score


def _opening(before: Unit, unit: Unit, source: str, place: str) -> float:
    """Scores how a new article starts after a closed one, whether or not one starts here."""
    if unit.tied:
        return -1.0 if (source, place) == ("post", "pre") else _NEVER
    score = 0.0
    if place.startswith("first"):
        score += 0.0 if unit.named == place.endswith("b") else _NEVER
    if place == "pre" and source == "post" and unit.blanks == 0:
        score -= 3.0
    return score


def lean_of_heads(chain: Sequence[Unit]) -> list[float]:
    """Tells for each display line whether it shares more with the text after it (+) or before it (-).

    Shared pairs of characters count by how rare they are in the text around.
    """
    leans = []
    for i, unit in enumerate(chain):
        if unit.kind != "head":
            leans.append(0.0)
            continue
        before, after = _reach(chain, i, -1), _reach(chain, i, 1)
        around, all_before, all_after = before + after, "\n".join(before), "\n".join(after)
        lean = 0.0
        for gram in character_pairs("".join(unit.text.split())):
            in_before, in_after = gram in all_before, gram in all_after
            if in_before != in_after:
                rare = math.log((1 + len(around)) / sum(gram in text for text in around))
                lean += rare if in_after else -rare
        leans.append(max(-5.0, min(5.0, 0.6 * lean)))
    return leans


def _reach(chain: Sequence[Unit], at: int, step: int) -> list[str]:
    """Collects the texts next to a display line, up to where another article surely begins."""
    found: list[str] = []
    k = at + step
    while 0 <= k < len(chain) and len(found) < _NEIGHBOURS and abs(k - at) <= 3 * _NEIGHBOURS:
        unit = chain[k]
        if unit.textual or unit.kind == "caption":
            found.append(unit.text[:_LOOK])
        if unit.kind == "caption" or (step < 0 and unit.textual and is_jump_out(unit.text)):
            break
        if found and (unit.kind == "byline" or (step > 0 and unit.credit is not None) or (step < 0 and unit.dateline)):
            break
        k += step
        if step > 0 and found and k < len(chain) and (chain[k].dateline or chain[k].kind == "byline"):
            break
        if step < 0 and found and k >= 0 and chain[k].credit is not None:
            break
    return found
