"""Writes the page of all figures: data in small files that the page's script loads, found by facets and words.

What belongs here: what a figure's row holds and in which order. What does not: finding (`assets/figures.js`). The files
are scripts, since a page opened from the disk may load no other data; nothing comes from the network.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows.report.marking import anchor_of
from flows.report.site import Site, digest_of
from flows.report.wording import both, days_text, figure_text
from warehouse.report import figures as report_figures

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]

PER_FILE = 2000
COLUMNS = (
    "link", "text", "value", "unit", "indicator", "subject", "region", "topic", "period", "days", "year", "measure",
    "comparison", "modality", "confidence", "checked", "paper", "sentence", "citation", "id",
    "second", "opinion",
)  # fmt: skip
"""What stands at which place of a figure's row; the page's script has the same list."""


def write_all_figures(con: Connection, site: Site) -> None:
    """Writes the page and its data, where they changed.

    Args:
        con: The warehouse, with the report's articles chosen.
        site: The report.
    """
    figures = report_figures.all_figures(con)
    files = -(-len(figures) // PER_FILE)
    site.page("figures.html", "figures", both("all_figures_page"), files=files, count=len(figures), columns=COLUMNS)
    if site.is_fresh("figures/about.js", digest_of([row["digest"] for row in figures])):
        site.keep_folder("figures/")
        return
    for number in range(files):
        rows = [_row(figure) for figure in figures[number * PER_FILE : (number + 1) * PER_FILE]]
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        site.write(f"figures/part-{number}.js", f"broadsheetFigures({number}, {body});\n")
    site.write(
        "figures/about.js", f"broadsheetFigures('about', {json.dumps({'files': files, 'count': len(figures)})});\n"
    )


def _row(figure: Row) -> list[Any]:
    end = figure["period_end"] or figure["period_start"]
    days = days_text(figure["period_start"], figure["period_end"]) if end else ""
    status = figure.get("status") or "machine"
    return [
        f"articles/{figure['article_id']}.html#{anchor_of(figure['metric_id'])}" if figure["article_id"] else "",
        figure_text(figure), figure["value"], figure["unit"], figure["indicator_name"] or "", figure["subject"] or "",
        figure["region"] or "", figure["topic"] or "", figure["period"] or "", days, str(end.year) if end else "",
        figure["measure"], figure["comparison"] or "", figure["modality"], round(figure["confidence"], 3), status,
        figure["publisher"] or "", figure["sentence"] or "", figure["citation"], figure["metric_id"],
        figure["second_reader"] or "", figure["second_reading"] or "",
    ]  # fmt: skip
