"""Whose figure it is: the region, organisation, person or project in focus.

What belongs here: following the subject from clause to clause through an article.
What does not: finding names; how a name stands in its clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from tasks.extraction.facts.clause.actors import names_an_actor
from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.clause.tokens import NAME, Block
from tasks.extraction.facts.subject.article_owners import (
    COLLECTIVE,
    NATION,
    WHOLE_NATION,
    WORK_REPORT,
    ArticleNames,
    article_names,
)
from tasks.extraction.facts.subject.focus import shifts_of
from tasks.extraction.facts.subject.region_names import bare_region
from tasks.extraction.facts.subject.speakers import Shift, office_after
from tasks.lexicon.grammar import pattern, rule_of, words
from tasks.page import Entity, Mention, Paragraph, RepairedPage
from tasks.reading.paragraph import ReadSentence

_OUTPUTS = words("output_of_a_body")
_POINTED_AT = pattern("subject.pointed_at")
_start_of = attrgetter("start_char")


class Subject(NamedTuple):
    """The subject chosen.

    Attributes:
        name: As the text (or the name it stands for) says it.
        entity: What it is linked to.
        reason: How it came to be chosen: the kind of shift, and how far back it lies.
        doubts: Signs that speak for or against it: other names in between, how the article is told.
        around: Code of the division that the article is about.
        rule: The rule of the grammar by which it was chosen; empty where none was needed.
    """

    name: str | None
    entity: Entity | None
    reason: str
    doubts: tuple[str, ...] = ()
    around: str | None = None
    rule: str = ""

    @property
    def region(self) -> str | None:
        """Code of the division that the subject is or lies in; of the article's where it is a common noun (食堂)."""
        if self.entity is not None:
            return self.entity.adcode or self.entity.region
        return self.around if self.name != WHOLE_NATION else None


@lru_cache(1 << 12)
def _doubts_said(kinds: str, gap: int, fresh: bool, about: bool, persons: int) -> tuple[str, ...]:
    return f"rivals:{kinds}", f"gap:{gap}:{fresh}", f"about:{about}", f"persons:{persons}", f"persons:{persons}:{about}"


def _is_output(slot: Slot) -> bool:
    """Whether a figure is an output of a body or a region (产值, 进出口), which no person owns."""
    return (slot.indicator or "").endswith(_OUTPUTS)


