"""Which units of a sheet make an article: one best reading of the whole sheet.

What belongs here: the order in which the parts of articles may stand (headline before or after the text, byline,
subheads), what speaks for each place, and the search for the reading that explains most.
What does not: which display line is kicker, headline or deck (`headings`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.repair.halves import character_pairs
from tasks.repair.units import Unit

PLACES = ("pre", "by1", "by0", "lead1", "lead0", "first1", "first0", "text1", "text0", "sub1", "sub0", "post", "end_by")
"""Where a unit can stand. 1: in an article whose headline came before; 0: in one without a headline so far."""

_SUBHEADS = ("lead1", "lead0", "sub1", "sub0")
_STARTS = ("pre", "by0", "first0")
_HEADLESS = -2.5
_BARE_START = -7.0
_AFTER: dict[str, dict[str, float]] = {
    "pre": {"pre": 0.0, "by1": 1.0, "first1": -2.5},
    "by1": {"first1": 0.0, "lead1": -1.0},
    "by0": {"first0": 0.0, "lead0": -2.0},
    "lead1": {"lead1": -0.7, "first1": 0.0},
    "lead0": {"lead0": -0.7, "first0": 0.0},
    "first1": {"text1": 0.0, "sub1": 0.0, "end_by": -4.0},
    "text1": {"text1": 0.0, "sub1": 0.0, "end_by": -4.0},
    "sub1": {"text1": 0.0, "sub1": -0.7},
    "first0": {"text0": 0.0, "sub0": 0.0, "post": 0.0, "end_by": -4.0},
    "text0": {"text0": 0.0, "sub0": 0.0, "post": 0.0, "end_by": -4.0},
    "sub0": {"text0": 0.0, "sub0": -0.7},
    "post": {"post": 0.0},
    "end_by": {"post": -1.0},
}
_CLOSED = {"first1": 0.0, "text1": 0.0, "first0": _HEADLESS, "text0": _HEADLESS, "post": 0.0, "end_by": -0.5}
"""What it costs an article to end at a place; it can't end at any other."""

_BEFORE = {place: [(p, steps[place]) for p, steps in _AFTER.items() if place in steps] for place in PLACES}
_MAY_STAND = {
    "byline": ("by1", "by0", "end_by"),
    "head": ("pre", "post", *_SUBHEADS),
    "text": ("first1", "first0", "text1", "text0"),
    "note": ("first1", "first0", "text1", "text0"),
}
_NEIGHBOURS = 8
_LOOK = 800
"""Characters of a text that are compared with a display line."""


@dataclass(slots=True)
class Group:
    """The units of one article, by the place they were given."""

    heads: list[Unit] = field(default_factory=list)
    byline: list[Unit] = field(default_factory=list)
    body: list[tuple[str, Unit]] = field(default_factory=list)  # role, unit


def group_articles(units: Sequence[Unit]) -> list[Group]:
    """Puts the units of a sheet together to articles, in the order of their first text.

    Args:
        units: All units of a sheet but furniture, in reading order.
    """
    chain = [unit for unit in units if unit.kind != "caption"]
    if not chain:
        return [Group(body=[("caption", unit)]) for unit in units]
    places = best_places(chain)
    groups: list[Group] = []
    where: dict[int, Group] = {}
    previous = ""
    for unit, place in zip(chain, places, strict=True):
        if not groups or (place in _STARTS and place not in _AFTER.get(previous, {})):
            groups.append(Group())
        _put(groups[-1], unit, place)
        where[id(unit)] = groups[-1]
        previous = place
    _hang_captions(units, where, groups)
    return sorted(groups, key=_first_line)


def _first_line(group: Group) -> int:
    units = [unit for _, unit in group.body] or group.heads or group.byline
    return min(unit.lines[0].number for unit in units)


def _put(group: Group, unit: Unit, place: str) -> None:
    if unit.tied and group.heads and place in ("pre", "post"):
        group.heads[-1] = replace(group.heads[-1], text=f"{group.heads[-1].text} {unit.text}")
        return
    if place in _SUBHEADS and group.body and group.body[-1][0] == "subhead" and (unit.tied or _follows(group, unit)):
        role, before = group.body[-1]
        lines, reasons = ([], []) if unit.tied else (unit.lines, unit.reasons)
        text = f"{before.text} {unit.text}"
        group.body[-1] = role, replace(before, text=text, lines=before.lines + lines, reasons=before.reasons + reasons)
        return
    if place in ("pre", "post"):
        group.heads.append(unit)
    elif place in ("by1", "by0", "end_by"):
        group.byline.append(unit)
    elif place in _SUBHEADS:
        group.body.append(("subhead", unit))
    else:
        group.body.append(("note" if unit.kind == "note" else "body", unit))


