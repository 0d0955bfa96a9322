"""What a place's or a body's name says of the division it lies in.

What belongs here: reading one name: the divisions in it, its short form, whether it is a division itself.
What does not: which names an article is about (`article_owners`).
"""

from __future__ import annotations

from functools import cache, lru_cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.page import Entity, Mention
from tasks.reading.gazetteer import current_divisions, division_forms

VILLAGE = "村"
SUFFIXES = "".join((*words("division_letter"), VILLAGE))
NO_DIVISION = pattern("subject.no_division")
_PARTS = pattern("subject.divisions_in_a_name")
_AUTONOMOUS = "自治"


def bare_region(name: str) -> str:
    """Takes the division's suffix off a region's name (榆树市 → 榆树)."""
    return name[:-1] if len(name) > 2 and name[-1] in SUFFIXES else name


@cache
def division_starts() -> frozenset[str]:
    """Gives the first two characters of all divisions' names."""
    return frozenset(form[:2] for form in division_forms())


@cache
def division_names() -> frozenset[str]:
    """Gives the names of all divisions."""
    return frozenset(row["name"] for row in read_table("divisions"))


def places_in(m: Mention) -> list[tuple[Mention, float]]:
    """Gives the divisions a name mentions: itself, and those its longer form (or an authority's name) begins with."""
    if m.type == "PER":
        return []
    parts = parts_of(m.text)
    if m.type == "ORG":
        named = [p for p in parts if 2 < len(p) <= 5 and m.text.find(p) < 8] or parts_of(full_name(m))
        named = [p for p in named[:3] if 2 < len(p) <= 5 and full_name(m).find(p) < 12]
        region = m.entity.region if m.entity else None
        weights = [1.0 if part is named[-1] else 0.4 for part in named]
        return [
            (Mention(m.paragraph, 0, 0, p, "LOC", _division(p, region)), w) for p, w in zip(named, weights, strict=True)
        ]
    found = [(m, 1.0)]
    if len(parts) > 1 or (parts and not m.text.endswith(parts[-1])):
        found += [(Mention(m.paragraph, 0, 0, p, "LOC"), 0.6) for p in parts if m.text != p and not m.text.endswith(p)]
    return found


def _division(name: str, region: str | None) -> Entity | None:
    """Gives the division that a body's name begins with, where the body lies in it (济阳区人社局)."""
    found = current_divisions().get(region or "")
    if found is None or found.name != name:
        return None
    return Entity("LOC", found.full_name, adcode=found.adcode, region=found.adcode)


@lru_cache(maxsize=20_000)
def parts_of(name: str) -> tuple[str, ...]:
    """Gives the divisions in a name, largest first as printed (济南市历下区 → 济南市, 历下区)."""
    return tuple(_PARTS.findall(name))


@lru_cache(maxsize=20_000)
def short_name(name: str) -> str:
    """Gives the last division that a name holds, without its suffix (吉林省榆树市 → 榆树)."""
    parts = parts_of(name)
    last = parts[-1] if parts and name.endswith(parts[-1]) else name
    return bare_region(last)


def full_name(m: Mention) -> str:
    """Gives the full name of a division or body where linking knows it (台州 → 浙江省台州市), else the printed one."""
    if m.entity is not None and (m.entity.adcode or m.type == "ORG"):
        return m.entity.name
    return m.text


def key_of(m: Mention) -> str:
    """Gives the key under which the names of one place meet."""
    return short_name(full_name(m))


def is_better(new: Mention, known: Mention) -> bool:
    """Tells whether a name says more exactly which division is meant than the one known so far."""
    both = new.text[-1] in SUFFIXES and known.text[-1] in SUFFIXES
    if both and (_AUTONOMOUS in new.text) != (_AUTONOMOUS in known.text):
        return _AUTONOMOUS in known.text  # 三江县 is how papers call 三江侗族自治县
    return new.text[-1] in SUFFIXES and (known.text[-1] not in SUFFIXES or len(new.text) > len(known.text))


def cut_to(m: Mention, suffix: str) -> Mention:
    """Cuts a name after the division that a suffix stands for (济南市历下区 for 市: 济南市)."""
    if m.text[-1] == suffix:
        return m
    return Mention(m.paragraph, 0, 0, m.text[: m.text.index(suffix, 1) + 1], "LOC")


def is_division(m: Mention) -> bool:
    """Tells whether a place is an administrative division (by its code, else by its name)."""
    if m.type != "LOC":
        return False
    if m.entity and m.entity.adcode:
        return True
    parts = parts_of(m.text) or (m.text,)
    return m.text[-1] in SUFFIXES and not NO_DIVISION.search(m.text) and (len(parts[-1]) <= 5 or _AUTONOMOUS in m.text)
