"""The outline of an article: the year it tells of, its sections, and what their headings say about time and mood.

What belongs here: plain values that are made once an article and handed down; why each is what it is.
What does not: single figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tasks.extraction.facts.section.headings import Heading, read_heading
from tasks.extraction.facts.section.mood import NEITHER, PLAN, moods_of
from tasks.extraction.periods import SPRING, find_periods
from tasks.lexicon.grammar import pattern
from tasks.page import TEXT_ROLES, PageContext, Paragraph, Period, RepairedPage

_WORK_REPORT = pattern("section.work_report")
_COMMUNIQUE = pattern("section.communique")
_MARKS = str.maketrans("《》（）()", "      ")
"""In a headline the title of a report tells of its year too."""

_TELLING = ("review", "plan", "target", "measures")
_GIVEN_BY = 6
"""A report or communiqué of the months up to this one tells of the year before."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article.

    Attributes:
        first: `Paragraph.seq` of its first paragraph.
        heading: The heading's words; None before the first heading.
        kind: review, plan, target, measures or none.
        year: The year it tells of, which 全年, 年末 and 上年 lean on; None where nobody knows.
        reason: What says so, in words.
        period: The time its figures stand for where their own words say none; None where that would be a guess.
    """

    first: int
    heading: str | None = None
    kind: str = "none"
    year: int | None = None
    reason: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """An article in its sections, in order; the first one holds what stands before the first heading.

    Attributes:
        genre: `work report`, `communique` (a year's figures) or `news`.
        sections: At least one.
        moods: `Paragraph.seq` and mood (review, plan) of the paragraphs whose mood is known, in order.
    """

    genre: str
    sections: tuple[Section, ...]
    moods: tuple[tuple[int, str], ...] = ()

    def year_at(self, paragraph: int) -> int | None:
        """Gives the year a paragraph tells of: its section's; of plans without a heading the one after the review's.

        Args:
            paragraph: `Paragraph.seq`.
        """
        section = self.section_at(paragraph)
        ahead = section.kind == "none" and self.genre == "work report" and self.mood_at(paragraph) == PLAN
        return section.year + 1 if ahead and section.year else section.year

    def mood_at(self, paragraph: int) -> str:
        """Tells whether a paragraph reviews what was done (review), sets what is to be done (plan), or neither (none).

        Args:
            paragraph: `Paragraph.seq`.
        """
        place = bisect_right(self.moods, (paragraph, "~")) - 1
        found = self.moods[place] if place >= 0 else (0, NEITHER)
        return found[1] if found[0] == paragraph else NEITHER

    def section_at(self, paragraph: int) -> Section:
        """Gives the section that a paragraph stands in.

        Args:
            paragraph: `Paragraph.seq`.
        """
        place = bisect_right([s.first for s in self.sections], paragraph)
        return self.sections[max(0, place - 1)]


UNKNOWN = Outline("news", (Section(0),))
"""The outline of text about which nothing is known."""


def outline_page(page: RepairedPage, context: PageContext) -> dict[int, Outline]:
    """Gives the outline of every article of a page, by `Article.seq`.

    Args:
        page: The repaired page.
        context: What else is known about it, above all the issue date.
    """
    texts: dict[int, list[Paragraph]] = {a.seq: [] for a in page.articles}
    for paragraph in page.paragraphs:
        if paragraph.article is not None and paragraph.role in TEXT_ROLES:
            texts.setdefault(paragraph.article, []).append(paragraph)
    heads = {a.seq: [h for h in (a.kicker, a.headline, *a.deck) if h] for a in page.articles}
    return {seq: outline_article(heads.get(seq, []), paragraphs, context.day) for seq, paragraphs in texts.items()}


def outline_article(heads: Sequence[str], paragraphs: Iterable[Paragraph], issue_day: date | None) -> Outline:
    """Reads the outline of one article.

    Args:
        heads: Kicker, headline and deck.
        paragraphs: Its text, in reading order.
        issue_day: Day of publication.

    >>> report = outline_article(["临江市2022年统计公报"], [], date(2023, 3, 20))
    >>> report.genre, report.sections[0].year, report.sections[0].reason
    ('communique', 2022, 'headline: 2022年')
    """
    genre = _genre(heads)
    root = _root(genre, heads, issue_day)
    sections = [root]
    stack: list[tuple[int, Section]] = [(-1, root)]
    paragraphs = list(paragraphs)
    for paragraph in paragraphs:
        heading = read_heading(paragraph.text, paragraph.role)
        if heading is None:
            continue
        while stack[-1][0] >= heading.depth:
            stack.pop()
        section = _section(heading, paragraph.seq, stack[-1][1], root, genre, issue_day)
        stack.append((heading.depth, section))
        sections.append(section)
    plain = Outline(genre, tuple(sections))
    return replace(plain, moods=_moods(plain, paragraphs))


def _moods(outline: Outline, paragraphs: Sequence[Paragraph]) -> tuple[tuple[int, str], ...]:
    """Reads the mood of the paragraphs of a work report, and of those under headings that speak of one."""
    kinds = [outline.section_at(p.seq).kind for p in paragraphs]
    report = outline.genre == "work report"
    if not report and not any(kind in _TELLING for kind in kinds):
        return ()
    moods = moods_of([p.text for p in paragraphs], kinds)
    return tuple((p.seq, m) for p, k, m in zip(paragraphs, kinds, moods, strict=True) if report or k in _TELLING)


def _genre(heads: Sequence[str]) -> str:
    whole = " ".join(heads)
    if _WORK_REPORT.search(whole):
        return "work report"
    return "communique" if _COMMUNIQUE.search(whole) else "news"


def _root(genre: str, heads: Sequence[str], issue_day: date | None) -> Section:
    """What the headline says of the year: a communiqué's own year, a report's year before, a past period of news."""
    printed = [head.translate(_MARKS) for head in heads]
    named = [p for head in printed for p in find_periods(head, issue_day) if p.kind in ("calendar", "until") and p.end]
    years = [p.end.year for p in named if p.end and _is_year(p)]
    if genre == "work report":
        given = years[0] if years else issue_day.year if issue_day else None
        if given is None:
            return Section(0)
        late = issue_day is not None and issue_day.month > _GIVEN_BY and given == issue_day.year
        return Section(0, None, "none", given if late else given - 1, f"a work report of {given}")
    past = [p for p in named if issue_day is None or (p.end and p.end < issue_day)]
    if genre == "communique" and not past and issue_day and issue_day.month <= _GIVEN_BY:
        return Section(0, None, "review", issue_day.year - 1, f"a communiqué of {issue_day:%Y-%m}")
    period = past[0] if past else None
    if period is None or period.end is None:
        return Section(0)
    early = issue_day is None or issue_day.month <= SPRING
    year = period.end.year if genre == "communique" or (early and _is_year(period)) else None
    return Section(0, None, "review" if genre == "communique" else "none", year, f"headline: {period.text}", period)


def _is_year(period: Period) -> bool:
    return bool(period.start and period.end and (period.end - period.start).days >= 364)


def _section(
    heading: Heading, first: int, above: Section, root: Section, genre: str, issue_day: date | None
) -> Section:
    """Reads a heading: its own words come first, what it does not say holds on from the section above."""
    kind = heading.kind if heading.kind != "none" else above.kind
    named = [p for p in find_periods(heading.text, issue_day) if p.kind in ("calendar", "since", "until", "duration")]
    dated = next((p for p in named if p.start and p.end and _is_year(p)), None)
    section = replace(above, first=first, heading=heading.text, kind=kind)
    if dated is not None and dated.end is not None and dated.start is not None:
        year = dated.end.year if dated.end.year == dated.start.year else above.year
        if kind == "none" and issue_day:
            kind = "review" if dated.end < issue_day else above.kind
        if heading.kind == "plan" and issue_day and dated.end < issue_day:
            kind = "review"  # 2025年重点工作 in a paper of 2026: what was done
        return replace(section, kind=kind, year=year, reason=f"heading: {dated.text}", period=dated)
    if heading.kind == "none" or genre != "work report":
        return section
    if kind == "review":
        return replace(section, year=root.year, reason=root.reason, period=None)
    ahead = root.year + 1 if root.year else None
    return replace(section, year=ahead, reason=f"{kind} after a review of {root.year}", period=None)
