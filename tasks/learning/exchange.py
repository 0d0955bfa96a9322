"""Exchanges names in a lesson: whose figure it is does not hang on which place or body is printed there.

What belongs here: putting other names into a window and moving its marks and its answers along. What does not: choosing
what to learn.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.extraction.facts.reader.window import NAME_MARKS, WORD, Offered, Window
from tasks.learning.annotated import Example, Lesson

KINDS = {mark: kind for kind, mark in NAME_MARKS.items()}
"""The kind of name that a mark begins."""

Spot = tuple[int, int, str]
"""A span of a window and what is to stand there."""


def names_in(window: Window) -> Iterator[tuple[int, int, str]]:
    """Gives the names of a window: their places, end exclusive, and their kinds."""
    place = 0
    while place < len(window.names):
        kind = KINDS.get(window.names[place])
        end = place + 1
        if kind:
            while end < len(window.names) and window.names[end] == NAME_MARKS[kind] + 1:
                end += 1
            yield place, end, kind
        place = end


def names_by_kind(examples: Iterable[Example]) -> dict[str, list[str]]:
    """Collects the names of some windows, each as often as windows hold it."""
    found: dict[str, list[str]] = {kind: [] for kind in NAME_MARKS}
    for example in examples:
        named = {(example.window.text[a:b], kind) for a, b, kind in names_in(example.window)}
        for text, kind in sorted(named):
            found[kind].append(text)
    return found


def exchange_names(
    example: Example, others: Mapping[str, Sequence[str]], share: float, chance: random.Random
) -> Example:
    """Puts other names of the same kind into a window, each for all of its places.

    Args:
        example: The window and what is right.
        others: Names to take, by kind.
        share: Chance of a name to be exchanged.
        chance: Source of chance.

    Returns:
        The lesson with its marks and answers moved; itself where nothing was exchanged.
    """
    window = example.window
    edges = {edge for span in _answered(example) for edge in span}
    new: dict[str, str] = {}
    spots: list[Spot] = []
    for start, end, kind in names_in(window):
        name = window.text[start:end]
        if name not in new:
            new[name] = chance.choice(others[kind]) if others[kind] and chance.random() < share else name
        if new[name] != name and not any(start < edge < end for edge in edges):
            spots.append((start, end, new[name]))
    return _with(example, spots) if spots else example


def _answered(example: Example) -> Iterator[tuple[int, int]]:
    """All spans of a lesson that point into the window, end exclusive."""
    for asked, lesson in zip(example.window.figures, example.lessons, strict=True):
        yield asked.start, asked.end
        for spans in asked.ruled.values():
            yield from spans
        for answers in lesson.spans:
            yield from ((first, last + 1) for first, last in answers)
    yield from ((t.start, t.end) for t in example.window.times)


def _with(example: Example, spots: Sequence[Spot]) -> Example:
    old, window, moved = example.window, Window(entities=example.window.entities), list[int]()
    at = 0
    for start, end, name in [*spots, (len(old.text), len(old.text), "")]:
        moved += range(len(window.text), len(window.text) + start - at)
        _copy(old, window, at, start)
        moved += [len(window.text)] * (end - start)
        if name:
            place = window.add(name, old.parts[start])
            window.mark_name(place, place + len(name), KINDS[old.names[start]])
            window.flags[place] = WORD
        at = end
    moved.append(len(window.text))
    window.figures = [
        replace(a, start=moved[a.start], end=moved[a.end], ruled={q: _moved(s, moved) for q, s in a.ruled.items()})
        for a in old.figures
    ]
    window.times = [Offered(moved[t.start], moved[t.end], t.period) for t in old.times]
    return Example(example.document, window, tuple(_lesson(x, moved) for x in example.lessons))


def _copy(old: Window, new: Window, start: int, end: int) -> None:
    new.text += old.text[start:end]
    new.parts += old.parts[start:end]
    new.names += old.names[start:end]
    new.flags += old.flags[start:end]


def _moved(spans: Iterable[tuple[int, int]], moved: Sequence[int]) -> tuple[tuple[int, int], ...]:
    return tuple((moved[a], moved[b]) for a, b in spans)


def _lesson(lesson: Lesson, moved: Sequence[int]) -> Lesson:
    spans = tuple(tuple((moved[a], moved[b + 1] - 1) for a, b in answers) for answers in lesson.spans)
    return replace(lesson, spans=spans)
