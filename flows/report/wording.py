"""The report's words in Chinese and English; both stand in the page and a switch shows one."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from markupsafe import Markup


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Reads the labels: key to Chinese and English."""
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as handle:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(handle)}


def both(key: str | None) -> Markup:
    """Writes a label in both languages; a word without a label stands as it is.

    Args:
        key: Key of a label.
    """
    if key is None:
        return Markup("")
    if key not in labels():
        return Markup("{}").format(key)
    zh, en = labels()[key]
    return Markup('<span lang="zh-CN" class="zh">{}</span><span lang="en" class="en">{}</span>').format(zh, en)


def figure_text(value: float, value_high: float | None, unit: str) -> str:
    """Writes a value as Chinese readers do, with 万 and 亿.

    >>> figure_text(4530000000.0, None, "元")
    '45.3亿元'
    """
    text = _scaled(value) if value_high is None else f"{_scaled(value)}–{_scaled(value_high)}"
    return text + unit


def _scaled(value: float) -> str:
    for size, sign in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:.10g}{sign}"
    return f"{value:.10g}"
