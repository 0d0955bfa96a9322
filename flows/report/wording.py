"""The report's words in Chinese and English; both stand in the page and a switch shows one."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tasks.degree import degree_span

_SPECIAL = re.compile("[&<>\"']")


@cache
def labels() -> dict[str, tuple[str, str]]:
    """Reads the labels: key to Chinese and English."""
    with (Path(__file__).parent / "labels.csv").open(encoding="utf-8", newline="") as handle:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(handle)}


def escaped(text: object) -> str:
    """Escapes a text for HTML, as a plain string: a report has millions of them, and `Markup` costs more than the rest.

    Args:
        text: Anything; it is written as a string.

    >>> escaped("<b>“A&B”</b>")
    '&lt;b&gt;“A&amp;B”&lt;/b&gt;'
    """
    text = str(text)
    return html.escape(text) if _SPECIAL.search(text) else text


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


def counted(number: int, thing: str) -> Markup:
    """Says how many there are of a thing, one of it as one.

    Args:
        number: How many.
        thing: `article`, `page`, `row` or `figure`.

    >>> counted(1, "page")
    Markup('1 <span class="zh">个版面</span><span class="en">page</span>')
    """
    return Markup("{:,} ").format(number) + both(f"one_{thing}" if number == 1 else f"many_{thing}s")


def indicator_label(row: dict[str, Any]) -> Markup:
    """Names an indicator; its key is its English name.

    Args:
        row: With `name` and `indicator_key`.
    """
    return switched(row["name"], row["indicator_key"].replace("_", " "))


def figure_text(figure: Mapping[str, Any]) -> str:
    """Quotes a figure as it is printed, with its words of degree; a decrease gets a minus sign where none is printed.

    Args:
        figure: With `text`, `value`, `qualifier` and `sentence`.

    >>> figure_text({"text": "63亿元", "value": 6.3e9, "qualifier": "over", "sentence": "产值超63亿元。"})
    '超63亿元'
    >>> figure_text({"text": "5.2%", "value": -5.2, "qualifier": None, "sentence": "同比下降5.2%。"})
    '−5.2%'
    """
    return _as_printed(str(figure["text"]), figure["sentence"] or "", bool(figure["qualifier"]), figure["value"] < 0)


@lru_cache(10_000)
def _as_printed(text: str, sentence: str, qualified: bool, negative: bool) -> str:
    """Quotes a figure; remembered, for the same figure stands on several pages and in several files."""
    if qualified:
        first, last = place_with_degree(sentence, text, qualified)
        text = sentence[first:last] if first >= 0 else text
    return f"−{text}" if negative and not text.startswith(("-", "−", "－", "负")) else text


def place_in(sentence: str, text: str) -> tuple[int, int]:
    """Finds a figure in its sentence, not as a part of a longer number; (-1, -1) where it does not stand there.

    Args:
        sentence: The sentence.
        text: The figure as printed.

    >>> place_in("增长16.6%，占6.6%", "6.6%")
    (9, 13)
    """
    at = -1
    while (at := sentence.find(text, at + 1)) >= 0:
        if at == 0 or not (sentence[at - 1].isdigit() or sentence[at - 1] in ".．,"):
            return at, at + len(text)
    return -1, -1


def place_with_degree(sentence: str, text: str, qualified: bool) -> tuple[int, int]:
    """Finds a figure in its sentence with its words of degree; (-1, -1) where it does not stand there.

    Args:
        sentence: The sentence.
        text: The figure as printed.
        qualified: Whether such words belong to it.

    >>> place_with_degree("转诊的病人减少了四成多。", "四成", True)
    (8, 11)
    """
    start, end = place_in(sentence, text)
    return degree_span(sentence, start, end) if qualified and start >= 0 else (start, end)


def days_text(first: object, last: object) -> str:
    """Writes a stretch of days; one day where it is no longer than that.

    >>> days_text("2023-01-01", "2023-03-31"), days_text("2023-01-01", "2023-01-01"), days_text(None, "2023-06-30")
    ('2023-01-01 – 2023-03-31', '2023-01-01', '… – 2023-06-30')
    """
    if first == last:
        return str(first or "")
    return f"{first or '…'} – {last or '…'}"