class SubjectFocus:
    """The subject in force while a page is read from top to bottom."""

    def __init__(self, page: RepairedPage, mentions: Sequence[Mention]) -> None:
        self._by_paragraph: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._by_paragraph.setdefault(mention.paragraph, []).append(mention)
        for own in self._by_paragraph.values():
            own.sort(key=lambda m: (m.start_char, -m.end_char))
        self._names = article_names(page, self._by_paragraph)
        self._article = ArticleNames(None, ())
        self._article_seq: int | None = -1
        self._paragraph: list[Mention] = []
        self._sentence: list[Mention] = []
        self._start, self._text = 0, ""
        self._focus: Shift | None = None
        self._ground: Shift | None = None
        self._age = "article"

    def enter_paragraph(self, paragraph: Paragraph) -> None:
        """Starts a paragraph: the article's own subject is in focus again."""
        if paragraph.article != self._article_seq:
            self._article_seq = paragraph.article
            self._article = self._names.get(paragraph.article) or ArticleNames(None, ())
            self._article.latest = []
            self._focus = None
        self._paragraph = self._by_paragraph.get(paragraph.seq, [])
        self._sentence = []
        self._focus = self._ground = self._lasting(self._focus)
        self._age = "article"

    def _lasting(self, focus: Shift | None) -> Shift | None:
        """Keeps a focus over the paragraph's end where the article keeps naming it."""
        if focus is None or focus.entity is None or focus.entity.type == "PER" or focus.kind in ("all", "in", "office"):
            return None
        return focus if self._article.times(focus.name) >= 2 else None

    def enter_sentence(self, text: str, start: int, end: int) -> None:
        """Starts a sentence of the paragraph; a sentence without figures may move the focus too."""
        self._start, self._text = start, text[start:end]
        for m in self._sentence:
            if m.type != "PER":
                self._article.focus_on(m)
            else:
                self._article.person = m
        first = bisect_left(self._paragraph, start, key=_start_of)
        self._sentence = [
            m for m in self._paragraph[first : bisect_left(self._paragraph, end, key=_start_of)] if m.end_char <= end
        ]
        if self._is_passing(self._focus) and not text.startswith("“", start):
            self._focus = self._ground
        if self._focus is None and text.startswith("“", start):
            speaker = office_after(text, end, self._paragraph, self._article)
            if speaker is not None:
                self._take(speaker)
        if self._focus is not None:
            self._age = "paragraph"

    @staticmethod
    def _is_passing(focus: Shift | None) -> bool:
        """Whether a person was only brought in by his trade (牧民敖日格乐): the next sentence is not about him."""
        return focus is not None and focus.kind == "other" and focus.entity is not None and focus.entity.type == "PER"

    def leave_plain_sentence(self, read: ReadSentence) -> None:
        """Notes what a sentence without figures puts in focus."""
        for shift in shifts_of(read, self._start, self._sentence, self._article):
            if shift.kind != "in":
                self._take(shift)

    def _take(self, shift: Shift) -> None:
        if shift.kind == "in" and shift.entity is not None and shift.entity.type == "ORG" and self._focus is not None:
            return
        self._focus, self._age = shift, "sentence"
        if shift.strong and not self._is_passing(shift):
            self._ground = shift

    def blocks(self) -> list[Block]:
        """Gives the sentence's names, and 该公司 and the like, as blocks; offsets in the sentence."""
        named = [(m.start_char - self._start, m.end_char - self._start, NAME) for m in self._sentence]
        pointed = (found.span() for found in _POINTED_AT.finditer(self._text))
        return [*named, *((a, b, NAME) for a, b in pointed if not any(c < b and a < d for c, d, _ in named))]

    def read_sentence(self, sentence: Sentence) -> list[Subject]:
        """Gives the subject of every figure of a sentence."""
        shifts = shifts_of(sentence, self._start, self._sentence, self._article)
        chosen: list[Subject] = []
        before = self._focus
        anchor: Shift | None = None
        self._return_to_main(sentence)
        at = 0
        for slot in sentence.slots:
            while at < len(shifts) and shifts[at].end <= slot.start:
                self._take(shifts[at])
                at += 1
            focus = self._focus
            spoken_of = focus is not None and focus.kind == "thing" and before is not focus
            counts = slot.source == "right" and slot.order == 0 and names_an_actor(slot.indicator or "")
            if focus is not None and spoken_of and counts and focus.end < slot.clause[0]:
                self._focus = before  # 6个省级项目，总投资278亿元，|13个市级项目
            part = sentence.text.rfind("；", 0, slot.start)
            if (
                anchor is not None
                and self._focus is not None
                and self._focus.end <= part
                and anchor.kind in ("head", "all", "title")
            ):
                self._focus = anchor
            if anchor is None:
                anchor = self._focus
            name, entity, reason, rule = self._subject(sentence, slot)
            around = self._article.around if name else None
            chosen.append(Subject(name, entity, reason, self._doubts(slot, name), around, rule))
        for shift in shifts[at:]:
            self._take(shift)
        if self._focus is not None and not self._focus.strong:
            self._focus = before
        return chosen

    def _return_to_main(self, sentence: Sentence) -> None:
        """Leaves a body or person of an earlier sentence where this one names what the article is about."""
        focus = self._focus
        if focus is None or not sentence.slots or self._age != "paragraph":
            return
        if focus.entity is None or focus.entity.type == "LOC":
            return
        first = sentence.slots[0].start
        named = [m for m in self._sentence if m.end_char - self._start <= first and self._article.is_main(m)]
        if named and named[0].type == "LOC":
            self._take(Shift(0, named[0].text, named[0].entity, "again"))

    def _doubts(self, slot: Slot, name: str | None) -> tuple[str, ...]:
        """Lists what may speak against a subject; confidence weighs it."""
        fresh = self._focus is not None and self._age == "sentence"
        since = self._focus.end if self._focus is not None and fresh else 0
        rivals = [m for m in self._sentence if since <= m.start_char - self._start < slot.start]
        kinds = "".join(sorted({m.type for m in rivals if m.text != name}))
        main = self._article.main()
        about = main is not None and name is not None and bare_region(main.text) == bare_region(name)
        gap = slot.start - since
        return _doubts_said(kinds, gap // 16 if gap < 80 else 5, fresh, about, self._article.persons)

    def _bracketed(self, sentence: Sentence, slot: Slot) -> tuple[str, Entity | None, str, str] | None:
        """Reads whose a figure is that stands in brackets behind its owner: 高于全国（40.1%）, 全市（3.7%）."""
        opened = slot.start - 1
        if sentence.text[opened : slot.start] not in ("（", "("):
            return None
        named = next((m for m in self._sentence if m.end_char - self._start == opened and m.type == "LOC"), None)
        if named is not None:
            return named.text, named.entity, "head:clause", ""
        for rule in (NATION, COLLECTIVE):
            found = next((m for m in rule.finditer(sentence.text, max(0, opened - 2)) if m.end() == opened), None)
            if found is not None:
                region = self._article.resolve(found[1]) if rule is COLLECTIVE else None
                entity = region.entity if region else None
                return region.text if region else found.group(), entity, "all:clause", rule_of(found)
        return None

    def _strays(self, focus: Shift, slot: Slot) -> bool:
        """Whether a focus is only a name that a report on a region's work mentions: its figures are the region's.

        A place that heads the figure's own clause has figures of its own there too.
        """
        own = self._age == "sentence" and slot.clause[0] < focus.end <= slot.start
        return not (own and focus.entity is not None and focus.entity.type == "LOC")

    def _producer(self, slot: Slot) -> tuple[str | None, Entity | None, str, str]:
        """Gives whose an output is that is told of a person: the body named last, else what the article is about."""
        named = [m for m in self._sentence if m.type == "ORG" and m.end_char - self._start <= slot.start]
        body = next((m for m in reversed([*self._article.latest, *named]) if m.type == "ORG"), None)
        main = self._article.main()
        owner = body or (main if main is not None and main.type != "PER" else None)
        return (owner.text, owner.entity, "producer", "") if owner is not None else (None, None, "none", "")

    def _subject(self, sentence: Sentence, slot: Slot) -> tuple[str | None, Entity | None, str, str]:
        """Chooses the name, what it is linked to, the reason and the rule, as `Subject` has them."""
        if (held := self._bracketed(sentence, slot)) is not None:
            return held
        focus = self._focus
        if focus is not None and focus.members and slot.list_place and slot.list_place[1] == len(focus.members):
            name, entity = focus.members[slot.list_place[0]]
            return name, entity, "member", focus.rule
        if slot.item and slot.item_is_subject:
            return slot.item, None, "item", slot.thing.rule
        if focus is not None and focus.entity is not None and focus.entity.type == "PER" and _is_output(slot):
            return self._producer(slot)
        main = self._article.main()
        reported = self._article.reports_work and main is not None and main.text != WHOLE_NATION
        if focus is not None and not (reported and self._strays(focus, slot)):
            near = (
                "clause"
                if self._age == "sentence" and focus.end > slot.clause[0] and focus.end <= slot.start
                else self._age
            )
            return focus.name, focus.entity, f"{focus.kind}:{near}", focus.rule
        if main is None:
            return None, None, "none", ""
        head = "headline" if bare_region(main.text) in self._article.headline else "plain"
        return main.text, main.entity, f"main:{head}", WORK_REPORT if focus is not None else ""
