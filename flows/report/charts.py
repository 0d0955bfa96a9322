"""Draws charts as light SVG of our own: bars and lines, each mark a link to its sentence.

What belongs here: geometry. What does not: which figures may stand in one chart (`flows/report/series.py`). A chart is
drawn twice, for a wide page and for a phone, so that its words keep their size and no bar is cut off. Colours are those
of Okabe and Ito, which colour-blind people can tell apart; shapes say the same once more.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape

Row = dict[str, Any]
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B07800", "#2A8AC0", "#444444", "#7A7A00")
_WIDTHS = (("wide", 640), ("narrow", 340))
_FONT = 13
_ROW = 26
_HEIGHT = 240
_STEPS = (1, 2, 2.5, 5, 10)


def series_chart(rows: Sequence[Row], unit: str, label: str) -> Markup:
    """Draws a line for each row of points over the ends of their periods; points without neighbours stand alone.

    Args:
        rows: With `day` (ISO), `value`, `region`, `line` (points of one line share it), `link` and `said`.
        unit: Of the values.
        label: What the chart shows, for those who can't see it.
    """
    return _twice(lambda width: _lines(rows, unit, label, width))


def compare_chart(rows: Sequence[Row], unit: str, label: str) -> Markup:
    """Draws bars beside each other, in the order given; all of them from zero.

    Args:
        rows: With `bar` (what stands beside it), `value`, `link`, `said` (what stands at its end).
        unit: Of the values.
        label: What the chart shows, for those who can't see it.
    """
    return _twice(lambda width: _bars(rows, unit, label, width))


def month_chart(rows: Sequence[Row], label: str) -> Markup:
    """Draws how many figures were printed each month, by what they say.

    Args:
        rows: With `month` (2023-04), `kind` and `figures`.
        label: What the chart shows, for those who can't see it.
    """
    months = sorted({row["month"] for row in rows})
    bars = [
        {
            "bar": month,
            "value": sum(row["figures"] for row in rows if row["month"] == month),
            "said": "，".join(f"{row['kind']} {row['figures']}" for row in rows if row["month"] == month),
        }
        for month in months[-24:]
    ]
    return compare_chart(bars, "", label)


def _twice(draw: Callable[[int], str]) -> Markup:
    return Markup("".join(f'<div class="chart-{name}">{draw(width)}</div>' for name, width in _WIDTHS))


def _svg(width: float, height: float, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="group" aria-label="{escape(label)}" font-size="{_FONT}" '
        f'class="chart">{"".join(parts)}</svg>'
    )


def _bars(rows: Sequence[Row], unit: str, label: str, width: int) -> str:
    """Draws a bar a row; on a phone its name stands above it."""
    narrow = width < 500
    name_width = 0 if narrow else min(300, max((_width(row["bar"]) for row in rows), default=0) + 10)
    said_width = max((_width(_told(row)) for row in rows), default=0) + 8
    least, most = min([0, *(row["value"] for row in rows)]), max([0, *(row["value"] for row in rows)])
    room = max(60, width - name_width - said_width - (said_width if least < 0 else 0))
    scale = room / ((most - least) or 1)
    zero = name_width + (said_width if least < 0 else 0) - least * scale
    step = _ROW + (18 if narrow else 0)
    parts = []
    for number, row in enumerate(rows):
        top = number * step + (18 if narrow else 0)
        length = abs(row["value"]) * scale
        left = zero - length if row["value"] < 0 else zero
        name = _clipped(row["bar"], width - 4 if narrow else name_width - 8)
        at = (0, top - 4, "start") if narrow else (name_width - 8, top + 17, "end")
        end = (left - 5, "end") if row["value"] < 0 else (left + length + 5, "start")
        drawn = (
            f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{at[2]}" class="name">{escape(name)}</text>'
            f'<rect x="{left:.1f}" y="{top + 3}" width="{max(length, 1):.1f}" height="{_ROW - 6}" '
            f'fill="{COLOURS[1 if row["value"] < 0 else 0]}"/>'
            f'<text x="{end[0]:.1f}" y="{top + 17}" text-anchor="{end[1]}" class="said">{escape(_told(row))}</text>'
        )
        parts.append(_linked(row, drawn))
    parts.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="0" y2="{len(rows) * step}" class="axis"/>')
    return _svg(width, len(rows) * step + 2, f"{label} {unit}".strip(), parts)


def _lines(rows: Sequence[Row], unit: str, label: str, width: int) -> str:
    days = [date.fromisoformat(row["day"]).toordinal() for row in rows]
    first, last = min(days), max(days)
    ticks = ticks_of(min(row["value"] for row in rows), max(row["value"] for row in rows))
    low, high = ticks[0], ticks[-1]
    left = max(_width(short(tick)) for tick in ticks) + 10
    regions = list(dict.fromkeys(row["region"] for row in rows))
    legend, top = _legend(regions, width)
    top += 28

    def x_of(day: int) -> float:
        return left + 12 + (day - first) / ((last - first) or 1) * (width - left - 42)

    def y_of(value: float) -> float:
        return top + (high - value) / ((high - low) or 1) * _HEIGHT

    parts = [*legend, f'<text x="0" y="{top - 14}" class="unit">{escape(unit)}</text>']
    for tick in ticks:
        y = y_of(tick)
        parts.append(
            f'<line x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" class="{"axis" if tick == 0 else "grid"}"/>'
        )
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{short(tick)}</text>')
    parts += _day_labels(sorted(set(zip(days, (row["day"] for row in rows), strict=True))), x_of, top + _HEIGHT + 18)
    for line in dict.fromkeys(row["line"] for row in rows):
        own = sorted((row for row in rows if row["line"] == line), key=lambda row: row["day"])
        colour = COLOURS[regions.index(own[0]["region"]) % len(COLOURS)]
        # Where one day has several values, no line runs through any of them: both are shown.
        single = [row for row in own if sum(other["day"] == row["day"] for other in own) == 1]
        points = " ".join(
            f"{x_of(date.fromisoformat(r['day']).toordinal()):.1f},{y_of(r['value']):.1f}" for r in single
        )
        if len(single) > 1:
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    for row, day in zip(rows, days, strict=True):
        shape = regions.index(row["region"])
        parts.append(
            _linked(row, _point(x_of(day), y_of(row["value"]), shape) + f"<title>{escape(row['said'])}</title>")
        )
    return _svg(width, top + _HEIGHT + 28, f"{label} {unit}".strip(), parts)


def _legend(regions: Sequence[str], width: int) -> tuple[list[str], int]:
    parts, x, y = [], 0.0, 14
    for number, region in enumerate(regions):
        name = _clipped(region, width - 24)
        if x and x + _width(name) + 34 > width:
            x, y = 0.0, y + 20
        parts.append(
            _point(x + 7, y - 4, number) + f'<text x="{x + 18:.1f}" y="{y}" class="name">{escape(name)}</text>'
        )
        x += _width(name) + 34
    return parts, y + 10


def _day_labels(days: Sequence[tuple[int, str]], x_of: Callable[[int], float], y: float) -> list[str]:
    parts, free = [], -1e9
    for day, said in days:
        if x_of(day) - 26 >= free:
            parts.append(f'<text x="{x_of(day):.1f}" y="{y}" text-anchor="middle">{said[:7]}</text>')
            free = x_of(day) + 30
    return parts


def _point(x: float, y: float, number: int) -> str:
    colour = COLOURS[number % len(COLOURS)]
    match number % 4:
        case 0:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        case 1:
            return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}"/>'
        case 2:
            return f'<path d="M{x:.1f} {y - 6:.1f}l6 10h-12z" fill="{colour}"/>'
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6-6 6-6-6z" fill="{colour}"/>'


def _linked(row: Row, drawn: str) -> str:
    if not row.get("link"):
        return drawn
    return f'<a href="{escape(row["link"])}" aria-label="{escape(row["said"])}">{drawn}</a>'


def _told(row: Row) -> str:
    return str(row.get("end") or row["said"])


def short(value: float) -> str:
    """Writes a number of an axis as Chinese readers do, with 万 and 亿.

    >>> short(4.5e9), short(-12.5), short(0)
    ('45亿', '-12.5', '0')
    """
    for size, sign in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.10g}{sign}"
    return f"{value:.10g}"


def ticks_of(low: float, high: float) -> list[float]:
    """Chooses round numbers for an axis, zero among them where the values come near it.

    >>> ticks_of(3, 97), ticks_of(980, 1010)
    ([0.0, 20.0, 40.0, 60.0, 80.0, 100.0], [980.0, 985.0, 990.0, 995.0, 1000.0, 1005.0, 1010.0])
    """
    if low > 0 and low < 0.6 * high:
        low = 0
    if high < 0 and high > 0.6 * low:
        high = 0
    span = (high - low) or abs(high) or 1
    size = 10 ** math.floor(math.log10(span / 5))
    step = next(size * factor for factor in _STEPS if span / (size * factor) <= 6)
    first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
    return [float(f"{number * step:.12g}") for number in range(first, max(last, first + 1) + 1)]


def _width(text: str) -> float:
    """How wide a text is drawn, in pixels."""
    return sum(_FONT if unicodedata.east_asian_width(char) in "WFA" else _FONT * 0.6 for char in text)


def _clipped(text: str, width: float) -> str:
    if _width(text) <= width:
        return text
    while text and _width(text) + _FONT > width:
        text = text[:-1]
    return f"{text}…"


_ALONE = (
    "text{fill:#1a1a1a;font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif}"
    ".said,.unit,.source{fill:#595959}.grid{stroke:#d4d4d4}.axis{stroke:#595959}.title{font-weight:700;font-size:15px}"
)


def sheet_of_charts(charts: Sequence[tuple[str, Markup, str]]) -> str:
    """Puts charts below each other in one SVG file that stands alone, each with its title and source.

    Args:
        charts: Title, what `series_chart` or `compare_chart` drew, and where the figures come from.
    """
    width, top = _WIDTHS[0][1], 0.0
    parts = [f"<style>{_ALONE}</style>"]
    for title, drawn, source in charts:
        wide = str(drawn).split('<div class="chart-wide">', 1)[1].split("</div>", 1)[0]
        height = float(wide.split('height="', 1)[1].split('"', 1)[0])
        parts.append(f'<text x="0" y="{top + 20:g}" class="title">{escape(title)}</text>')
        parts.append(wide.replace("<svg", f'<svg y="{top + 32:g}"', 1))
        parts.append(f'<text x="0" y="{top + height + 50:g}" class="source" font-size="12">{escape(source)}</text>')
        top += height + 80
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -8 {width + 32} {top:g}" width="{width + 32}" '
        f'height="{top:g}"><rect x="-16" y="-8" width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )
