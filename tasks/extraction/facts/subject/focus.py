"""Where the subject of a passage shifts: a name at the head of a clause, 全区, 该公司, a speaker's office.

What belongs here: how a name stands in its clause, and whether it takes the focus.
What does not: which figure falls under which focus.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from tasks.extraction.facts.clause.slots import Sentence
from tasks.extraction.facts.clause.triggers import triggers_of
from tasks.extraction.facts.subject.article_owners import COLLECTIVE, NATION, WHOLE_NATION, ArticleNames
from tasks.extraction.facts.subject.clause_topics import clause_topics
from tasks.extraction.facts.subject.name_positions import lead_of
from tasks.extraction.facts.subject.pronouns import (
    BODY_SIGNS,
    FOUNDED_SIGNS,
    PRONOUNS,
    bodies,
    pronouns,
    things_built,
    things_founded,
)
from tasks.extraction.facts.subject.speakers import SPEAKS, TITLE, Shift, office_shift
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.lexicon.grammar.needed import needed_signs
from tasks.page import Entity, Mention
from tasks.reading.paragraph import ReadSentence

_OUTDO_PLACES = ("head", "all", "in", "de", "other", "pronoun", "body", "title")
_ONLY_MEASURED_BY = pattern("subject.only_measured_by", gap=sorted(triggers_of("gap")))
_NATIONAL_BODY = pattern("subject.national_body")
_PART_OF_NATION = pattern("subject.part_of_the_nation")
_NATIONS = pattern("subject.nations_together")
_NATION_RULES = (_NATIONAL_BODY, _PART_OF_NATION, _NATIONS)
_NATION_SIGNS = frozenset().union(*map(needed_signs, (NATION, *_NATION_RULES)))
_COLLECTIVE_SIGNS = needed_signs(COLLECTIVE)
_COUNTED = pattern("subject.counted_after_a_list")
_JOINERS = words("lists_owners")
"""What joins several owners; 与 tells of one who acts with another."""

_AMONG_THEM, _AND_OTHERS = "其中", "等"


def shifts_of(
    sentence: Sentence | ReadSentence, start: int, mentions: Sequence[Mention], article: ArticleNames
) -> list[Shift]:
    """Finds the shifts of subject in one sentence, in order.

    Args:
        sentence: The sentence, cut up around its figures where it has figures.
        start: Its offset in the paragraph.
        mentions: Its names, in order.
        article: The article's names, weighed.
    """
    text, clauses, signs = sentence.text, sentence.clauses, sentence.signs
    slots = sentence.slots if isinstance(sentence, Sentence) else ()
    groups = _groups(text, start, mentions)
    shifts: list[Shift] = []
    counted = {slot.end + 1 for slot in slots}
    for n, (a, b, members) in enumerate(groups):
        following = groups[n + 1] if n + 1 < len(groups) else None
        shift = _named(text, a, b, members, following, clauses, article, shifts, a in counted)
        if shift is not None:
            main = article.main()
            if len(members) > 1 and shift.end > b and main is not None:
                shifts.append(Shift(a, main.text, main.entity, "counted", False))
            shifts.append(shift)
    if not signs.isdisjoint(_COLLECTIVE_SIGNS):
        shifts.extend(_collective(text, start, mentions, article))
    if not signs.isdisjoint(_NATION_SIGNS):
        shifts.extend(_nation(text, clauses, {slot.end for slot in slots}))
    if not signs.isdisjoint(BODY_SIGNS):
        shifts.extend(bodies(text, start, mentions, clauses, article))
    if not signs.isdisjoint(FOUNDED_SIGNS):
        shifts.extend(things_founded(text))
    if not signs.isdisjoint(PRONOUNS):
        shifts.extend(pronouns(text, clauses, start, mentions, article))
    if isinstance(sentence, Sentence):
        shifts.extend(clause_topics(sentence, shifts))
        shifts.extend(things_built(sentence, start, mentions))
    return sorted(shifts, key=lambda s: s.end)


Group = tuple[int, int, list[Mention]]


def _groups(text: str, start: int, mentions: Sequence[Mention]) -> list[Group]:
    """Joins names in a list (A、B和C) into groups; offsets of the sentence."""
    groups: list[Group] = []
    for m in mentions:
        a, b = m.start_char - start, m.end_char - start
        if groups and a < groups[-1][1]:
            continue
        between = text[groups[-1][1] : a] if groups else ""
        if groups and between in _JOINERS and groups[-1][2][-1].type == m.type:
            groups[-1] = (groups[-1][0], b, [*groups[-1][2], m])
        else:
            groups.append((a, b, [m]))
    return groups


def _named(
    text: str,
    a: int,
    b: int,
    members: list[Mention],
    following: Group | None,
    clauses: Sequence[tuple[int, int]],
    article: ArticleNames,
    earlier: Sequence[Shift],
    next_of_list: bool,
) -> Shift | None:
    clause = next((c for c in clauses if c[0] <= a < c[1]), (0, len(text)))
    lead = lead_of(text[clause[0] : a])
    if next_of_list and lead == "list":
        lead = "head"  # 东湖景区5万人次、|西湖景区|3万人次
    first = members[0]
    speaks = TITLE.match(text, b) or (SPEAKS.match(text, b) if first.type == "ORG" else None)
    if speaks or lead == "source":
        office = office_shift(first, b, article, text[b:])
        return office._replace(rule=rule_of(speaks)) if office and speaks and not office.rule else office
    if first.type == "PER" and _person_passes(text, clause, b, lead):
        return None
    if lead in ("of", "verb", "list"):
        return None
    if lead == "in" and any(t.kind in _OUTDO_PLACES for t in earlier) and "；" not in text[earlier[-1].end : a]:
        return None
    if first.type == "LOC" and _place_passes(text, clause, a, b, lead, members, following, article):
        return None
    if first.type == "PER" and lead == "other" and not _heads_topic(text, b):
        return None
    return _taken(text, a, b, members, clause, lead)


def _person_passes(text: str, clause: tuple[int, int], b: int, lead: str) -> bool:
    """Whether a person is only named in passing: as a speaker, an object, one of a list."""
    if text.startswith("：", clause[1]) or text.startswith(_AND_OTHERS, b) or SPEAKS.match(text, b):
        return True
    return lead in ("of", "verb", "list")


def _place_passes(
    text: str,
    clause: tuple[int, int],
    a: int,
    b: int,
    lead: str,
    members: list[Mention],
    following: Group | None,
    article: ArticleNames,
) -> bool:
    """Whether a place is only where something lies or goes, or part of the name that follows."""
    first = members[0]
    if following is not None:
        gap, follows = text[b : following[0]], following[2][0].type
        if gap == "" or (gap == "的" and follows != "LOC"):
            return True
    return lead == "other" and not (article.is_main(first) and _heads_topic(text, b))


def _taken(text: str, a: int, b: int, members: list[Mention], clause: tuple[int, int], lead: str) -> Shift | None:
    """Makes the shift to a name, to several, or to the body that a place is part of (槐荫区|财政)."""
    first = members[0]
    if len(members) > 1 or text.startswith(_AND_OTHERS, b):
        counted = _COUNTED.match(text, b)
        if counted and text.startswith(_AND_OTHERS, b):
            return None
        b = counted.end() if counted else b
    within = len(members) > 1 or text.find(_AMONG_THEM, max(0, clause[0] - 3), a) >= 0
    strong = not within and lead != "in"
    if len(members) == 1:
        return Shift(b, first.text, first.entity or Entity(first.type, first.text), lead, strong)
    name = text[a : members[-1].end_char - first.start_char + a]
    return Shift(b, name, None, lead, strong, tuple((m.text, m.entity) for m in members))


def _heads_topic(text: str, b: int) -> bool:
    return text[b : b + 1] not in "，。；、）”"


def _nation(text: str, clauses: Sequence[tuple[int, int]], figures: Container[int]) -> list[Shift]:
    """全国 and 我国 at the head of a clause put the whole country in focus, 西部地区 and 全国铁路 a part of it.

    Right after a figure (offsets of their ends) 全国 is part of a name: 6家|全国重点实验室.
    """
    named = [(match, WHOLE_NATION) for match in NATION.finditer(text)]
    named += [(match, match.group()) for rule in _NATION_RULES for match in rule.finditer(text)]
    found = []
    for match, name in named:
        clause = next((c for c in clauses if c[0] <= match.start() < c[1]), None)
        if clause is not None and match.start() not in figures and lead_of(text[clause[0] : match.start()]) == "head":
            found.append(Shift(match.end(), name, None, "nation", rule=rule_of(match)))
    return found


def _collective(text: str, start: int, mentions: Sequence[Mention], article: ArticleNames) -> list[Shift]:
    """全市, 该区 put their region in focus, unless they only say of what a part is taken or what is outdone."""
    shifts = []
    for match in COLLECTIVE.finditer(text):
        if text.startswith(("（", "("), match.end()):
            continue
        if match.start() > 1 and _ONLY_MEASURED_BY.search(text, max(0, match.start() - 4), match.start()):
            continue
        if text[match.start() - 1 : match.start()] == "对" and "贡献" in text[match.end() : match.end() + 14]:
            continue
        region = article.resolve(match.group(1), [m for m in mentions if m.end_char - start <= match.start()])
        name = region.text if region else match.group()
        shifts.append(Shift(match.end(), name, region.entity if region else None, "all", rule=rule_of(match)))
    return shifts
