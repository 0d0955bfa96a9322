"""Annotated pages as lessons for the reader: windows, and for each of their figures what would be right.

What belongs here: reading annotations and laying them onto windows. What does not: learning.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.extraction.facts.reader.cutting import Cut
from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.window import (
    ASKED,
    COMPARISONS,
    MEASURES,
    MODALITIES,
    Reading,
    Window,
)
from tasks.extraction.page import read_by_rules
from tasks.extraction.printed import fold_page
from tasks.learning.fact_weights import read_annotated
from tasks.page import Metric, Period
from tasks.reading import Folded, fold

Figure = dict[str, Any]

FOLDS = 5
"""Parts that documents are dealt into where some are left out of the training."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is right for one figure of a window; an empty tuple where nothing in the window is.

    Attributes:
        is_figure: 1 where it is annotated, 0 where it should not have been found.
        measure: Number of the measure.
        comparison: Number of the comparison.
        modality: Number of the modality.
        spans: For each question of `ASKED` the right spans, last place inclusive.
        times: Numbers of the right times of the window, 0 for none, counted from 1.
    """

    is_figure: int
    measure: int = 0
    comparison: int = 0
    modality: int = 0
    spans: tuple[tuple[tuple[int, int], ...], ...] = ((), ())
    times: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its lessons, one a figure, and the annotated names inside its text."""

    document: str
    window: Window
    lessons: tuple[Lesson, ...]


@dataclass(slots=True)
class Annotated:
    """An annotated page: what the rules read in it, and its annotated figures with their `Paragraph.seq`."""

    name: str
    reading: Reading
    figures: list[Figure]
    folded: dict[int, Folded]

    def figure_of(self, metric: Metric) -> Figure | None:
        """Gives the annotated figure that a metric is about."""
        a, b = self.folded[metric.paragraph].span(metric.quantity.start_char, metric.quantity.end_char)
        fitting = (f for f in self.figures if f["paragraph"] == metric.paragraph and f["start"] < b and a < f["end"])
        return next(fitting, None)


def read_document(folder: Path, name: str) -> Annotated:
    """Reads an annotated page and lets the rules read it too."""
    printed, context, figures = read_annotated(folder, name)
    page, _ = fold_page(printed)
    folded = {p.seq: fold(p.text) for p in printed.paragraphs}
    reading, _ = read_by_rules(page, context)
    return Annotated(name, reading, figures, folded)


def read_folder(folder: Path) -> Iterator[Annotated]:
    """Reads the annotated pages of a folder (its `gold/` where it has one), by name."""
    folder = folder / "gold" if (folder / "gold").is_dir() else folder
    for path in sorted(folder.glob("*.layout.json")):
        if json.loads(path.read_text("utf-8"))["issue_date"]:
            yield read_document(folder, path.name.removesuffix(".layout.json"))


def read_folders(folders: Iterable[Path]) -> Iterator[Annotated]:
    """Reads the annotated pages of some folders, folder by folder."""
    for folder in folders:
        yield from read_folder(folder)


def part_of(document: str) -> int:
    """Says which of the parts a document belongs to, by its name alone."""
    return zlib.crc32(document.encode()) % FOLDS


def sister_at(path: Path, part: int) -> Path:
    """Where the network lies that did not see a part of the documents, without ending."""
    return path.with_name(f"{path.name}-{part}")


def examples_of(annotated: Annotated, cut: Cut) -> Iterator[Example]:
    """Lays out the windows of an annotated page with what is right for each figure."""
    for window in windows_of(annotated.reading, cut):
        lessons = [_lesson(annotated, window, annotated.reading.metrics[a.metric]) for a in window.figures]
        yield Example(annotated.name, window, tuple(lessons))


def _lesson(annotated: Annotated, window: Window, metric: Metric) -> Lesson:
    figure = annotated.figure_of(metric)
    if figure is None:
        return Lesson(0)
    readings = [figure, *({**figure, **other} for other in figure.get("alt", []))]
    return Lesson(
        1,
        MEASURES.index(figure["measure"]),
        COMPARISONS.index(figure["comparison"]),
        MODALITIES.index(figure["modality"]),
        tuple(_spans(window.text, [r[question] for r in readings]) for question in ASKED),
        _times(window, readings),
    )


def _spans(text: str, answers: list[str | None]) -> tuple[tuple[int, int], ...]:
    """Where the first answer that is printed stands; (0, 0) where nothing is said."""
    for answer in answers:
        if not answer:
            return ((0, 0),)
        answer, found = fold(answer).text, []
        at = text.find(answer)
        while at >= 0:
            found.append((at, at + len(answer) - 1))
            at = text.find(answer, at + 1)
        if found:
            return tuple(found)
    return ()


def _times(window: Window, readings: list[Figure]) -> tuple[int, ...]:
    if not any(r["period_start"] or r["period_end"] for r in readings):
        printed = readings[0]["period"] and fold(readings[0]["period"]).text
        named = [n for n, t in enumerate(window.times, 1) if t.period.text == printed]
        vague = [n for n in named if not (window.times[n - 1].period.start or window.times[n - 1].period.end)]
        return tuple(vague) or (0,)
    for reading in readings:
        fitting = [n for n, t in enumerate(window.times, 1) if _fits(t.period, reading)]
        if fitting:
            return tuple(fitting)
    return ()


def _fits(period: Period, reading: Figure) -> bool:
    dates = str(period.start or ""), str(period.end or "")
    want = reading["period_start"] or "", reading["period_end"] or ""
    return any(want) and all(not w or w == g for w, g in zip(want, dates, strict=True))
