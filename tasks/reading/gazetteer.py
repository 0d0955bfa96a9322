"""The administrative divisions of China, today's and former ones, and which of them a printed name means.

What belongs here: the table of divisions, the forms in which newspapers print them, the choice among namesakes, and the
countries and bodies that every reader knows by name. What does not: finding names in running text, and persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern

LEVELS = ("province", "city", "county")
_LEVEL_RANK = {level: n for n, level in enumerate(LEVELS)}
_AUTONOMOUS = pattern("names.autonomous")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
"""Provinces that are one city: 北京, 天津, 上海, 重庆."""


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division of China as it was in a span of time.

    Attributes:
        adcode: GB/T 2260 code, six digits; the successor's where a former division had none of its own.
        name: Its own name: 槐荫区.
        full_name: With what it lies in: 山东省济南市槐荫区.
        level: `province`, `city` or `county`.
        parent_adcode: The next division above; empty for provinces.
        valid_from: First day; None where it is older than the oldest list (1980).
        valid_to: Day on which it was gone; None where it stands.
        short: Name without its kind: 槐荫; empty where no such name is in use (环县).
        successor: Adcode of the division that took its place; empty where it stands.
    """

    adcode: str
    name: str
    full_name: str
    level: str
    parent_adcode: str
    valid_from: date | None = None
    valid_to: date | None = None
    short: str = ""
    successor: str = ""

    @property
    def city(self) -> str:
        """Adcode of the city it lies in or is; of the province for 北京市 and the like and for provinces."""
        if self.level == "county":
            return self.parent_adcode
        return self.adcode

    def stood_on(self, day: date | None) -> bool:
        """Says whether it existed under this name on a day; without a day, whether it exists now."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@cache
def division_table() -> tuple[Division, ...]:
    """Gives all divisions from province to county, today's first, then former ones.

    Returns:
        One value per division and span of time; adcode and `valid_from` together are unique.
    """
    day = _day
    return tuple(
        Division(
            adcode=row["adcode"],
            name=row["name"],
            full_name=row["full_name"],
            level=row["level"],
            parent_adcode=row["parent_adcode"],
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            short=row["short"],
            successor=row.get("successor", ""),
        )
        for table in ("divisions", "former_divisions")
        for row in read_table(table)
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def current_divisions() -> Mapping[str, Division]:
    """Gives today's divisions by adcode."""
    return {d.adcode: d for d in division_table() if d.valid_to is None}


@cache
def division_forms() -> Mapping[str, tuple[tuple[Division, bool], ...]]:
    """Gives every printed form of a division with what it may mean; the flag says that the form is a short one.

    济南市, 济南; 三江侗族自治县, 三江县, 三江; 临夏回族自治州, 临夏州, 临夏; 科右中旗.
    """
    forms: dict[str, list[tuple[Division, bool]]] = defaultdict(list)
    for division in division_table():
        forms[division.name].append((division, False))
        kind = _AUTONOMOUS.search(division.name)
        if kind and division.short and division.level != "province":
            forms[division.short + kind[1]].append((division, False))
        if division.short and division.short != division.name:
            forms[division.short].append((division, True))
    for row in read_table("division_short_forms"):
        forms[row["form"]].append((current_divisions()[row["adcode"]], False))
    return {form: tuple(meanings) for form, meanings in forms.items()}


@cache
def _longest_form() -> int:
    return max(map(len, division_forms()))


@lru_cache(1 << 16)
def split_divisions(name: str) -> tuple[tuple[tuple[Division, bool], ...], int]:
    """Reads the divisions at the head of a place name, 山东省济南市历下区姚家街道 → the meanings of 历下区.

    Args:
        name: A place or organisation name.

    Returns:
        What the last division at the head may mean, given those before it, and how many characters they take;
        an empty tuple and 0 where the name begins with none. A short form counts only at the end of the name, as the
        whole name, or before another division.

    >>> meanings, length = split_divisions("济南市历下区姚家街道")
    >>> [d.adcode for d, short in meanings], length
    (['370102'], 6)
    """
    forms = division_forms()
    at, held, last = 0, (), 0  # type: int, tuple[tuple[Division, bool], ...], int
    outer: tuple[tuple[Division, bool], ...] = ()
    while at < len(name):
        step = next((n for n in range(min(_longest_form(), len(name) - at), 1, -1) if name[at : at + n] in forms), 0)
        if not step:
            break
        meanings = forms[name[at : at + step]]
        inside = tuple((d, s) for d, s in meanings if not outer or any(lies_in(d, o) for o, _ in outer))
        if not inside:
            break
        at += step
        outer = inside
        if not all(s for _, s in inside) or at == len(name) or not held:
            held, last = inside, at
    return held, last


