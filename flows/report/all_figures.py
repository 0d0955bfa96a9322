"""Writes the page of all figures: data in small files that the page's script loads, found by facets and words.

What belongs here: what a figure's row holds and in which order. What does not: finding (`assets/figures.js`). The files
are scripts, since a page opened from the disk may load no other data; nothing comes from the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from flows.report.site import Site
from flows.report.wording import both, days_text, figure_text

Row = dict[str, Any]
Said = tuple[str | None, ...]
"""Wordings that stand together in a figure's row."""

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
    codes: dict[Said, tuple[int, ...]] = {}

    def said(texts: Said) -> tuple[int, ...]:
        known = codes.get(texts)
        if known is None:
            known = codes[texts] = tuple([words.setdefault(text or "", len(words)) for text in texts])
        return known

    rows = []
    for head in heads:
        some = figures.get(head["article_id"], ())
        if some:
            place = said((head["article_id"], head["publisher"], head["citation"]))
            rows += [_row(figure, said, *place) for figure in some]
    body = json.dumps({"words": list(words), "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    site.write(f"figures/{block}.js", f"broadsheetFigures({json.dumps(block)}, {body.replace('<', _LESS)});\n")


_LESS = "\\u003c"
_KIND = itemgetter("unit", "indicator_name", "topic", "measure", "comparison", "modality", "status")
_WHOSE = itemgetter("subject", "region")
_WHEN = itemgetter("period", "period_start", "period_end")
_AGAIN = itemgetter("second_reader", "second_reading")


def _row(
    figure: Row, said: Callable[[Said], tuple[int, ...]], article: int, paper: int, citation: int
) -> tuple[Any, ...]:
    unit, indicator, topic, measure, comparison, modality, checked = said(_KIND(figure))
    subject, region = said(_WHOSE(figure))
    period, days, year = said(_when(*_WHEN(figure)))
    (sentence,) = said((figure["sentence"],))
    second, opinion = said(_AGAIN(figure))
    return (
        figure["metric_id"], article, figure_text(figure), figure["value"], unit, indicator, subject, region, topic,
        period, days, year, measure, comparison, modality, round(figure["confidence"], 3), checked, paper, sentence,
        citation, second, opinion,
    )  # fmt: skip


@lru_cache(10_000)
def _when(period: str | None, start: str | None, end: str | None) -> Said:
    last = end or start
    return period, days_text(start, end) if last else "", last[:4] if last else ""
