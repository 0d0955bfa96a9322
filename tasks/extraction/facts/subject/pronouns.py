"""What else than a name takes the focus: 公司 and 他 for one named before, a project after its sum.

What belongs here: words that stand for a subject, and things that a clause makes its subject.
What does not: names; how the focus is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extraction.facts.clause.counted_phrases import phrase_after
from tasks.extraction.facts.clause.slots import Sentence
from tasks.extraction.facts.subject.article_owners import BODY_WORD, ArticleNames
from tasks.extraction.facts.subject.name_positions import LIGHT_LEAD
from tasks.extraction.facts.subject.speakers import Shift
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.lexicon.grammar.needed import needed_signs
from tasks.page import Entity, Mention

_FOUNDED_NAME = pattern("subject.founded_under_a_name")
FOUNDED_SIGNS, BODY_SIGNS = needed_signs(_FOUNDED_NAME), needed_signs(BODY_WORD)
_SPENT = words("spent_on")
PRONOUNS = frozenset(words("he_or_she"))
_POINTS_AT = (*words("points_at"), "该")


def pronouns(
    text: str, clauses: Sequence[tuple[int, int]], start: int, mentions: Sequence[Mention], article: ArticleNames
) -> list[Shift]:
    """他 and 她 at the head of a clause stand for the person last named."""
    found = []
    for a, _ in clauses:
        if text[a : a + 1] in PRONOUNS and text[a + 1 : a + 2] != "们":
            here = [m for m in mentions if m.type == "PER" and m.end_char - start <= a]
            person = here[-1] if here else article.person
            if person is not None:
                found.append(Shift(a + 1, person.text, person.entity or Entity("PER", person.text), "pronoun"))
    return found


def things_built(sentence: Sentence, start: int, mentions: Sequence[Mention]) -> list[Shift]:
    """What a sum is spent on stands after it (总投资32亿元的电池中心): the figure is that project's."""
    found = []
    for slot in sentence.slots:
        if slot.source != "left" or not sentence.text.startswith("的", slot.end):
            continue
        if not (slot.indicator or "").endswith(_SPENT):
            continue
        named = next((m for m in mentions if m.start_char - start == slot.end + 1), None)
        span = phrase_after(sentence.words, slot.end, sentence.clauses[-1][1])
        if named is not None:
            found.append(Shift(slot.start, named.text, named.entity or Entity(named.type, named.text), "built"))
        elif span is not None and span[1] - span[0] > 3:
            found.append(Shift(slot.start, sentence.text[span[0] : span[1]], None, "built", False))
    return found


def things_founded(text: str) -> list[Shift]:
    """Finds what a clause founds under a name of its own (组成“马背送书队”，每月进牧点3次)."""
    found = _FOUNDED_NAME.finditer(text)
    return [Shift(m.end("name"), m["name"].strip("“”"), None, "founded", rule=rule_of(m)) for m in found]


def bodies(
    text: str, start: int, mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]], article: ArticleNames
) -> list[Shift]:
    """公司, 该院 and the like at the head of a clause stand for the body of that kind named before."""
    shifts = []
    for a, _ in clauses:
        found = LIGHT_LEAD.match(text, a)
        match = BODY_WORD.match(text, found.end() if found else a)
        if match is None or any(m.start_char - start <= match.start() < m.end_char - start for m in mentions):
            continue
        owner = article.body(match.group(), [m for m in mentions if m.end_char - start <= match.start()])
        if owner is not None:
            entity = owner.entity or Entity(owner.type, owner.text)
            shifts.append(Shift(match.end(), owner.text, entity, "body", rule=rule_of(match)))
        elif match.group().startswith(_POINTS_AT):
            # 该厂, of which no name is known
            shifts.append(Shift(match.end(), match.group(), None, "body", rule=rule_of(match)))
    return shifts