def lies_in(inner: Division, outer: Division) -> bool:
    """Says whether a division lies in another one, by its code or its full name."""
    if inner.adcode == outer.adcode:
        return False
    if outer.level == "province":
        return inner.adcode[:2] == outer.adcode[:2]
    if inner.parent_adcode == outer.adcode or inner.full_name.startswith(outer.full_name):
        return True
    # 上饶市铅山县 as well as 吐鲁番地区 of former times: the code says it where parents changed their rank
    return outer.level == "city" and inner.adcode[:4] == outer.adcode[:4]


def choose_division(
    meanings: Sequence[tuple[Division, bool]], day: date | None, votes: Mapping[str, float]
) -> Division | None:
    """Chooses what a printed division means on a page.

    A division that stood on the day of issue goes before one of another time; one that lies in a city or province
    the page speaks of goes before one elsewhere; a city goes before a county of the same short name. A former name
    printed after its end means its successor. Where two are left, nobody knows, and none is chosen.

    Args:
        meanings: What the form may mean, with the short-form flag, as `division_forms` gives it.
        day: Issue date, where known.
        votes: How much a page speaks of each adcode, provinces, cities and counties.

    Returns:
        The division, or None where the text leaves it open.
    """
    if len(meanings) == 1:
        return _on_day(meanings[0][0], day)
    best: dict[str, tuple[float, Division]] = {}
    for division, short in meanings:
        target = _on_day(division, day)
        # `市` and above are what a bare short name means everywhere; a county needs its city on the page
        home = _home_votes(target, votes)
        score = 4.0 * min(home, 8.0) + (2.0 if division.stood_on(day) else 0.0)
        if short:
            score += {"province": 4.0, "city": 3.0, "county": 0.0}[division.level]
            score += 6.0 if votes.get(f"full:{target.adcode}") else 0.0
        if target.adcode not in best or best[target.adcode][0] < score:
            best[target.adcode] = (score, target)
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], _LEVEL_RANK[pair[1].level], pair[1].adcode))
    if not ranked:
        return None
    if len(ranked) == 1:
        return ranked[0][1]
    (first, division), (second, other) = ranked[:2]
    if first > second or lies_in(other, division):
        return division
    return None


def _home_votes(division: Division, votes: Mapping[str, float]) -> float:
    if division.level == "province":
        return votes.get(division.adcode, 0.0)
    home = votes.get(division.adcode, 0.0) if division.level == "city" else votes.get(division.parent_adcode, 0.0)
    return home + min(0.5, 0.1 * votes.get(division.adcode[:2] + "0000", 0.0))


def _on_day(division: Division, day: date | None) -> Division:
    """The division itself, or its successor where the paper came out after its end or the code is the successor's."""
    seen: set[str] = set()
    while division.successor and (division.adcode == division.successor or _is_over(division, day)):
        following = current_divisions().get(division.successor)
        if following is None:
            break
        division = following
        if division.adcode in seen:
            break
        seen.add(division.adcode)
    return division


def _is_over(division: Division, day: date | None) -> bool:
    return division.valid_to is not None and (day is None or division.valid_to <= day)


@cache
def countries() -> frozenset[str]:
    """Gives the names of countries, short ones (法, 美) too."""
    return frozenset(row["name"] for row in read_table("places") if row["kind"] == "country")


@cache
def known_bodies() -> Mapping[str, str]:
    """Gives the organisations that every reader knows, by the name printed: what they are called in full."""
    return {row["name"]: row["canonical"] for row in read_table("organisations")}
