"""Writes the page of all figures: data in small files that the page's script loads, found by facets and words.

What belongs here: what a figure's row holds and in which order. What does not: finding (`assets/figures.js`). The files
are scripts, since a page opened from the disk may load no other data; nothing comes from the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flows.report.site import Site
from flows.report.wording import both, days_text, figure_text

Row = dict[str, Any]

COLUMNS = (
    "id", "article", "text", "value", "unit", "indicator", "subject", "region", "topic", "period", "days", "year",
    "measure", "comparison", "modality", "confidence", "checked", "paper", "sentence", "citation",
    "second", "opinion",
)  # fmt: skip
"""What stands at which place of a figure's row; the page's script is told so."""

_BARE = {"id", "text", "value", "confidence"}
"""Columns that stand as they are; of the others each wording stands once a file, and a row says which it is."""


def write_all_figures(site: Site, blocks: Sequence[str], count: int) -> None:
    """Writes the page.

    Args:
        site: The report.
        blocks: Names of the files with its data, newest first.
        count: Figures in them.
    """
    coded = [column for column in COLUMNS if column not in _BARE]
    site.page(
        "figures.html",
        "figures",
        both("all_figures_page"),
        blocks=blocks,
        count=count,
        columns=COLUMNS,
        coded=coded,
    )


def write_figures(site: Site, block: str, heads: Sequence[Row], figures: Mapping[str, Sequence[Row]]) -> None:
    """Writes the figures of a block of documents.

    Args:
        site: The report.
        block: Its name.
        heads: Its articles.
        figures: The figures of each, in the order of the text.
    """
    words: dict[str, int] = {"": 0}

    def said(text: str | None) -> int:
        return words.setdefault(text or "", len(words))

    rows = []
    for head in heads:
        some = figures.get(head["article_id"], ())
        if some:
            place = (said(head["article_id"]), said(head["publisher"]), said(head["citation"]))
            rows += [_row(figure, said, *place) for figure in some]
    body = json.dumps({"words": list(words), "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    site.write(f"figures/{block}.js", f"broadsheetFigures({json.dumps(block)}, {body.replace('<', _LESS)});\n")


_LESS = "\\u003c"


def _row(figure: Row, said: Callable[[str | None], int], article: int, paper: int, citation: int) -> tuple[Any, ...]:
    start, end = figure["period_start"], figure["period_end"]
    last = end or start
    return (
        figure["metric_id"], article, figure_text(figure), figure["value"], said(figure["unit"]),
        said(figure["indicator_name"]), said(figure["subject"]), said(figure["region"]), said(figure["topic"]),
        said(figure["period"]), said(days_text(start, end) if last else ""), said(last[:4] if last else ""),
        said(figure["measure"]), said(figure["comparison"]), said(figure["modality"]),
        round(figure["confidence"], 3), said(figure["status"] or "machine"), paper, said(figure["sentence"]), citation,
        said(figure["second_reader"]), said(figure["second_reading"]),
    )  # fmt: skip