def _follows(group: Group, unit: Unit) -> bool:
    """Tells whether a subhead stands right under the last one: two lines of one subhead."""
    return unit.blanks == 0 and group.body[-1][1].lines[-1].number == unit.lines[0].number - 1


def best_places(chain: Sequence[Unit]) -> list[str]:
    """Finds the places of all units with the highest sum of what speaks for them."""
    leans = lean_of_heads(chain)
    scores = {p: _own(chain[0], p, leans[0]) for p in _MAY_STAND[chain[0].kind] if p in _STARTS}
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
            if place in _STARTS and closer:
                reached = closed + _opening(before, unit, closer, place)
                if reached > best:
                    best, source = reached, closer
            if source:
                now[place], came[place] = best + _own(unit, place, leans[i]), source
        if not now:  # nothing may follow, as text after a lone headline's end: start over with a new article
            closer = max(scores, key=lambda p: scores[p])
            now = {p: scores[closer] - 20.0 for p in _MAY_STAND[unit.kind] if p in _STARTS}
            came = dict.fromkeys(now, closer)
        scores = now
        back.append(came)
    last = max(scores, key=lambda p: scores[p] + _CLOSED.get(p, -6.0))
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
    if place == "pre":
        return lean
    if place == "post":
        return -lean
    if place in _SUBHEADS:
        return _subhead(unit) + (0.7 * lean if lean > 0 else 0.0)
    if unit.dateline:
        return 6.0 if place in ("first1", "first0") else -6.0
    return 0.0


def _subhead(unit: Unit) -> float:
    score = 0.8
    if unit.lines[0].width > 40:
        score -= 1.5
    if unit.text[-1] in "：:":
        score -= 2.0
    return score


def _within(before: Unit, unit: Unit, source: str, place: str) -> float:
    """Scores two neighbouring units of one article."""
    score = 0.0
    if unit.tied:
        score -= 0.0 if source == place else 20.0
    if before.credit is not None and place not in ("post",):
        score -= 5.0
    return score


def _opening(before: Unit, unit: Unit, source: str, place: str) -> float:
    """Scores the start of a new article after a closed one."""
    score = -1.0
    if unit.tied:
        return -1.0 if (source, place) == ("post", "pre") else -20.0
    if before.credit is not None:
        score += 1.0
    if place == "first0":
        score += 0.0 if unit.dateline else _BARE_START + (4.0 if before.credit is not None else 0.0)
        if source == "post":
            score += 4.0
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
        around = [text[:_LOOK] for text in before + after]
        lean = 0.0
        for gram in character_pairs(unit.text):
            in_before = any(gram in text for text in before)
            in_after = any(gram in text for text in after)
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
        if unit.textual:
            found.append(unit.text[:_LOOK])
        if found and (unit.kind == "byline" or (step > 0 and unit.credit is not None) or (step < 0 and unit.dateline)):
            break
        k += step
        if step > 0 and found and k < len(chain) and (chain[k].dateline or chain[k].kind == "byline"):
            break
        if step < 0 and found and k >= 0 and chain[k].credit is not None:
            break
    return found


def _hang_captions(units: Sequence[Unit], where: dict[int, Group], groups: list[Group]) -> None:
    """Gives each caption to the article around it, or between two articles to the one it shares more with."""
    last: Group | None = None
    for i, unit in enumerate(units):
        last = where.get(id(unit), last)
        if unit.kind != "caption":
            continue
        ahead = next((where[id(u)] for u in units[i + 1 : i + 1 + _NEIGHBOURS] if id(u) in where), None)
        near = [group for group in (last, ahead) if group is not None] or groups[-1:]
        pairs = character_pairs(unit.text)
        best = near[0] if len(near) == 1 or near[0] is near[1] else max(near, key=lambda group: _shared(pairs, group))
        at = sum(1 for _, u in best.body if u.lines[0].number < unit.lines[0].number)
        best.body.insert(at, ("caption", unit))


def _shared(pairs: set[str], group: Group) -> int:
    texts = [unit.text[:_LOOK] for _, unit in group.body[:_NEIGHBOURS]]
    return sum(any(pair in text for text in texts) for pair in pairs)
