"""Marks figures and names in an article's text and finds the raw lines they stand on; everything printed is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from flows.report.wording import escaped

Row = dict[str, Any]
_CLASS = {"PER": "per", "ORG": "org", "LOC": "loc"}


@lru_cache(20_000)
def anchor_of(metric_id: str) -> str:
    """Makes the anchor of a figure in its article's page.

    >>> anchor_of("d1.p0004:12-17")
    'm-p0004-12-17'
    """
    return "m-" + metric_id.split(".", 1)[1].replace(":", "-")


def marked_text(text: str, figures: Sequence[Row], names: Sequence[Row]) -> Markup:
    """Writes a paragraph with its figures and names marked; where they overlap, the figure wins.

    Args:
        text: The paragraph.
        figures: Its figures.
        names: Its mentions with the entity's name.
    """
    spans = [(f["start_char"], f["end_char"], _figure(f)) for f in figures]
    taken = {at for start, end, _ in spans for at in range(start, end)}
    for name in names:
        start, end = name["start_char"], name["end_char"]
        if taken.isdisjoint(range(start, end)):
            spans.append((start, end, _name(name["type"], name["text"], name["name"], name["adcode"])))
    parts: list[str] = []
    at = 0
    for start, end, marked in sorted(spans, key=lambda span: span[:2]):
        if start < at:
            continue
        parts += [escaped(text[at:start]), marked]
        at = end
    return Markup("".join([*parts, escaped(text[at:])]))


def line_of_each(text: str, numbers: Sequence[int], lines: Sequence[str]) -> list[int]:
    """Finds for each character of a paragraph the raw line that it was printed on.

    Args:
        text: The paragraph.
        numbers: The raw lines that the paragraph was made from, counted from 1.
        lines: All raw lines of the page.

    Returns:
        A line number for each character; none where the lines hold more than the paragraph.

    >>> line_of_each("产值45.3", [1, 2], ["  产值45", ".3"])
    [1, 1, 1, 1, 2, 2]
    """
    own = {number: _printed(lines[number - 1]) for number in numbers if number <= len(lines)}
    owning = [number for number, printed in own.items() for _ in range(len(printed))]
    bare = "".join(text.split())
    if "".join(own.values()) != bare:
        return []
    if bare == text:
        return owning
    owners: list[int] = []
    at = 0
    for character in text:
        at += not character.isspace()
        owners.append(owning[max(at - 1, 0)] if owning else 0)
    return owners


def _printed(line: str) -> str:
    """Leaves out what stands on no paper: white space and marks of byte order."""
    return "".join(line.split()).replace("\ufeff", "")


def _figure(figure: Row) -> str:
    anchor = escaped(anchor_of(figure["metric_id"]))
    printed = escaped(figure["text"])
    return f'<a class="mark fig {escaped(figure["modality"])}" id="{anchor}" href="#r{anchor[1:]}">{printed}</a>'


@lru_cache(10_000)
def _name(kind: str, text: str, name: str | None, code: str | None) -> str:
    css = _CLASS.get(kind, "other")
    printed, full = escaped(text), escaped(name or text)
    if css == "loc" and code:
        adcode = escaped(code)
        return f'<a class="mark loc" href="../regions/{adcode}.html" data-full="{full} {adcode}">{printed}</a>'
    if full == printed:
        return f'<span class="mark {css}" tabindex="0">{full}</span>'
    return f'<span class="mark {css}" tabindex="0" data-full="{full}">{printed}</span>'
