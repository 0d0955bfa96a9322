"""Which units of a sheet make an article.

What belongs here: collecting units by the places they were given, and giving captions to articles.
What does not: finding the places (`places`), or which display line is kicker, headline or deck (`headings`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.repair.borders import is_numbered, read_borders
from tasks.repair.gaps import box_names
from tasks.repair.jumps import is_jump_in
from tasks.repair.photos import photo_mark
from tasks.repair.places import SUBHEADS, begins_article, best_places
from tasks.repair.topics import words_of
from tasks.repair.units import Unit

_NEIGHBOURS = 8
_LOOK = 800
"""Characters of a text that are compared with a caption."""
_TELLS, _TELLS_MARKED = 0.18, 0.05
"""Share of a caption's words that an article beside it must say for the picture to belong to it; with a mark."""


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
    chain = chain_of(units)
    if not chain:
        return [Group(body=[("caption", unit)]) for unit in units]
    places = best_places(chain, read_borders(chain))
    groups: list[Group] = []
    where: dict[int, Group] = {}
    previous = ""
    for unit, place in zip(chain, places, strict=True):
        if not groups or begins_article(place, previous):
            groups.append(Group())
        _put(groups[-1], unit, place)
        where[id(unit)] = groups[-1]
        previous = place
    for group in groups:
        _promote_subheads(group)
        _lower_subheads(group)
    for group in [group for group in groups if _is_picture(group)]:
        groups.remove(group)
        for _, unit in group.body:
            del where[id(unit)]
    _hang_captions(units, where, groups)
    return sorted(groups, key=_first_line)


def _is_picture(group: Group) -> bool:
    """Tells whether an article is nothing but a picture's text without a title."""
    return not group.heads and not group.byline and all(role == "caption" for role, _ in group.body)


def chain_of(units: Sequence[Unit]) -> list[Unit]:
    """Gives the units between which borders of articles are sought: all but captions without a title of their own.

    On a page that sets headlines below their texts, a display line above a caption is no title of the picture.
    """
    first = next((unit for unit in units if unit.kind not in ("caption", "byline")), None)
    below = first is not None and first.kind == "text" and not is_jump_in(first.text)
    return [
        unit
        for i, unit in enumerate(units)
        if unit.kind != "caption" or (i > 0 and units[i - 1].kind == "head" and not unit.inside and not below)
    ]


def _first_line(group: Group) -> int:
    units = [unit for _, unit in group.body] or group.heads or group.byline
    return min(unit.lines[0].place for unit in units)


def _put(group: Group, unit: Unit, place: str) -> None:
    if unit.tied and group.heads and place in ("pre", "post"):
        group.heads[-1] = replace(group.heads[-1], text=f"{group.heads[-1].text} {unit.text}")
        return
    if place in SUBHEADS and group.body and group.body[-1][0] == "subhead" and (unit.tied or _follows(group, unit)):
        role, before = group.body[-1]
        lines, reasons = ([], []) if unit.tied else (unit.lines, unit.reasons)
        text = f"{before.text} {unit.text}"
        group.body[-1] = role, replace(before, text=text, lines=before.lines + lines, reasons=before.reasons + reasons)
        return
    if place in ("pre", "post"):
        group.heads.append(unit)
    elif place in ("by1", "by0", "end_by"):
        group.byline.append(unit)
    elif place in SUBHEADS:
        group.body.append(("subhead", unit))
    else:
        group.body.append((unit.kind if unit.kind in ("note", "caption") else "body", unit))


def _promote_subheads(group: Group) -> None:
    """Takes display lines between byline and text for the headline of an article that has no other."""
    if group.heads or not group.byline:
        return
    while len(group.body) > 1 and group.body[0][0] == "subhead":
        group.heads.append(group.body.pop(0)[1])


def _lower_subheads(group: Group) -> None:
    """Takes what stands below a headline for a subhead where it is numbered, or the first item's of a box."""
    if len(group.heads) < 2 or not group.body:
        return
    boxed = group.heads[0].text in box_names()
    first = 1 if boxed else next((n for n, unit in enumerate(group.heads) if n and is_numbered(unit.text)), None)
    if first is not None and group.heads[first].lines[0].place < group.body[0][1].lines[0].place:
        group.body[:0] = [("subhead", unit) for unit in group.heads[first:]]
        del group.heads[first:]


def _follows(group: Group, unit: Unit) -> bool:
    """Tells whether a subhead stands right under the last one: two lines of one subhead."""
    return (
        unit.blanks == 0
        and not unit.text.startswith("—")
        and group.body[-1][1].lines[-1].place == unit.lines[0].place - 1
    )


def _hang_captions(units: Sequence[Unit], where: dict[int, Group], groups: list[Group]) -> None:
    """Gives each caption to the article around it, between two to the one it tells of, or makes it one of its own."""
    last: Group | None = None
    talks: dict[int, set[str]] = {}
    rarity: Counter[str] = Counter()
    for i, unit in enumerate(units):
        last = where.get(id(unit), last)
        if unit.kind != "caption" or id(unit) in where:
            continue
        ahead = next((where[id(u)] for u in units[i + 1 : i + 1 + _NEIGHBOURS] if id(u) in where), None)
        near = [group for group in (last, ahead) if group is not None]
        if len(near) == 2 and near[0] is near[1]:
            best: Group | None = near[0]
        else:
            if not talks:
                talks = {id(group): _talk(group) for group in groups}
                rarity = Counter(word for talk in talks.values() for word in talk)
            words = words_of(unit.text)
            told = [(_told(words, talks.get(id(group), set()), rarity), group) for group in near]
            most, best = max(told, key=lambda pair: pair[0], default=(0.0, None))
            if most < (_TELLS_MARKED if photo_mark(unit.text) else _TELLS):
                best = None
        if best is None:
            groups.append(Group(body=[("caption", unit)]))
            continue
        at = sum(1 for _, u in best.body if u.lines[0].place < unit.lines[0].place)
        best.body.insert(at, ("caption", unit))


def _talk(group: Group) -> set[str]:
    """Gives the words of an article, as far as captions are compared with it."""
    texts = [unit.text[:_LOOK] for _, unit in group.body[:_NEIGHBOURS]] + [unit.text for unit in group.heads]
    return {word for text in texts for word in words_of(text)}


def _told(words: set[str], talk: set[str], rarity: Counter[str]) -> float:
    """Gives the share of a caption's words that an article says, each by how few articles of the page say it."""
    weights = {word: 1.0 / (1 + rarity[word]) for word in words}
    total = math.fsum(weights.values())
    return math.fsum(weight for word, weight in weights.items() if word in talk) / total if total else 0.0
