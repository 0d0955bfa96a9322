"""Which sentences of an article are read together by the learned reader.

What belongs here: cutting paragraphs that hold figures into runs short enough for a window.
What does not: what is shown beside them (`story`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from tasks.extraction.facts.reader.window import Reading
from tasks.extraction.facts.section.outline import Outline
from tasks.page import Paragraph
from tasks.reading.paragraph import ReadSentence, read_paragraph
from tasks.reading.sentences import LONGEST

_start_of = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Cut:
    """How long a window's parts may be, in characters."""

    text: int
    before: int


USUAL = Cut(text=500, before=40)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole sentences of one paragraph: its place in the article, their span, and the figures asked about."""

    order: int
    start: int
    end: int
    asked: tuple[int, ...]


def pieces(text: str, limit: int) -> list[tuple[int, int]]:
    """Cuts a paragraph into runs of whole sentences of at most `limit` characters (one sentence may be longer).

    >>> pieces("产值5亿元。增长3%。利润2亿元。", 14)
    [(0, 11), (11, 17)]
    """
    spans: list[tuple[int, int]] = []
    for start, end in ((s.start, s.end) for s in read_paragraph(text).sentences):
        if spans and end - spans[-1][0] <= limit:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return [part for span in spans for part in _short_enough(text, *span)]


def _short_enough(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts a run that would not fit a window at its last semicolon or comma."""
    while end - start > LONGEST // 2:
        cut = max((text.rfind(mark, start + LONGEST // 4, start + LONGEST // 2) for mark in "；，、"), default=-1)
        cut = cut + 1 if cut > 0 else start + LONGEST // 2
        yield start, cut
        start = cut
    yield start, end


def _with_figures(sentences: Sequence[ReadSentence], start: int, end: int, figures: Collection[int]) -> tuple[int, int]:
    """Leaves out the sentences at either end of a run that hold no figure: what is not asked about costs time too.

    Args:
        sentences: The paragraph's sentences.
        start: Where the run begins.
        end: Where it ends.
        figures: Where its figures begin.
    """
    first = sentences[bisect_right(sentences, min(figures), key=_start_of) - 1]
    last = sentences[bisect_right(sentences, max(figures), key=_start_of) - 1]
    return max(start, first.start), min(end, last.end)


def runs_of(
    reading: Reading,
    paragraphs: Sequence[Paragraph],
    outline: Outline,
    by_paragraph: Mapping[int, Sequence[int]],
    limit: int,
) -> Iterator[list[Piece]]:
    """Puts what is asked about into runs of up to `limit` characters; short paragraphs side by side share one.

    Args:
        reading: The page and what the rules made of it.
        paragraphs: An article's paragraphs.
        outline: Its sections: a run stays in one.
        by_paragraph: Numbers of the metrics of each paragraph, by `Paragraph.seq`.
        limit: Characters.
    """
    run: list[Piece] = []
    for piece in _asked_pieces(reading, paragraphs, by_paragraph, limit):
        if run and not _goes_on(run, piece, paragraphs, outline, limit):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _asked_pieces(
    reading: Reading, paragraphs: Sequence[Paragraph], by_paragraph: Mapping[int, Sequence[int]], limit: int
) -> Iterator[Piece]:
    for order, paragraph in enumerate(paragraphs):
        asked = by_paragraph.get(paragraph.seq, ())
        if not asked:
            continue
        sentences = read_paragraph(paragraph.text).sentences
        for start, end in pieces(paragraph.text, limit):
            places = {n: reading.metrics[n].quantity.start_char for n in asked}
            inside = {n: at for n, at in places.items() if start <= at < end}
            if inside:
                yield Piece(order, *_with_figures(sentences, start, end, inside.values()), tuple(inside))


def _goes_on(run: Sequence[Piece], piece: Piece, paragraphs: Sequence[Paragraph], outline: Outline, limit: int) -> bool:
    """Whether a piece may share a window: of the next paragraph of the same section, and short enough."""
    last = run[-1]
    if piece.order != last.order + 1:
        return False
    length = sum(p.end - p.start for p in (*run, piece))
    sections = (outline.section_at(paragraphs[p.order].seq) for p in (last, piece))
    return length <= limit and next(sections) == next(sections)
