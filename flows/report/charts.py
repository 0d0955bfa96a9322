"""Draws the report's charts as SVG with Vega-Lite; every point of a series links to its sentence.

Colours are those of Okabe and Ito, which colour-blind people can tell apart; shapes say the same once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import vl_convert
from markupsafe import Markup, escape

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8A8A00")
_FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_WIDTH = 620
_HERE = "https://report.invalid/"
"""Stands before each link while Vega draws, which would put an address of its own before a relative one."""

_CONFIG = {
    "font": _FONT,
    "range": {"category": list(COLOURS)},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "labelLimit": 260, "gridColor": "#e2e2e2"},
    "legend": {"labelFontSize": 13, "title": None, "orient": "top", "columns": 4, "labelLimit": 150},
    "view": {"stroke": None},
}
_CHINESE_UNITS = (
    "abs(datum.value) >= 1e8 ? format(datum.value / 1e8, ',~r') + '亿' : "
    "abs(datum.value) >= 1e4 ? format(datum.value / 1e4, ',~r') + '万' : format(datum.value, ',~r')"
)


def month_chart(rows: Sequence[dict[str, Any]], label: str) -> Markup:
    """Draws how many figures were printed each month, by what they say.

    Args:
        rows: With `month` (2023-04), `kind` and `figures`.
        label: What the chart shows, for those who can't see it.
    """
    encoding = {
        "x": {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None,
              "axis": {"format": "%Y-%m", "labelOverlap": True, "tickCount": 8}},
        "y": {"field": "figures", "type": "quantitative", "title": None, "axis": {"tickMinStep": 1}},
        "color": {"field": "kind", "type": "nominal", "sort": None},
    }  # fmt: skip
    return _drawn({"data": {"values": [dict(row) for row in rows]}, "mark": "bar", "encoding": encoding}, label)


def series_chart(rows: Sequence[dict[str, Any]], unit: str, label: str) -> Markup:
    """Draws a line for each region over the ends of its periods; each point links to its sentence.

    Args:
        rows: With `day` (ISO), `value`, `region`, `link` and `said` (the figure in words).
        unit: Of the values.
        label: What the chart shows, for those who can't see it.
    """
    subject = {"field": "region", "type": "nominal"}
    encoding = {
        "x": {"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate", "title": None,
              "axis": {"format": "%Y-%m", "labelOverlap": True, "tickCount": 8}},
        "y": {"field": "value", "type": "quantitative", "title": unit, "scale": {"zero": False},
              "axis": {"labelExpr": _CHINESE_UNITS, "titleAngle": 0, "titleAlign": "right", "titleX": -8,
                       "titleY": -12}},
    }  # fmt: skip
    telling = {"href": {"field": "link"}, "description": {"field": "said"}}
    layers = [
        {"mark": {"type": "line", "strokeWidth": 2, "aria": False}, "encoding": {"color": subject | {"legend": None}}},
        {"mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
         "encoding": {"color": subject, "shape": subject, **telling}},
    ]  # fmt: skip
    # Each layer has its own colours (the same), for only then does one legend show colour and shape together.
    own = {"resolve": {"scale": {"color": "independent", "shape": "independent"}}}
    return _drawn({"data": {"values": [dict(row) for row in rows]}, "encoding": encoding, "layer": layers} | own, label)


def compare_chart(rows: Sequence[dict[str, Any]], unit: str, label: str) -> Markup:
    """Draws bars beside each other, the largest first; each links to its sentence.

    Args:
        rows: With `bar` (what stands beside it), `value`, `link` and `said` (the figure in words).
        unit: Of the values.
        label: What the chart shows, for those who can't see it.
    """
    names = json.dumps([row["bar"] for row in rows], ensure_ascii=False)
    encoding = {
        "y": {"field": "order", "type": "ordinal", "title": None, "axis": {"labelExpr": f"{names}[datum.value]"}},
        "x": {
            "field": "value",
            "type": "quantitative",
            "title": unit,
            "axis": {"labelExpr": _CHINESE_UNITS, "tickCount": 6},
        },
        "href": {"field": "link"},
        "description": {"field": "said"},
        "color": {"condition": {"test": "datum.value < 0", "value": COLOURS[1]}, "value": COLOURS[0]},
    }
    values = [row | {"order": order} for order, row in enumerate(rows)]
    spec = {"data": {"values": values}, "mark": {"type": "bar", "height": {"band": 0.7}}, "encoding": encoding}
    return _drawn(spec | {"height": {"step": 26}, "width": 460}, label)


def _drawn(spec: dict[str, Any], label: str) -> Markup:
    schema = "https://vega.github.io/schema/vega-lite/v5.json"
    whole: dict[str, Any] = {"$schema": schema, "width": _WIDTH, "height": 240, "config": _CONFIG} | spec
    for row in whole["data"]["values"]:
        if "link" in row:
            row["link"] = _HERE + row["link"]
    svg = vl_convert.vegalite_to_svg(json.dumps(whole, ensure_ascii=False, default=str))
    svg = svg.replace(_HERE, "")
    return Markup(svg.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1))
