"""Draws the report's charts as SVG with Vega-Lite; every point of a series links to its sentence.

Colours are those of Okabe and Ito, which colour-blind people can tell apart; shapes say the same once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import vl_convert
from markupsafe import Markup

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8A8A00")
_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_CONFIG = {
    "font": _FONT,
    "range": {"category": list(COLOURS)},
    "axis": {"labelFontSize": 12, "titleFontSize": 12},
    "legend": {"labelFontSize": 12, "title": None},
    "view": {"stroke": None},
}


def bar_chart(rows: Sequence[dict[str, Any]], x: str, y: str, colour: str, label: str) -> Markup:
    """Draws stacked bars.

    Args:
        rows: One a bar's part.
        x: Field along the bottom, in the order of the rows.
        y: Field of the height.
        colour: Field of the parts.
        label: What the chart shows, for those who can't see it.
    """
    encoding = {
        "x": {"field": x, "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": -40}},
        "y": {"field": y, "type": "quantitative", "title": None},
        "color": {"field": colour, "type": "nominal"},
    }
    return _drawn({"data": {"values": list(rows)}, "mark": "bar", "encoding": encoding}, label)


def series_chart(rows: Sequence[dict[str, Any]], unit: str, label: str) -> Markup:
    """Draws a line for each region over the ends of its periods; each point links to its sentence.

    Args:
        rows: With `day` (ISO), `value`, `region` and `link`.
        unit: Of the values.
        label: What the chart shows, for those who can't see it.
    """
    encoding = {
        "x": {"field": "day", "type": "temporal", "title": None, "axis": {"format": "%Y-%m"}},
        "y": {"field": "value", "type": "quantitative", "title": unit, "scale": {"zero": False}},
        "color": {"field": "region", "type": "nominal"},
        "href": {"field": "link"},
    }
    layers = [
        {"mark": {"type": "line", "strokeWidth": 1.5}},
        {"mark": {"type": "point", "filled": True, "size": 70}, "encoding": {"shape": {"field": "region"}}},
    ]
    return _drawn({"data": {"values": list(rows)}, "encoding": encoding, "layer": layers}, label)


def _drawn(spec: dict[str, Any], label: str) -> Markup:
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    whole = {"$schema": schema, "width": 640, "height": 240, "config": _CONFIG} | spec
    svg = vl_convert.vegalite_to_svg(json.dumps(whole, ensure_ascii=False, default=str))
    named = Markup('<svg role="img" aria-label="{}"').format(label)
    return Markup(svg.replace("<svg", str(named), 1))
