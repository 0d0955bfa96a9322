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


def lines_of_span(text: str, start: int, end: int, numbers: Sequence[int], lines: Sequence[str]) -> list[int]:
    """Finds the raw lines that a part of a paragraph was printed on.

    Args:
        text: The paragraph.
        start: First character.
        end: After the last character.
        numbers: The raw lines that the paragraph was made from, counted from 1.
        lines: All raw lines of the page.

    Returns:
        Their numbers; all of the paragraph's where its lines hold more than the paragraph.

    >>> lines_of_span("完成产值45.3亿元，", 4, 9, [7, 8], ["", "", "", "", "", "", "  完成产值45", ".3亿元，"])
    [7, 8]
    """
    owners = [
        (character, number)
        for number in numbers
        if number <= len(lines)
        for character in lines[number - 1]
        if not character.isspace() and character != "\ufeff"
    ]
    solid = [at for at, character in enumerate(text) if not character.isspace()]
    if [character for character, _ in owners] != [text[at] for at in solid]:
        return list(numbers)
    return sorted({owners[order][1] for order, at in enumerate(solid) if start <= at < end})


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
    return Markup('<span class="mark {}" tabindex="0" data-full="{}">{}</span>').format(css, full, name["text"])
