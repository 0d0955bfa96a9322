"""Who speaks: the office, company or institution behind a statement, and whose figures it tells.

What belongs here: telling speakers from subjects, and what a speaker's office speaks for.
What does not: how the subject moves through a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tasks.extraction.facts.subject.article_owners import BODY_WORD, NATIONAL, WHOLE_NATION, ArticleNames
from tasks.extraction.facts.subject.region_names import full_name
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.page import Entity, Mention
from tasks.reading.gazetteer import countries


def _institutions() -> list[str]:
    """Gives the last words of bodies' names that are no authorities': a new kind of body is a row of `org_suffixes`."""
    ends = [row["suffix"] for row in read_table("org_suffixes")]
    return [end for end in ends if not end.endswith(words("authority_end")) and (len(end) > 1 or end == "厂")]


SPEAKS = pattern("subject.speaks")
"""What follows a name that says or publishes something."""

TITLE = pattern("subject.title_after_a_body")
"""A title after the name of a body (局长, 总经理)."""

_PUBLISHES = pattern("subject.publishes_figures")
_PLACE_OF_A_COMMITTEE = pattern("subject.place_of_a_committee")
_LONGEST_COUNTRY, _LONGEST_TOWN = 8, 4
_INSTITUTION = pattern("subject.institution", institution=_institutions())
_OWN_REGION = pattern("subject.region_of_an_office")


class Shift(NamedTuple):
    """A place in a sentence where the subject changes.

    Attributes:
        end: Offset in the sentence from which on it holds.
        name: The new subject.
        entity: What it is linked to.
        kind: How it came: head, in, by, source, title, all, body, thing.
        strong: Whether it holds beyond its sentence even where no figure follows.
        members: The single names, where the subject is a list.
        rule: The rule of the grammar that found it; empty where a name alone does.
    """

    end: int
    name: str
    entity: Entity | None
    kind: str
    strong: bool = True
    members: tuple[tuple[str, Entity | None], ...] = ()
    rule: str = ""


def office_shift(office: Mention, b: int, article: ArticleNames, told: str = "") -> Shift | None:
    """A speaker's office: a company speaks of itself, an authority of its region.

    Args:
        office: The name of the office.
        b: Offset in the sentence from which on it would hold.
        article: The article's names, weighed.
        told: What follows the name.
    """
    institution = _INSTITUTION.search(office.text) if office.type == "ORG" else None
    if institution:
        if told and _PUBLISHES.match(told):
            return None  # a bank's survey tells of the economy, not of the bank
        return Shift(b, office.text, office.entity or Entity("ORG", office.text), "title", rule=rule_of(institution))
    if office.type == "PER":
        return None
    if nation := NATIONAL.match(office.text):
        return Shift(b, WHOLE_NATION, None, "nation", rule=rule_of(nation))
    country = next((n for n in range(_LONGEST_COUNTRY, 1, -1) if office.text[:n] in countries()), 0)
    if country and country < len(office.text):
        name = office.text[:country]
        return Shift(b, name, Entity("LOC", name), "title")
    committee = _PLACE_OF_A_COMMITTEE.match(office.text)
    if committee is not None and article.inside(committee["place"][-_LONGEST_TOWN:]) is None:
        return Shift(b, committee["place"], None, "title", rule=rule_of(committee))
    inside = article.inside(full_name(office))
    if inside is not None:
        return Shift(b, inside.text, inside.entity, "title")
    kind = BODY_WORD.match(office.text)
    owner = article.body(kind.group()) if kind else None
    if owner is not None:
        return Shift(b, owner.text, owner.entity or Entity(owner.type, owner.text), "body", rule=rule_of(kind))
    region = _OWN_REGION.match(office.text)
    if region is not None and len(region.group()) > 2:
        return Shift(b, region.group(), None, "title", rule=rule_of(region))
    main = article.main()
    return Shift(b, main.text, main.entity, "office") if main else None


def office_after(text: str, start: int, mentions: Sequence[Mention], article: ArticleNames) -> Shift | None:
    """Finds who speaks a quotation: the office named right after it (“……。”榆树市农业农村局副局长单玉国说).

    Args:
        text: The paragraph.
        start: Where the quotation ends.
        mentions: The paragraph's names, in order.
        article: The article's names, weighed.
    """
    after = next((m for m in mentions if m.start_char >= start and m.type == "ORG"), None)
    if after is None or after.start_char - start > 18 or "。" in text[start : after.start_char]:
        return None
    if after.type == "ORG" and (TITLE.match(text, after.end_char) or SPEAKS.match(text, after.end_char)):
        return office_shift(after, 0, article)
    return None
