"""From the page as it is read back to the page as it was printed: offsets, names and words of a folded page.

What belongs here: folding a page before it is read, and giving everything back in the characters of the print.
What does not: how characters are folded (`tasks.reading.folding`), and reading itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tasks.page import Article, Entity, Extraction, Mention, Metric, Quantity, RepairedPage
from tasks.reading import Folded, fold
from tasks.reading.paragraph import read_paragraph


class Print:
    """A page whose characters had to be folded before it could be read.

    Args:
        page: The page as it was printed.
        folded: Its paragraphs as they are read, by `Paragraph.seq`.
    """

    def __init__(self, page: RepairedPage, folded: dict[int, Folded]):
        self._texts = {p.seq: p.text for p in page.paragraphs}
        self._folded = folded
        self._words: dict[tuple[str, int], str] = {}
        self._names: dict[str, str] = {}

    def give_back(self, read: Extraction) -> Extraction:
        """Gives what was read in the characters of the print.

        Args:
            read: What was read out of the folded page.
        """
        mentions = [self._mention(m) for m in read.mentions]
        for printed, mention in zip(mentions, read.mentions, strict=True):
            self._names.setdefault(mention.text, printed.text)
        mentions = [replace(m, entity=self._entity(m.entity)) for m in mentions]
        return replace(read, mentions=tuple(mentions), metrics=tuple(map(self._metric, read.metrics)))

    def _mention(self, mention: Mention) -> Mention:
        start, end = self._folded[mention.paragraph].span(mention.start_char, mention.end_char)
        return replace(mention, start_char=start, end_char=end, text=self._texts[mention.paragraph][start:end])

    def _entity(self, entity: Entity | None) -> Entity | None:
        if entity is None or entity.adcode:
            return entity
        return replace(entity, name=self._names.get(entity.name, entity.name))

    def _metric(self, metric: Metric) -> Metric:
        quantity, seq = metric.quantity, metric.paragraph
        at = quantity.start_char
        return replace(
            metric,
            quantity=self._quantity(quantity, seq),
            indicator=self._word(metric.indicator, seq, at),
            subject=self._word(metric.subject, seq, at),
            subject_entity=self._entity(metric.subject_entity),
            period=self._word(metric.period, seq, at),
            sentence=self._word(metric.sentence, seq, at) or metric.sentence,
        )

    def _quantity(self, quantity: Quantity, seq: int) -> Quantity:
        start, end = self._folded[seq].span(quantity.start_char, quantity.end_char)
        return replace(quantity, start_char=start, end_char=end, text=self._texts[seq][start:end])

    def _word(self, word: str | None, seq: int, at: int) -> str | None:
        """Finds a word where it stands nearest before a figure, or else elsewhere on the page."""
        if word is None:
            return None
        for paragraph in self._near(seq):
            folded = self._folded[paragraph]
            place = folded.text.rfind(word, 0, at) if paragraph == seq else -1
            place = folded.text.find(word) if place < 0 else place
            if place >= 0:
                start, end = folded.span(place, place + len(word))
                return self._texts[paragraph][start:end]
        return self._names.get(word, word)

    def _near(self, seq: int) -> Iterable[int]:
        yield seq
        yield from sorted((other for other in self._folded if other != seq), key=lambda other: abs(other - seq))


def fold_page(page: RepairedPage) -> tuple[RepairedPage, Print | None]:
    """Gives a page as it is read, and the way back to its print; None where it is read as it was printed.

    Args:
        page: The page as it was printed.
    """
    folded = {p.seq: read_paragraph(p.text).folded for p in page.paragraphs}
    if all(folded[p.seq].text == p.text for p in page.paragraphs):
        return page, None
    paragraphs = tuple(replace(p, text=folded[p.seq].text) for p in page.paragraphs)
    return replace(page, paragraphs=paragraphs, articles=tuple(map(_fold_article, page.articles))), Print(page, folded)


def _fold_article(article: Article) -> Article:
    def read(text: str | None) -> str | None:
        return None if text is None else fold(text).text

    return replace(
        article,
        kicker=read(article.kicker),
        headline=read(article.headline),
        deck=tuple(fold(line).text for line in article.deck),
        byline=read(article.byline),
        authors=tuple(fold(name).text for name in article.authors),
        dateline=read(article.dateline),
    )
