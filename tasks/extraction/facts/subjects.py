"""Whose figure it is: the region, organisation, person or project in focus.

What belongs here: following the subject through an article.
What does not: finding names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.extraction.facts.slots import Sentence, Slot
from tasks.extraction.facts.tokens import NAME, Block
from tasks.page import Entity, Mention, Paragraph, RepairedPage


class SubjectFocus:
    """The subject in force while a page is read from top to bottom."""

    def __init__(self, page: RepairedPage, mentions: Sequence[Mention]) -> None:
        self._by_paragraph: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._by_paragraph.setdefault(mention.paragraph, []).append(mention)
        self._region: dict[int | None, Mention] = {}
        counts: dict[int | None, Counter[str]] = {}
        for paragraph in page.paragraphs:
            for m in self._by_paragraph.get(paragraph.seq, []):
                if m.type == "LOC" and m.text[-1:] in "省市区县州旗盟":
                    counts.setdefault(paragraph.article, Counter())[m.text] += 1
                    self._region.setdefault((paragraph.article, m.text), m)  # type: ignore[arg-type]
        self._main = {a: self._region[a, c.most_common(1)[0][0]] for a, c in counts.items()}  # type: ignore[index]
        self._paragraph: Paragraph | None = None
        self._sentence: list[Mention] = []

    def enter_paragraph(self, paragraph: Paragraph) -> None:
        """Starts a paragraph."""
        self._paragraph = paragraph

    def enter_sentence(self, start: int, end: int) -> None:
        """Starts a sentence."""
        assert self._paragraph is not None
        self._start = start
        self._sentence = [m for m in self._by_paragraph.get(self._paragraph.seq, []) if start <= m.start_char and m.end_char <= end]

    def blocks(self) -> list[Block]:
        """Gives the sentence's names as blocks, offsets in the sentence."""
        return [(m.start_char - self._start, m.end_char - self._start, NAME) for m in self._sentence]

    def choose(self, sentence: Sentence, slot: Slot) -> tuple[str | None, Entity | None, str | None]:
        """Gives the subject's name, its entity and its adcode."""
        here = [m for m in self._sentence if m.end_char - sentence.start <= slot.start]
        pick = here[0] if here else self._main.get(self._paragraph.article) if self._paragraph else None
        if pick is None:
            return None, None, None
        return pick.text, pick.entity, pick.entity.adcode if pick.entity else None
