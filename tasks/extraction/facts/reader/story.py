"""An article as the learned reader is shown it: in windows, with what an editor would remember beside each.

What belongs here: what goes into a window, and marking in it the names, times, words and the answers the rules gave.
What does not: which sentences share one (`cutting`), the window itself (`window`), and the network that reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tasks.extraction.facts.reader.cutting import USUAL, Cut, Piece, runs_of
from tasks.extraction.facts.reader.window import (
    BAR,
    BEFORE,
    BREAK,
    CANDIDATE,
    FIGURE,
    GENRES,
    HEAD,
    HEADLINE,
    HOUSE,
    KINDS,
    MOODS,
    TEXT,
    WORD,
    Asked,
    Reading,
    Window,
    hints_of,
)
from tasks.extraction.facts.section.outline import UNKNOWN, Outline, Section
from tasks.extraction.periods import find_periods
from tasks.page import TEXT_ROLES, Mention, Metric, Paragraph, Period
from tasks.reading.segmenter import plain_segmenter

_HEADLINE_LIMIT, _HEADING_LIMIT = 40, 20
_CANDIDATE_LIMIT = 90
_REMEMBERED = 5


def windows_of(reading: Reading, cut: Cut = USUAL) -> Iterator[Window]:
    """Lays out a window for every few sentences of a page that hold figures.

    Args:
        reading: The page and what the rules made of it.
        cut: How long the parts may be.
    """
    by_paragraph: dict[int, list[int]] = {}
    for n, metric in enumerate(reading.metrics):
        by_paragraph.setdefault(metric.paragraph, []).append(n)
    named: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        named.setdefault(mention.paragraph, []).append(mention)
    articles: dict[int | None, list[Paragraph]] = {}
    for paragraph in reading.page.paragraphs:
        if paragraph.role in TEXT_ROLES:
            articles.setdefault(paragraph.article, []).append(paragraph)
    headlines = {a.seq: " ".join(h for h in (a.kicker, a.headline, *a.deck) if h) for a in reading.page.articles}
    for seq, paragraphs in articles.items():
        outline = reading.outlines.get(seq or 0, UNKNOWN)
        story = _Story(reading, headlines.get(seq or 0, ""), paragraphs, named, outline)
        yield from (story.window(run, cut) for run in runs_of(reading, paragraphs, outline, by_paragraph, cut.text))


class _Story:
    """One article: its paragraphs with their names and times, and what is remembered of them."""

    def __init__(
        self,
        reading: Reading,
        headline: str,
        paragraphs: Sequence[Paragraph],
        named: Mapping[int, Sequence[Mention]],
        outline: Outline,
    ) -> None:
        self._reading, self._headline, self._paragraphs = reading, headline, paragraphs
        self._named, self._outline = named, outline
        self._entities: dict[str, Mention] = {}
        counts: Counter[str] = Counter()
        for paragraph in paragraphs:
            for mention in named.get(paragraph.seq, ()):
                self._entities.setdefault(mention.text, mention)
                counts[mention.text] += 1 if mention.type != "PER" else 0
        for text in counts:
            counts[text] += 3 * (text in headline)
        self._headline_times = find_periods(headline[:_HEADLINE_LIMIT], reading.context.day)
        self._chief = [text for text, n in counts.most_common(_REMEMBERED) if n]

    def window(self, run: Sequence[Piece], cut: Cut) -> Window:
        """Lays out the window of one run of sentences."""
        day = self._reading.context.day
        window, first = Window(entities=self._entities, day=day), run[0]
        section = self._outline.section_at(self._paragraphs[first.order].seq)
        window.add(HOUSE + (day.isoformat() if day else "") + BREAK, HEAD)
        at = window.add(self._headline[:_HEADLINE_LIMIT] + BREAK, HEADLINE)
        for name, mention in self._entities.items():
            found = window.text.find(name, at)
            if found >= 0:
                window.mark_name(found, found + len(name), mention.type)
        for period in self._headline_times:
            window.offer(at + period.start_char, at + period.end_char, period)
        window.add((section.heading or "")[:_HEADING_LIMIT] + BREAK, HEADLINE)
        self._add_candidates(window, run)
        self._offer_section(window, section)
        window.add(BREAK, HEAD)
        for earlier, a, b in self._before(first.order, first.start, cut.before):
            self._add_printed(window, earlier, a, b, BEFORE)
        begins = []
        for piece in run:
            window.add(BREAK, HEAD)
            begins.append(self._add_printed(window, self._paragraphs[piece.order], piece.start, piece.end, TEXT))
        _mark_words(window)
        for piece, place in zip(run, begins, strict=True):
            seq = self._paragraphs[piece.order].seq
            told = (
                *(self._outline.genre == genre for genre in GENRES),
                *(section.kind == kind for kind in KINDS),
                *(self._outline.mood_at(seq) == mood for mood in MOODS),
            )
            for n in piece.asked:
                self._ask(window, n, place - piece.start, told)
        return window

    def _before(self, order: int, start: int, limit: int) -> list[tuple[Paragraph, int, int]]:
        """What stands before, nearest last: up to `limit` characters of this and the paragraphs before."""
        spans: list[tuple[Paragraph, int, int]] = []
        left = limit
        while left > 0 and order >= 0:
            paragraph = self._paragraphs[order]
            if start:
                begin = max(0, start - left)
                spans.append((paragraph, begin, start))
                left -= start - begin
            order -= 1
            start = len(self._paragraphs[order].text) if order >= 0 else 0
        return spans[::-1]

    def _add_printed(self, window: Window, paragraph: Paragraph, start: int, end: int, part: int) -> int:
        place = window.add(paragraph.text[start:end], part)
        shift = place - start
        for mention in self._named.get(paragraph.seq, ()):
            if start <= mention.start_char and mention.end_char <= end:
                window.mark_name(mention.start_char + shift, mention.end_char + shift, mention.type)
        for period in self._reading.periods.get(paragraph.seq, ()):
            if start <= period.start_char and period.end_char <= end:
                window.offer(period.start_char + shift, period.end_char + shift, period)
        return place

    def _add_candidates(self, window: Window, run: Sequence[Piece]) -> None:
        """Adds what the article named: most often, last, and what the rules chose."""
        first, recent = run[0], list[str]()
        for order in range(max(0, first.order - 3), first.order + 1):
            inside = self._named.get(self._paragraphs[order].seq, ())
            recent += [m.text for m in inside if order < first.order or m.end_char <= first.start]
        chosen = [(self._reading.metrics[n], piece) for piece in run for n in piece.asked]
        ruled = [m.subject for m, _ in chosen if m.subject]
        things = [m.indicator for m, _ in chosen if m.indicator]
        listed = dict.fromkeys([*ruled, *self._chief, *recent[: -_REMEMBERED - 1 : -1]])
        printed = BREAK.join(self._paragraphs[piece.order].text for piece in run)
        used = 0
        for name in listed:
            used += self._add_candidate(window, name, used)
        for thing in dict.fromkeys(t for t in things if t not in printed):
            used += self._add_candidate(window, thing, used)
        for metric, piece in chosen:
            self._offer_ruled(window, metric, piece.start)

    def _add_candidate(self, window: Window, name: str, used: int) -> int:
        if used + len(name) > _CANDIDATE_LIMIT:
            return 0
        place = window.add(name + BAR, CANDIDATE)
        mention = self._entities.get(name)
        if mention is not None:
            window.mark_name(place, place + len(name), mention.type)
        return len(name) + 1

    @staticmethod
    def _offer_section(window: Window, section: Section) -> None:
        """Offers the time that the article or section tells of, where nothing else in the window stands for it."""
        period = section.period
        if period is None and section.year:
            whole = date(section.year, 1, 1), date(section.year, 12, 31)
            period = Period(0, 0, f"{section.year}年", *whole)
        known = {(t.period.start, t.period.end) for t in window.times}
        if period is not None and (period.start, period.end) not in known and len(period.text) < _HEADING_LIMIT:
            place = window.add(period.text + BAR, CANDIDATE)
            window.offer(place, place + len(period.text), period)

    def _offer_ruled(self, window: Window, metric: Metric, start: int) -> None:
        """Offers the rules' period where it was printed long before, or nowhere (the year the article tells of)."""
        if not metric.period or len(metric.period) > 30:
            return
        dates = metric.period_start, metric.period_end
        own = self._reading.periods.get(metric.paragraph, ())
        if any(p.text == metric.period and (p.start, p.end) == dates and p.start_char >= start for p in own):
            return
        if any((t.period.start, t.period.end) == dates and t.period.text == metric.period for t in window.times):
            return
        place = window.add(metric.period + BAR, CANDIDATE)
        period = Period(0, len(metric.period), metric.period, *dates)
        window.offer(place, place + len(metric.period), period)

    def _ask(self, window: Window, n: int, shift: int, told: Sequence[bool]) -> None:
        metric = self._reading.metrics[n]
        quantity = metric.quantity
        a, b = quantity.start_char + shift, quantity.end_char + shift
        b = min(b, len(window.parts))
        for place in range(a, b):
            window.parts[place] = FIGURE
        ruled = {
            "indicator": _places(window.text, metric.indicator),
            "subject": _places(window.text, metric.subject),
        }
        window.figures.append(Asked(n, a, b, hints_of(metric, told), ruled))


def _places(text: str, answer: str | None) -> tuple[tuple[int, int], ...]:
    """Every span of the window that holds an answer; the first place where the answer is none."""
    if not answer:
        return ((0, 1),)
    spans = []
    at = text.find(answer)
    while at >= 0:
        spans.append((at, at + len(answer)))
        at = text.find(answer, at + 1)
    return tuple(spans)


def _mark_words(window: Window) -> None:
    at = 0
    for word in plain_segmenter().cut(window.text):
        if at < len(window.flags):
            window.flags[at] |= WORD
        at += len(word)
