"""Ties the names found on a page to the things they stand for.

What belongs here: the choice of the entity behind each name, from the page as a whole.
What does not: finding the names (`recogniser`), the table of divisions (`reading.gazetteer`).

Canonical names: a division has its full name from the province down (山东省济南市槐荫区) and its adcode; a place within
a division that is known has the division's full name before its own; an organisation that begins with a division's name
or with 市, 区, 县 … has the division's name from the city down (济南市槐荫区统计局), other organisations the longest
form on the page; a person has the bare name and the page's city as scope, else the organisation in the title.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from tasks.extraction.names.link.lies_in import division_around
from tasks.extraction.names.link.short_forms import full_forms, squeeze_name
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.page import Entity
from tasks.reading.gazetteer import (
    MUNICIPALITIES,
    Division,
    choose_division,
    current_divisions,
    division_forms,
    known_bodies,
    split_divisions,
)

_LEVEL_OF = {"省": "province", "市": "city", "州": "city", "区": "county", "县": "county", "旗": "county"}
_SHORT_BANKS = words("short_bank")
_BARE_OFFICE = pattern("names.office_with_level")


class FoundName(NamedTuple):
    """A name with its article (None outside of any), its type and text, and the organisation of the title before it."""

    article: int | None
    type: str
    text: str
    employer: str = ""


class Region(NamedTuple):
    """What a page or article speaks of.

    Attributes:
        votes: How much, by adcode.
        at_level: The division of each level that it speaks of most.
        told_by: The names that tell of each province, by the province's two digits.
    """

    votes: Mapping[str, float]
    at_level: Mapping[str, Division]
    told_by: Mapping[str, frozenset[str]]

    @property
    def city(self) -> str:
        """Full name of the city it is about; empty where that is not to be seen."""
        return self.at_level["city"].full_name if "city" in self.at_level else ""


def link_names(names: Sequence[FoundName], day: date | None, publisher: str | None) -> list[Entity | None]:
    """Gives each name of a page its entity.

    Args:
        names: The names in reading order.
        day: Issue date, where known.
        publisher: Name of the newspaper, where known; 济南日报 says that the page speaks of 济南.

    Returns:
        One entity a name, in the same order; None for a surname alone (王女士, 小张), which many people share.
    """
    by_article: dict[int | None, list[FoundName]] = defaultdict(list)
    for name in names:
        by_article[name.article].append(name)
    page = _region(names, day, _publisher_votes(publisher, day))
    regions = {article: _region(group, day, page.votes, weight=0.3) for article, group in by_article.items()}
    organisations = {
        article: full_forms([n.text for n in group if n.type == "ORG"], "ORG") for article, group in by_article.items()
    }
    page_organisations = full_forms([n.text for n in names if n.type == "ORG"], "ORG")
    places = full_forms([n.text for n in names if n.type == "LOC"], "LOC")
    known: dict[FoundName, Entity | None] = {}
    for name in names:
        if name in known:
            continue
        region, text = regions[name.article], squeeze_name(name.text)
        if name.type == "PER":
            scope = page.city or squeeze_name(name.employer)
            known[name] = Entity("PER", text, scope) if len(text) > 1 else None
            continue
        forms = organisations[name.article], page_organisations
        place = name.type == "LOC"
        found = _place(text, day, region, page, places) if place else _organisation(text, day, region, forms)
        around = division_around(found, day, region.votes, region.at_level)
        known[name] = Entity(found.type, found.name, found.scope, found.adcode, around)
    return [known[name] for name in names]


def _publisher_votes(publisher: str | None, day: date | None) -> Mapping[str, float]:
    if not publisher:
        return {}
    for length in range(min(8, len(publisher)), 1, -1):
        meanings = division_forms().get(publisher[:length])
        division = choose_division(meanings, day, {}) if meanings else None
        if division:
            return _weighed(division, 4.0)
    return {}


def _weighed(division: Division, weight: float) -> dict[str, float]:
    votes = {division.adcode: weight, division.adcode[:2] + "0000": weight}
    if division.level == "county":
        votes[division.parent_adcode] = weight
    return votes


def _region(names: Sequence[FoundName], day: date | None, before: Mapping[str, float], weight: float = 1.0) -> Region:
    """Counts what the names speak of: first those that can mean one division only, then the others in their light."""
    votes = defaultdict(float, {adcode: weight * number for adcode, number in before.items()})
    counts = Counter(squeeze_name(n.text) for n in names if n.type != "PER")
    open_names: list[tuple[tuple[tuple[Division, bool], ...], int]] = []
    for text, count in counts.items():
        meanings, sure, division = _meant_anywhere(text, day)
        if sure:
            _vote(votes, division, all(s for _, s in meanings), count)
        elif meanings:
            open_names.append((meanings, count))
    frozen = dict(votes)
    for meanings, count in open_names:
        _vote(votes, choose_division(meanings, day, frozen), all(s for _, s in meanings), count)
    told_by = {adcode[:2]: frozenset(["the publisher"]) for adcode in before if adcode.isdigit()}
    for text in counts:
        for division, _ in _meant_anywhere(text, day)[0]:
            told_by[division.adcode[:2]] = told_by.get(division.adcode[:2], frozenset()) | {text}
    return Region(votes, _most_spoken_of(votes), told_by)


@lru_cache(1 << 12)
def _meant_anywhere(text: str, day: date | None) -> tuple[tuple[tuple[Division, bool], ...], bool, Division | None]:
    """What the divisions at the head of a name may mean, whether that is one only, and then which."""
    meanings, _ = split_divisions(text)
    adcodes = {d.adcode for d, _ in meanings if d.valid_to is None} or {d.adcode for d, _ in meanings}
    sure = len(adcodes) == 1
    return meanings, sure, choose_division(meanings, day, {}) if sure else None


def _vote(votes: dict[str, float], division: Division | None, short: bool, count: int) -> None:
    if division is None:
        return
    strength = min(count, 5) * (0.6 if short else 1.0)
    for adcode, weight in _weighed(division, strength).items():
        votes[adcode] += weight
    if not short:
        votes[f"full:{division.adcode}"] += 1


def _most_spoken_of(votes: Mapping[str, float]) -> dict[str, Division]:
    best: dict[str, tuple[float, Division]] = {}
    divisions = current_divisions()
    for adcode, weight in sorted(vote for vote in votes.items() if vote[1] >= 1):
        division = divisions.get(adcode)
        if division is None:
            continue
        level = "city" if adcode in MUNICIPALITIES else division.level
        if level not in best or best[level][0] < weight:
            best[level] = (weight, division)
    found = {level: division for level, (_, division) in best.items()}
    if "city" in found and "county" in found and found["county"].parent_adcode != found["city"].adcode:
        del found["county"]
    return found


def _place(text: str, day: date | None, region: Region, page: Region, fuller: Mapping[str, str]) -> Entity:
    meanings, length = split_divisions(text)
    division = choose_division(meanings, day, region.votes) if meanings else None
    if meanings and length == len(text):
        if division and not _unsupported_short_form(text, division, page):
            return Entity("LOC", division.full_name, adcode=division.adcode)
        return Entity("LOC", text)
    if len(text) == 1 and text in _letters():
        canonical, adcode = _letters()[text]
        return Entity("LOC", canonical, adcode=adcode)
    if text in _known_places():
        return Entity("LOC", _known_places()[text])
    if division and not all(short for _, short in meanings):
        return Entity("LOC", division.full_name + text[length:], scope=division.adcode)
    if text in fuller:
        return _place(fuller[text], day, region, page, {})
    return Entity("LOC", text, scope=page.city)


def _unsupported_short_form(text: str, division: Division, page: Region) -> bool:
    """Says whether nothing on a page speaks for a county's short name (西山, 苍山), which is many a place's."""
    if division.level != "county" or text == division.name or text not in division_forms():
        return False
    if page.votes.get(f"full:{division.adcode}"):
        return False
    return not page.told_by.get(division.adcode[:2], frozenset()) - {text}


def _organisation(text: str, day: date | None, region: Region, fuller: Sequence[Mapping[str, str]]) -> Entity:
    full = next((forms[text] for forms in fuller if text in forms), text)
    full = f"{full[:-1]}银行" if full.endswith(_SHORT_BANKS) else full
    if full in known_bodies():
        return Entity("ORG", known_bodies()[full])
    meanings, length = split_divisions(full)
    division = choose_division(meanings, day, region.votes) if meanings else None
    if division and length < len(full) and not all(short for _, short in meanings):
        return Entity("ORG", _from_city(division) + full[length:])
    if _BARE_OFFICE.fullmatch(full):
        division = region.at_level.get(_LEVEL_OF[full[0]])
        if division and division.name.endswith(full[0]):
            return Entity("ORG", _from_city(division) + full[1:])
    return Entity("ORG", full, scope="" if len(full) > 3 else region.city)


def _from_city(division: Division) -> str:
    """济南市槐荫区 of 山东省济南市槐荫区; 山东省 stays."""
    if division.level == "province":
        return division.name
    parent = current_divisions().get(division.parent_adcode)
    if parent is None or parent.level == "province":
        return division.full_name if parent and parent.adcode in MUNICIPALITIES else division.name
    return parent.name + division.name


@cache
def _letters() -> Mapping[str, tuple[str, str | None]]:
    rows = read_table("place_letters")
    return {row["letter"]: (row["canonical"] or row["letter"], row["adcode"] or None) for row in rows}


@cache
def _known_places() -> Mapping[str, str]:
    return {row["name"]: row["canonical"] for row in read_table("places")}
