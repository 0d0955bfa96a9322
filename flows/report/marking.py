"""Marks figures and names in an article's text and finds the raw lines they stand on; everything printed is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

Row = dict[str, Any]
_CLASS = {"PER": "per", "ORG": "org", "LOC": "loc"}


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
    taken = [(start, end) for start, end, _ in spans]
    for name in names:
        if not any(start < name["end_char"] and name["start_char"] < end for start, end in taken):
            spans.append((name["start_char"], name["end_char"], _name(name)))
    parts: list[Markup] = []
    at = 0
    for start, end, marked in sorted(spans, key=lambda span: span[:2]):
        if start < at:
            continue
        parts += [escape(text[at:start]), marked]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


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
    printed = [
        (character, number)
        for number in numbers
        if number <= len(lines)
        for character in lines[number - 1]
        if not character.isspace() and character != "\ufeff"
    ]
    owners: list[int] = []
    at = 0
    for character in text:
        if not character.isspace():
            if at == len(printed) or printed[at][0] != character:
                return []
            at += 1
        owners.append(printed[max(at - 1, 0)][1] if printed else 0)
    return owners if at == len(printed) else []


def _figure(figure: Row) -> Markup:
    anchor = anchor_of(figure["metric_id"])
    return Markup('<a class="mark fig {}" id="{}" href="#r{}">{}</a>').format(
        figure["modality"], anchor, anchor[1:], figure["text"]
    )


def _name(name: Row) -> Markup:
    css = _CLASS.get(name["type"], "other")
    full = name["name"] or name["text"]
    if css == "loc" and name["adcode"]:
        return Markup('<a class="mark loc" href="../regions/{}.html" data-full="{} {}">{}</a>').format(
            name["adcode"], full, name["adcode"], name["text"]
        )
    if full == name["text"]:
        return Markup('<span class="mark {}" tabindex="0">{}</span>').format(css, full)
    return Markup('<span class="mark {}" tabindex="0" data-full="{}">{}</span>').format(css, full, name["text"])
