"""The report's words in Chinese and English; both stand in the page and a switch shows one."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Reads the labels: key to Chinese and English."""
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as handle:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(handle)}


@cache
def both(key: str | None) -> Markup:
    """Writes a label in both languages; a word without a label stands as it is.

    Args:
        key: Key of a label.

    >>> both("figure")
    Markup('<span class="zh">数字</span><span class="en">Figure</span>')
    """
    if key is None:
        return Markup("")
    if key not in labels():
        return Markup("{}").format(key)
    return switched(*labels()[key])


def switched(zh: str, en: str) -> Markup:
    """Writes two wordings of the same, of which the page shows the one in its language."""
    return Markup('<span class="zh">{}</span><span class="en">{}</span>').format(zh, en)


def indicator_label(row: dict[str, Any]) -> Markup:
    """Names an indicator; its key is its English name.

    Args:
        row: With `name` and `indicator_key`.
    """
    return switched(row["name"], row["indicator_key"].replace("_", " "))


def figure_text(value: float, value_high: float | None, unit: str) -> str:
    """Writes a value as Chinese readers do, with 万 and 亿.

    >>> figure_text(4530000000.0, None, "元")
    '45.3亿元'
    """
    text = _scaled(value) if value_high is None else f"{_scaled(value)}–{_scaled(value_high)}"
    return text + unit


def days_text(first: object, last: object) -> str:
    """Writes a stretch of days; one day where it is no longer than that.

    >>> days_text("2023-01-01", "2023-03-31"), days_text("2023-01-01", "2023-01-01"), days_text(None, "2023-06-30")
    ('2023-01-01 – 2023-03-31', '2023-01-01', '… – 2023-06-30')
    """
    if first == last:
        return str(first or "")
    return f"{first or '…'} – {last or '…'}"


def _scaled(value: float) -> str:
    for size, sign in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.10g}{sign}"
    return f"{value:.10g}"
