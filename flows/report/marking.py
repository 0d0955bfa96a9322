"""Marks figures and names in an article's text, with their details; everything printed is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from flows.report.wording import both, figure_text

Row = dict[str, Any]
_CLASS = {"PER": ("per", "person"), "ORG": ("org", "organisation"), "LOC": ("loc", "place")}


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
        figures: Its `metrics` rows.
        names: Its `mentions` rows with the entity's name.
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


def figure_details(figure: Row) -> Iterable[tuple[str, Markup]]:
    """Lists what is known of a figure, label key and text.

    Args:
        figure: A `metrics` row.
    """
    yield "value", escape(figure_text(figure["value"], figure["value_high"], figure["unit"]))
    for key in ("indicator", "subject", "period"):
        if figure[key]:
            yield key, escape(figure[key])
    if figure["period"] and (figure["period_start"] or figure["period_end"]):
        yield "date", escape(f"{figure['period_start'] or '…'} – {figure['period_end'] or '…'}")
    kind = both(figure["measure"])
    yield "measure", kind if not figure["comparison"] else kind + Markup(" · ") + both(figure["comparison"])
    yield "modality", both(figure["modality"])
    yield "confidence", escape(f"{figure['confidence']:.0%}")


def _figure(figure: Row) -> Markup:
    lines = Markup("").join(
        Markup('<span class="row"><span class="what">{}</span> {}</span>').format(both(key), text)
        for key, text in figure_details(figure)
    )
    anchor = anchor_of(figure["metric_id"])
    return Markup(
        '<span class="mark fig {}" id="{}" tabindex="0" aria-describedby="{}-tip">{}'
        '<span class="tip" role="tooltip" id="{}-tip">{}</span></span>'
    ).format(figure["modality"], anchor, anchor, figure["text"], anchor, lines)


def _name(name: Row) -> Markup:
    css, kind = _CLASS.get(name["type"], ("other", "name"))
    tip = Markup('<span class="row"><span class="what">{}</span> {}</span>').format(
        both(kind), name["name"] or name["text"]
    )
    if name["adcode"]:
        tip += Markup('<span class="row">{}</span>').format(name["adcode"])
    return Markup('<span class="mark {}" tabindex="0">{}<span class="tip" role="tooltip">{}</span></span>').format(
        css, name["text"], tip
    )
