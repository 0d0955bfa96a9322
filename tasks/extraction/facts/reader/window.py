"""What the learned reader sees at once: some sentences with figures, and what an editor would remember beside them.

What belongs here: laying out the window's characters, and marking in it the names, times, words and the answers the
rules gave. What does not: the network that reads it.

A window holds, in this order: the issue date, the headline, the things its article has named, what stands before, and
the sentences asked about. One character is one place; an answer is a span of places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tasks.extraction.facts.section.outline import Outline
from tasks.page import Mention, Metric, PageContext, Period, RepairedPage

HOUSE, BREAK, BAR = "\x01", "\n", "\x02"
"""The first place of a window, the end of one of its parts, and what stands between two candidates."""

HEAD, BEFORE, TEXT, FIGURE, CANDIDATE, HEADLINE = range(6)
"""What a place of the window belongs to."""

NAME_MARKS = {"PER": 1, "LOC": 3, "ORG": 5}
"""Mark of a name's first character; the others carry the next number."""

WORD, TIME_HEAD, TIME_REST = 1, 2, 4

NAMES, FLAGS = 7, 8
"""How many marks of a name there are, none included, and how many sums of flags."""

MEASURES = ("level", "growth", "share", "contribution", "rank")
COMPARISONS = (None, "yoy", "qoq", "ytd", "prior")
MODALITIES = ("actual", "target", "planned")
DIMENSIONS = ("money", "count", "percent", "percentage_point", "area", "length", "mass", "duration", "ratio", "rank")
GENRES = ("news", "communique", "work report")
KINDS = ("none", "review", "plan", "target", "measures")
MOODS = ("none", "review", "plan")
HINTS = sum(map(len, (MEASURES, COMPARISONS, MODALITIES, DIMENSIONS, GENRES, KINDS, MOODS))) + 3

ASKED = ("indicator", "subject")
"""What is answered by a span of the window; the period is answered by one of its times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure of a window.

    Attributes:
        metric: Its number in the list of metrics given.
        start: Its first place.
        end: After its last.
        hints: What the rules made of it, as numbers.
        ruled: The places of the rules' answers, by question: spans, end exclusive.
    """

    metric: int
    start: int
    end: int
    hints: tuple[float, ...]
    ruled: dict[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Offered:
    """A time expression of a window, with its places."""

    start: int
    end: int
    period: Period


@dataclass(slots=True)
class Window:
    """The characters of a window and what is marked in them; the lists are as long as `text`.

    Attributes:
        text: One character a place.
        parts: What each place belongs to (`HEAD`, `BEFORE`, …).
        names: Mark of a name (`NAME_MARKS`), 0 outside names.
        flags: Sum of `WORD`, `TIME_HEAD` and `TIME_REST`.
        figures: The figures asked about.
        times: The time expressions to choose from.
        entities: What the names stand for, by their text.
        day: Issue date of the page, where known.
    """

    text: str = ""
    parts: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    figures: list[Asked] = field(default_factory=list)
    times: list[Offered] = field(default_factory=list)
    entities: dict[str, Mention] = field(default_factory=dict)
    day: date | None = None

    def add(self, text: str, part: int) -> int:
        """Adds characters that belong to one part and gives the place of the first."""
        at = len(self.parts)
        self.text += text
        self.parts.extend([part] * len(text))
        self.names.extend([0] * len(text))
        self.flags.extend([0] * len(text))
        return at

    def mark_name(self, start: int, end: int, kind: str) -> None:
        """Marks the places of a name."""
        for place in range(start, end):
            self.names[place] = NAME_MARKS[kind] + (place > start)

    def offer(self, start: int, end: int, period: Period) -> None:
        """Marks a time expression and offers it as an answer."""
        for place in range(start, end):
            self.flags[place] |= TIME_REST if place > start else TIME_HEAD
        self.times.append(Offered(start, end, period))


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reader is given of a page: its text, what was found in it, and the rules' answers."""

    page: RepairedPage
    context: PageContext
    mentions: Sequence[Mention]
    periods: Mapping[int, Sequence[Period]]
    outlines: Mapping[int, Outline]
    metrics: Sequence[Metric]


def hints_of(metric: Metric, told: Sequence[bool]) -> tuple[float, ...]:
    """Turns what the rules made of a figure, and what its section tells of, into numbers."""
    quantity = metric.quantity
    picked = [
        *(metric.measure == m for m in MEASURES),
        *(metric.comparison == c for c in COMPARISONS),
        *(metric.modality == m for m in MODALITIES),
        *(quantity.dimension == d for d in DIMENSIONS),
        quantity.optional,
        metric.subject is None,
        metric.indicator is None,
        *told,
    ]
    return tuple(map(float, picked))
